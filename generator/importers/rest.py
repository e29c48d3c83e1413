"""Operations of AWS's REST protocols: what is a parameter, what is the body, and what the body's element is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.importers.event_streams import event_content
from generator.importers.service_model import ServiceModel
from generator.importers.shapes import Schema, content, reference, timestamp
from generator.python.identifiers import snake_case

_PLACES: Final = {"uri": "path", "querystring": "query", "header": "header", "headers": "header"}
_BYTES: Final = "application/octet-stream"
_TEXT: Final = "text/plain"
# Headers that OpenAPI reads from elsewhere (3.1, section 4.8.12.1), or that the client sets.
_NOT_GIVEN: Final = frozenset({"accept", "authorization", "content-length", "content-type"})
_TIMESTAMPS: Final = {"header": "rfc822", "query": "iso8601", "path": "iso8601"}


def path(operation: Mapping[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The path as a template of OpenAPI, and what always stands in the query."""
    place, _, query = operation["http"]["requestUri"].partition("?")
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return place.replace("+}", "}"), [(name, value) for name, _, value in pairs]


def parameters(model: ServiceModel, operation: Mapping[str, Any]) -> Iterator[Schema]:
    """The members of the input that do not travel in the body."""
    shape = _shape(model, operation, "input")
    for key, member in shape.get("members", {}).items():
        place, name = _PLACES.get(member.get("location", "")), member.get("locationName", key)
        if place is None or (place == "header" and name.lower() in _NOT_GIVEN):
            continue
        required = key in shape.get("required", ()) or place == "path"
        is_greedy = f"{{{name}+}}" in operation["http"]["requestUri"]
        yield {
            "name": name,
            "in": place,
            **({"required": True} if required else {}),
            **({"allowReserved": True} if is_greedy else {}),
            **({"x-idempotencyToken": True} if member.get("idempotencyToken") else {}),
            **_called(key, name),
            "schema": _parameter_schema(model, member, place),
        }


def body(model: ServiceModel, operation: Mapping[str, Any]) -> Schema:
    """The request's body, empty where there is none."""
    shape = _shape(model, operation, "input")
    required = set(shape.get("required", ()))
    if "payload" in shape:
        member = shape["members"][shape["payload"]]
        found = _payload(model, member, shape["payload"])
        said = {"required": True} if shape["payload"] in required else {}
        return {"requestBody": {**said, "x-name": shape["payload"], **found}}
    inner = _in_body(shape)
    if not inner:
        return {}
    written = content(model.media_type, operation["input"]["shape"])
    if model.is_xml:
        said = _element({**operation["input"], **shape}, operation["input"]["shape"])
        written["content"][model.media_type]["schema"]["xml"] = said
    return {"requestBody": {**({"required": True} if required & inner else {}), **written}}


def reply(model: ServiceModel, operation: Mapping[str, Any]) -> Schema:
    """The content of a success, empty where there is none but headers; and the headers."""
    shape = _shape(model, operation, "output")
    headers = {
        (name := member.get("locationName", key)): {
            **_called(key, name),
            "schema": _parameter_schema(model, member, "header"),
        }
        for key, member in shape.get("members", {}).items()
        if member.get("location") in ("header", "headers") and member.get("locationName", key)
    }
    said: Schema = {"headers": headers} if headers else {}
    events = event_content(model, operation)
    if events is not None:
        return said | events
    if "payload" in shape:
        return said | _payload(model, shape["members"][shape["payload"]], shape["payload"])
    return said | (content(model.media_type, operation["output"]["shape"]) if _in_body(shape) else {})


def _shape(model: ServiceModel, operation: Mapping[str, Any], end: str) -> Mapping[str, Any]:
    return model.shapes[operation[end]["shape"]] if end in operation else {}


def _called(key: str, name: str) -> Schema:
    """What AWS calls a member whose name on the wire is another: `VersionId`, not `x-amz-version-id`."""
    return {} if snake_case(name) == snake_case(key) else {"x-name": key}


def _in_body(shape: Mapping[str, Any]) -> set[str]:
    return {key for key, member in shape.get("members", {}).items() if "location" not in member}


def _parameter_schema(model: ServiceModel, member: Mapping[str, Any], place: str) -> Schema:
    shape = model.shapes[member["shape"]]
    if shape["type"] == "timestamp":
        return timestamp({**shape, **member}, _TIMESTAMPS[place])
    if shape["type"] == "list" and model.shapes[shape["member"]["shape"]]["type"] == "timestamp":
        item = shape["member"]
        return {"type": "array", "items": timestamp({**model.shapes[item["shape"]], **item}, _TIMESTAMPS[place])}
    if member.get("jsonvalue") and place == "header":  # what JSON needs may not stand in a header
        return {"type": "string", "format": "byte", "contentMediaType": "application/json"}
    return reference(member["shape"])


def _payload(model: ServiceModel, member: Mapping[str, Any], key: str) -> Schema:
    shape = model.shapes[member["shape"]]
    match shape["type"]:
        case "blob":
            return {"content": {_BYTES: {"schema": {"type": "string", "format": "binary"}}}}
        case "string" | "character":
            return {"content": {_TEXT: {"schema": reference(member["shape"])}}}
        case _:
            written = content(model.media_type, member["shape"])
            if model.is_xml:
                written["content"][model.media_type]["schema"]["xml"] = _element({**shape, **member}, key)
            return written


def _element(node: Mapping[str, Any], name: str) -> Schema:
    """How the element is called that is a body."""
    stated = node.get("xmlNamespace", {})
    uri = stated.get("uri") if isinstance(stated, dict) else stated
    return {"name": node.get("locationName", name), **({"namespace": uri} if uri else {})}
