"""Replies that are streams of events: how a service model has them, and how the document says it.

The content is `application/vnd.amazon.eventstream`; its schema is an object with a member for each kind of event, whose
schema is that of the event's payload. Exceptions that a stream may end with are errors of the operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.importers.service_model import ServiceModel
from generator.importers.shapes import Schema, reachable, reference

_MEDIA_TYPE: Final = "application/vnd.amazon.eventstream"


def sends_events(model: ServiceModel, operation: Mapping[str, Any]) -> bool:
    """Whether the request is a stream of events."""
    roots = [operation["input"]["shape"]] if "input" in operation else []
    return any(model.shapes[name].get("eventstream") for name in reachable(model.shapes, roots))


def event_content(model: ServiceModel, operation: Mapping[str, Any]) -> Schema | None:
    """The content of a success that is a stream of events, None where it is none."""
    events = _events(model, operation)
    if events is None:
        return None
    kinds = {name: _payload(model, shape) for name, shape in events.items() if not model.shapes[shape].get("exception")}
    return {"content": {_MEDIA_TYPE: {"schema": {"type": "object", "properties": kinds}}}}


def event_errors(model: ServiceModel, operation: Mapping[str, Any]) -> Iterator[str]:
    """The shapes of the exceptions that a stream of events may end with."""
    shapes = (_events(model, operation) or {}).values()
    return (shape for shape in shapes if model.shapes[shape].get("exception"))


def _events(model: ServiceModel, operation: Mapping[str, Any]) -> dict[str, str] | None:
    """The shapes of the events by their names, None where the success is no stream of them."""
    output = model.shapes[operation["output"]["shape"]] if "output" in operation else {}
    for member in output.get("members", {}).values():
        shape = model.shapes[member["shape"]]
        if shape.get("eventstream"):
            return {name: event["shape"] for name, event in shape["members"].items()}
    return None


def _payload(model: ServiceModel, event: str) -> Schema:
    """What the message of an event carries: all of the event, unless one of its members is the payload."""
    members = model.shapes[event]["members"].values()
    shape = next((member["shape"] for member in members if member.get("eventpayload")), event)
    match model.shapes[shape]["type"]:
        case "blob":
            return {"type": "string", "format": "binary"}
        case "string":
            return {"type": "string"}
        case _:
            return reference(shape)
