"""Shapes of a service model as schemas: what a value is, and what it must satisfy.

Only facts: names, types, constraints and marks. Words come along where they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

Schema = dict[str, Any]
Shapes = Mapping[str, Mapping[str, Any]]

# How a timestamp is spelled in JSON: https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
_DEFAULT_TIMESTAMP: Final = "unixTimestamp"
_TIMESTAMPS: Final = {"unixTimestamp": "epoch-seconds", "iso8601": "date-time", "rfc822": "http-date"}
_INTEGERS: Final = {"integer": "int32", "long": "int64"}
_NUMBERS: Final = {"float": "float", "double": "double"}


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
    schema = _KINDS[shape["type"]](shapes, shape, docs)
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


def _string(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
    schema: Schema = {"type": "string", **_limits(shape, "minLength", "maxLength")}
    if "pattern" in shape:
        schema["pattern"] = shape["pattern"]
    if shape.get("enum"):
        schema["enum"] = list(shape["enum"])
    return schema


def _number(type_: str, format_: str) -> Callable[[Shapes, Mapping[str, Any], bool], Schema]:
    def number(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
        return {"type": type_, "format": format_, **_limits(shape, "minimum", "maximum")}

    return number


def _boolean(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
    return {"type": "boolean"}


def _blob(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
    # Limits of a blob count its bytes, those of a schema the characters of its Base64 text; no caller means the latter.
    return {"type": "string", "format": "byte"}


def _timestamp(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
    format_ = _TIMESTAMPS[shape.get("timestampFormat", _DEFAULT_TIMESTAMP)]
    return {"type": "string", "format": "date-time", "x-timestampFormat": format_}


def _list(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
    return {
        "type": "array",
        "items": _member(shapes, shape["member"], docs=docs),
        **_limits(shape, "minItems", "maxItems"),
    }


def _map(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
    return {
        "type": "object",
        "propertyNames": reference(shape["key"]["shape"]),
        "additionalProperties": _member(shapes, shape["value"], docs=docs),
        **_limits(shape, "minProperties", "maxProperties"),
    }


def _structure(shapes: Shapes, shape: Mapping[str, Any], docs: bool) -> Schema:  # noqa: FBT001
    if shape.get("document"):
        return {}  # any JSON value
    names = {key: member.get("locationName", key) for key, member in shape["members"].items()}
    schema: Schema = {
        "type": "object",
        "properties": {names[key]: _member(shapes, member, docs=docs) for key, member in shape["members"].items()},
    }
    if shape.get("required"):
        schema["required"] = [names[key] for key in shape["required"]]
    if shape.get("union"):
        schema |= {"minProperties": 1, "maxProperties": 1}
    return schema


_KINDS: Final[Mapping[str, Callable[[Shapes, Mapping[str, Any], bool], Schema]]] = {
    "string": _string,
    "character": _string,
    "boolean": _boolean,
    "blob": _blob,
    "timestamp": _timestamp,
    "list": _list,
    "map": _map,
    "structure": _structure,
    **{kind: _number("integer", format_) for kind, format_ in _INTEGERS.items()},
    **{kind: _number("number", format_) for kind, format_ in _NUMBERS.items()},
}


def _member(shapes: Shapes, member: Mapping[str, Any], *, docs: bool) -> Schema:
    """A reference to the member's shape, with what is said of the member alone beside it (OpenAPI 3.1, section
    4.8.24)."""
    schema = reference(member["shape"])
    if "timestampFormat" in member:  # the shape's own spelling does not hold here
        schema = _timestamp(shapes, member, docs)
    if member.get("jsonvalue"):
        schema["contentMediaType"] = "application/json"
    if member.get("idempotencyToken"):
        schema["x-idempotencyToken"] = True
    if member.get("deprecated"):
        schema["deprecated"] = True
    return {**schema, **described(member, docs=docs)}


def _limits(shape: Mapping[str, Any], lowest: str, highest: str) -> Schema:
    return {key: shape[limit] for key, limit in ((lowest, "min"), (highest, "max")) if limit in shape}
