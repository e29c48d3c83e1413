"""JSON texts one after the other: a line each (JSON Lines), or as a sequence (RFC 7464), read as they arrive."""

from __future__ import annotations

from collections import deque

import msgspec

from .errors import DecodeError

__all__ = ["LineParser", "SequenceParser"]

_RECORD_SEPARATOR = b"\x1e"
_SELF_DELIMITED = (b"{", b"[", b'"')


class LineParser:
    """Takes bytes and yields lines that are not blank.

    Attributes:
        texts: Those that are complete and were not taken yet.
    """

    def __init__(self) -> None:
        self.texts: deque[bytes] = deque()
        self._part: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Take in what arrived, `b""` for the end; the last line needs no line feed."""
        *lines, rest = data.split(b"\n")
        if lines or not data:
            lines = [b"".join((*self._part, *lines[:1])), *lines[1:]]
            self._part.clear()
        self.texts.extend(line for line in lines if line.strip())
        if rest:
            self._part.append(rest)


class SequenceParser:
    """Takes bytes and yields the texts between record separators.

    A line feed ends a text before the next separator is there, where what precedes it is JSON: so that a text which the
    server has sent is not held back until the next.

    Attributes:
        texts: Those that are complete and were not taken yet.
    """

    def __init__(self) -> None:
        self.texts: deque[bytes] = deque()
        self._part = bytearray()
        self._next_try = 0

    def feed(self, data: bytes) -> None:
        """Take in what arrived, `b""` for the end."""
        *texts, rest = data.split(_RECORD_SEPARATOR)
        for text in texts:
            self._part += text
            self._complete()
        self._part += rest
        if not data:
            self._complete()
        elif rest.endswith(b"\n") and len(self._part) >= self._next_try:
            if _is_json(self._part):
                self._complete()
            else:
                self._next_try = 2 * len(self._part)  # so that a long text of many lines is not read over and over

    def _complete(self) -> None:
        text = bytes(self._part)
        self._part.clear()
        self._next_try = 0
        if text.strip():
            self.texts.append(text)

    @staticmethod
    def check(text: bytes) -> None:
        """Whether a text is whole: a number or a word without white space behind it may go on (section 2.4).

        Raises:
            DecodeError: It may not be.
        """
        if not text.lstrip().startswith(_SELF_DELIMITED) and text == text.rstrip():
            raise DecodeError("a text of the sequence is cut off")


def _is_json(text: bytearray) -> bool:
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True
