"""From the bytes of a stream to its items."""

from __future__ import annotations

from collections import deque
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from .codec import decode
from .event_stream import EventParser
from .json_texts import LineParser, SequenceParser
from .operation import Streaming

__all__ = ["Event", "Reader", "reader_of"]

T = TypeVar("T")


class Event(Struct, Generic[T], frozen=True):
    """An event of a stream: one that was sent by HTML's rules, or a message of a service of AWS.

    Attributes:
        data: What it says: text, or what its JSON holds.
        event: Its name, `message` where it has none.
        id: The id that the stream named last, empty where it named none: what the header Last-Event-ID goes on with.
        retry: Milliseconds to wait before connecting again, as the stream said last; None where it did not.
    """

    data: T
    event: str = "message"
    id: str = ""
    retry: int | None = None


class Reader(Protocol):
    """Takes bytes and yields items.

    Attributes:
        has_ended: Whether the stream said that nothing follows.
    """

    has_ended: bool

    def feed(self, data: bytes) -> None:
        """Take in what arrived, `b""` for the end."""
        ...

    @property
    def is_ready(self) -> bool:
        """Whether there is an item to take."""
        ...

    def take(self) -> Any:
        """The next item.

        Raises:
            DecodeError: It is not what is documented; the one after it can be taken all the same.
        """
        ...


def reader_of(streaming: Streaming) -> Reader:
    """What reads such a stream."""
    match streaming.framing:
        case "events":
            return _Events(streaming)
        case "lines":
            return _Texts(streaming, LineParser())
        case "sequence":
            return _Texts(streaming, SequenceParser())
        case _:
            return _Bytes()


class _Bytes:
    def __init__(self) -> None:
        self.has_ended = False
        self._pieces: deque[bytes] = deque()

    def feed(self, data: bytes) -> None:
        if data:
            self._pieces.append(data)
        else:
            self.has_ended = True

    @property
    def is_ready(self) -> bool:
        return bool(self._pieces)

    def take(self) -> bytes:
        return self._pieces.popleft()


class _Events:
    def __init__(self, streaming: Streaming) -> None:
        self.has_ended = False
        self._streaming = streaming
        self._parser = EventParser()

    def feed(self, data: bytes) -> None:
        self._parser.feed(data)
        self.has_ended = self.has_ended or not data
        if self._streaming.sentinel is not None:
            self._look_for(self._streaming.sentinel)

    def _look_for(self, sentinel: str) -> None:
        events = self._parser.events
        for index, event in enumerate(events):
            if event.data == sentinel:
                self._parser.events = deque(list(events)[:index])
                self.has_ended = True
                return

    @property
    def is_ready(self) -> bool:
        return bool(self._parser.events)

    def take(self) -> Event[Any]:
        raw = self._parser.events.popleft()
        type_ = self._streaming.by_event.get(raw.event, self._streaming.item)
        return Event(raw.data if type_ is str else decode(type_, raw.data.encode()), raw.event, raw.id, raw.retry)


class _Texts:
    def __init__(self, streaming: Streaming, parser: LineParser | SequenceParser) -> None:
        self.has_ended = False
        self._type = streaming.item
        self._parser = parser

    def feed(self, data: bytes) -> None:
        self._parser.feed(data)
        self.has_ended = not data

    @property
    def is_ready(self) -> bool:
        return bool(self._parser.texts)

    def take(self) -> Any:
        text = self._parser.texts.popleft()
        if isinstance(self._parser, SequenceParser):
            self._parser.check(text)
        return decode(self._type, text)
