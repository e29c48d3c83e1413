"""Which mappings of a document are references, and which only look like one.

`$ref` is a reference where OpenAPI or JSON Schema expects an object. Inside an example, a default or an extension it is
somebody's data, and below `properties` it is somebody's name. This module knows the difference by the keys on the way;
it resolves nothing.
"""

from collections.abc import Mapping
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


_NAME_KEYS: Final = (
    "$defs",
    "additionalOperations",
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
)
_DATA_KEYS: Final = frozenset({"default", "example", "enum", "const"})
_MAPPINGS: Final[Mapping[str, Position]] = {
    **dict.fromkeys(_NAME_KEYS, Position.NAMES),
    **dict.fromkeys(("examples", "links"), Position.SHELF),
}


def holds_reference(node: dict[str, Any], position: Position) -> bool:
    """Whether `$ref`, if the mapping has it, is a reference.

    Where keys are names, an object may be called `$ref`; a text can't be one of the objects, and is the reference
    that many write there.
    """
    return "$ref" in node and (position in (Position.OBJECT, Position.LEAF) or isinstance(node["$ref"], str))


def children(node: dict[str, Any], position: Position) -> list[tuple[str, Any, Position]]:
    """The parts of a mapping in which references may be: mappings and arrays."""
    if position is Position.LEAF:
        return []
    if position is Position.OBJECT:
        return [
            (key, value, _MAPPINGS.get(key, Position.OBJECT) if type(value) is dict else Position.OBJECT)
            for key, value in node.items()
            if (
                type(value) is dict or (type(value) is list and key != "examples")
            )  # an array of values, in JSON Schema
            and key not in _DATA_KEYS
            and key[:2] != "x-"
        ]
    below = Position.OBJECT if position is Position.NAMES else Position.LEAF
    return [(key, value, below) for key, value in node.items() if type(value) is dict or type(value) is list]
