"""A comparison as Markdown, for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.diff.bump import bump
from generator.diff.causes import Cause
from generator.diff.compare import Comparison
from generator.diff.inert import code
from generator.diff.report_text import summary
from generator.diff.rules import DOCS, Impact

_MOST_CONSEQUENCES = 12


def report(comparison: Comparison) -> Iterator[str]:
    """The lines."""
    yield f"## {code(comparison.name)}: {summary(comparison)}"
    if comparison.impact is None:
        return
    step = bump(comparison)
    if step.part is not None:
        yield ""
        yield f"Next version: **{step.after}** (was {step.before}): {step.reason}."
    for impact in reversed(Impact):
        causes = [cause for cause in comparison.causes if cause.impact is impact]
        if not causes:
            continue
        yield ""
        yield f"### {str(impact).capitalize()}"
        yield ""
        if impact <= DOCS:
            yield from _folded(causes)
        else:
            for cause in causes:
                yield from _cause(comparison, cause)
    if comparison.unexplained:
        yield ""
        yield f"Files that no change of the API explains: {', '.join(map(code, comparison.unexplained))}."


def _cause(comparison: Comparison, cause: Cause) -> Iterator[str]:
    change = cause.change
    if change is None:
        yield "- Not because of the API: names or configuration."
    else:
        yield f"- {code(str(change.subject))}: {code(change.title)} ({change.rule}). {change.sentence}"
        places = [str(place) for place in comparison.places(change) if place is not None]
        if places:
            yield f"  At {' → '.join(map(code, places))}."
    if cause.same:
        yield f"  The same: {_listed([f'{each.member} of {each.subject.name}' for each in cause.same])}."
    told = sorted((each for each in cause.python if each.impact > DOCS), key=lambda each: -each.impact)
    for each in told[:_MOST_CONSEQUENCES]:
        yield f"  - {each.impact}: {code(each.title.replace('`', ''))}"
    if len(told) > _MOST_CONSEQUENCES:
        yield f"  - and {len(told) - _MOST_CONSEQUENCES} more like these"
    if cause.witness:
        yield ""
        yield "  Worked before:"
        yield ""
        yield from (f"      {line}" for line in cause.witness.rstrip().split("\n"))
        yield ""


def _folded(causes: Sequence[Cause]) -> Iterator[str]:
    told = [f"{each.change.subject}: {each.change.title}" for each in causes if each.change is not None]
    yield f"- {_listed(told)}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_CONSEQUENCES} more" if len(names) > _MOST_CONSEQUENCES else ""
    return ", ".join(map(code, dict.fromkeys(names[:_MOST_CONSEQUENCES]))) + more
