"""Two texts as lines that stayed, came or went, in bounded space."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

_AROUND = 3
_LONGEST = 400  # characters
_LONG = 2_000  # lines: beyond, `difflib` leaves out of its search what stands everywhere
_MOST_COMPARED = 20_000  # lines: `difflib` takes time that grows with the square in the worst case

Sign = Literal["+", "-", " ", "@"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `@` begins another part of the text."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """As many lines as there is room for, and how many more there are."""

    shown: tuple[Line, ...]
    left_out: int = 0


def difference(old: Sequence[str], new: Sequence[str], most: int) -> Lines:
    """What becomes of a text; the text itself where it stays as it is.

    Args:
        old: Its lines before.
        new: Its lines after.
        most: How many lines to keep.
    """
    if old == new:
        return _kept((Line(" ", text) for text in new), len(new), most)
    if len(old) + len(new) > _MOST_COMPARED:
        return Lines((Line("@", f"{len(old)} lines before, {len(new)} after"),), len(old) + len(new))
    found = list(_unified(old, new))
    return _kept(found, len(found), most)


def _kept(lines: Iterable[Line], number: int, most: int) -> Lines:
    return Lines(tuple(islice((Line(each.sign, _cut(each.text)) for each in lines), most)), max(0, number - most))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text) - _LONGEST} more characters)"


def _unified(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    parts = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > _LONG).get_grouped_opcodes(_AROUND)
    for number, part in enumerate(parts):
        first = part[0]
        if number or first[1] or first[3]:
            yield Line("@", f"line {first[1] + 1} before, line {first[3] + 1} after")
        for tag, start, end, begin, stop in part:
            if tag == "equal":
                yield from (Line(" ", text) for text in old[start:end])
            else:
                yield from (Line("-", text) for text in old[start:end])
                yield from (Line("+", text) for text in new[begin:stop])
