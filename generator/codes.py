"""The registry of everything the generator can complain about.

A code is a promise: it is written in baselines and in configuration, so it is never reused for something else and never
renumbered. The prefix says what has to be changed to make the complaint go away: SPEC, REF, NAME, TYPE and SEC the
document, IMP the source of one, OVL an overlay, CFG the configuration, IO the files that are read, OUT the files that
are written, GEN the generator. Nothing can be reported that isn't in this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final


class Severity(StrEnum):
    """How much a finding costs: an error fails the run, a warning says what the client lacks, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ExitCode(IntEnum):
    """What a script may conclude from the end of a run."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    IO = 4
    CONFLICT = 5
    INTERNAL = 70


@dataclass(frozen=True, slots=True)
class Code:
    """One row of the registry.

    Args:
        title: What is wrong, without the particulars of a document.
        exit_code: How a run ends which is refused because of it.
        severity: The usual severity; a report may grade one finding differently by its effect.
    """

    title: str
    exit_code: ExitCode
    severity: Severity = Severity.ERROR


_UNREADABLE: Final = ExitCode.UNREADABLE
_FINDINGS: Final = ExitCode.FINDINGS

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "IO001": Code("the file does not exist", _UNREADABLE),
        "IO002": Code("not a regular file", _UNREADABLE),
        "IO003": Code("the file cannot be read", _UNREADABLE),
        "IO004": Code("input or output failed", ExitCode.IO),
        "IO005": Code("git cannot tell", ExitCode.IO),
        "SPEC001": Code("the input is too large", _UNREADABLE),
        "SPEC002": Code("the text is not valid in its encoding", _UNREADABLE),
        "SPEC003": Code("a control character in the text", _UNREADABLE),
        "SPEC004": Code("a syntax error in JSON", _UNREADABLE),
        "SPEC005": Code("a syntax error in YAML", _UNREADABLE),
        "SPEC006": Code("the nesting is too deep", _UNREADABLE),
        "SPEC007": Code("the document has too many nodes", _UNREADABLE),
        "SPEC008": Code("the alias budget is exhausted", _UNREADABLE),
        "SPEC009": Code("an alias that is undefined or contains itself", _UNREADABLE),
        "SPEC010": Code("a key is written twice", _UNREADABLE),
        "SPEC011": Code("more than one YAML document in the file", _UNREADABLE),
        "SPEC012": Code("a number that has no finite value", _UNREADABLE),
        "SPEC013": Code("a key that is not text", _FINDINGS, Severity.WARNING),
        "SPEC014": Code("a key that cannot be text", _UNREADABLE),
        "SPEC015": Code("a YAML tag without a meaning in JSON", _UNREADABLE),
        "SPEC016": Code("the file is empty", _UNREADABLE),
        "SPEC020": Code("the document is not a mapping", _UNREADABLE),
        "SPEC021": Code("the document does not say that it is OpenAPI", _UNREADABLE),
        "SPEC022": Code("a Swagger 2.0 document", _FINDINGS, Severity.NOTE),
        "SPEC023": Code("an unknown version of OpenAPI", _UNREADABLE),
        "SPEC024": Code("`info` is missing or ill-typed", _FINDINGS),
        "SPEC025": Code("`paths` is missing or ill-typed", _FINDINGS),
        "SPEC030": Code("a value of the wrong type", _FINDINGS, Severity.WARNING),
        "SPEC031": Code("an unknown type of schema", _FINDINGS, Severity.WARNING),
        "SPEC032": Code("a parameter without a name or a place", _FINDINGS, Severity.WARNING),
        "SPEC033": Code("an ill-formed `x-pagination`", _FINDINGS, Severity.WARNING),
        "SPEC034": Code("an ill-formed `x-idempotency-key`", _FINDINGS, Severity.WARNING),
        "SPEC035": Code("an ill-formed `x-speakeasy-retries`", _FINDINGS, Severity.WARNING),
        "SPEC036": Code("an ill-formed `x-requestCompression`", _FINDINGS, Severity.WARNING),
        "SPEC037": Code("an ill-formed `x-hostPrefix`", _FINDINGS, Severity.WARNING),
        "SPEC038": Code("a method that HTTP cannot have", _FINDINGS, Severity.WARNING),
        "SPEC039": Code("a path and its parameters that do not fit each other", _FINDINGS, Severity.WARNING),
        "SPEC040": Code("the document is not valid OpenAPI here", _FINDINGS, Severity.WARNING),
        "SPEC041": Code("a default that its own schema does not allow", _FINDINGS, Severity.WARNING),
        "SPEC042": Code("a pattern that Python cannot check", _FINDINGS, Severity.NOTE),
        "SPEC043": Code("a pattern that is not a regular expression", _FINDINGS, Severity.WARNING),
        "SPEC044": Code("the validation did not come to an end", _FINDINGS, Severity.NOTE),
        "SPEC045": Code("pages that are described by something that does not exist", _FINDINGS, Severity.WARNING),
        "REF001": Code("a reference to another machine", _UNREADABLE),
        "REF002": Code("a reference to something that does not exist", _FINDINGS, Severity.WARNING),
        "REF003": Code("a reference to a file outside the project", _UNREADABLE),
        "REF004": Code("references in a circle", _FINDINGS, Severity.WARNING),
        "REF005": Code("`$ref` is not text", _FINDINGS, Severity.WARNING),
        "REF006": Code("a reference that is not a JSON pointer", _FINDINGS, Severity.WARNING),
        "REF007": Code("a referenced file that cannot be found", _FINDINGS, Severity.WARNING),
        "REF008": Code("the place for bundled files is taken", _UNREADABLE),
        "OVL001": Code("the overlay is ill-formed", _UNREADABLE),
        "OVL002": Code("an unknown version of Overlay", _UNREADABLE),
        "OVL003": Code("an unknown key in an overlay", _FINDINGS),
        "OVL004": Code("a target that is not a JSONPath query", _FINDINGS),
        "OVL005": Code("a target that selects nothing", _FINDINGS),
        "OVL006": Code("an action that does not fit its target", _FINDINGS),
        "OVL007": Code("an overlay made for another document", _FINDINGS, Severity.NOTE),
        "CFG001": Code("a syntax error in the configuration", ExitCode.USAGE),
        "CFG002": Code("an unknown key in the configuration", ExitCode.USAGE),
        "CFG003": Code("a value of the wrong type in the configuration", ExitCode.USAGE),
        "CFG004": Code("a value in the configuration that cannot be used", ExitCode.USAGE),
        "CFG005": Code("an output outside the project", ExitCode.USAGE),
        "CFG006": Code("an input of the target is missing or ambiguous", ExitCode.USAGE),
        "CFG007": Code("two targets with one output", ExitCode.USAGE),
        "CFG008": Code("a protocol that does not exist", ExitCode.USAGE),
        "CFG009": Code("a pinned name for something that does not exist", ExitCode.USAGE),
        "CFG010": Code("a target that does not exist", ExitCode.USAGE),
        "CFG011": Code("a command line that cannot be understood", ExitCode.USAGE),
        "CFG012": Code("an example that is no operation", ExitCode.USAGE),
        "CFG013": Code("a pattern that no operation fits", ExitCode.USAGE),
        "CFG014": Code("a revision that does not exist", ExitCode.USAGE),
        "CFG015": Code("two sides that cannot be compared", ExitCode.USAGE),
        "CFG016": Code("a configuration of another generator that is not known", ExitCode.USAGE),
        "CFG017": Code("a target whose document comes from nowhere", ExitCode.USAGE),
        "CFG018": Code("a pinned name that something else has", ExitCode.USAGE),
        "IMP001": Code("a source of documents that is not installed", ExitCode.USAGE),
        "IMP002": Code("a service that is not there", ExitCode.USAGE),
        "IMP003": Code("a service model that is not one", _UNREADABLE),
        "IMP004": Code("a service whose protocol cannot be imported", ExitCode.USAGE),
        "IMP005": Code("an operation that cannot be imported", _FINDINGS, Severity.WARNING),
        "IMP007": Code("a document that cannot be fetched", ExitCode.IO),
        "IMP008": Code("a fetched document that was edited by hand", ExitCode.CONFLICT),
        "NAME001": Code("a name that had to be changed", _FINDINGS, Severity.NOTE),
        "NAME002": Code("a name that cannot be written", _FINDINGS, Severity.WARNING),
        "NAME003": Code("an operation without a name of its own", _FINDINGS, Severity.NOTE),
        "TYPE010": Code("a choice between several schemas", _FINDINGS, Severity.NOTE),
        "GEN001": Code("the wire protocol and why", _FINDINGS, Severity.NOTE),
        "GEN002": Code("findings that `strict` does not let pass", _FINDINGS),
        "GEN010": Code("an operation that is left out because the document says so", _FINDINGS, Severity.NOTE),
        "GEN011": Code("a parameter in a style that its place does not know", _FINDINGS, Severity.WARNING),
        "GEN012": Code("an operation that the configuration leaves out", _FINDINGS, Severity.NOTE),
        "GEN013": Code("pages that the client does not go through by itself", _FINDINGS, Severity.NOTE),
        "GEN014": Code("a link of a response that results do not tell of", _FINDINGS, Severity.WARNING),
        "GEN015": Code("an operation that is documented twice", _FINDINGS, Severity.NOTE),
        "GEN016": Code("a parameter that cannot be the whole query", _FINDINGS, Severity.WARNING),
        "GEN017": Code("media types that the client does not ask for", _FINDINGS, Severity.NOTE),
        "GEN020": Code("libraries that the mock server needs are missing", ExitCode.USAGE),
        "GEN070": Code("a fault of the generator itself", ExitCode.INTERNAL),
        "OUT001": Code("a directory that is neither empty nor generated", ExitCode.CONFLICT),
        "OUT002": Code("a generated file that was edited by hand", ExitCode.CONFLICT),
        "OUT003": Code("a foreign file where a generated one goes", ExitCode.CONFLICT),
        "OUT004": Code("a symbolic link inside the package", ExitCode.CONFLICT),
        "OUT005": Code("a manifest or journal that cannot be trusted", ExitCode.CONFLICT),
        "OUT006": Code("a directory that cannot be the output", ExitCode.CONFLICT),
        "OUT007": Code("a generated path that is not safe", ExitCode.INTERNAL),
        "OUT010": Code("another run is writing the same package", ExitCode.IO),
        "OUT011": Code("the package cannot be written", ExitCode.IO),
        "OUT012": Code("the package cannot be read", ExitCode.IO),
        "OUT013": Code("a file that is there already", ExitCode.CONFLICT),
    }
)
