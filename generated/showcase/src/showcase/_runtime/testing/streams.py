"""Streams as a server writes them: events, JSON lines and JSON sequences, made from the API's description."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from ..codec import encode
from ..operation import Operation, Streaming
from ..stream_readers import Event
from .values import Place, Values

__all__ = ["fitness", "is_stream", "made_items", "streamed", "written"]

_FRAMINGS = frozenset({"events", "lines", "sequence"})
_COUNT = 2


def streamed(operation: Operation[Any]) -> Operation[Any]:
    """The operation as it is called for its stream: its body is a list of items."""
    streaming = operation.stream
    assert streaming is not None
    described = replace(operation, accept=streaming.accept, output=list[Any], output_media=streaming.framing)
    return replace(described, outputs={}, pagination=None)


def is_stream(operation: Operation[Any]) -> bool:
    """Whether an operation is one that `streamed` gave."""
    return operation.output_media in _FRAMINGS


def fitness(operation: Operation[Any], accept: str | None) -> int:
    """How well an operation fits what a request asks for, 0 for best: a stream fits who asks for it by its name."""
    if not is_stream(operation):
        return 1
    return 0 if accept == operation.accept else 2


def made_items(operation: Operation[Any], values: Values) -> list[Any]:
    """Items for a stream of the operation: an event of each name that is documented, or else two of what it holds."""
    streaming = operation.stream
    assert streaming is not None
    types = list(streaming.by_event.items()) or [("message", streaming.item)] * _COUNT
    made = [
        (name, values.of(type_, Place("item", f"{operation.name}[{number}]", number)))
        for number, (name, type_) in enumerate(types)
    ]
    return [Event(data, name) if streaming.framing == "events" else data for name, data in made]


def written(streaming: Streaming, items: Iterable[Any]) -> bytes:
    """Items as they travel. An event is an `Event`, or its data alone; a text is data as it is."""
    match streaming.framing:
        case "events":
            end = "" if streaming.sentinel is None else _event(Event(streaming.sentinel))
            return ("".join(_event(item) for item in items) + end).encode()
        case "lines":
            return b"".join(encode(item) + b"\n" for item in items)
        case _:
            return b"".join(b"\x1e" + encode(item) + b"\n" for item in items)


def _event(item: Any) -> str:
    event = item if isinstance(item, Event) else Event(item)
    data = event.data if isinstance(event.data, str) else encode(event.data).decode()
    lines = [
        *([] if event.event == "message" else [f"event: {event.event}"]),
        *([f"id: {event.id}"] if event.id else []),
        *([] if event.retry is None else [f"retry: {event.retry}"]),
        *(f"data: {line}" for line in data.split("\n")),
    ]
    return "\n".join([*lines, "", ""])
