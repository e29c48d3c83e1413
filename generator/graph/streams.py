"""Content that arrives piece by piece: events (WHATWG HTML, section 9.2), JSON lines, JSON sequences (RFC 7464),
messages of AWS.

OpenAPI 3.2 says what a piece is by `itemSchema`, which of an event describes the whole event. Before it, documents say
it by `schema`: of an event, that is its data, unless the schema is an object of nothing but the fields of an event, as
other generators want it. An array there stands for its items. Messages are described by an object that has a member for
each kind of event: its schema is that of the message's payload, a binary string for bytes as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.graph import allof
from generator.graph.media import without_files
from generator.graph.model import Anything, Scalar, ScalarKind, TypeRef
from generator.graph.stream_shape import Framing, Stream
from generator.openapi.model import MediaType, Schema

if TYPE_CHECKING:
    from generator.graph.types import Context

_FRAMINGS = {
    "text/event-stream": Framing.EVENTS,
    "application/jsonl": Framing.LINES,
    "application/jsonlines": Framing.LINES,
    "application/ndjson": Framing.LINES,
    "application/x-jsonl": Framing.LINES,
    "application/x-jsonlines": Framing.LINES,
    "application/x-ndjson": Framing.LINES,
    "application/json-seq": Framing.SEQUENCE,
    "application/vnd.amazon.eventstream": Framing.MESSAGES,
}
_FIELDS = frozenset({"data", "event", "id", "retry"})
_SENTINELS = ("x-speakeasy-sse-sentinel",)
_SWITCH = "stream"
_TEXT = Scalar(ScalarKind.STRING)


def framing_of(content: MediaType) -> Framing | None:
    """How content is cut into pieces, None where it is one whole."""
    name = content.name.partition(";")[0].strip().lower()
    return Framing.SEQUENCE if name.endswith("+json-seq") else _FRAMINGS.get(name)


def stream_of(
    context: Context, contents: Sequence[MediaType], body: Schema | None, hint: str, *, is_only: bool
) -> Stream | None:
    """The stream among the content of a success, None where there is none.

    Args:
        context: Of the types.
        contents: The content.
        body: The schema of what is sent, which may hold the member that asks for a stream.
        hint: Names types that have no name.
        is_only: Whether there is nothing else to ask for.
    """
    found = next(((content, framing) for content in contents if (framing := framing_of(content))), None)
    if found is None:
        return None
    content, framing = found
    schema = content.item_schema or _items(context, content.schema)
    by_event: dict[str | None, TypeRef] = {}
    if framing is Framing.EVENTS:
        for name, type_ in _events(context, schema, hint, is_event=content.item_schema is not None):
            by_event[name] = type_ if by_event.get(name, type_) == type_ else Anything()
        item = by_event.pop(None, _TEXT)
    elif framing is Framing.MESSAGES:
        kinds = () if schema is None else _merged(context, schema).properties
        by_event = {name: context.type_of(kind, f"{hint} {name}") for name, kind in kinds}
        item = Anything()
    else:
        item = Anything() if schema is None else context.type_of(schema, hint)
    return Stream(
        content_type=content.name.partition(";")[0].strip().lower(),
        framing=framing,
        item=without_files(item),
        by_event=tuple((name, _told(framing, type_)) for name, type_ in by_event.items() if name is not None),
        sentinel=_sentinel(content),
        switch=None if is_only else _switch(context, body),
    )


def _told(framing: Framing, type_: TypeRef) -> TypeRef:
    """The type of an event's data; a message carries bytes as they are."""
    is_bytes = framing is Framing.MESSAGES and isinstance(type_, Scalar) and type_.kind is ScalarKind.FILE
    return Scalar(ScalarKind.BINARY) if is_bytes else without_files(type_)


def _items(context: Context, schema: Schema | None) -> Schema | None:
    if schema is None:
        return None
    target = _merged(context, schema)
    return target.items if target.types == ("array",) and target.items is not None else schema


def _merged(context: Context, schema: Schema) -> Schema:
    target = context.follow(schema)
    return allof.merge(context, target) if target.all_of else target


def _is_event(context: Context, schema: Schema | None) -> bool:
    """Whether a schema describes an event, and not its data."""
    if schema is None:
        return False
    target = _merged(context, schema)
    options = (*target.one_of, *target.any_of)
    if options and not target.properties:
        return all(_has_fields(_merged(context, option)) for option in options)
    return _has_fields(target)


def _has_fields(schema: Schema) -> bool:
    names = {name for name, _ in schema.properties}
    return "data" in names and names <= _FIELDS


def _events(
    context: Context, schema: Schema | None, hint: str, *, is_event: bool
) -> Iterator[tuple[str | None, TypeRef]]:
    """The names of events, None for any, and the types of their data."""
    if schema is None or not (is_event or _is_event(context, schema)):
        yield None, _data(context, schema, hint)
        return
    target = _merged(context, schema)
    fields = dict(target.properties)
    options = (*target.one_of, *target.any_of)
    for option in options:
        own = {**fields, **dict(_merged(context, option).properties)}
        name = _only(context, own.get("event"))
        yield name, _data(context, own.get("data"), f"{hint} {name or 'event'}")
    if not options:
        yield _only(context, fields.get("event")), _data(context, fields.get("data"), hint)


def _only(context: Context, schema: Schema | None) -> str | None:
    """The one text that a schema allows."""
    if schema is None:
        return None
    target = context.follow(schema)
    values = (target.const,) if isinstance(target.const, str) else (target.enum or ())
    return values[0] if len(values) == 1 and isinstance(values[0], str) else None


def _data(context: Context, schema: Schema | None, hint: str) -> TypeRef:
    """The type of an event's data: text, unless something says that it is JSON."""
    if schema is None:
        return _TEXT
    target = _merged(context, schema)
    if target.content_schema is not None:
        return context.type_of(target.content_schema, hint)
    if target.content_media_type is not None and target.content_media_type.endswith("json"):
        return Anything()
    is_structured = bool(target.types or target.properties or target.one_of or target.any_of or target.items)
    return context.type_of(schema, hint) if is_structured and target.types != ("string",) else _TEXT


def _sentinel(content: MediaType) -> str | None:
    found = (content.extensions.get(name) for name in _SENTINELS)
    return next((value for value in found if isinstance(value, str)), None)


def _switch(context: Context, body: Schema | None) -> str | None:
    """The member of the body that says whether the reply is a stream: a boolean of the usual name."""
    if body is None:
        return None
    member = dict(_merged(context, body).properties).get(_SWITCH)
    return _SWITCH if member is not None and context.follow(member).types == ("boolean",) else None
