"""The gate of CI: what changed since a revision, and whether that may be; for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from generator.diagnostics import ExitCode, Location, Refusal, Severity
from generator.diff import report_json, report_text
from generator.diff.bump import bump
from generator.diff.causes import Cause
from generator.diff.change import Change
from generator.diff.compare import Comparison
from generator.diff.report_text import Paint
from generator.diff.rules import ADDITIVE, BREAKING, DOCS, INTERNAL, Impact
from generator.history.comparing import comparisons
from generator.reports import Entry
from generator.selection import is_document

_LEAST: Final = {"breaking": BREAKING, "additive": ADDITIVE, "any": INTERNAL}
_VERSION: Final = "version"  # what breaks or is new may be, where the package's version says so
_DEFAULT: Final = "breaking"


@dataclass(frozen=True, slots=True)
class Gate:
    """What changed in each target since a revision, and what of that fails."""

    revision: str
    fail_on: str
    comparisons: Sequence[Comparison]

    @property
    def exit_code(self) -> ExitCode:
        """How it ends: with findings where something is as grave as what fails."""
        is_open = not any(self._fails(found, cause.impact) for found in self.comparisons for cause in found.causes)
        return ExitCode.OK if is_open else ExitCode.FINDINGS

    def _fails(self, comparison: Comparison, impact: Impact) -> bool:
        if self.fail_on == _VERSION:
            return impact >= ADDITIVE and not bump(comparison).is_announced
        return impact >= _LEAST[self.fail_on]

    def lines(self, paint: Paint) -> Iterator[str]:
        """The report, for people."""
        for comparison in self.comparisons:
            yield from report_text.report(comparison, paint)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "revision": self.revision,
            "fail_on": self.fail_on,
            "exit_code": int(self.exit_code),
            "targets": [report_json.target(found) for found in self.comparisons],
        }

    def entries(self) -> Iterator[Entry]:
        """For machines that show findings beside the code: errors for what fails, notes for what else one notices."""
        for comparison in self.comparisons:
            for cause in comparison.causes:
                if cause.impact > DOCS or self._fails(comparison, cause.impact):
                    yield from self._entries(comparison, cause)

    def _entries(self, comparison: Comparison, cause: Cause) -> Iterator[Entry]:
        for change in cause.python if cause.change is None else (cause.change,):
            yield Entry(
                rule=change.rule,
                severity=Severity.ERROR if self._fails(comparison, cause.impact) else Severity.NOTE,
                message=f"{cause.impact}: {change.subject}: {change.title}. {change.sentence}",
                at=_place(comparison, change),
                advice=f"worked before:\n{cause.witness}" if cause.witness else "look at it with `generate diff`",
                target=comparison.name,
            )


def gate(names: Sequence[str], against: str | None, fail_on: str | None, project: Path) -> Gate | None:
    """Compare what a revision has with what is there; None where nobody asks.

    Args:
        names: The targets, none for all, or a document by its path.
        against: The revision.
        fail_on: What fails: `breaking` unless told, `additive`, `any`, or `version`, which is all that the package's
            version does not announce.
        project: The directory that holds `specs/`.

    Raises:
        Refusal: There is no revision, or nothing to compare.
    """
    if against is None:
        if fail_on is not None:
            raise Refusal.because("CFG011", "--fail-on goes with --against", help="add `--against REVISION`")
        return None
    if names and is_document(names[0]):
        found = comparisons(f"{against}:{names[0]}", names[0], Path(), (), level="python")
    else:
        found = comparisons(against, None, project, names, level="python")
    return Gate(against, fail_on or _DEFAULT, list(found))


def _place(comparison: Comparison, change: Change) -> Location:
    """Where it is in the new document; of what is gone, the document."""
    _, new = comparison.places(change)
    return new if new is not None else comparison.after.locate("")
