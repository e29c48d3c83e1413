"""The shape of a success that is read piece by piece."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from generator.graph.type_refs import TypeRef

__all__ = ["Framing", "Stream"]


class Framing(Enum):
    """What a piece is."""

    BYTES = "bytes"
    EVENTS = "events"
    LINES = "lines"
    MESSAGES = "messages"
    SEQUENCE = "sequence"


class Stream(Struct, frozen=True, kw_only=True):
    """How a success can be read piece by piece.

    `item` is the type of a piece, of an event that of its data: a string for text as it comes, anything else for JSON;
    None for bytes. `by_event` has the types of the data of events by their names, where they differ; of messages, which
    are events of a service of AWS, of all that are documented. `sentinel` is the data of the event that ends a stream,
    `switch` the member of the body that asks for one, by its name on the wire.
    """

    content_type: str
    framing: Framing
    item: TypeRef | None = None
    by_event: tuple[tuple[str, TypeRef], ...] = ()
    sentinel: str | None = None
    switch: str | None = None

    @property
    def types(self) -> tuple[TypeRef, ...]:
        """The types of its items."""
        named = (type_ for _, type_ in self.by_event)
        return (*named, *(() if self.item is None else (self.item,)))
