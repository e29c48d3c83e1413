"""Operations of a service model as path items.

Errors have no statuses of their own: 480 and up are invented, as the commonly published documents of AWS invent them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from generator.importers.event_streams import event_errors, sends_events
from generator.importers.pages import pagination
from generator.importers.service_model import ServiceModel
from generator.importers.shapes import content, described, reachable
from generator.importers.travel import success, travel

_FIRST_ERROR: Final = 480
_NO_AUTH: Final = "smithy.api#noAuth"
_LABEL: Final = re.compile(r"\{(\w+)\}")


def paths(model: ServiceModel, *, docs: bool) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The path items of all operations, and the names of those that are left out because they are sent as a stream of
    events, or of bytes where the protocol has none.
    """
    streamed = tuple(name for name, operation in model.operations.items() if _streams(model, operation))
    items: dict[str, Any] = {}
    for name, operation in model.operations.items():
        if name not in streamed:
            way = travel(model, name, operation)
            taken = way.method in items.get(way.path, {})
            place = f"{way.path}{'&' if '#' in way.path else '#'}{name}" if taken else way.path
            items.setdefault(place, {})[way.method] = _operation(model, name, operation, way.said, docs=docs)
    return items, streamed


def _roots(operation: Mapping[str, Any]) -> list[str]:
    ends = (operation.get("input"), operation.get("output"), *operation.get("errors", ()))
    return [end["shape"] for end in ends if end is not None]


def _streams(model: ServiceModel, operation: Mapping[str, Any]) -> bool:
    shapes = (model.shapes[name] for name in reachable(model.shapes, _roots(operation)))
    is_streamed = any(shape.get("streaming") for shape in shapes) and not model.is_rest
    return is_streamed or sends_events(model, operation)


def _operation(
    model: ServiceModel, name: str, operation: Mapping[str, Any], said: Mapping[str, Any], *, docs: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {"operationId": name, **described(operation, docs=docs)}
    if operation.get("deprecated"):
        found["deprecated"] = True
    if operation.get("authtype") == "none" or operation.get("auth") == [_NO_AUTH]:
        found["security"] = []
    return {**found, **said, "responses": _responses(model, operation), **_extensions(model, name, operation)}


def _responses(model: ServiceModel, operation: Mapping[str, Any]) -> dict[str, Any]:
    status, written = success(model, operation)
    responses = {status: {"description": "Success", **written}}
    errors = (*(error["shape"] for error in operation.get("errors", ())), *event_errors(model, operation))
    for number, error in enumerate(dict.fromkeys(errors), _FIRST_ERROR):
        named = model.shapes[error].get("error", {}) if model.is_xml else {}
        code = named.get("code", error)
        responses[str(number)] = {"description": code, **content(model.media_type, error)}
    return responses


def _extensions(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    pages = pagination(model, name, operation)
    if pages is not None:
        found["x-pagination"] = pages
    prefix = operation.get("endpoint", {}).get("hostPrefix")
    if prefix:
        found["x-hostPrefix"] = _LABEL.sub(lambda label: f"{{{_sent_name(model, operation, label[1])}}}", prefix)
    encodings = operation.get("requestcompression", {}).get("encodings")
    if encodings:
        found["x-requestCompression"] = list(encodings)
    return found


def _sent_name(model: ServiceModel, operation: Mapping[str, Any], key: str) -> str:
    """What a member of the input is called in the document."""
    member = model.shapes[operation["input"]["shape"]]["members"][key]
    return key if model.is_xml and "location" not in member else str(member.get("locationName", key))
