"""The text of server-sent events (WHATWG HTML, section 9.2), read as it arrives.

Lines are as long as they are, and every byte is looked at once. It refuses to connect again: what a stream stands for
is the caller's to know.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

__all__ = ["EventParser", "RawEvent"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LONGEST_NUMBER = 15


class RawEvent(NamedTuple):
    """One event.

    Attributes:
        data: Its text.
        event: Its name, `message` where it has none.
        id: The id that the stream named last, empty where it named none.
        retry: Milliseconds to wait before connecting again, as the stream said last; None where it did not.
    """

    data: str
    event: str
    id: str
    retry: int | None


class EventParser:
    """Takes bytes and yields events.

    Attributes:
        events: Those that are complete and were not taken yet.
    """

    def __init__(self) -> None:
        self.events: deque[RawEvent] = deque()
        self._part: list[bytes] = []
        self._after_carriage_return = False
        self._is_first_line = True
        self._data: list[bytes] = []
        self._event = self._id = ""
        self._retry: int | None = None

    def feed(self, data: bytes) -> None:
        """Take in what arrived. What is incomplete when the stream ends is no event, so nothing tells of the end."""
        if self._after_carriage_return and data[:1] == b"\n":
            data = data[1:]  # of CR LF, which was one end of a line
            self._after_carriage_return = False
        if not data:
            return
        self._after_carriage_return = data.endswith(b"\r")
        lines = data.splitlines()  # of bytes: at CR, LF and CR LF alone
        rest = None if data.endswith((b"\r", b"\n")) else lines.pop()
        if lines:
            lines[0] = b"".join((*self._part, lines[0]))
            self._part.clear()
            for line in lines:
                self._line(line)
        if rest is not None:
            self._part.append(rest)

    def _line(self, line: bytes) -> None:
        if self._is_first_line:
            self._is_first_line = False
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if not line:
            self._dispatch()
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        match name:
            case b"data":
                self._data.append(value)
            case b"event":
                self._event = _text(value)
            case b"id":
                if b"\0" not in value:
                    self._id = _text(value)
            case b"retry":
                if value.isdigit() and len(value) <= _LONGEST_NUMBER:
                    self._retry = int(value)
            case _:
                pass  # a comment, whose name is empty, or a field that may come to mean something

    def _dispatch(self) -> None:
        if self._data:
            text = _text(b"\n".join(self._data))
            self.events.append(RawEvent(text, self._event or "message", self._id, self._retry))
            self._data.clear()
        self._event = ""


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
