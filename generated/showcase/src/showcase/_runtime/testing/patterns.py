r"""Regular expressions of a document (ECMA-262, section 22.2) as trees: read, and matched within a budget.

Python's own engine is no choice: it does not read all of them (`\p{L}`), and a pattern of a stranger may keep it busy
for ever. What is read here is the grammar with the `u` flag, without named backreferences and set notation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

__all__ = [
    "Alternatives",
    "Backreference",
    "Chars",
    "Edge",
    "Group",
    "Look",
    "Node",
    "Repeat",
    "Sequence",
    "matches",
]

_STEPS = 20_000
_UNBOUNDED = 1 << 30


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a class. An item is a range, a prefix of Unicode's general categories, or a class."""

    items: tuple[tuple[str, str] | str | Chars, ...]
    negated: bool = False

    def __contains__(self, char: str) -> bool:
        return any(_is_in(char, item) for item in self.items) is not self.negated


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same several times; `most` is None without a limit."""

    node: Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """What a backreference can mean by its number."""

    number: int
    node: Node


@dataclass(frozen=True, slots=True)
class Backreference:
    """What a group matched."""

    number: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: `^`, `$`, `b` for a word's boundary, `B` for none."""

    kind: str


@dataclass(frozen=True, slots=True)
class Look:
    """What must, or must not, stand before or after a place."""

    node: Node
    ahead: bool
    negated: bool


Node = Chars | Sequence | Alternatives | Repeat | Group | Backreference | Edge | Look


def matches(node: Node, text: str) -> bool:
    """Whether the whole of `text` is what the expression describes; not, where that takes too long to find out."""
    try:
        return any(end == len(text) for end in _Matcher(text).ends(node, 0))
    except (_Exhausted, RecursionError):
        return False


def _is_in(char: str, item: tuple[str, str] | str | Chars) -> bool:
    match item:
        case Chars():
            return char in item
        case str():
            return unicodedata.category(char).startswith(item)
        case first, last:
            return first <= char <= last


class _Exhausted(Exception):
    """The budget is used up."""


@dataclass(slots=True)
class _Matcher:
    text: str
    groups: dict[int, str] = field(default_factory=dict)
    steps: int = _STEPS

    def ends(self, node: Node, at: int) -> Iterator[int]:
        """Where a match that begins at `at` may end, the preferred end first."""
        self.steps -= 1
        if self.steps < 0:
            raise _Exhausted
        match node:
            case Chars():
                yield from self._repeated(node, 1, 1, at)
            case Sequence(nodes):
                yield from self._sequence(nodes, at)
            case Alternatives(nodes):
                yield from chain.from_iterable(self.ends(option, at) for option in nodes)
            case Repeat(inner, least, most):
                yield from self._repeated(inner, least, _UNBOUNDED if most is None else most, at)
            case Group(number, inner):
                yield from self._remembered(number, inner, at)
            case Backreference(number):
                yield from self._repetition(number, at)
            case Edge() | Look():
                yield from (at,) if self._holds(node, at) else ()

    def _remembered(self, number: int, node: Node, at: int) -> Iterator[int]:
        for end in self.ends(node, at):
            self.groups[number] = self.text[at:end]
            yield end

    def _repetition(self, number: int, at: int) -> Iterator[int]:
        said = self.groups.get(number, "")
        if self.text.startswith(said, at):
            yield at + len(said)

    def _holds(self, node: Edge | Look, at: int) -> bool:
        if isinstance(node, Edge):
            return self._is_edge(node.kind, at)
        return self._sees(node.node, at, ahead=node.ahead) is not node.negated

    def _sequence(self, nodes: tuple[Node, ...], at: int) -> Iterator[int]:
        if not nodes:
            yield at
            return
        for end in self.ends(nodes[0], at):
            yield from self._sequence(nodes[1:], end)

    def _repeated(self, node: Node, least: int, most: int, at: int) -> Iterator[int]:
        if isinstance(node, Chars):
            last = at
            while last < len(self.text) and last - at < most and self.text[last] in node:
                last += 1
            yield from range(last, at + least - 1, -1)
            return
        if most > 0:
            for end in self.ends(node, at):
                if end > at or least > 0:
                    yield from self._repeated(node, max(0, least - 1), most - 1, end)
        if least <= 0:
            yield at

    def _is_edge(self, kind: str, at: int) -> bool:
        if kind == "^":
            return at == 0
        if kind == "$":
            return at == len(self.text)
        before = at > 0 and _is_word(self.text[at - 1])
        after = at < len(self.text) and _is_word(self.text[at])
        return (before != after) is (kind == "b")

    def _sees(self, node: Node, at: int, *, ahead: bool) -> bool:
        if ahead:
            return next(self.ends(node, at), None) is not None
        return any(end == at for start in range(at, -1, -1) for end in self.ends(node, start))


def _is_word(char: str) -> bool:
    return char == "_" or (char.isascii() and char.isalnum())
