"""JSON texts one after the other, cut up in every way."""

from __future__ import annotations

import pytest

from runtime.errors import DecodeError
from runtime.json_texts import LineParser, SequenceParser
from runtime.operation import Streaming
from runtime.stream_readers import reader_of


def lines(*pieces: bytes) -> list[bytes]:
    parser = LineParser()
    for piece in pieces:
        parser.feed(piece)
    parser.feed(b"")
    return [text.strip() for text in parser.texts]


def sequence(*pieces: bytes) -> list[bytes]:
    parser = SequenceParser()
    for piece in pieces:
        parser.feed(piece)
    parser.feed(b"")
    return [text.strip() for text in parser.texts]


def bytewise(text: bytes) -> list[bytes]:
    return [text[index : index + 1] for index in range(len(text))]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (b'{"a":1}\n{"a":2}\n', [b'{"a":1}', b'{"a":2}']),
        (b'{"a":1}\r\n\r\n  \n{"a":2}', [b'{"a":1}', b'{"a":2}']),
        (b"", []),
        (b"\n\n", []),
        (b"1", [b"1"]),
    ],
)
def test_lines(text: bytes, texts: list[bytes]) -> None:
    assert lines(text) == texts
    assert lines(*bytewise(text)) == texts


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (b'\x1e{"a":1}\n\x1e{"a":2}\n', [b'{"a":1}', b'{"a":2}']),
        (b'\x1e\x1e\x1e{"a":\n1}\n\x1e[2]', [b'{"a":\n1}', b"[2]"]),
        (b'\x1e{"a":\x1e{"b":2}\n', [b'{"a":', b'{"b":2}']),
        (b"\x1e1\n\x1etrue\n", [b"1", b"true"]),
        (b"", []),
    ],
)
def test_sequences(text: bytes, texts: list[bytes]) -> None:
    assert sequence(text) == texts
    assert sequence(*bytewise(text)) == texts


def test_a_text_is_not_held_back_until_the_next_separator() -> None:
    parser = SequenceParser()
    parser.feed(b'\x1e{"a":1}\n')
    assert list(parser.texts) == [b'{"a":1}\n']


@pytest.mark.parametrize(("text", "is_whole"), [(b"12", False), (b"tru", False), (b"12\n", True), (b"{}", True)])
def test_what_may_be_cut_off(text: bytes, is_whole: bool) -> None:
    if is_whole:
        SequenceParser.check(text)
    else:
        with pytest.raises(DecodeError, match="cut off"):
            SequenceParser.check(text)


def test_long_texts_take_linear_time() -> None:
    parser = LineParser()
    for _ in range(200_000):
        parser.feed(b"x" * 100)
    parser.feed(b"\n")
    assert len(parser.texts[0]) == 20_000_000
    parts = SequenceParser()
    parts.feed(b"\x1e[")
    for _ in range(20_000):
        parts.feed(b"1,\n" * 10)
    parts.feed(b"1]\n\x1e")
    assert len(parts.texts[0]) == 600_004


def test_the_reader_of_a_sequence_tells_a_text_that_is_cut_off() -> None:
    reader = reader_of(Streaming(accept="application/json-seq", framing="sequence", item=int))
    reader.feed(b"\x1e1\n\x1e23")
    reader.feed(b"")

    assert reader.take() == 1
    with pytest.raises(DecodeError, match="cut off"):
        reader.take()
    assert not reader.is_ready
    assert reader.has_ended
