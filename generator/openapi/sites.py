"""The references of a document, before anything is known about where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from generator.openapi.positions import Position, children, holds_reference

Tokens = tuple[str, ...]
_Trail = (
    tuple["_Trail", str | int] | None
)  # the way back to the start: much cheaper than a path for each of a million values
_CONTAINERS: Final = (dict, list)
_FILE_SUFFIXES: Final = (".yaml", ".yml", ".json")


class Unit(Struct, frozen=True):
    """A file of the document.

    Args:
        path: Where it is on disk, resolved.
        base: Where its content is in the closed document.
    """

    path: Path
    base: Tokens


class Site(Struct, frozen=True, eq=False):
    """One reference.

    Args:
        holder: The mapping it is in.
        slot: The key of that mapping it is at: `$ref`, or a name in a discriminator's `mapping`.
        unit: The file it is in.
        at: Where the holder is in the closed document.
    """

    holder: dict[str, Any]
    slot: str
    unit: Unit
    at: Tokens

    @property
    def written(self) -> Any:
        """What the document says there."""
        return self.holder[self.slot]


def sites(value: Any, position: Position, unit: Unit, at: Tokens, visited: set[int]) -> Iterator[Site]:
    """Every reference in a value, in the order of the text.

    Args:
        value: A mapping or an array.
        position: What the value is.
        unit: The file it is in.
        at: Where it is in the closed document.
        visited: Identities of the mappings that were searched; they are skipped, and new ones added.
    """
    stack: list[tuple[Any, Position, _Trail]] = [(value, position, None)]
    while stack:
        node, kind, trail = stack.pop()
        below: list[tuple[Any, Position, _Trail]]
        if type(node) is list:
            below = [(child, kind, (trail, index)) for index, child in enumerate(node) if type(child) in _CONTAINERS]
        elif id(node) in visited:
            continue
        else:
            visited.add(id(node))
            if holds_reference(node, kind):
                yield Site(node, "$ref", unit, (*at, *_tokens(trail)))
            elif kind is Position.OBJECT and type(node.get("discriminator")) is dict:
                mapping = node["discriminator"].get("mapping")
                yield from _mapped(mapping, unit, (*at, *_tokens(trail), "discriminator", "mapping"))
            below = [(child, its_kind, (trail, key)) for key, child, its_kind in children(node, kind)]
        below.reverse()
        stack += below


def _tokens(trail: _Trail) -> list[str]:
    tokens: list[str] = []
    while trail is not None:
        trail, token = trail
        tokens.append(str(token))
    return tokens[::-1]


def _mapped(mapping: Any, unit: Unit, at: Tokens) -> Iterator[Site]:
    """The values of a discriminator's `mapping` that are references; the others are names of schemas."""
    if type(mapping) is dict:
        for name, value in mapping.items():
            if type(value) is str and ("#" in value or "/" in value or value.endswith(_FILE_SUFFIXES)):
                yield Site(mapping, name, unit, at)
