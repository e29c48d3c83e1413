"""JSON pointers (RFC 6901) as text and as tokens. Nothing here looks at a document."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote_to_bytes

_BAD_ESCAPE: Final = re.compile(r"~(?![01])")
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def escape(token: str) -> str:
    """One token as it is written between two slashes."""
    return token.replace("~", "~0").replace("/", "~1")


def join(tokens: Iterable[str | int]) -> str:
    """Tokens as a pointer; no tokens are the root, ""."""
    return "".join(f"/{escape(str(token))}" for token in tokens)


def split(pointer: str) -> tuple[str, ...]:
    """A pointer's tokens.

    Raises:
        ValueError: It neither is empty nor begins with a slash, or it has a `~` that escapes nothing.
    """
    if pointer and not pointer.startswith("/"):
        message = "a pointer begins with `/`"
        raise ValueError(message)
    if _BAD_ESCAPE.search(pointer):
        message = "`~` must be followed by 0 or 1"
        raise ValueError(message)
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def from_fragment(fragment: str) -> str:
    """The pointer in a URI's fragment, without its percent-encoding (RFC 6901, section 6).

    Raises:
        ValueError: The percent-encoding is broken, or isn't UTF-8.
    """
    if _BAD_PERCENT.search(fragment):
        message = "`%` must be followed by two hexadecimal digits"
        raise ValueError(message)
    if "%" not in fragment:
        return fragment
    try:
        return unquote_to_bytes(fragment).decode("utf-8")
    except UnicodeDecodeError:
        message = "the percent-encoding is not UTF-8"
        raise ValueError(message) from None


def to_reference(tokens: Iterable[str | int]) -> str:
    """Tokens as a local `$ref`. Only `%` is encoded; nobody takes the rest for anything else."""
    return "#" + join(tokens).replace("%", "%25")
