"""Shapes of a service model as schemas: what a value is, and what it must satisfy.

Only facts: names, types, constraints and marks. Words come along where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Schema = dict[str, Any]
Shapes = Mapping[str, Mapping[str, Any]]

# How a timestamp is spelled in JSON: https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
_TIMESTAMPS: Final = {"unixTimestamp": "epoch-seconds", "iso8601": "date-time", "rfc822": "http-date"}
_NUMBERS: Final = {
    "integer": ("integer", "int32"),
    "long": ("integer", "int64"),
    "float": ("number", "float"),
    "double": ("number", "double"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What the protocol decides about schemas.

    Attributes:
        is_xml: Whether members are elements, which have names of their own.
        has_places: Whether members may travel outside of the body, where other words describe them.
        timestamps: How timestamps are spelled where nothing says so.
        docs: Whether descriptions come along.
    """

    is_xml: bool = False
    has_places: bool = False
    timestamps: str = "unixTimestamp"
    docs: bool = False


def reference(name: str) -> Schema:
    """A reference to the schema of a shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def content(media_type: str, shape: str) -> Schema:
    """Content of a shape."""
    return {"content": {media_type: {"schema": reference(shape)}}}


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


def schema_of(shapes: Shapes, name: str, dialect: Dialect) -> Schema:
    """The schema of a shape; shapes that it mentions are referred to.

    Args:
        shapes: All shapes.
        name: The one to describe.
        dialect: Of the service's protocol.
    """
    shape = shapes[name]
    schema = _typed(shape, dialect)
    if shape.get("sensitive"):
        schema["x-sensitive"] = True
    if shape.get("deprecated"):
        schema["deprecated"] = True
    if shape.get("exception"):
        schema["x-fault"] = "server" if shape.get("fault") else "client"
    return {**described(shape, docs=dialect.docs), **schema}


def described(node: Mapping[str, Any], *, docs: bool) -> Schema:
    """The description of a node, where it has one and it is asked for."""
    text = node.get("documentation") if docs else None
    return {"description": text} if text else {}


def timestamp(node: Mapping[str, Any], default: str) -> Schema:
    """The schema of a timestamp; `default` is how it is spelled where it does not say."""
    format_ = _TIMESTAMPS[node.get("timestampFormat", default)]
    return {"type": "string", "format": "date-time", "x-timestampFormat": format_}


def _typed(shape: Mapping[str, Any], dialect: Dialect) -> Schema:
    match shape["type"]:
        case "structure":
            return _structure(shape, dialect)
        case "list":
            return _list(shape, dialect)
        case "map":
            return _map(shape, dialect)
        case "timestamp":
            return timestamp(shape, dialect.timestamps)
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


def _list(shape: Mapping[str, Any], dialect: Dialect) -> Schema:
    items = _member(shape["member"], dialect) | _own_name(shape["member"], dialect)
    schema = {"type": "array", "items": items} | _limits(shape, "minItems", "maxItems")
    return schema | _flattened(shape, dialect)


def _map(shape: Mapping[str, Any], dialect: Dialect) -> Schema:
    return {
        "type": "object",
        "propertyNames": reference(shape["key"]["shape"]) | _own_name(shape["key"], dialect),
        "additionalProperties": _member(shape["value"], dialect) | _own_name(shape["value"], dialect),
        **_limits(shape, "minProperties", "maxProperties"),
        **_flattened(shape, dialect),
    }


def _own_name(part: Mapping[str, Any], dialect: Dialect) -> Schema:
    """What the elements of items, keys or values are called, where they say so."""
    return {"xml": {"name": part["locationName"]}} if dialect.is_xml and "locationName" in part else {}


def _flattened(shape: Mapping[str, Any], dialect: Dialect) -> Schema:
    """Whether no element stands around the items."""
    return {"xml": {"wrapped": False}} if dialect.is_xml and shape.get("flattened") else {}


def _structure(shape: Mapping[str, Any], dialect: Dialect) -> Schema:
    if shape.get("document"):
        return {}  # any JSON value
    members = {
        key: member for key, member in shape["members"].items() if not (dialect.has_places and "location" in member)
    }
    names = {key: key if dialect.is_xml else member.get("locationName", key) for key, member in members.items()}
    schema: Schema = {
        "type": "object",
        "properties": {
            names[key]: _member(member, dialect) | _secret(key) | _xml(shape, key, member, dialect)
            for key, member in members.items()
        },
    }
    required = [names[key] for key in shape.get("required", ()) if key in names]
    if required:
        schema["required"] = required
    if shape.get("union"):
        schema |= {"minProperties": 1, "maxProperties": 1}
    return schema


def _xml(owner: Mapping[str, Any], key: str, member: Mapping[str, Any], dialect: Dialect) -> Schema:
    """How the member's element, or attribute, is called."""
    if not dialect.is_xml:
        return {}
    name, namespace = member.get("locationName", key), member.get("xmlNamespace", {})
    said: Schema = {} if name == key else {"name": name}
    if member.get("xmlAttribute"):
        said["attribute"] = True
        prefix, _, local = name.rpartition(":")
        namespace = owner.get("xmlNamespace", {}) if prefix else {}
        said["name"] = local if namespace else name
    if member.get("flattened"):
        said["wrapped"] = False
    if "queryName" in member and member["queryName"] != f"{name[:1].upper()}{name[1:]}":
        said["x-queryName"] = member["queryName"]  # EC2's, where a request calls it otherwise than a reply
    said |= {
        ours: namespace[theirs] for ours, theirs in (("namespace", "uri"), ("prefix", "prefix")) if theirs in namespace
    }
    return {"xml": said} if said else {}


def _member(member: Mapping[str, Any], dialect: Dialect) -> Schema:
    """A reference to the member's shape, and beside it what is said of the member alone."""
    schema = reference(member["shape"])
    if "timestampFormat" in member:  # the shape's own spelling does not hold here
        schema = timestamp(member, dialect.timestamps)
    if member.get("jsonvalue"):
        schema["contentMediaType"] = "application/json"
    if member.get("idempotencyToken"):
        schema["x-idempotencyToken"] = True
    if member.get("deprecated"):
        schema["deprecated"] = True
    return {**schema, **described(member, docs=dialect.docs)}


def _secret(key: str) -> Schema:
    """Of credentials most models mark the secret key alone; with the session's token beside it, they work as well."""
    return {"x-sensitive": True} if key.lower() == "sessiontoken" else {}


def _limits(shape: Mapping[str, Any], lowest: str, highest: str) -> Schema:
    return {key: shape[limit] for key, limit in ((lowest, "min"), (highest, "max")) if limit in shape}
