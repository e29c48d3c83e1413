"""Where each part of a changed document came from.

A tree that exists only along the changed paths. A node says "this value was written there", and what isn't a child of
it was written where its parent was. So an untouched document costs one node, and an array that lost an item remembers
the old numbers of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.openapi import pointer as pointers

if TYPE_CHECKING:
    from generator.diagnostics import Location
    from generator.openapi.scan import ScannedFile


class Origin(Struct):
    """The provenance of one value.

    Args:
        file: What it was written in.
        pointer: The value's pointer in that file.
        children: The parts that were written elsewhere.
    """

    file: ScannedFile
    pointer: str
    children: dict[str, Origin] = field(default_factory=dict)

    def child(self, token: str) -> Origin:
        """The provenance of a part, for reading."""
        return self.children.get(token) or Origin(self.file, f"{self.pointer}/{pointers.escape(token)}")

    def own(self, *tokens: str | int) -> Origin:
        """The provenance of a part, for changing it."""
        origin = self
        for token in map(str, tokens):
            origin = origin.children.setdefault(token, origin.child(token))
        return origin

    def find(self, tokens: Iterable[str]) -> Origin:
        """The provenance of the value at `tokens`."""
        origin = self
        for token in tokens:
            origin = origin.child(token)
        return origin

    def location(self, *, key: bool = False) -> Location:
        """The place in the file, of the value or of its key."""
        return self.file.locate(self.pointer, key=key)

    def copy(self) -> Origin:
        """A tree of its own, for a value that now is at two places."""
        return Origin(self.file, self.pointer, {token: child.copy() for token, child in self.children.items()})

    def drop_item(self, index: int, length: int) -> None:
        """The item at `index` of an array of `length` items is removed: those behind it move up."""
        moved = [self.child(str(position)) for position in range(length) if position != index]
        self.children = {str(position): origin for position, origin in enumerate(moved)}
