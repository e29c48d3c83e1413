"""A reply that is handed over piece by piece while it arrives."""

from __future__ import annotations

import sys

from .reply import Reply

_FIRST_FINAL_STATUS = 200


class OpenReply(Reply):
    """A `Reply` that is content with its head at first, and then with each piece of the body.

    Attributes:
        buffered: How many bytes of the body wait to be taken.
    """

    __slots__ = ("_pieces", "buffered")

    def __init__(self, method: str) -> None:
        super().__init__(method, sys.maxsize)
        self._pieces: list[bytes] = []
        self.buffered = 0

    @property
    def is_open(self) -> bool:
        """Whether the final head is here, and the end of the body is not."""
        return self._head_done and not self.done and self._status >= _FIRST_FINAL_STATUS

    def feed(self, data: bytes) -> bool:
        """Take in what arrived; True when there is something to hand over: the head, or the end. See `Reply.feed`."""
        return super().feed(data) or self.is_open

    def take(self) -> bytes:
        """The bytes of the body that arrived since the last call."""
        pieces, self._pieces, self.buffered = self._pieces, [], 0
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def on_body(self, data: bytes) -> None:
        """Called by the parser for each piece of the body."""
        if self.done:
            self.reusable = False
            return
        self._pieces.append(data)
        self.buffered += len(data)
        self._size += len(data)
