"""Outcomes for the machines that show findings beside the code: GitHub's annotations, SARIF 2.1.0, JUnit's XML.

A finding and a file that is not up to date come out alike: a rule, a level, a place, and what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from generator import __version__
from generator.characters import escape
from generator.diagnostics import CODES, Diagnostic, Location, Refusal, Severity
from generator.diff.rules import RULES
from generator.explain import explanations
from generator.graph.model import Usage
from generator.run import Outcome
from generator.source import display_name

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_NOT_OF_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIFFERENCES: Final = {
    "changed": "the file is not what would be generated",
    "missing": "the file is missing",
    "extra": "the file is not generated any more",
    "edited": "the file was edited by hand",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is shown at one place.

    Attributes:
        rule: A code, a kind of difference, or a rule about changes.
        severity: How grave it is.
        message: What is amiss.
        at: Where.
        advice: What to do.
        target: Whose it is.
    """

    rule: str
    severity: Severity
    message: str
    at: Location | None
    advice: str
    target: str


def as_github(outcomes: Sequence[Outcome], refusal: Refusal | None = None, more: Sequence[Entry] = ()) -> str:
    """Workflow commands, one a line; GitHub shows them at the lines of a pull request. Notes are left out."""
    lines = []
    for entry in (*_entries(outcomes, refusal), *more):
        if entry.severity is Severity.NOTE:
            continue
        at = entry.at or Location("")
        places = {"file": at.file, "line": at.line, "endLine": at.end_line, "col": at.column, "title": entry.rule}
        if at.end_line == at.line and at.end_column:
            places["endColumn"] = at.end_column
        shown = ",".join(f"{key}={_property(str(value))}" for key, value in places.items() if value)
        text = _data(f"{entry.message}\n{entry.advice}")
        lines.append(f"::{_COMMANDS[entry.severity]} {shown}::{text}")
    return "\n".join(lines)


def as_sarif(outcomes: Sequence[Outcome], refusal: Refusal | None = None, more: Sequence[Entry] = ()) -> str:
    """A log of the Static Analysis Results Interchange Format, version 2.1.0, with one run."""
    entries = [*_entries(outcomes, refusal), *more]
    rules = sorted({entry.rule for entry in entries})
    driver = {
        "name": "sdkpress",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, rules.index(entry.rule)) for entry in entries],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def as_junit(outcomes: Sequence[Outcome], refusal: Refusal | None = None, more: Sequence[Entry] = ()) -> str:
    """A suite for each target, with a failed case for each finding, or one that passed. Notes are left out."""
    root = Element("testsuites")
    names = dict.fromkeys([outcome.name for outcome in outcomes] + ["configuration"] * (refusal is not None))
    names |= dict.fromkeys(entry.target for entry in more)
    entries = [entry for entry in (*_entries(outcomes, refusal), *more) if entry.severity is not Severity.NOTE]
    for name in names:
        own = [entry for entry in entries if entry.target == name]
        counts = {"tests": str(max(1, len(own))), "failures": str(len(own)), "errors": "0"}
        suite = SubElement(root, "testsuite", {"name": _xml(name), **counts})
        if not own:
            SubElement(suite, "testcase", classname=_xml(name), name="nothing is amiss")
        for entry in own:
            case = SubElement(
                suite, "testcase", classname=_xml(name), name=_xml(f"{entry.rule} {entry.at or ''}".strip())
            )
            failure = SubElement(case, "failure", type=entry.rule, message=_xml(entry.message))
            failure.text = _xml(f"{entry.at or ''}\n{entry.message}\nhelp: {entry.advice}".strip())
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


REPORTS: Final = {"github": as_github, "sarif": as_sarif, "junit": as_junit}


def _entries(outcomes: Sequence[Outcome], refusal: Refusal | None) -> Iterator[Entry]:
    for found in refusal.diagnostics if refusal else ():
        yield _finding(found, "configuration")
    for outcome in outcomes:
        for found in outcome.diagnostics:
            yield _finding(found, outcome.name)
        for differs in outcome.differences:
            hunk = re.search(r"^@@ -(\d+)", differs.diff, re.MULTILINE)
            file = display_name(outcome.output / differs.path)
            yield Entry(
                f"file-{differs.kind}",
                Severity.ERROR,
                _DIFFERENCES[differs.kind],
                Location(file, line=max(1, int(hunk[1])) if hunk else None),
                (
                    "move the edits into an overlay, sdk.toml or a template, and restore the file"
                    if differs.kind == "edited"
                    else "generate again, and commit what changes"
                ),
                outcome.name,
            )


def _finding(found: Diagnostic, target: str) -> Entry:
    effect = f" ({found.effect})" if found.effect else ""
    return Entry(found.code, found.severity, found.message + escape(effect), found.location, found.help, target)


def _rule(rule: str) -> dict[str, Any]:
    if rule in RULES:
        words = RULES[rule]
        title = words.title.format(name="...", before="...", after="...")
        return {
            "id": rule,
            "shortDescription": {"text": title},
            "fullDescription": {"text": words.view(Usage.BOTH).sentence},
        }
    if rule not in CODES:
        return {"id": rule, "shortDescription": {"text": _DIFFERENCES[rule.removeprefix("file-")]}}
    row, more = CODES[rule], explanations()[rule]
    return {
        "id": rule,
        "shortDescription": {"text": row.title},
        "fullDescription": {"text": more.why},
        "help": {"text": more.remedy},
        "defaultConfiguration": {"level": str(row.severity)},
    }


def _result(entry: Entry, index: int) -> dict[str, Any]:
    at = entry.at
    # Without the line: a finding stays the same when something is added in front of it.
    identity = json.dumps([entry.rule, at and at.file, at and at.pointer, entry.message])
    result = {
        "ruleId": entry.rule,
        "ruleIndex": index,
        "level": str(entry.severity),
        "message": {"text": f"{entry.message}. Help: {entry.advice}"},
        "partialFingerprints": {"finding/v1": sha256(identity.encode()).hexdigest()},
    }
    if at is not None:
        region = {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        }
        path = at.file if not Path(at.file).is_absolute() else Path(at.file).as_uri()
        uri = path if path.startswith("file:") else quote(path)
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        if at.line is not None:
            physical["region"] = {key: value for key, value in region.items() if value is not None}
        result["locations"] = [{"physicalLocation": physical}]
    return result


def _data(text: str) -> str:
    """Text of a workflow command: percent signs and line breaks are escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property of a workflow command: colons and commas are escaped too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _xml(text: str) -> str:
    """Without the characters that XML 1.0 cannot say (section 2.2)."""
    return _NOT_OF_XML.sub("\N{REPLACEMENT CHARACTER}", text)
