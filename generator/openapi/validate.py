"""The standard's own judgement of a document, beside everything else that is going on.

openapi-spec-validator works in a process of its own, so that it may take its time, and be stopped; its verdict is kept by the content of the document.
What it finds is graded by effect: about one public document in sixteen is invalid in a way that prevents nothing, so nothing here is an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, Any, Final

from .. import __version__
from ..diagnostics import Report, Severity
from . import pointer as pointers
from .findings import Finding
from .load import LoadedDocument

_IMPORT_ROOT: Final = Path(__file__).resolve().parents[2]
_GRADES: Final[Mapping[str, tuple[Severity, str, str]]] = {
    "SPEC040": (Severity.WARNING, "correct the document, or add an overlay", "it is read as far as it makes sense"),
    "SPEC041": (Severity.WARNING, "correct the default, or the schema", "the default may be left out"),
    "SPEC042": (Severity.NOTE, "nothing to do", "the server alone checks such values"),
    "SPEC043": (Severity.WARNING, "correct the pattern", "values are not checked against it"),
    "SPEC044": (Severity.NOTE, "correct what else is reported here", "this part is not checked against the standard"),
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
    return Validation(document, cache_dir / "validation" / f"{_key(document)}.json" if cache_dir else None)


class Validation:
    """A validation that is under way.

    Args:
        document: What is validated.
        cached: Where the verdict is kept.
    """

    def __init__(self, document: LoadedDocument, cached: Path | None) -> None:
        """Starts at once."""
        self._document = document
        self._cached = cached
        self._verdict = _read(cached) if cached else None
        self._process = _Worker(document.root) if self._verdict is None else None

    def collect(self, report: Report, timeout: float | None = None) -> None:
        """Waits for the verdict and reports it.

        Args:
            report: Takes the findings.
            timeout: Seconds to wait; what isn't finished by then is given up, and a note says so.
        """
        if self._verdict is None and self._process is not None:
            self._verdict = self._process.verdict(timeout)
            if self._verdict is not None and self._cached is not None:
                _write(self._cached, self._verdict)
        if self._verdict is None:
            _, advice, effect = _GRADES["SPEC044"]
            at = self._document.locate("")
            report.note("SPEC044", "the validation did not come to an end", at, help=advice, effect=effect)
        for finding in self._verdict or ():
            self._report(finding, report)
