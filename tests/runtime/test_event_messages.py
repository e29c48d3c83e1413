"""Messages of AWS's event streams, read and written as botocore reads them."""

from __future__ import annotations

from struct import pack
from zlib import crc32

import pytest
from botocore.eventstream import ChecksumMismatch, EventStreamBuffer
from hypothesis import given
from hypothesis import strategies as st

from runtime.errors import DecodeError
from runtime.event_messages import Message, MessageParser
from runtime.testing.event_messages import event, message

NAMES = st.text(min_size=1, max_size=20)
MESSAGES = st.lists(
    st.tuples(st.dictionaries(NAMES, st.text(max_size=50), max_size=4), st.binary(max_size=200)), max_size=5
)
# One header of each kind, as the specification lays it out, and what botocore makes of it.
KINDS = {
    "yes": b"\x00",
    "no": b"\x01",
    "byte": b"\x02\xff",
    "short": b"\x03\x80\x00",
    "integer": b"\x04\x00\x00\x01\x00",
    "long": b"\x05\xff\xff\xff\xff\xff\xff\xff\xfe",
    "bytes": b"\x06\x00\x02\x00\xff",
    "text": "\x07\x00\x03ü!".encode(),
    "time": b"\x08\x00\x00\x01\x8f\x00\x00\x00\x00",
    "uuid": b"\x09" + bytes(range(16)),
}


def parsed(data: bytes, size: int = 1 << 20) -> list[Message]:
    parser = MessageParser()
    for start in range(0, len(data), size):
        parser.feed(data[start : start + size])
    parser.feed(b"")
    return list(parser.messages)


def framed(headers: bytes, payload: bytes = b"", *, more: int = 0) -> bytes:
    lengths = pack(">II", 16 + len(headers) + len(payload) + more, len(headers))
    said = lengths + pack(">I", crc32(lengths)) + headers + payload
    return said + pack(">I", crc32(said))


@given(MESSAGES, st.integers(1, 40))
def test_messages_are_read_as_botocore_reads_them(messages: list[tuple[dict[str, str], bytes]], size: int) -> None:
    data = b"".join(message(headers, payload) for headers, payload in messages)
    buffer = EventStreamBuffer()
    buffer.add_data(data)
    theirs = [(each.headers, each.payload) for each in buffer]

    assert [tuple(each) for each in parsed(data, size)] == theirs == messages


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_header(name: str) -> None:
    data = framed(bytes([len(name)]) + name.encode() + KINDS[name])
    buffer = EventStreamBuffer()
    buffer.add_data(data)

    assert parsed(data)[0].headers == next(buffer).headers


@pytest.mark.parametrize("place", [0, 5, 9, 14, 30, -1])
def test_damage_is_found(place: int) -> None:
    data = bytearray(event("chunk", "application/json", b'{"bytes": "aGVsbG8="}'))
    data[place] ^= 1
    buffer = EventStreamBuffer()
    buffer.add_data(bytes(data))

    with pytest.raises(ChecksumMismatch):
        next(buffer)
    with pytest.raises(DecodeError, match="damaged"):
        parsed(bytes(data))


@pytest.mark.parametrize("cut", [1, 11, 12, 40])
def test_a_stream_that_ends_within_a_message(cut: int) -> None:
    with pytest.raises(DecodeError, match="ends within a message"):
        parsed(event("chunk", "application/json", b"{}" * 20)[:cut])


@pytest.mark.parametrize("more", [-10, 1 << 25])
def test_a_length_that_cannot_be(more: int) -> None:
    with pytest.raises(DecodeError, match="impossible length"):
        parsed(framed(b"", more=more))


@pytest.mark.parametrize("header", [b"\x05ab", b"\x01a\x0c", b"\x01a\x07\x00\x09ab", b"\x01a\x04\x00", b"\x01\xff\x00"])
def test_a_header_that_cannot_be_read(header: bytes) -> None:
    with pytest.raises(DecodeError, match="header that cannot be read"):
        parsed(framed(header))
