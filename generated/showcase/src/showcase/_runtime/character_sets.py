"""Sets of characters as ranges of code points: those that ECMA-262 names by an escape, and Unicode's general
categories.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import chain, groupby
from typing import Final, TypeAlias

__all__ = ["DIGITS", "LINE_ENDS", "SPACES", "WORD", "Ranges", "category", "complement", "merged"]

Ranges: TypeAlias = tuple[tuple[int, int], ...]

_LAST: Final = 0x10FFFF
DIGITS: Final[Ranges] = ((0x30, 0x39),)
WORD: Final[Ranges] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
LINE_ENDS: Final[Ranges] = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
# White space and line ends (ECMA-262, sections 12.2 and 12.3).
SPACES: Final[Ranges] = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
# Long names of the categories (Unicode Standard Annex 44, table 12, and PropertyValueAliases).
_NAMES: Final = {
    "Other": "C",
    "Control": "Cc",
    "cntrl": "Cc",
    "Format": "Cf",
    "Unassigned": "Cn",
    "Private_Use": "Co",
    "Surrogate": "Cs",
    "Letter": "L",
    "Cased_Letter": "LC",
    "Lowercase_Letter": "Ll",
    "Modifier_Letter": "Lm",
    "Other_Letter": "Lo",
    "Titlecase_Letter": "Lt",
    "Uppercase_Letter": "Lu",
    "Mark": "M",
    "Combining_Mark": "M",
    "Spacing_Mark": "Mc",
    "Enclosing_Mark": "Me",
    "Nonspacing_Mark": "Mn",
    "Number": "N",
    "Decimal_Number": "Nd",
    "digit": "Nd",
    "Letter_Number": "Nl",
    "Other_Number": "No",
    "Punctuation": "P",
    "punct": "P",
    "Connector_Punctuation": "Pc",
    "Dash_Punctuation": "Pd",
    "Close_Punctuation": "Pe",
    "Final_Punctuation": "Pf",
    "Initial_Punctuation": "Pi",
    "Other_Punctuation": "Po",
    "Open_Punctuation": "Ps",
    "Symbol": "S",
    "Currency_Symbol": "Sc",
    "Modifier_Symbol": "Sk",
    "Math_Symbol": "Sm",
    "Other_Symbol": "So",
    "Separator": "Z",
    "Line_Separator": "Zl",
    "Paragraph_Separator": "Zp",
    "Space_Separator": "Zs",
}
_SHORT: Final = frozenset(_NAMES.values())
_WHOLE: Final[dict[str, Ranges]] = {"Any": ((0, _LAST),), "ASCII": ((0, 0x7F),)}
# Where Unicode has put characters so far. The planes between have none, and the last two are for private use.
_ASSIGNED: Final = (range(0x40000), range(0xE0000, 0xE1000))
_ELSEWHERE: Final = (
    (0x40000, 0xDFFFF, "Cn"),
    (0xE1000, 0xEFFFF, "Cn"),
    (0xF0000, 0xFFFFD, "Co"),
    (0xFFFFE, 0xFFFFF, "Cn"),
    (0x100000, 0x10FFFD, "Co"),
    (0x10FFFE, _LAST, "Cn"),
)


def category(name: str) -> Ranges | None:
    """The characters of a general category by its short or long name, of `Any` or of `ASCII`; None for other names.

    What is unassigned is so in the Unicode version of this Python.
    """
    if name in _WHOLE:
        return _WHOLE[name]
    short = _NAMES.get(name, name)
    if short not in _SHORT:
        return None
    wanted = ("Ll", "Lt", "Lu") if short == "LC" else (short,)
    return merged((low, high) for low, high, found in _categories() if found.startswith(wanted))


@cache
def _categories() -> tuple[tuple[int, int, str], ...]:
    """All code points as runs of one category. It takes a moment, once."""
    runs: list[tuple[int, int, str]] = []
    for block in _ASSIGNED:
        low = block.start
        for name, run in groupby(map(unicodedata.category, map(chr, block))):
            high = low + sum(1 for _ in run) - 1
            runs.append((low, high, name))
            low = high + 1
    return tuple(chain(runs, _ELSEWHERE))


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same characters in order, ranges that touch made one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def complement(ranges: Ranges) -> Ranges:
    """All other characters."""
    found: list[tuple[int, int]] = []
    low = 0
    for start, end in ranges:
        if low < start:
            found.append((low, start - 1))
        low = end + 1
    return (*found, (low, _LAST)) if low <= _LAST else tuple(found)
