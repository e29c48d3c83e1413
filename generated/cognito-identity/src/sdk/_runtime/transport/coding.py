"""Undoing content codings (RFC 9110, section 8.4.1) within a bound on what they may grow to.

Knows gzip and deflate, which the standard library has. It refuses to guess: an unknown coding is an error, not a body.
"""

from __future__ import annotations

import zlib

from ..errors import DecodeError, ResponseError
from ..http import HTTPResponse

_GZIP = 16 + zlib.MAX_WBITS
_MAX_CODINGS = 4
# Each member costs a copy of what follows it, so a body of nothing but empty members would take quadratic time.
_MAX_MEMBERS = 100


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
