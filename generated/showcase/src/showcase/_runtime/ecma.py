r"""Regular expressions of ECMA-262 (section 22.2) as JSON Schema uses them, made into Python's.

The two languages look alike and differ where it hurts: `$`, `.`, `\d`, `\w` and `\s` mean other characters, and
Python has no `\p{...}`. So every set of characters is worked out and written as ranges. What the standard does not
know, and Java or PCRE may have meant (`\A`, `(?i)`, `[a&&b]`), is left alone: such a pattern is not checked at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, TypeAlias

from .character_sets import DIGITS, LINE_ENDS, SPACES, WORD, Ranges, category, complement, merged

__all__ = ["compile_pattern"]

_QUANTIFIER: Final = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
_GROUP_NAME: Final = re.compile(r"\?<([A-Za-z_][A-Za-z0-9_]*)>")
_OPENINGS: Final = ("?:", "?=", "?!", "?<=", "?<!")
_PROPERTY: Final = re.compile(r"[pP]\{(?:(?:General_Category|gc)=)?([A-Za-z_]+)\}")
_BACK_REFERENCE: Final = re.compile(r"[1-9][0-9]*")
_NAMED_REFERENCE: Final = re.compile(r"k<([A-Za-z_][A-Za-z0-9_]*)>")
_CODE: Final = re.compile(r"x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})")
_LOW_SURROGATE: Final = re.compile(r"\\u([dD][c-fC-F][0-9A-Fa-f]{2})")
_HIGH_SURROGATES: Final = range(0xD800, 0xDC00)
_CONTROLS: Final = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_CLASSES: Final = {"d": DIGITS, "w": WORD, "s": SPACES}
_LAST: Final = 0x10FFFF
_Atom: TypeAlias = "int | Ranges"


class _Foreign(Exception):
    """Something that ECMA-262 does not know, or that Python cannot say."""


@cache
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """A pattern of a document, to be searched; None where it cannot be checked."""
    try:
        return re.compile(_Translation(pattern).text(), re.ASCII)
    except (_Foreign, re.error, OverflowError, RecursionError):
        return None


class _Translation:
    """One pattern, read from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def text(self) -> str:
        """The pattern as Python spells it."""
        written: list[str] = []
        while self._at < len(self._pattern):
            char = self._next()
            match char:
                case "[":
                    written.append(self._class())
                case "\\":
                    written.append(self._escape())
                case "(":
                    written.append(self._opening())
                case ".":
                    written.append(_spell(complement(LINE_ENDS)))
                case "$":
                    written.append(r"\Z")  # Python's `$` also stands before a line break at the end
                case "{":
                    quantifier = self._take(_QUANTIFIER, back=1)
                    written.append(r"\{" if quantifier is None else quantifier[0])
                case "}" | "]":
                    written.append(f"\\{char}")
                case "^" | "|" | ")" | "*" | "+" | "?":
                    written.append(char)
                case _:
                    written.append(re.escape(char))
        return "".join(written)

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise _Foreign
        self._at += 1
        return self._pattern[self._at - 1]

    def _take(self, expression: re.Pattern[str], back: int = 0) -> re.Match[str] | None:
        """What matches here, or `back` characters before, and is then behind."""
        found = expression.match(self._pattern, self._at - back)
        if found is not None:
            self._at = found.end()
        return found

    def _opening(self) -> str:
        name = self._take(_GROUP_NAME)
        if name is not None:
            return f"(?P<{name[1]}>"
        if not self._pattern.startswith("?", self._at):
            return "("
        for opening in _OPENINGS:
            if self._pattern.startswith(opening, self._at):
                self._at += len(opening)
                return f"({opening}"
        raise _Foreign

    def _escape(self) -> str:
        if self._pattern[self._at : self._at + 1] in ("b", "B"):
            return f"\\{self._next()}"
        number = self._take(_BACK_REFERENCE)
        if number is not None:  # a group that took no part matches nothing here, and fails in Python
            return f"(?({number[0]})\\{number[0]})"
        name = self._take(_NAMED_REFERENCE)
        if name is not None:
            return f"(?({name[1]})(?P={name[1]}))"
        return _spell(_ranges(self._escaped()))

    def _escaped(self) -> _Atom:
        """What stands behind a backslash, in a class or outside: a character, or a set of them."""
        named = self._take(_PROPERTY)
        if named is not None:
            found = category(named[1])
            if found is None:
                raise _Foreign
            return found if named[0][0] == "p" else complement(found)
        code = self._take(_CODE)
        if code is not None:
            return self._code(int(next(filter(None, code.groups())), 16))
        char = self._next()
        if char.lower() in _CLASSES:
            found = _CLASSES[char.lower()]
            return found if char.islower() else complement(found)
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char == "0" and not self._pattern[self._at : self._at + 1].isdigit():
            return 0
        if char == "c" and (letter := self._next()).isascii() and letter.isalpha():
            return ord(letter) % 32
        if char.isalnum():
            raise _Foreign
        return ord(char)

    def _code(self, number: int) -> int:
        if number > _LAST:
            raise _Foreign
        low = self._take(_LOW_SURROGATE) if number in _HIGH_SURROGATES else None
        if low is not None:
            pair = chr(number) + chr(int(low[1], 16))
            return ord(pair.encode("utf-16", "surrogatepass").decode("utf-16"))
        return number

    def _class(self) -> str:
        is_negated = self._pattern.startswith("^", self._at)
        self._at += is_negated
        found: list[tuple[int, int]] = []
        while (atom := self._class_atom()) is not None:
            if isinstance(atom, int) and self._is_range():
                self._at += 1
                end = self._class_atom()
                if not isinstance(end, int) or end < atom:
                    raise _Foreign
                found.append((atom, end))
            else:
                found += _ranges(atom)
        ranges = merged(found)
        return _spell(complement(ranges) if is_negated else ranges)

    def _is_range(self) -> bool:
        """Whether a `-` between two characters is next; at the end of a class it stands for itself."""
        return self._pattern.startswith("-", self._at) and not self._pattern.startswith("]", self._at + 1)

    def _class_atom(self) -> _Atom | None:
        char = self._next()
        if char == "]":
            return None
        if char == "\\":
            if self._pattern.startswith("b", self._at):
                self._at += 1
                return 8
            return self._escaped()
        if self._pattern.startswith(("&&", "[:"), self._at - 1):
            raise _Foreign  # an intersection in Java, a named class in POSIX
        return ord(char)


def _ranges(atom: _Atom) -> Sequence[tuple[int, int]]:
    return ((atom, atom),) if isinstance(atom, int) else atom


def _spell(ranges: Iterable[tuple[int, int]]) -> str:
    """A set of characters as Python writes it."""
    items = list(ranges)
    if not items:
        return "(?!)"
    if len(items) == 1 and items[0][0] == items[0][1]:
        return _character(items[0][0])
    spelled = (_character(low) if low == high else f"{_character(low)}-{_character(high)}" for low, high in items)
    return f"[{''.join(spelled)}]"


def _character(number: int) -> str:
    char = chr(number)
    return char if char.isascii() and char.isalnum() else f"\\U{number:08x}"
