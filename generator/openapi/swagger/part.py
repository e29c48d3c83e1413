"""A part of a document that is being rewritten, and where it was written.

A moved part keeps its place in the text; a made one has the place of what it was made from, so that what is said about
it later points at what a person wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from generator.openapi.origin import Origin


class Part:
    """A value, and its provenance, which is only spelled out where something changes: most of a document never does.

    Args:
        value: Plain data; changed in place.
        origin: Where it came from; None to ask `around`.
        around: The part that holds it.
        token: Its key or index there.
    """

    __slots__ = ("_around", "_origin", "_token", "value")

    def __init__(self, value: Any, origin: Origin | None, around: Part | None = None, token: str = "") -> None:
        """See the class."""
        self.value: Final = value
        self._origin = origin
        self._around = around
        self._token = token

    @property
    def origin(self) -> Origin:
        """The provenance, for changing it."""
        if self._origin is None:
            # Only the root has nothing around it, and it comes with its origin.
            assert self._around is not None
            self._origin = self._around.origin.own(self._token)
        return self._origin

    @property
    def is_mapping(self) -> bool:
        """Whether the value is an object."""
        return isinstance(self.value, dict)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def child(self, key: str | int) -> Part:
        """The part at `key`, which must be there."""
        return Part(self.value[key], None, self, str(key))

    def children(self) -> Iterator[tuple[str, Part]]:
        """The parts of an object or an array with their keys; there are none in anything else."""
        keys: list[Any] = []
        if isinstance(self.value, dict):
            keys = list(self.value)
        elif isinstance(self.value, list):
            keys = list(range(len(self.value)))
        for key in keys:
            yield str(key), self.child(key)

    def put(self, key: str, part: Part) -> None:
        """Sets the part at `key` of an object."""
        self.value[key] = part.value
        self.origin.children[key] = part.origin

    def take(self, key: str) -> Part | None:
        """Removes the part at `key` of an object; None where there is none."""
        if key not in self:
            return None
        part = self.child(key)
        part.origin  # noqa: B018 - before the tree forgets it
        self.origin.children.pop(key, None)
        del self.value[key]
        return part

    def rename(self, key: str, name: str) -> None:
        """Moves what is at `key`, if anything is, to `name`."""
        part = self.take(key)
        if part is not None:
            self.put(name, part)

    def made(self, value: Any) -> Part:
        """Something new, made from this part: whatever is in it was written here, or below under the same key."""
        return Part(value, Origin(self.origin.file, self.origin.pointer))

    def made_list(self, parts: Iterable[Part]) -> Part:
        """An array of `parts`, made from this part."""
        found = list(parts)
        array = self.made([part.value for part in found])
        array.origin.children.update({str(index): part.origin for index, part in enumerate(found)})
        return array
