"""Names and groups that a document prefers, in the extensions that other generators made known.

They are wishes: a pinned name goes before them, and what they say is written in the style of Python like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from generator.openapi.model import Operation, Parameter, RequestBody, ResponseHeader, Schema

_METHOD: Final = ("x-speakeasy-name-override", "x-fern-sdk-method-name")
_TYPE: Final = ("x-speakeasy-name-override", "x-fern-type-name")
_ARGUMENT: Final = ("x-name", "x-speakeasy-name-override", "x-fern-parameter-name")
_GROUP: Final = ("x-speakeasy-group", "x-fern-sdk-group-name")
_MEMBERS: Final = ("x-speakeasy-enums", "x-enum-varnames", "x-enumNames", "x-fern-enum", "x-ms-enum")


def method_name(operation: Operation) -> str | None:
    """What the document calls the method; None where it leaves that to the generator."""
    return _text(operation.extensions, _METHOD)


def type_name(schema: Schema) -> str | None:
    """What the document calls the type."""
    return _text(schema.extensions, _TYPE)


def argument_name(node: Parameter | RequestBody | ResponseHeader) -> str | None:
    """What the document calls the argument; or the attribute, of a header field of replies."""
    return _text(node.extensions, _ARGUMENT)


def groups(operation: Operation) -> tuple[str, ...]:
    """The groups of an operation: what an extension says, else its tags."""
    for key in _GROUP:
        declared = operation.extensions.get(key)
        if isinstance(declared, str):
            return (declared,) if declared else ()
        if isinstance(declared, list) and declared and all(isinstance(name, str) for name in declared):
            # Speakeasy lists groups that all have the method, Fern the parts of one; the first is in both.
            return tuple(declared)
    return operation.tags


def member_names(schema: Schema, values: Iterable[Any]) -> dict[Any, str]:
    """What the document calls the members of an enumeration, by value; those that it doesn't name are absent.

    Args:
        schema: The enumeration.
        values: As they are listed, as often as they are.
    """
    for key in _MEMBERS:
        found = dict(_named(schema.extensions.get(key), list(values)))
        if found:
            return found
    return {}


def _named(declared: Any, values: list[Any]) -> Iterable[tuple[Any, str]]:
    """A list of names in the order of the values, names by value, or objects with a value and a name."""
    if isinstance(declared, dict) and isinstance(declared.get("values"), list):  # x-ms-enum
        pairs = [(item.get("value"), item.get("name")) for item in declared["values"] if isinstance(item, dict)]
    elif isinstance(declared, dict):
        pairs = [(value, _member(declared.get(str(value)))) for value in values]
    elif isinstance(declared, list) and len(declared) == len(values):  # one too few, and nobody knows which is whose
        pairs = list(zip(values, declared, strict=True))
    else:
        pairs = []
    known = [value for value in values if isinstance(value, str | int)]
    return ((value, name) for value, name in pairs if isinstance(name, str) and name and value in known)


def _member(declared: Any) -> Any:
    return declared.get("name") if isinstance(declared, dict) else declared  # x-fern-enum has objects, Speakeasy names


def _text(extensions: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    return next((name for key in keys if isinstance(name := extensions.get(key), str) and name), None)
