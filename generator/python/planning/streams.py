"""Methods whose result arrives piece by piece."""

from __future__ import annotations

from generator.graph.reply_headers import headers_of
from generator.graph.stream_shape import Framing, Stream
from generator.protocols.binding import BoundOperation
from generator.python.bodies import body_fields
from generator.python.docstrings import docstring
from generator.python.identifiers import identifier
from generator.python.literals import literal
from generator.python.naming import OperationNames, class_name
from generator.python.plan.package import StreamClasses, StreamPlan
from generator.python.setting import Setting
from generator.python.text import Annotation, Docstring, Literal

_IN_CLASS = 4


def stream_plan(setting: Setting, bound: BoundOperation, names: OperationNames, text: Docstring) -> StreamPlan:
    """The method of an operation that has a stream."""
    stream = bound.stream
    assert stream is not None
    classes = stream_classes(setting, bound, names)
    kind = stream_kind(setting, stream)
    return StreamPlan(
        method=names.stream or names.method,
        result=kind if classes is None else Annotation(f"operations.{classes.name}"),
        async_result=(
            stream_kind(setting, stream, "Async") if classes is None else Annotation(f"operations.{classes.async_name}")
        ),
        kind=kind,
        docstring=text,
        accept=literal(stream.content_type),
        framing=literal(stream.framing.value),
        item=None if stream.item is None else setting.values.of(stream.item),
        by_event=tuple((literal(name), setting.values.of(type_)) for name, type_ in stream.by_event),
        sentinel=None if stream.sentinel is None else literal(stream.sentinel),
        switch=_switch(setting, bound, stream),
    )


def stream_classes(setting: Setting, bound: BoundOperation, names: OperationNames) -> StreamClasses | None:
    """The classes of streams that have typed header fields; None where no header is documented."""
    if bound.stream is None or not headers_of(bound.operation):
        return None
    return StreamClasses(
        headers=identifier(f"_{class_name(f'{names.stem}Reply')}"),
        name=class_name(f"{names.stem}Stream"),
        kind=stream_kind(setting, bound.stream),
        async_name=class_name(f"{names.stem}StreamAsync"),
        async_kind=stream_kind(setting, bound.stream, "Async"),
        docstring=docstring(f"Result of {bound.operation.source_name}, as it arrives.", indent=_IN_CLASS),
    )


def stream_kind(setting: Setting, stream: Stream, twin: str = "") -> Annotation:
    """The runtime's class that the method returns; `twin` is `Async` for the asyncio client's."""
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
