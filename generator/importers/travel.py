"""How an operation of a service model travels, in OpenAPI's words: its path, method, parameters and body.

What OpenAPI has no word for is written as the commonly published documents of AWS write it: a target or action in a
fragment of the path that no client sends, errors under invented statuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.importers.event_streams import event_content
from generator.importers.rest import body, parameters, path, reply
from generator.importers.service_model import ServiceModel
from generator.importers.shapes import Schema, content

_TARGET: Final = "X-Amz-Target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """Where an operation stands in the document, and what it sends."""

    path: str
    method: str
    said: Schema


def travel(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> Travel:
    """The way of an operation, by the protocol of its service."""
    match model.protocol:
        case "json":
            return _target(model, name, operation)
        case "query" | "ec2":
            return _action(model, name, operation)
        case _:
            return _resource(model, operation)


def success(model: ServiceModel, operation: Mapping[str, Any]) -> tuple[str, Schema]:
    """Status and content of a success."""
    if model.is_rest:
        return str(operation["http"].get("responseCode", 200)), reply(model, operation)
    if "output" not in operation:
        return "200", {}
    return "200", event_content(model, operation) or content(model.media_type, operation["output"]["shape"])


def _target(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> Travel:
    target = f"{model.metadata['targetPrefix']}.{name}"
    said: Schema = {"parameters": [_constant("header", _TARGET, target)]}
    return Travel(path=f"/#{_TARGET}={target}", method="post", said=said | _sent(model, operation, is_required=True))


def _action(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> Travel:
    named = (("Action", name), ("Version", model.metadata["apiVersion"]))
    said: Schema = {"parameters": [_constant("query", key, value) for key, value in named]}
    return Travel(path=f"/#Action={name}", method="post", said=said | _sent(model, operation, is_required=False))


def _resource(model: ServiceModel, operation: Mapping[str, Any]) -> Travel:
    place, query = path(operation)
    said = [*parameters(model, operation), *(_constant("query", key, value) for key, value in query)]
    fragment = "&".join(f"{key}={value}" if value else key for key, value in query)
    return Travel(
        path=f"{place}#{fragment}" if fragment else place,
        method=operation["http"]["method"].lower(),
        said={"parameters": said, **body(model, operation)},
    )


def _constant(place: str, name: str, value: str) -> Schema:
    return {"name": name, "in": place, "required": True, "schema": {"type": "string", "const": value}}


def _sent(model: ServiceModel, operation: Mapping[str, Any], *, is_required: bool) -> Schema:
    if "input" not in operation:
        return {}
    required = {"required": True} if is_required else {}
    return {"requestBody": {**required, **content(model.media_type, operation["input"]["shape"])}}
