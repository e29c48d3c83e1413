"""The standard's own judgement of a document, beside everything else that is going on.

openapi-spec-validator works in a process of its own, so that it may take its time, and be stopped; its verdict is kept
by the content of the document. What it finds is graded by effect: about one public document in sixteen is invalid in a
way that prevents nothing, so nothing here is an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final, NamedTuple

from generator.diagnostics import Location, Report, Severity
from generator.openapi import pointer as pointers
from generator.openapi.findings import Finding
from generator.openapi.load import LoadedDocument
from generator.openapi.verdict import Verdict, cache_path, from_text, keep, recall

_IMPORT_ROOT: Final = str(Path(__file__).resolve().parents[2])


_PROSE: Final = frozenset({"description", "summary"})
_DATA: Final = frozenset({"const", "default", "enum", "example", "examples"})


class _Grade(NamedTuple):
    severity: Severity
    help: str
    effect: str


_GRADES: Final[Mapping[str, _Grade]] = {
    "SPEC040": _Grade(
        Severity.WARNING, "correct the document, or add an overlay", "it is read as far as it makes sense"
    ),
    "SPEC041": _Grade(Severity.WARNING, "correct the default, or the schema", "the default may be left out"),
    "SPEC042": _Grade(Severity.NOTE, "nothing to do", "a client checks it only where Python can say the same"),
    "SPEC043": _Grade(Severity.WARNING, "correct the pattern", "the client does not check it"),
    "SPEC044": _Grade(Severity.NOTE, "correct what else is reported", "this part is not checked against the standard"),
}


def validate(document: LoadedDocument, report: Report, cache_dir: Path | None) -> None:
    """Validates a document and waits for the verdict; see `start_validation`."""
    start_validation(document, cache_dir).collect(report)


def start_validation(document: LoadedDocument, cache_dir: Path | None) -> Validation:
    """Starts to validate a document, unless its verdict is known.

    Args:
        document: The closed document.
        cache_dir: Where verdicts are kept; None to keep none.
    """
    text = json.dumps(without_prose(document.root)).encode()
    return Validation(document, text, cache_path(cache_dir, text) if cache_dir else None)


def without_prose(value: Any) -> Any:
    """A document with empty descriptions: no rule asks what they say, so an edited one changes no verdict.

    What is data, and not part of the document's own structure, stays as it is.
    """
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: "" if key in _PROSE and isinstance(item, str) else item if key in _DATA else without_prose(item)
        for key, item in value.items()
    }


class Validation:
    """A validation that is under way.

    Args:
        document: What is validated.
        text: It as the validator gets it.
        cache: Where its verdict is kept.
    """

    def __init__(self, document: LoadedDocument, text: bytes, cache: Path | None) -> None:
        """Starts at once."""
        self._document = document
        self._cache = cache
        self._verdict = recall(cache) if cache else None
        self._worker = _Worker(text) if self._verdict is None else None

    def collect(self, report: Report, timeout: float | None = None) -> None:
        """Waits for the verdict and reports it.

        Args:
            report: Takes the findings.
            timeout: Seconds to wait; a validation that isn't finished by then is given up, and a note says so.
        """
        if self._worker is not None:
            self._verdict = self._worker.verdict(timeout)
            self._worker = None
            if self._verdict is not None and self._cache is not None:
                keep(self._cache, self._verdict)
        unfinished = Finding((), "SPEC044", "the validation did not come to an end")
        complained = {found.location for found in report.diagnostics if found.severity is not Severity.NOTE}
        for finding in (unfinished,) if self._verdict is None else self._verdict:
            at = self._document.locate(pointers.join(finding.path))
            # Whoever reads a document says better what is wrong with a value than a schema can.
            if finding.code != "SPEC040" or at not in complained:
                self._report(finding, at, report)

    def _report(self, finding: Finding, at: Location, report: Report) -> None:
        grade = _GRADES[finding.code]
        say = report.note if grade.severity is Severity.NOTE else report.warning
        say(finding.code, finding.message, at, help=grade.help, effect=grade.effect)


class _Worker:
    """A process that runs `examine`. Files instead of pipes: neither side ever waits for the other to read."""

    def __init__(self, text: bytes) -> None:
        self._output: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when the process is
        with TemporaryFile() as document:
            document.write(text)
            document.seek(0)
            self._process = subprocess.Popen(
                # -P: what lies in the working directory is not to be imported.
                [sys.executable, "-P", "-m", "generator.openapi.examine"],
                stdin=document,
                stdout=self._output,
                stderr=subprocess.DEVNULL,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join([_IMPORT_ROOT, *filter(None, sys.path)]),
                    "OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND": "jsonschema",
                },
            )
        self._stop = weakref.finalize(self, _stop, self._process, self._output)

    def verdict(self, timeout: float | None) -> Verdict | None:
        """The findings; None if the process failed, or took longer than `timeout` seconds."""
        try:
            if self._process.wait(timeout) != 0:
                return None
            self._output.seek(0)
            return from_text(self._output.read())
        except subprocess.TimeoutExpired:
            return None
        finally:
            self._stop()


def _stop(process: subprocess.Popen[bytes], output: IO[bytes]) -> None:
    process.kill()
    process.wait()
    output.close()
