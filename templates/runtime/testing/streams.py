"""Streams as a server writes them: events, JSON lines, JSON sequences and AWS's messages, made from the API's
description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from ..codec import encode
from ..operation import Operation, Streaming
from ..stream_readers import Event
from .event_messages import event
from .values import Place, Values

__all__ = ["fitness", "is_stream", "made_items", "streamed", "written"]

_FRAMINGS = frozenset({"events", "lines", "messages", "sequence"})
_OF_EVENTS = frozenset({"events", "messages"})
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
    return [Event(data, name) if streaming.framing in _OF_EVENTS else data for name, data in made]


def written(streaming: Streaming, items: Iterable[Any], payload: Callable[[Any], tuple[str, bytes]]) -> bytes:
    """Items as they travel. An event is an `Event`, or its data alone; a text is data as it is.

    Args:
        streaming: How.
        items: What.
        payload: Media type and text of what a message carries, where that is no text and no bytes.
    """
    match streaming.framing:
        case "events":
            end = "" if streaming.sentinel is None else _event(Event(streaming.sentinel))
            return ("".join(_event(item) for item in items) + end).encode()
        case "lines":
            return b"".join(encode(item) + b"\n" for item in items)
        case "messages":
            return b"".join(_message(streaming, item, payload) for item in items)
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


def _message(streaming: Streaming, item: Any, payload: Callable[[Any], tuple[str, bytes]]) -> bytes:
    said = item if isinstance(item, Event) else Event(item, _named(streaming, item))
    if isinstance(said.data, bytes):
        return event(said.event, "application/octet-stream", said.data)
    if isinstance(said.data, str):
        return event(said.event, "text/plain", said.data.encode())
    return event(said.event, *payload(said.data))


def _named(streaming: Streaming, data: Any) -> str:
    """The name of the event that holds such data."""
    names = [name for name, type_ in streaming.by_event.items() if type(data) is type_]
    if len(names) != 1:
        raise TypeError(
            f"an event of {type(data).__name__} needs a name: Event(..., {names or list(streaming.by_event)})"
        )
    return names[0]
