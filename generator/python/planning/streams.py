"""Methods whose result arrives piece by piece."""

from __future__ import annotations

from generator.graph.stream_shape import Framing, Stream
from generator.protocols.binding import BoundOperation
from generator.python.bodies import body_fields
from generator.python.literals import literal
from generator.python.naming import OperationNames
from generator.python.plan.package import StreamPlan
from generator.python.setting import Setting
from generator.python.text import Annotation, Docstring, Literal


def stream_plan(setting: Setting, bound: BoundOperation, names: OperationNames, docstring: Docstring) -> StreamPlan:
    """The method of an operation that has a stream."""
    stream = bound.stream
    assert stream is not None
    return StreamPlan(
        method=names.stream or names.method,
        result=stream_result(setting, stream),
        async_result=stream_result(setting, stream, "Async"),
        docstring=docstring,
        accept=literal(stream.content_type),
        framing=literal(stream.framing.value),
        item=None if stream.item is None else setting.values.of(stream.item),
        by_event=tuple((literal(name), setting.values.of(type_)) for name, type_ in stream.by_event),
        sentinel=None if stream.sentinel is None else literal(stream.sentinel),
        switch=_switch(setting, bound, stream),
    )


def stream_result(setting: Setting, stream: Stream, twin: str = "") -> Annotation:
    """What the method returns; `twin` is `Async` for the asyncio client's."""
    if stream.item is None:
        return Annotation(f"_s.{twin}Download")
    item = " | ".join(dict.fromkeys(str(setting.models.of(type_)) for type_ in stream.types))
    if stream.framing in (Framing.EVENTS, Framing.MESSAGES):
        item = f"_s.Event[{item}]"
    return Annotation(f"_s.{twin}Stream[{item}]")


def _switch(setting: Setting, bound: BoundOperation, stream: Stream) -> Literal | None:
    members = body_fields(bound, setting.types)
    if stream.switch is None or members is None:
        return None
    return literal(str(setting.names.fields[members.id][stream.switch]))
