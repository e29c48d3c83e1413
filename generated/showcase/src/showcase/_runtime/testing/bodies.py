"""Bodies of requests, read strictly: what a type does not allow is refused, where a client's own reading would keep it.

What a client sends wrongly is what a test wants to know.
"""

from __future__ import annotations

import zlib
from typing import Any

import msgspec

from ..choices import Unknown, option_for
from ..codec import decode, decode_plain
from ..http import Headers, HTTPRequest
from .service import UnreadableRequest

__all__ = ["content_of", "converted", "read_json"]

# What msgspec says of members that only those models refuse which keep them: their own reading does that.
_UNKNOWN = "unknown field"
_LARGEST = 64 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS


def content_of(request: HTTPRequest) -> bytes:
    """The body, its content coding undone.

    Raises:
        UnreadableRequest: The coding is not gzip, or the body is not of that coding.
    """
    coding = Headers(request.headers).get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        return request.body
    if coding != "gzip":
        raise UnreadableRequest(f"the content coding {coding!r} is not understood")
    try:
        return zlib.decompressobj(_GZIP).decompress(request.body, _LARGEST)
    except zlib.error:
        raise UnreadableRequest("the body is not what its content coding says") from None


def read_json(type_: Any, data: bytes, *, lax: bool = False) -> Any:
    """JSON as a value of a type.

    Args:
        type_: The type.
        data: The text.
        lax: Whether numbers may stand for timestamps, and texts for numbers.

    Raises:
        UnreadableRequest: It is no JSON, or of another type; the message says where.
    """
    try:
        return msgspec.json.decode(data, type=type_, strict=not lax, dec_hook=_chosen)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        if _UNKNOWN in str(error):
            return decode(type_, data)
        raise UnreadableRequest(str(error)) from None


def converted(value: Any, type_: Any) -> Any:
    """Texts, or plain data of texts, as a value of a type.

    Raises:
        UnreadableRequest: They are not; the message says where.
    """
    try:
        return msgspec.convert(value, type_, strict=False, dec_hook=_chosen)
    except (msgspec.ValidationError, ValueError, TypeError) as error:
        if _UNKNOWN in str(error):
            return decode_plain(type_, value)
        raise UnreadableRequest(str(error)) from None


def _chosen(type_: type, value: Any) -> Any:
    """The value of a choice, as what it is: msgspec's hook for types that it does not know."""
    option = option_for(type_, value, _chosen)
    if option is None:
        raise ValueError(f"none of the types of {type_.__name__}")
    return Unknown(value) if option is Unknown else msgspec.convert(value, option, strict=False, dec_hook=_chosen)
