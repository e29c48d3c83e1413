"""The text of event streams: the standard's own examples (WHATWG HTML, section 9.2.6), and every way to cut it up."""

from __future__ import annotations

import pytest

from runtime.event_stream import EventParser, RawEvent


def parsed(*pieces: bytes) -> list[RawEvent]:
    parser = EventParser()
    for piece in pieces:
        parser.feed(piece)
    return list(parser.events)


def event(data: str, event: str = "message", id_: str = "", retry: int | None = None) -> RawEvent:
    return RawEvent(data, event, id_, retry)


STOCKS = b"data: YHOO\ndata: +2\ndata: 10\n\n"
COMMENTED = b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n"
BARE = b"data\n\ndata\ndata\n\ndata:"
SPACED = b"data:test\n\ndata: test\n\n"


@pytest.mark.parametrize(
    ("text", "events"),
    [
        pytest.param(STOCKS, [event("YHOO\n+2\n10")], id="several lines of data"),
        pytest.param(
            COMMENTED + b"\n",
            [event("first event", id_="1"), event("second event"), event(" third event")],
            id="a comment, ids, and one space",
        ),
        pytest.param(COMMENTED, [event("first event", id_="1"), event("second event")], id="cut off"),
        pytest.param(BARE, [event(""), event("\n")], id="data without colons"),
        pytest.param(SPACED, [event("test"), event("test")], id="a space after the colon"),
        pytest.param(
            b"event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
            [event("73857293", "add"), event("2153", "remove"), event("113411", "add")],
            id="names",
        ),
        pytest.param(b"event: add\n\ndata: x\n\n", [event("x")], id="a name without data is forgotten"),
        pytest.param(b"data: a\nid: 1\0\n\n", [event("a")], id="an id with a NUL"),
        pytest.param(b"id: 7\n\ndata: a\n\ndata: b\n\n", [event("a", id_="7"), event("b", id_="7")], id="ids last"),
        pytest.param(b"retry: 250\ndata: a\n\n", [event("a", retry=250)], id="retry"),
        pytest.param(b"retry: 2.5\nretry: -1\ndata: a\n\n", [event("a")], id="retry that is no number"),
        pytest.param(b"retry: " + b"9" * 5000 + b"\ndata: a\n\n", [event("a")], id="retry without end"),
        pytest.param(b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n", [event("a")], id="one byte order mark"),
        pytest.param(b"Data: a\nfoo: b\ndata: c\n\n", [event("c")], id="unknown fields"),
        pytest.param(b"data: a:b\n\n", [event("a:b")], id="a colon in a value"),
        pytest.param(b"data: \xff\xc3\xa9\n\n", [event("\ufffd\u00e9")], id="no UTF-8"),
        pytest.param(
            "data: a\u2028b\u0085c\x0b\x0c\n\n".encode(), [event("a\u2028b\u0085c\x0b\x0c")], id="no line ends"
        ),
    ],
)
def test_event_streams(text: bytes, events: list[RawEvent]) -> None:
    assert parsed(text) == events
    assert parsed(*(text[index : index + 1] for index in range(len(text)))) == events
    for end in (b"\r", b"\r\n"):
        other = text.replace(b"\n", end)
        assert parsed(other) == events
        assert parsed(*(other[index : index + 1] for index in range(len(other)))) == events


def test_an_event_does_not_wait_for_the_line_feed_of_its_last_line() -> None:
    parser = EventParser()
    parser.feed(b"data: a\r\n\r")
    assert list(parser.events) == [event("a")]
    parser.feed(b"\ndata: b\r\n\r\n")
    assert list(parser.events) == [event("a"), event("b")]


def test_long_lines_take_linear_time() -> None:
    piece = b"x" * 100
    parser = EventParser()
    parser.feed(b"data: ")
    for _ in range(200_000):
        parser.feed(piece)
    parser.feed(b"\n\n")
    assert len(parser.events[0].data) == 20_000_000
