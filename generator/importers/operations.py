"""Operations of a service model as path items.

Errors have no statuses of their own: 480 and up are invented, as the commonly published documents of AWS invent them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from generator.importers.service_model import ServiceModel
from generator.importers.shapes import content, described, reachable
from generator.importers.travel import success, travel

_FIRST_ERROR: Final = 480
_NO_AUTH: Final = "smithy.api#noAuth"


def paths(model: ServiceModel, *, docs: bool) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The path items of all operations, and the names of those that are left out because they stream events, or bytes
    where the protocol has none.
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
    return any(shape.get("eventstream") or (shape.get("streaming") and not model.is_rest) for shape in shapes)


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
    for number, error in enumerate(operation.get("errors", ()), _FIRST_ERROR):
        named = model.shapes[error["shape"]].get("error", {}) if model.is_xml else {}
        code = named.get("code", error["shape"])
        responses[str(number)] = {"description": code, **content(model.media_type, error["shape"])}
    return responses


def _extensions(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    pagination = _pagination(model, name, operation)
    if pagination is not None:
        found["x-pagination"] = pagination
    prefix = operation.get("endpoint", {}).get("hostPrefix")
    if prefix:
        found["x-hostPrefix"] = prefix
    encodings = operation.get("requestcompression", {}).get("encodings")
    if encodings:
        found["x-requestCompression"] = list(encodings)
    return found


def _pagination(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> dict[str, str] | None:
    """The members by which pages follow each other; None where a token is several members, or inside of one."""
    declared = model.paginators.get(name)
    if declared is None or "input" not in operation or "output" not in operation:
        return None
    sent = model.shapes[operation["input"]["shape"]].get("members", {})
    received = model.shapes[operation["output"]["shape"]].get("members", {})
    keys = declared.get("result_key")
    results = next(
        (key for key in (keys if isinstance(keys, list) else [keys]) if _is_list(model, received, key)), None
    )
    token = _name_in(model, sent, declared.get("input_token"))
    next_token = _name_in(model, received, declared.get("output_token"))
    if token is None or next_token is None or results is None:
        return None
    found = {"input": token, "output": next_token, "results": _name_in(model, received, results) or results}
    limit = _name_in(model, sent, declared.get("limit_key"))
    return found if limit is None else {**found, "limit": limit}


def _name_in(model: ServiceModel, members: Mapping[str, Any], key: object) -> str | None:
    """What a member is called in the document; None where it is no member."""
    if not isinstance(key, str) or key not in members:
        return None
    member = members[key]
    has_own_name = "location" in member or not model.is_xml
    return str(member.get("locationName", key)) if has_own_name else key


def _is_list(model: ServiceModel, members: Mapping[str, Any], key: object) -> bool:
    return isinstance(key, str) and key in members and model.shapes[members[key]["shape"]]["type"] == "list"
