"""Messages of `application/vnd.amazon.eventstream` as services write them. See `event_messages` of the client."""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack
from zlib import crc32

__all__ = ["event", "message"]

_TEXT = 7
_AROUND = 16  # bytes of a message beside its headers and its payload


def event(name: str, content_type: str, payload: bytes) -> bytes:
    """An event as it travels."""
    said = {":event-type": name, ":message-type": "event"}
    return message(said | ({":content-type": content_type} if payload else {}), payload)


def message(headers: Mapping[str, str], payload: bytes) -> bytes:
    """A message with headers that are texts."""
    head = b"".join(_header(name.encode(), value.encode()) for name, value in headers.items())
    lengths = pack(">II", _AROUND + len(head) + len(payload), len(head))
    said = lengths + pack(">I", crc32(lengths)) + head + payload
    return said + pack(">I", crc32(said))


def _header(name: bytes, value: bytes) -> bytes:
    return bytes([len(name)]) + name + bytes([_TEXT]) + pack(">H", len(value)) + value
