"""Two documents of one service, read in the same way: references are followed, and `allOf` is seen through.

A document that a person keeps says the same as an imported one in other words: `allOf` around a reference in order to
describe a member, an enumeration of one value for a constant, parameters that belong to a whole path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from generator.openapi import pointer as pointers
from generator.openapi.tree import look_up

_COMPONENT: Final = re.compile(r"/components/[a-zA-Z]+/[^/]+")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document, and all that is said of it elsewhere.

    Args:
        root: The document; every reference in it is local.
        parts: Mappings and their pointers, the one that was asked for first, then what it refers to.
    """

    root: Mapping[str, Any]
    parts: Sequence[tuple[Mapping[str, Any], str]]

    @classmethod
    def at(cls, root: Mapping[str, Any], value: Any, pointer: str) -> Node:
        """The node of a value that stands at `pointer`."""
        return cls(root, tuple(_parts(root, value, pointer, set())))

    @property
    def pointer(self) -> str:
        """Where it stands."""
        return self.parts[0][1] if self.parts else ""

    @property
    def name(self) -> str | None:
        """What the component is called that it is, or refers to."""
        found = self._component
        return None if found is None else pointers.split(found)[-1]

    @property
    def component(self) -> Node:
        """The component that it is, or refers to, without what is said beside the reference; else itself."""
        found = self._component
        return self if found is None else Node.at(self.root, look_up(self.root, pointers.split(found)), found)

    @property
    def beside(self) -> Node:
        """What is said beside the reference to a component; nothing where it is none."""
        if self._component in (None, self.pointer):
            return Node(self.root, ())
        own = (part for part in self.parts if part[1] == self.pointer or part[1].startswith(f"{self.pointer}/"))
        return Node(self.root, tuple(own))

    @property
    def _component(self) -> str | None:
        return next((pointer for _, pointer in self.parts if _COMPONENT.fullmatch(pointer)), None)

    def get(self, key: str) -> Any:
        """The nearest value that is said for a key; None where none is."""
        return next((part[key] for part, _ in self.parts if key in part), None)

    def place(self, key: str) -> str:
        """Where a key's value stands; where the node does, if nobody says the key."""
        found = (f"{pointer}/{pointers.escape(key)}" for part, pointer in self.parts if key in part)
        return next(found, self.pointer)

    def child(self, key: str) -> Node | None:
        """The node of a key's value, if it has one that is a mapping."""
        value = self.get(key)
        return Node.at(self.root, value, self.place(key)) if isinstance(value, Mapping) else None

    def children(self, key: str) -> dict[str, Node]:
        """The nodes in a mapping of nodes, from all parts."""
        found: dict[str, Node] = {}
        for part, pointer in self.parts:
            values = part.get(key)
            for name, value in values.items() if isinstance(values, Mapping) else ():
                at = f"{pointer}/{pointers.escape(key)}/{pointers.escape(str(name))}"
                found.setdefault(str(name), Node.at(self.root, value, at))
        return found

    def items(self, key: str) -> list[Node]:
        """The nodes in a list of nodes."""
        values = self.get(key)
        at = self.place(key)
        return [
            Node.at(self.root, value, f"{at}/{n}") for n, value in enumerate(values if type(values) is list else ())
        ]

    def words(self, key: str) -> dict[str, None]:
        """The texts in a list of texts, from all parts, in order."""
        lists = (part.get(key) for part, _ in self.parts)
        return dict.fromkeys(str(word) for words in lists if isinstance(words, list) for word in words)


def _parts(
    root: Mapping[str, Any], value: Any, pointer: str, seen: set[str]
) -> Iterator[tuple[Mapping[str, Any], str]]:
    if not isinstance(value, Mapping) or pointer in seen:
        return
    seen.add(pointer)
    yield value, pointer
    reference = value.get("$ref")
    if isinstance(reference, str) and reference.startswith("#"):
        target = pointers.from_fragment(reference[1:])
        yield from _parts(root, look_up(root, pointers.split(target)), target, seen)
    options = value.get("allOf")
    for index, option in enumerate(options if isinstance(options, list) else ()):
        yield from _parts(root, option, f"{pointer}/allOf/{index}", seen)
