"""A located view of plain data, for the parsers: what it holds, where it stands, and a complaint when a type is wrong.

A wrong type costs the value, never the document: the reader reports it and answers with the default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report
    from generator.openapi.load import LoadedDocument

T = TypeVar("T")
_KINDS: dict[type, str] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    dict: "an object",
    list: "an array",
}


def escape_token(token: str) -> str:
    """One reference token of a JSON pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def pointer_of(reference: str) -> str:
    """The JSON pointer inside a local `$ref` (`#/a/b%20c` -> `/a/b c`): a URI fragment (RFC 6901, section 6)."""
    return unquote(reference.removeprefix("#"))


class Node:
    """A value of the document and its JSON pointer."""

    __slots__ = ("at", "data", "document", "report")

    def __init__(self, data: Any, at: str, document: LoadedDocument, report: Report) -> None:
        self.data = data
        self.at = at
        self.document = document
        self.report = report

    @property
    def location(self) -> Location:
        """Where the value stands in the file that a person wrote."""
        return self.document.locate(self.at)

    @property
    def is_mapping(self) -> bool:
        """Whether the value is an object."""
        return isinstance(self.data, dict)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.data, dict) and key in self.data

    def child(self, key: str | int) -> Node:
        """The value below `key`, which must be there."""
        return Node(self.data[key], f"{self.at}/{escape_token(str(key))}", self.document, self.report)

    def wrong_type(self, expected: str) -> None:
        """Report that the value is not `expected`, and is read as absent."""
        self.report.warning(
            "SPEC030",
            f"{self.at.rsplit('/', 1)[-1]!r} must be {expected}, not {_describe(self.data)}",
            self.location,
            help=f"write {expected} here, or remove it",
            effect="it is read as if it were absent",
        )

    def get(self, key: str, kind: type[T]) -> T | None:
        """The value of `key` where it has the type `kind`; None where it is absent, or of another type (reported)."""
        if not isinstance(self.data, dict) or key not in self.data:
            return None
        value = self.data[key]
        if isinstance(value, kind) and not (kind is not bool and isinstance(value, bool)):
            return value
        self.child(key).wrong_type(_KINDS.get(kind, "a number"))
        return None

    def text(self, key: str) -> str | None:
        """The string at `key`."""
        return self.get(key, str)

    def flag(self, key: str) -> bool:
        """The boolean at `key`; false where there is none."""
        return self.get(key, bool) or False

    def number(self, key: str) -> float | int | None:
        """A JSON number; a boolean is none."""
        value = self.data.get(key) if isinstance(self.data, dict) else None
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        self.child(key).wrong_type("a number")
        return None

    def mapping(self, key: str) -> Iterator[tuple[str, Node]]:
        """Keys and nodes of the object at `key`; nothing where it is absent."""
        if self.get(key, dict) is not None:
            child = self.child(key)
            for name in child.data:
                yield name, child.child(name)

    def children(self) -> Iterator[tuple[str, Node]]:
        """Keys and nodes of this object; nothing where it is none."""
        for name in self.data if self.is_mapping else ():
            yield name, self.child(name)

    def array(self, key: str) -> Iterator[Node]:
        """Nodes of the array at `key`; nothing where it is absent."""
        if self.get(key, list) is not None:
            child = self.child(key)
            for index in range(len(child.data)):
                yield child.child(index)

    def texts(self, key: str) -> tuple[str, ...]:
        """The strings of the array at `key`."""
        found = []
        for node in self.array(key):
            if isinstance(node.data, str):
                found.append(node.data)
            else:
                node.wrong_type("a string")
        return tuple(found)

    def extensions(self) -> Mapping[str, Any]:
        """The `x-` fields, as data."""
        return {key: value for key, value in self.data.items() if key.startswith("x-")} if self.is_mapping else {}

    def resolved(self) -> Node | None:
        """This node, or what its `$ref` leads to; None where that does not exist (the loader has reported it)."""
        node, seen = self, set()
        while isinstance(node.data, dict) and isinstance(node.data.get("$ref"), str):
            target = pointer_of(node.data["$ref"])
            if target in seen:
                return None
            seen.add(target)
            found = self.at_pointer(target)
            if found is None:
                return None
            node = found
        return node

    def at_pointer(self, pointer: str) -> Node | None:
        """The node at `pointer` of the same document, or None."""
        data: Any = self.document.root
        for escaped in pointer.split("/")[1:]:
            token = escaped.replace("~1", "/").replace("~0", "~")
            if isinstance(data, dict) and token in data:
                data = data[token]
            elif isinstance(data, list) and token.isdecimal() and int(token) < len(data):
                data = data[int(token)]
            else:
                return None
        return Node(data, pointer, self.document, self.report)


def _describe(value: Any) -> str:
    return "null" if value is None else _KINDS.get(type(value), "a number")
