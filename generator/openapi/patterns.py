"""Regular expressions of a document, which are ECMA-262's (JSON Schema 2020-12, section 6.4), seen from Python.

Nothing is ever matched here: a pattern of a stranger may take longer than anyone waits. It is only asked whether Python
could read it.
"""

import re
from enum import Enum, auto
from typing import Final


class Dialect(Enum):
    """Who can read a pattern."""

    SHARED = auto()
    """Python too."""
    ECMA = auto()
    """Only those who follow the standard."""
    NONE = auto()
    """Nobody."""


_STAND_INS: Final = (
    (re.compile(r"\\[pP]\{[^{}]*\}|\\u\{[0-9a-fA-F]+\}|\\c[A-Za-z]"), "x"),
    (re.compile(r"\[\^?\]"), "."),
    (re.compile(r"\(\?<(?=[A-Za-z_$])"), "(?P<"),
    (re.compile(r"\\k<(\w+)>"), r"(?P=\1)"),
)
"""What only ECMA-262 has, and something of the same shape that Python has too."""
_VARIABLE_LOOK_BEHIND: Final = "look-behind requires fixed-width pattern"


def dialect(pattern: str) -> Dialect:
    """Who can read a pattern."""
    if _reads(pattern):
        return Dialect.SHARED
    for construct, stand_in in _STAND_INS:
        pattern = construct.sub(stand_in, pattern)
    return Dialect.ECMA if _reads(pattern, but=_VARIABLE_LOOK_BEHIND) else Dialect.NONE


def _reads(pattern: str, but: str = "") -> bool:
    try:
        re.compile(pattern)
    except re.error as error:
        return bool(but) and error.msg == but
    except (OverflowError, RecursionError):
        return False
    return True
