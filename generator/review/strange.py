"""Text of a document that a reviewer cannot trust the eye with.

What is written with escapes counts as well as what stands there itself: it ends in the same values. A comment counts as
well as a value: it is read by the same person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from generator.characters import JOINERS, is_visible

_LONGEST: Final = 2000
_SHOWN: Final = 160
_LAST: Final = 0x10FFFF
_HALVES: Final = range(0xD800, 0xE000)  # of pairs, which stand for something else
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2}))")
_WORD: Final = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")
_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOOKALIKES: Final = ("CYRILLIC", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")
_GREEK: Final = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυχικ")  # those that look like Latin ones


@dataclass(frozen=True, slots=True)
class Strange:
    """A line: where, what is strange about it, a part of it, and whether only the new side has it."""

    place: str
    kind: str
    text: str
    is_new: bool


def strange(before: Mapping[str, str], after: Mapping[str, str]) -> list[Strange]:
    """The strange lines of the new side's texts, new ones first.

    Args:
        before: The old side's texts, by the names of their files.
        after: The new side's.
    """
    known = {line for text in before.values() for line in _lines(text)}
    found = [
        Strange(f"{name}:{number}", kind, _shown(line[max(0, at - 40) : at + _SHOWN]), line not in known)
        for name, text in after.items()
        for number, line in enumerate(_lines(text), start=1)
        for kind, at in _kinds(line)
    ]
    return sorted(found, key=lambda each: not each.is_new)


def _shown(part: str) -> str:
    """With the letters spelled out that look like others."""
    return _WORD.sub(lambda word: ascii(word.group())[1:-1] if _is_mixed(word.group()) else word.group(), part)


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


def _kinds(line: str) -> Iterator[tuple[str, int]]:
    if len(line) > _LONGEST:
        yield f"a line of {len(line):,} characters", 0
    if line.isascii() and "\\" not in line and line.isprintable():
        return
    unseen: dict[str, int] = {}
    for at, char in _characters(line):
        if not is_visible(char) and char not in " \t\r\n" + JOINERS:
            kind = "changes the direction of text" if char in _DIRECTION else "a character that nobody sees"
            unseen.setdefault(kind, at)
    yield from unseen.items()
    for word in _WORD.finditer(line):
        if _is_mixed(word.group()):
            yield "letters of another alphabet among Latin ones", word.start()
            return


def _characters(line: str) -> Iterator[tuple[int, str]]:
    yield from ((at, char) for at, char in enumerate(line) if not " " <= char <= "~")
    for found in _ESCAPE.finditer(line):
        number = int(next(filter(None, found.groups())), 16)
        if number <= _LAST and number not in _HALVES:
            yield found.start(), chr(number)


def _is_mixed(word: str) -> bool:
    has_latin = any(char.isascii() for char in word)
    return has_latin and any(
        char in _GREEK or unicodedata.name(char, "").startswith(_LOOKALIKES) for char in word if not char.isascii()
    )
