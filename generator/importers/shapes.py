"""Shapes of a service model as schemas: what a value is, and what it must satisfy.

Only facts: names, types, constraints and marks. Words come along where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

Schema = dict[str, Any]
Shapes = Mapping[str, Mapping[str, Any]]

# How a timestamp is spelled in JSON: https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
_DEFAULT_TIMESTAMP: Final = "unixTimestamp"
_TIMESTAMPS: Final = {"unixTimestamp": "epoch-seconds", "iso8601": "date-time", "rfc822": "http-date"}
_NUMBERS: Final = {
    "integer": ("integer", "int32"),
    "long": ("integer", "int64"),
    "float": ("number", "float"),
    "double": ("number", "double"),
}


def is_stream(shape: Mapping[str, Any]) -> bool:
    """Whether a shape is a stream of events, or has a member that is streamed: neither is JSON."""
    return bool(shape.get("eventstream") or shape.get("streaming"))


def reference(name: str) -> Schema:
    """A reference to the schema of a shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def reachable(shapes: Shapes, roots: Iterable[str]) -> frozenset[str]:
    """The names of the shapes that `roots` lead to, themselves among them."""
    pending, found = list(roots), set[str]()
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending.extend(_referred(shapes[name]))
    return frozenset(found)


def _referred(shape: Mapping[str, Any]) -> Iterator[str]:
    for part in ("member", "key", "value"):
        if part in shape:
            yield shape[part]["shape"]
    yield from (member["shape"] for member in shape.get("members", {}).values())


def schema_of(shapes: Shapes, name: str, *, docs: bool) -> Schema:
    """The schema of a shape; shapes that it mentions are referred to.

    Args:
        shapes: All shapes.
        name: The one to describe.
        docs: Whether descriptions come along.
    """
    shape = shapes[name]
    schema = _typed(shape, docs=docs)
    if shape.get("sensitive"):
        schema["x-sensitive"] = True
    if shape.get("deprecated"):
        schema["deprecated"] = True
    if shape.get("exception"):
        schema["x-fault"] = "server" if shape.get("fault") else "client"
    return {**described(shape, docs=docs), **schema}


def described(node: Mapping[str, Any], *, docs: bool) -> Schema:
    """The description of a node, where it has one and it is asked for."""
    text = node.get("documentation") if docs else None
    return {"description": text} if text else {}


def _typed(shape: Mapping[str, Any], *, docs: bool) -> Schema:
    match shape["type"]:
        case "structure":
            return _structure(shape, docs=docs)
        case "list":
            items = {"type": "array", "items": _member(shape["member"], docs=docs)}
            return items | _limits(shape, "minItems", "maxItems")
        case "map":
            return _map(shape, docs=docs)
        case "timestamp":
            return _timestamp(shape)
        case "boolean":
            return {"type": "boolean"}
        case "blob":
            # Limits of a blob count its bytes, those of a schema the characters of its Base64 text, which is neither
            # what the service says nor what a caller means.
            return {"type": "string", "format": "byte"}
        case "string" | "character":
            return _string(shape)
        case kind:
            type_, format_ = _NUMBERS[kind]
            return {"type": type_, "format": format_, **_limits(shape, "minimum", "maximum")}


def _string(shape: Mapping[str, Any]) -> Schema:
    schema: Schema = {"type": "string", **_limits(shape, "minLength", "maxLength")}
    if "pattern" in shape:
        schema["pattern"] = shape["pattern"]
    if shape.get("enum"):
        schema["enum"] = list(shape["enum"])
    return schema


def _timestamp(node: Mapping[str, Any]) -> Schema:
    format_ = _TIMESTAMPS[node.get("timestampFormat", _DEFAULT_TIMESTAMP)]
    return {"type": "string", "format": "date-time", "x-timestampFormat": format_}


def _map(shape: Mapping[str, Any], *, docs: bool) -> Schema:
    return {
        "type": "object",
        "propertyNames": reference(shape["key"]["shape"]),
        "additionalProperties": _member(shape["value"], docs=docs),
        **_limits(shape, "minProperties", "maxProperties"),
    }


def _structure(shape: Mapping[str, Any], *, docs: bool) -> Schema:
    if shape.get("document"):
        return {}  # any JSON value
    names = {key: member.get("locationName", key) for key, member in shape["members"].items()}
    schema: Schema = {
        "type": "object",
        "properties": {names[key]: _member(member, docs=docs) for key, member in shape["members"].items()},
    }
    if shape.get("required"):
        schema["required"] = [names[key] for key in shape["required"]]
    if shape.get("union"):
        schema |= {"minProperties": 1, "maxProperties": 1}
    return schema


def _member(member: Mapping[str, Any], *, docs: bool) -> Schema:
    """A reference to the member's shape, and beside it what is said of the member alone."""
    schema = reference(member["shape"])
    if "timestampFormat" in member:  # the shape's own spelling does not hold here
        schema = _timestamp(member)
    if member.get("jsonvalue"):
        schema["contentMediaType"] = "application/json"
    if member.get("idempotencyToken"):
        schema["x-idempotencyToken"] = True
    if member.get("deprecated"):
        schema["deprecated"] = True
    return {**schema, **described(member, docs=docs)}


def _limits(shape: Mapping[str, Any], lowest: str, highest: str) -> Schema:
    return {key: shape[limit] for key, limit in ((lowest, "min"), (highest, "max")) if limit in shape}
