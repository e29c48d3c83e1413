"""Which characters a reader can see, and how the others are written down.

A document may hold characters that act on the reader instead of being read: terminal escapes, marks that reverse the
direction of text (Trojan Source), letters without ink. Every encoder asks this one module, so that they can't disagree.
It refuses to judge look-alikes: a Cyrillic letter is visible, and readable to those who wrote it.
"""

import re
from collections.abc import Callable
from typing import Final

# Printable by Unicode's categories, blank on the screen: grapheme joiner, Hangul and Khmer fillers, Mongolian and other
# variation selectors, the empty Braille cell. They have been used to smuggle text past a reviewer.
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_NOT_PLAIN_ASCII: Final = re.compile(r"[^\x20-\x7e]")
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

# Unseen, but part of correct spelling: soft hyphen, Persian and Indic joiners, emoji sequences.
JOINERS: Final = "\u00ad\u200c\u200d\ufe0e\ufe0f"

# Everything that some tool takes for the end of a line, which is more than Python and YAML do (S11).
LINE_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def is_visible(char: str) -> bool:
    """Whether `char` shows as itself: neither control, format, separator, surrogate nor blank."""
    return char.isprintable() and not _BLANK.match(char)


def notation(char: str) -> str:
    r"""Return `char` in Python's escape notation, in lower case as black writes it: `\x1b`, `\u202e`."""
    if char in _SHORT:
        return _SHORT[char]
    if char <= "\xff":
        return f"\\x{ord(char):02x}"
    return f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}"


def escape(text: str, *, keep: str = "", spell: Callable[[str], str] = notation) -> str:
    """Return `text` with every character that can't be seen spelled out, except those in `keep`."""

    def shown(match: re.Match[str]) -> str:
        char = match.group()
        return char if char in keep or is_visible(char) else spell(char)

    return _NOT_PLAIN_ASCII.sub(shown, text)
