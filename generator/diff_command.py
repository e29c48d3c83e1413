"""`generate diff`: what a change of a document means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from generator.console import Console
from generator.diagnostics import ExitCode
from generator.diff.compare import Comparison, compare
from generator.diff.report_text import report
from generator.versions import Side, sides, version


def comparisons(
    first: str | None, second: str | None, project: Path, targets: tuple[str, ...], level: str
) -> Iterator[Comparison]:
    """Compare every target that both sides have, or the named ones; see `versions.sides`.

    Args:
        first: The old side.
        second: The new side.
        project: The directory that holds `specs/`.
        targets: Names of targets; none for all.
        level: How deep: `api`, `python` or `files`.

    Raises:
        Refusal: A side does not exist, or there is nothing to compare.
    """
    with ExitStack() as stack:
        old, new = sides(first, second, project, stack)
        for name in _names(old, new, targets):
            versions = [version(side.targets[name], side.shown, with_files=level == "files") for side in (old, new)]
            yield compare(name or new.label, *versions, with_python=level != "api")


def _names(old: Side, new: Side, wanted: tuple[str, ...]) -> Iterator[str]:
    return (name for name in new.targets if name in old.targets and (not wanted or name in wanted))


def run(console: Console, found: Iterator[Comparison], *, stat: bool, verbose: bool) -> int:
    """Print comparisons."""
    for comparison in found:
        for line in report(comparison, console.paint, stat=stat, verbose=verbose):
            console.result(line)
    return ExitCode.OK
