"""Bodies that are sent without being held in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from .errors import RequestError

__all__ = ["Joined", "Upload"]

_PIECE = 128 * 1024


class Upload:
    """A body that is read while it is sent: its length is told where it is known, else it goes out in chunks.

    What can be read again from where it began may be sent again: the file at a path, and an open file that can be
    rewound. Anything else is sent once, and a call that fails after that is not tried again.

    Args:
        source: A path, a file that is open for reading bytes, or an iterable of bytes.
        size: How many bytes there are, where the source is an iterable and that is known.

    Raises:
        OSError: There is no such file.
    """

    def __init__(self, source: str | os.PathLike[str] | IO[bytes] | Iterable[bytes], size: int | None = None) -> None:
        given: Any = source
        self._source = given
        self._start: int | None = None
        self._is_begun = False
        self._is_path = isinstance(source, str | os.PathLike)
        self.size = size
        if self._is_path:
            self.size = os.stat(given).st_size
        elif hasattr(source, "seekable") and given.seekable():
            self._start = start = given.tell()
            self.size = given.seek(0, os.SEEK_END) - start
            given.seek(start)

    @property
    def can_begin(self) -> bool:
        """Whether it can be sent: for the first time, or again."""
        return not self._is_begun or self.is_repeatable

    @property
    def is_repeatable(self) -> bool:
        """Whether it can be read as often as one likes."""
        return self._is_path or self._start is not None

    def check(self) -> None:
        """Make sure that it can be sent.

        Raises:
            RequestError: It was sent before and cannot be read again.
        """
        if not self.can_begin:
            raise RequestError("the upload was sent before, and its source cannot be read again")

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, from the beginning.

        Raises:
            RequestError: They were read before and cannot be read again, there are not as many as was said, or they
                are no bytes.
        """
        self.check()
        self._is_begun = True
        sent = 0
        for piece in self._pieces():
            if not isinstance(piece, bytes | bytearray | memoryview):
                raise RequestError(f"the upload's source gave {type(piece).__name__} in place of bytes")
            sent += len(piece)
            if self.size is not None and sent > self.size:
                break
            if piece:
                yield bytes(piece)
        if self.size is not None and sent != self.size:
            more = "more than" if sent > self.size else f"{sent} of"
            raise RequestError(f"the upload's source gave {more} the {self.size} bytes that were announced")

    def _pieces(self) -> Iterator[Any]:
        if self._is_path:
            with open(self._source, "rb") as file:
                yield from iter(lambda: file.read(_PIECE), b"")
        elif hasattr(self._source, "read"):
            if self._start is not None:
                self._source.seek(self._start)
            yield from iter(lambda: self._source.read(_PIECE), b"")
        else:
            yield from self._source

    def __repr__(self) -> str:
        return f"Upload({'an unknown number of' if self.size is None else self.size} bytes)"


class Joined(Upload):
    """Pieces one after the other, uploads among them; it can be sent again where all of them can.

    Args:
        pieces: What it is made of.
    """

    def __init__(self, pieces: Sequence[bytes | Upload]) -> None:
        self._joined = pieces
        self._uploads = [piece for piece in pieces if isinstance(piece, Upload)]
        sizes = [piece.size if isinstance(piece, Upload) else len(piece) for piece in pieces]
        known = [size for size in sizes if size is not None]
        self.size = sum(known) if len(known) == len(sizes) else None

    @property
    def can_begin(self) -> bool:
        """Whether each upload can be sent: for the first time, or again."""
        return all(upload.can_begin for upload in self._uploads)

    def __iter__(self) -> Iterator[bytes]:
        self.check()
        for piece in self._joined:
            if not isinstance(piece, bytes):
                yield from piece
            elif piece:  # an empty one would be taken for the end
                yield piece
