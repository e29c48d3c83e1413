"""The graph of operations and models around what changed, laid out in columns.

Operations stand on the left, what they use to the right of them. Where a column has more than one order, the one that
crosses few lines is looked for by barycentres (Sugiyama, Tagawa, Toda 1981); ties go by name, so that two pages of the
same change are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from generator.diff.compare import Comparison
from generator.diff.rules import Impact
from generator.diff.side import Side
from generator.graph.model import Operation, TypeRef
from generator.graph.passes import named_in, parts
from generator.review.surface import Place

_MOST: Final = 60
_SWEEPS: Final = 4
_WIDTH, _HEIGHT, _COLUMN, _ROW, _MARGIN = 236, 30, 320, 44, 12
_LONGEST: Final = 26  # characters: with a sign and the mark of recursion they fill a box


@dataclass(frozen=True, slots=True)
class Node:
    """A box; `sign` is `+`, `-`, `~` or "" for what did not change, `anchor` the number of the change to look at."""

    name: str
    label: str
    kind: str
    sign: str
    impact: str
    anchor: int | None
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines (paths of SVG) between them; `left_out` counts the boxes that there was no room for."""

    nodes: tuple[Node, ...]
    lines: tuple[str, ...]
    width: int
    height: int
    left_out: int
    box_width: int = _WIDTH
    box_height: int = _HEIGHT


def drawing(comparison: Comparison) -> Drawing | None:
    """The picture; None where nothing in it changed."""
    if comparison.python is None:
        return None
    network = _Network(*comparison.python)
    marked = _marked(comparison, network)
    if not marked:
        return None
    kept = network.around(marked)
    return network.drawn(kept, marked)


def _marked(comparison: Comparison, network: _Network) -> dict[Place, tuple[Impact, int]]:
    """What changed, how gravely, and the number of the gravest cause."""
    found: dict[Place, tuple[Impact, int]] = {}
    for number, cause in enumerate(comparison.causes):
        if cause.change is None:
            continue
        for change in (cause.change, *cause.same, *cause.also):
            place = change.subject.kind, change.subject.id
            if place in network.names and (place not in found or found[place][0] < cause.impact):
                found[place] = cause.impact, number
    return found


class _Network:
    def __init__(self, before: Side, after: Side) -> None:
        self.names: dict[Place, str] = {}
        self._edges: defaultdict[Place, dict[Place, None]] = defaultdict(dict)
        self._sides = [self._read(side) for side in (before, after)]

    def _read(self, side: Side) -> set[Place]:
        seen: set[Place] = set()

        def place(kind: str, id_: str) -> Place:
            return kind, side.canonical.get(id_, id_)

        for id_, bound in side.bounds.items():
            own = place("operation", id_)
            seen.add(own)
            self.names[own] = bound.operation.source_name
            self._connect(own, [place("schema", to) for to in _mentioned(_types(bound.operation)) if to in side.types])
        for id_, definition in side.types.items():
            own = place("schema", id_)
            seen.add(own)
            self.names[own] = definition.source_name
            self._connect(own, [place("schema", to) for to in _mentioned(parts(definition)) if to in side.types])
        return seen

    def _connect(self, start: Place, ends: Iterable[Place]) -> None:
        self._edges[start].update(dict.fromkeys(ends))

    def around(self, marked: Mapping[Place, tuple[Impact, int]]) -> list[Place]:
        """What is drawn, the gravest first: everything, or what changed with what touches it, or as much as fits."""
        ranked = sorted(marked, key=lambda place: (-marked[place][0], self.names[place], place))
        if len(self.names) <= _MOST:
            return ranked + sorted(self.names.keys() - marked.keys())
        touching = {start for start, ends in self._edges.items() if any(end in marked for end in ends)}
        touching.update(end for place in marked for end in self._edges[place])
        return ranked + sorted(touching - marked.keys())

    def drawn(self, wanted: Sequence[Place], marked: Mapping[Place, tuple[Impact, int]]) -> Drawing:
        """The picture of as many as there is room for."""
        kept = wanted[:_MOST]
        columns = self._columns(kept)
        at = {place: (column, row) for column, places in enumerate(columns) for row, place in enumerate(places)}
        nodes = tuple(self._node(place, *at[place], marked.get(place)) for places in columns for place in places)
        lines = tuple(
            _line(at[start], at[end]) for start in kept for end in self._edges[start] if end in at and end != start
        )
        return Drawing(
            nodes,
            lines,
            width=2 * _MARGIN + _COLUMN * (len(columns) - 1) + _WIDTH,
            height=2 * _MARGIN + _ROW * max(map(len, columns)) - (_ROW - _HEIGHT),
            left_out=len(wanted) - len(kept),
        )

    def _node(self, place: Place, column: int, row: int, mark: tuple[Impact, int] | None) -> Node:
        name = self.names[place]
        before, after = (place in side for side in self._sides)
        sign = "" if mark is None else "~" if before and after else "+" if after else "-"
        label = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        loop = " ↺" if place in self._edges[place] else ""
        x, y = _corner(column, row)
        impact, anchor = ("same", None) if mark is None else (str(mark[0]), mark[1])
        return Node(name, label + loop, place[0], sign, impact, anchor, x, y)

    def _columns(self, kept: Sequence[Place]) -> list[list[Place]]:
        depth = self._depths()
        found: defaultdict[int, list[Place]] = defaultdict(list)
        for place in sorted(kept, key=lambda each: (self.names[each], each)):
            found[depth.get(place, 1)].append(place)
        columns = [found[number] for number in sorted(found)]
        for _ in range(_SWEEPS):
            for left, right in pairwise(columns):
                self._order(right, left, forward=True)
            for left, right in reversed(list(pairwise(columns))):
                self._order(left, right, forward=False)
        return columns

    def _depths(self) -> dict[Place, int]:
        """How far each is from the nearest operation."""
        depth = {place: 0 for place in self.names if place[0] == "operation"}
        pending = list(depth)
        for place in pending:  # grows while it is read
            for end in self._edges.get(place, ()):
                if end not in depth:
                    depth[end] = depth[place] + 1
                    pending.append(end)
        return depth

    def _order(self, column: list[Place], other: Sequence[Place], *, forward: bool) -> None:
        rows = {place: row for row, place in enumerate(other)}
        wished = {}
        for row, place in enumerate(column):
            ends = [start for start in other if place in self._edges[start]] if forward else list(self._edges[place])
            found = [rows[end] for end in ends if end in rows]
            wished[place] = sum(found) / len(found) if found else row
        column.sort(key=lambda place: (wished[place], self.names[place], place))


def _types(operation: Operation) -> Iterator[TypeRef]:
    yield from (each.type for each in operation.inputs)
    yield from (body.type for body in (operation.body, *operation.other_bodies) if body is not None)
    for output in operation.outputs:
        yield from output.types
    yield from (case.type for case in operation.errors if case.type is not None)


def _mentioned(types: Iterable[TypeRef]) -> Iterator[str]:
    return (id_ for type_ in types for id_ in named_in(type_))


def _corner(column: int, row: int) -> tuple[int, int]:
    return _MARGIN + _COLUMN * column, _MARGIN + _ROW * row


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = _corner(*start), _corner(*end)
    y, to_y = y + _HEIGHT // 2, to_y + _HEIGHT // 2
    if start[0] == end[0]:  # around the boxes between them
        x += _WIDTH
        return f"M{x} {y} C{x + 50} {y}, {x + 50} {to_y}, {x} {to_y}"
    if start[0] < end[0]:
        x += _WIDTH
    else:
        to_x += _WIDTH
    middle = (x + to_x) // 2
    return f"M{x} {y} C{middle} {y}, {middle} {to_y}, {to_x} {to_y}"
