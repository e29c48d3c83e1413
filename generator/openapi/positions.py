"""Which mappings of a document are references, and which only look like one.

`$ref` is a reference where OpenAPI or JSON Schema expects an object. Inside an example, a default or an extension it is somebody's data, and below
`properties` it is somebody's name. This module knows the difference by the keys on the way; it resolves nothing.
"""

from enum import Enum, auto
from typing import Any, Final


class Position(Enum):
    """What a mapping at some place is."""

    OBJECT = auto()
    """Its keys are keywords."""
    NAMES = auto()
    """Its keys are names that the author chose; its values are objects."""
    SHELF = auto()
    """Its keys are names; its values are references, or data that is not looked into (examples, links)."""
    LEAF = auto()
    """A reference, or data."""


_DATA: Final = frozenset({"default", "example", "enum", "const"})
_SHELVES: Final = frozenset({"examples", "links"})
_NAMES: Final = frozenset(
    {
        "$defs",
        "callbacks",
        "content",
        "definitions",
        "dependentSchemas",
        "encoding",
        "headers",
        "parameters",
        "pathItems",
        "patternProperties",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "securitySchemes",
        "variables",
        "webhooks",
    }
)


def holds_reference(node: dict[str, Any], position: Position) -> bool:
    """Whether `$ref`, if the mapping has it, is a reference.

    Where keys are names, an object may be called `$ref`; a text can't be one of the objects, and is the reference that many write there.
    """
    return "$ref" in node and (position in (Position.OBJECT, Position.LEAF) or isinstance(node["$ref"], str))


def children(node: dict[str, Any], position: Position) -> list[tuple[str, Any, Position]]:
    """The parts of a mapping in which references may be: mappings and arrays."""
    if position is Position.LEAF:
        return []
    parts = [(key, value) for key, value in node.items() if type(value) is dict or type(value) is list]
    if position is not Position.OBJECT:
        below = Position.OBJECT if position is Position.NAMES else Position.LEAF
        return [(key, value, below) for key, value in parts]
    return [
        (key, value, _below(key, value))
        for key, value in parts
        # JSON Schema's `examples` are an array of values, OpenAPI's a mapping of objects.
        if key not in _DATA and key[:2] != "x-" and not (key == "examples" and type(value) is list)
    ]


def _below(key: str, value: Any) -> Position:
    if type(value) is list:
        return Position.OBJECT
    if key in _SHELVES:
        return Position.SHELF
    return Position.NAMES if key in _NAMES else Position.OBJECT
