"""Changes to plain data that keep origins true, by the rules of the Overlay Specification (section Action Object)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator.openapi.origin import Origin
from generator.openapi.tree import copied, look_up

OBJECT: Final = "an object"
ARRAY: Final = "an array"
PRIMITIVE: Final = "a primitive value"
Token = str | int


def kind(value: Any) -> str:
    """Of the three kinds that the standard tells apart: an object, an array, a primitive value."""
    return OBJECT if isinstance(value, dict) else ARRAY if isinstance(value, list) else PRIMITIVE


class Patch:
    """A value and where it was written, on its way into a document."""

    __slots__ = ("origin", "value")

    def __init__(self, value: Any, origin: Origin) -> None:
        """Takes a value that stays as it is: what goes into a document is a copy."""
        self.value = value
        self.origin = origin

    def parts(self) -> Iterator[tuple[str, Patch]]:
        """The values of an object, by key."""
        for key, value in self.value.items():
            yield key, Patch(value, self.origin.child(key))

    def items(self) -> Iterator[Patch]:
        """The items of an array."""
        for index, value in enumerate(self.value):
            yield Patch(value, self.origin.child(str(index)))


def put(target: Any, origin: Origin, token: Token, patch: Patch) -> None:
    """Sets one part of an object or an array."""
    target[token] = copied(patch.value)
    origin.children[str(token)] = patch.origin.copy()


def append(target: list[Any], origin: Origin, patch: Patch) -> None:
    """Adds one item at the end of an array."""
    target.append(None)
    put(target, origin, len(target) - 1, patch)


def merge(target: dict[str, Any], origin: Origin, patch: Patch) -> Iterator[Patch]:
    """Merges an object into another one, recursively.

    Yields:
        What is of another kind than what it would replace; that is left as it is.
    """
    for key, part in patch.parts():
        old = target.get(key)
        if key not in target:
            put(target, origin, key, part)
        elif kind(old) != kind(part.value):
            yield part
        elif isinstance(old, dict):
            yield from merge(old, origin.own(key), part)
        elif isinstance(old, list):
            for item in part.items():
                append(old, origin.own(key), item)
        else:
            put(target, origin, key, part)


def remove(root: Any, origin: Origin, path: tuple[Token, ...]) -> None:
    """Removes what is at a path of one token at least."""
    container, around, last = look_up(root, path[:-1]), origin.own(*path[:-1]), path[-1]
    if isinstance(last, int):
        around.drop_item(last, len(container))
    else:
        around.children.pop(last, None)
    del container[last]
