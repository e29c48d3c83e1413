"""One comparison as a reviewer reads it: the verdict, a card for each cause, and what else there is to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from generator.diff.bump import Bump, bump
from generator.diff.causes import Cause
from generator.diff.change import Change
from generator.diff.compare import Comparison
from generator.diff.files import FileChange
from generator.diff.report_text import summary
from generator.diff.rules import DOCS, Impact
from generator.review.lines import Lines, difference
from generator.review.network import Drawing, drawing
from generator.review.strange import Strange, strange
from generator.review.surface import Declaration, Module, Surface, declaration, modules
from generator.review.unexplained import Piece, pieces
from generator.review.wire import Wire, exchange

_MOST_EXCERPT: Final = 40
_MOST_DECLARATIONS: Final = 4
_MOST_FILE_LINES: Final = 400
_MOST_LINES: Final = 6000
_MOST_NAMES: Final = 12
_MOST_REFERENCES: Final = 30
_REFERENCE: Final = re.compile(r"""\$ref["']?\s*:\s*["']#(/[^"']+)["']""")
_UNEXPLAINED: Final = "Not because of the API: names or configuration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A cause: what happened, what a caller notices, and what shows it.

    Attributes:
        subject: What it happened to; "" for what no change of the document explains.
        same: To what else the same happened.
        with_it: What became of schemas that are there for it alone.
        before: Where it stood.
        after: Where it stands.
        document: The document's lines there; None where they have no position.
        declarations: The Python that it changes; `more` declarations are left out.
        consequences: What happens to Python, in words, with the impact of each.
        wire: The operation that shows it on the wire, its request and its reply; None where neither changes.
        witness: Code that worked before.
    """

    number: int
    impact: str
    rule: str
    fingerprint: str
    subject: str
    title: str
    sentence: str
    same: tuple[str, ...]
    with_it: tuple[str, ...]
    operations: tuple[str, ...]
    before: str
    after: str
    document: Lines | None
    declarations: tuple[Declaration, ...]
    more: int
    consequences: tuple[tuple[str, str], ...]
    wire: tuple[str, Lines, Lines] | None
    witness: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A changed file; `causes` are the numbers of those that explain it."""

    change: FileChange
    is_explained: bool
    causes: tuple[int, ...]
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything about one target."""

    name: str
    summary: str
    impact: str
    counts: tuple[tuple[str, int], ...]
    step: Bump
    cards: tuple[Card, ...]
    drawing: Drawing | None
    modules: tuple[Module, ...]
    files: tuple[File, ...]
    unexplained: tuple[Piece, ...]
    strange: tuple[Strange, ...]


def sheet(comparison: Comparison) -> Sheet:
    """The sheet of a comparison that looked at all levels."""
    surfaces, wires = seen(comparison)
    return Sheet(
        name=comparison.name,
        summary=summary(comparison),
        impact="none" if comparison.impact is None else str(comparison.impact),
        counts=tuple((str(impact), comparison.count(impact)) for impact in reversed(Impact)),
        step=bump(comparison),
        cards=tuple(card(number, cause, comparison, surfaces, wires) for number, cause in enumerate(comparison.causes)),
        drawing=drawing(comparison),
        modules=() if surfaces is None else tuple(modules(*surfaces)),
        files=tuple(_files(comparison)),
        unexplained=tuple(pieces(comparison)),
        strange=tuple(strange(comparison.before.texts(), comparison.after.texts())),
    )


def seen(comparison: Comparison) -> tuple[tuple[Surface, Surface] | None, tuple[Wire, Wire] | None]:
    """The Python and the messages of both sides, where Python was compared."""
    if comparison.python is None:
        return None, None
    old, new = comparison.python
    return (Surface(old), Surface(new)), (Wire(old), Wire(new))


def card(
    number: int,
    cause: Cause,
    comparison: Comparison,
    surfaces: tuple[Surface, Surface] | None,
    wires: tuple[Wire, Wire] | None,
) -> Card:
    """The card of a cause.

    Args:
        number: Which one of the comparison's it is.
        cause: It.
        comparison: All of what changed.
        surfaces: The Python of both sides, where that was compared.
        wires: What both sides send and get, likewise.
    """
    change = cause.change
    before, after = (None, None) if change is None else comparison.places(change)
    found = () if surfaces is None else tuple(_declarations(cause, *surfaces))
    told = sorted((each for each in cause.python if each.impact > DOCS), key=lambda each: -each.impact)
    return Card(
        number=number,
        impact=str(cause.impact),
        rule="" if change is None else change.rule,
        fingerprint="" if change is None else change.fingerprint,
        subject="" if change is None else str(change.subject),
        title=_UNEXPLAINED if change is None else change.title,
        sentence="" if change is None else change.sentence,
        same=_some(f"{each.member} of {each.subject.name}".removeprefix(" of ") for each in cause.same),
        with_it=_some(f"{each.subject}: {each.title}" for each in cause.also),
        operations=() if change is None else _some(change.operations),
        before="" if before is None else str(before),
        after="" if after is None else str(after),
        document=None if change is None else _document(comparison, change),
        declarations=found[:_MOST_DECLARATIONS],
        more=max(0, len(found) - _MOST_DECLARATIONS),
        consequences=tuple((str(each.impact), each.title.replace("`", "")) for each in told),
        wire=None if change is None or wires is None else exchange(change, *wires),
        witness=cause.witness.rstrip(),
        files=tuple(cause.files),
    )


def _document(comparison: Comparison, change: Change) -> Lines | None:
    old_at, new_at = change.at_before, change.at_after
    if old_at is not None and new_at is not None:  # a value that came or went, and what it came into or went from
        if old_at.startswith(f"{new_at}/"):
            old_at = new_at
        elif new_at.startswith(f"{old_at}/"):
            new_at = old_at
    old = [] if old_at is None else comparison.before.excerpt(old_at)
    new = [] if new_at is None else comparison.after.excerpt(new_at)
    if old == new:
        old, new = _referred(comparison, new) or (old, new)
    margin = min((len(line) - len(line.lstrip(" ")) for line in (*old, *new) if line.strip()), default=0)
    old, new = ([line[margin:] for line in lines] for lines in (old, new))
    return difference(old, new, _MOST_EXCERPT) if old or new else None


def _referred(comparison: Comparison, lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]] | None:
    """What changed where lines that stay as they are refer to; None where nothing did."""
    pending = list(_references(lines))
    for pointer in pending:  # grows while it is read
        old, new = comparison.before.excerpt(pointer), comparison.after.excerpt(pointer)
        if old != new:
            return old, new
        pending += [each for each in _references(new) if each not in pending][: _MOST_REFERENCES - len(pending)]
    return None


def _references(lines: Sequence[str]) -> Iterator[str]:
    return (found.group(1) for line in lines for found in _REFERENCE.finditer(line))


def _declarations(cause: Cause, old: Surface, new: Surface) -> Iterator[Declaration]:
    """What it changes, methods first; a method or class once."""
    seen: set[str] = set()
    for was, now in dict.fromkeys(_pairs(cause, old, new)):
        found = declaration(old, new, was, now)
        if found is not None and seen.isdisjoint((was, now)):
            seen.update(filter(None, (was, now)))
            yield found


def _pairs(cause: Cause, old: Surface, new: Surface) -> Iterator[tuple[str | None, str | None]]:
    """The symbols, on both sides, of all that a cause may have changed."""
    own = [] if cause.change is None else [cause.change]
    called = [name for change in cause.python if change.place == "client.py" for name in change.operations]
    places = [place for name in called for side in (old, new) if (place := side.operations.get(name)) is not None]
    changes = [*own, *cause.same, *cause.also, *cause.python]
    for place in (*places, *((change.subject.kind, change.subject.id) for change in changes)):
        yield old.symbols.get(place), new.symbols.get(place)
    for change in cause.python:
        if change.rule.startswith(("python-exception", "python-class")):
            yield change.before or None, change.after or None


def _files(comparison: Comparison) -> Iterator[File]:
    """The unexplained ones first: they have the first claim to the room that there is."""
    room = _MOST_LINES
    olds, news = comparison.before.files or {}, comparison.after.files or {}
    for change in sorted(comparison.files, key=lambda each: each.path not in comparison.unexplained):
        old, new = (files.get(change.path, b"").decode("utf-8", "replace").split("\n") for files in (olds, news))
        lines = difference(_ended(old), _ended(new), min(room, _MOST_FILE_LINES))
        room = max(0, room - len(lines.shown))
        yield File(
            change=change,
            is_explained=change.path not in comparison.unexplained,
            causes=tuple(number for number, cause in enumerate(comparison.causes) if change.path in cause.files),
            lines=lines,
        )


def _ended(lines: Sequence[str]) -> Sequence[str]:
    return lines if lines[-1] else lines[:-1]


def _some(names: Iterable[str]) -> tuple[str, ...]:
    found = list(dict.fromkeys(names))
    more = [f"and {len(found) - _MOST_NAMES} more"] if len(found) > _MOST_NAMES else []
    return (*found[:_MOST_NAMES], *more)
