"""Undoing content codings (RFC 9110, section 8.4.1) within a bound on what they may grow to.

Knows gzip and deflate, which the standard library has. It refuses to guess: an unknown coding is an error, not a body.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from ..errors import DecodeError, ResponseError
from ..http import HTTPRequest, HTTPResponse

_GZIP = 16 + zlib.MAX_WBITS
_MAX_CODINGS = 4
_SUCCESS = 2
# Each member costs a copy of what follows it, so a body of nothing but empty members would take quadratic time.
_MAX_MEMBERS = 100
_MAX_PIECE = 256 * 1024
_DEFLATE_HEAD = 2


def coding_of(head: HTTPResponse, request: HTTPRequest) -> str | None:
    """What is to be undone: the value of Content-Encoding; None for nothing."""
    is_kept = request.keeps_coding and is_success(head.status_code)
    return None if is_kept else head.headers.get("content-encoding")


def is_success(status: int) -> bool:
    """Whether a body is what was asked for, and not an error."""
    return status // 100 == _SUCCESS


def decode(response: HTTPResponse, codings: str, limit: int) -> None:
    """Undo the content codings of a reply's body in place; see `undo`.

    Raises:
        ResponseError: It cannot be done; the error carries the reply as it arrived.
    """
    try:
        response.body = undo(codings, response.body, limit)
    except ResponseError as error:
        error.raw_response = response
        raise


def undo(codings: str, body: bytes, limit: int) -> bytes:
    """`body` with the codings of a Content-Encoding field undone, the last one first.

    Args:
        codings: The field's value, such as `gzip`.
        body: The coded body; an empty one stays empty (the reply to HEAD names a coding too).
        limit: The most bytes any step may result in.

    Raises:
        DecodeError: A coding is unknown, or the body is not what its coding says.
        ResponseError: The body grows beyond `limit`.
    """
    names = [name.strip().lower() for name in codings.split(",")]
    if len(names) > _MAX_CODINGS:
        raise DecodeError(f"the reply's body is said to be coded {len(names)} times")
    for name in reversed(names) if body else ():
        if name in ("gzip", "x-gzip"):
            body = _inflate(body, _GZIP, name, limit)
        elif name == "deflate":
            body = _inflate(body, _deflate_bits(body), name, limit)
        elif name not in ("identity", ""):
            raise DecodeError(f"the reply's body has the unknown content coding {name[:40]!a}")
    return body


def _inflate(data: bytes, bits: int, name: str, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for _ in range(_MAX_MEMBERS):
        stream = zlib.decompressobj(bits)
        try:
            parts.append(stream.decompress(data, limit - size + 1))
        except zlib.error as error:
            raise DecodeError(f"the reply's body is not valid {name} data: {error}") from error
        size += len(parts[-1])
        if size > limit:
            raise ResponseError(f"the reply's {name} body grows beyond the limit of {limit} bytes")
        if not stream.eof:
            raise DecodeError(f"the reply's {name} body ends early")
        data = stream.unused_data
        if not data:
            return parts[0] if len(parts) == 1 else b"".join(parts)
    raise DecodeError(f"the reply's {name} body has more than {_MAX_MEMBERS} members")


def _deflate_bits(data: bytes) -> int:
    # The standard means the zlib format (RFC 1950); some servers send bare deflate data instead.
    is_zlib = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


class Undoing:
    """The content codings of a body that arrives piece by piece, undone.

    What a piece grows to is handed over in pieces of bounded size, so that a small body that claims to be a huge one
    takes no more memory than is asked for.

    Args:
        codings: The value of Content-Encoding.

    Raises:
        DecodeError: A coding is unknown.
    """

    def __init__(self, codings: str) -> None:
        names = [name.strip().lower() for name in codings.split(",")]
        if len(names) > _MAX_CODINGS:
            raise DecodeError(f"the reply's body is said to be coded {len(names)} times")
        self._steps = [_Inflating(name) for name in reversed(names) if name not in ("identity", "")]

    def push(self, data: bytes) -> Iterator[bytes]:
        """What `data`, the next bytes as they travel, decode to.

        Raises:
            DecodeError: They are not what their coding says.
        """
        pieces: Iterator[bytes] = iter((data,))
        for step in self._steps:
            pieces = step.each(pieces)
        return pieces

    def check_end(self) -> None:
        """The body has ended: that must be where its coding ends.

        Raises:
            DecodeError: It ends early.
        """
        for step in self._steps:
            step.check_end()


class _Inflating:
    """One coding, undone."""

    def __init__(self, name: str) -> None:
        if name not in ("gzip", "x-gzip", "deflate"):
            raise DecodeError(f"the reply's body has the unknown content coding {name[:40]!a}")
        self._name = name
        self._first = b""
        self._stream: zlib._Decompress | None = None

    def each(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for data in pieces:
            yield from self._inflated(data)

    def _inflated(self, data: bytes) -> Iterator[bytes]:
        is_full = False
        while data or is_full:
            stream = self._stream or self._begin(data)
            if stream is None:
                return
            data, self._first = self._first + data, b""
            try:
                piece = stream.decompress(data, _MAX_PIECE)
            except zlib.error as error:
                raise DecodeError(f"the reply's body is not valid {self._name} data: {error}") from error
            data, is_full = stream.unconsumed_tail, len(piece) == _MAX_PIECE
            if stream.eof:
                data, is_full, self._stream = stream.unused_data, False, None
            if piece:
                yield piece

    def _begin(self, data: bytes) -> zlib._Decompress | None:
        """What decodes the member that begins with `data`; None where that is too little to tell."""
        if self._name != "deflate":
            self._stream = zlib.decompressobj(_GZIP)
        elif len(self._first + data) < _DEFLATE_HEAD:
            self._first += data
        else:
            self._stream = zlib.decompressobj(_deflate_bits(self._first + data))
        return self._stream

    def check_end(self) -> None:
        if self._stream is not None or self._first:
            raise DecodeError(f"the reply's {self._name} body ends early")
