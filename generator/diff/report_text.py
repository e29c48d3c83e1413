"""A comparison for a terminal: by cause, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.diff.bump import bump
from generator.diff.causes import Cause
from generator.diff.change import Change
from generator.diff.compare import Comparison
from generator.diff.rules import ADDITIVE, BREAKING, DOCS, INTERNAL, Impact
from generator.terminal import visible

Paint = Callable[[str, str], str]
"""`paint(role, text)`: in the colour of a role: an impact, `place`, `removed`, `added`, `label`."""

_MARKS = {BREAKING: "!", ADDITIVE: "+", DOCS: "~", INTERNAL: "."}
_MOST_CONSEQUENCES = 8
_MOST_FILES = 6


def report(comparison: Comparison, paint: Paint, *, stat: bool = False, verbose: bool = False) -> Iterator[str]:
    """The lines.

    Args:
        comparison: What changed.
        paint: Colours.
        stat: Only the counts, and the list of files.
        verbose: Everything, whatever its length: each change of texts, all consequences.
    """
    yield paint("label", visible(comparison.name)) + ": " + summary(comparison)
    if not stat:
        for cause in comparison.causes:
            if verbose or cause.impact > DOCS:
                yield ""
                yield from cause_lines(comparison, cause, paint, verbose=verbose)
        if not verbose:
            yield from _quiet(comparison, paint)
    yield from _files(comparison, paint, stat=stat)
    step = bump(comparison)
    if step.part is not None:
        yield ""
        yield f"next version {paint('label', step.after)} (was {step.before}): {step.reason}"


def summary(comparison: Comparison) -> str:
    """The counts, in words."""
    if comparison.impact is None:
        return "no changes"
    counts = [f"{comparison.count(impact)} {impact}" for impact in reversed(Impact) if comparison.count(impact)] or [
        "no changes of the API"
    ]
    if comparison.files:
        counts.append(_count(len(comparison.files), "file"))
    return ", ".join(counts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def cause_lines(comparison: Comparison, cause: Cause, paint: Paint, *, verbose: bool) -> Iterator[str]:
    """One cause; the arguments are those of `report`."""
    impact = cause.impact
    mark = paint(str(impact), f"{_MARKS[impact]} {impact}")
    change = cause.change
    if change is None:
        yield f"{mark}  {paint('label', 'not because of the API')}: names or configuration"
    else:
        headline = f"{visible(str(change.subject))}: {visible(change.title)}"
        yield f"{mark}  {paint('label', headline)}  {paint('place', f'[{change.rule}]')}"
        yield f"    {change.sentence}"
        if cause.same:
            yield f"    the same: {_some([_member(each) for each in cause.same], 3, verbose=verbose)}"
        where = _where(comparison, change)
        if where:
            yield f"    {paint('place', where)}"
        if change.subject.kind == "schema" and change.operations:
            operations = dict.fromkeys(name for each in (change, *cause.same) for name in each.operations)
            yield f"    in {_some(list(operations), 5, verbose=verbose)}"
    yield from _python(cause, paint, verbose=verbose)
    if cause.witness:
        yield f"    {paint('label', 'worked before:')}"
        yield from (f"        {paint('removed', visible(line))}" for line in cause.witness.rstrip().split("\n"))
    if cause.files:
        yield f"    files: {_some(cause.files, _MOST_FILES, verbose=verbose)}"


def _member(change: Change) -> str:
    return f"{change.member} of {change.subject.name}"


def _where(comparison: Comparison, change: Change) -> str:
    before, after = comparison.places(change)
    return " -> ".join(str(place) for place in (before, after) if place is not None and place.file)


def _python(cause: Cause, paint: Paint, *, verbose: bool) -> Iterator[str]:
    told = [each for each in cause.python if verbose or each.impact > DOCS]
    told.sort(key=lambda each: -each.impact)
    shown = told if verbose else told[:_MOST_CONSEQUENCES]
    for each in shown:
        yield f"    {paint(str(each.impact), _MARKS[each.impact])} {visible(each.title)}"
    if len(told) > len(shown):
        yield f"      and {len(told) - len(shown)} more like these (--verbose shows them)"


def _quiet(comparison: Comparison, paint: Paint) -> Iterator[str]:
    """What only changes texts, or nothing that callers see, in a line each."""
    for impact in (DOCS, INTERNAL):
        causes = [cause for cause in comparison.causes if cause.impact is impact and cause.change is not None]
        if not causes:
            continue
        yield ""
        mark = paint(str(impact), f"{_MARKS[impact]} {impact}")
        names = dict.fromkeys(str(cause.change.subject) for cause in causes if cause.change is not None)
        yield f"{mark}  {_count(len(causes), 'change')}: {visible(_some(list(names), 5, verbose=False))}"


def _files(comparison: Comparison, paint: Paint, *, stat: bool) -> Iterator[str]:
    if stat and comparison.files:
        width = max(len(each.path) for each in comparison.files)
        for each in comparison.files:
            sign = {"added": "A", "removed": "D", "changed": "M"}[each.kind]
            added, removed = paint("added", f"+{each.added}"), paint("removed", f"-{each.removed}")
            yield f"  {sign} {visible(each.path).ljust(width)}  {added} {removed}"
    if comparison.unexplained:
        yield ""
        yield f"files that no change of the API explains: {', '.join(map(visible, comparison.unexplained))}"


def _some(names: list[str], most: int, *, verbose: bool) -> str:
    shown = names if verbose else names[:most]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return visible(", ".join(shown)) + more
