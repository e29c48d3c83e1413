"""Bodies that are forms: `application/x-www-form-urlencoded` (URL Standard, section 5.2) and `multipart/form-data`
(RFC 7578).

A member travels as its `encoding` says; without one a text travels as it is, a list item by item under one name, and an
object as JSON (OpenAPI 3.1, section 4.8.15.1).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from .codec import BESIDE, encode, plain
from .errors import RequestError
from .files import File
from .operation import Part
from .parameters import pairs, text
from .uploads import Joined, Upload

__all__ = ["multipart", "urlencoded"]

_USUAL = Part()


def urlencoded(value: Any, parts: Mapping[str, Part]) -> bytes:
    """A model or dict as names and values."""
    found: list[str] = []
    for name, member in _members(value):
        part = parts.get(name, _USUAL)
        if part.style is None and isinstance(member, dict | Struct):
            spelled = pairs(name, encode(member).decode(), "form", explode=False)
        else:
            spelled = pairs(name, _plain(member), part.style or "form", explode=part.explode or part.style is None)
        found.extend(f"{key}={item}" for key, item in spelled)
    # A space is `+` here, unlike in a query.
    return "&".join(found).replace("%20", "+").encode("ascii")


def multipart(value: Any, parts: Mapping[str, Part]) -> tuple[bytes | Upload, str]:
    """A model or dict as parts: the body and its boundary. It is an upload where a file is read while it is sent."""
    blocks = [
        _block(name, item, parts.get(name, _USUAL))
        for name, member in _members(value)
        for item in (member if isinstance(member, list) else [member])
        if item is not None
    ]
    whole = [head + content for head, content in blocks if isinstance(content, bytes)]
    if len(whole) == len(blocks):
        # It depends on nothing but the body, and whoever wrote a part cannot know it.
        boundary = sha256(b"\0".join(whole)).hexdigest()[:32]
        mark = f"--{boundary}".encode("ascii")
        return b"".join(mark + b"\r\n" + block + b"\r\n" for block in whole) + mark + b"--\r\n", boundary
    boundary = os.urandom(16).hex()  # the content is not known yet, and must not hold it by somebody's will
    mark = f"--{boundary}".encode("ascii")
    pieces = [piece for head, content in blocks for piece in (mark + b"\r\n" + head, content, b"\r\n")]
    return Joined([*pieces, mark + b"--\r\n"]), boundary


def _block(name: str, value: Any, part: Part) -> tuple[bytes, bytes | Upload]:
    """A part: its head, and what it holds."""
    file, content_type = _content(name, value, part)
    content: bytes | Upload
    if isinstance(file, File):
        shown = "" if file.name is None else f'; filename="{_quoted(file.name)}"'
        headers, content = dict(file.headers), file.content
    else:
        shown, headers, content = "", {}, file
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"{shown}\r\n'
    if content_type is not None:
        headers.setdefault("Content-Type", content_type)
    for key, item in headers.items():
        if any(mark in key + item for mark in "\r\n\0"):
            raise RequestError(f"a header of the part {name!r} holds a line break")
        head += f"{key}: {item}\r\n"
    return head.encode() + b"\r\n", content


def _content(name: str, value: Any, part: Part) -> tuple[bytes | File, str | None]:
    """What a part holds, and its media type."""
    declared = (part.content_type or "").partition(",")[0].strip()
    declared_type = declared if declared and "*" not in declared else None
    match value:
        case File():
            return value, value.content_type or declared_type or "application/octet-stream"
        case bytes():
            return File(content=value, name=name), declared_type or "application/octet-stream"
        case Struct() | dict():
            return encode(value), declared_type or "application/json"
        case _:
            return text(value).encode(), declared_type


def _quoted(name: str) -> str:
    """A name in quotes, as browsers write it (HTML, section 4.10.22.8)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """Names on the wire and values, those that are not set left out."""
    if isinstance(value, Struct):
        named = ((field.encode_name, getattr(value, field.name)) for field in msgspec.structs.fields(value))
    else:
        named = ((str(name), member) for name, member in value.items())
    for name, member in named:
        if name == BESIDE:
            yield from member.items()
        elif member is not None and member is not msgspec.UNSET:
            yield name, list(member) if isinstance(member, tuple) else member


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, Struct | list | dict) else value
