"""References in a circle: a schema that is nothing but itself.

A reference to a schema that contains the reference is how trees are described. But when following references, and the
parts of `allOf`, comes back to the start without having met a property or an item in between, there is nothing at the
end of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Report
from generator.openapi import pointer as pointers
from generator.openapi.origin import Origin
from generator.openapi.sites import Site, Tokens
from generator.openapi.tree import look_up


def report_cycles(targets: Mapping[Site, Tokens], root: dict[str, Any], origin: Origin, report: Report) -> None:
    """Reports every circle once, at its first reference in the order of the text."""
    by_place = {site.at: target for site, target in targets.items() if site.slot == "$ref"}
    finished: set[Tokens] = set()
    for start in by_place:
        for circle in _circles(start, by_place, root, finished):
            references = [place for place in circle if place in by_place]
            first = min(references, key=references.index)
            chain = [pointers.to_reference(by_place[place]) for place in references]
            report.warning(
                "REF004",
                f"the references go in a circle: {' -> '.join([*chain, chain[0]] if len(chain) > 1 else chain * 2)}",
                origin.find((*first, "$ref")).location(),
                help="write what the schema is at one place of the circle",
                effect="the value is typed as Any",
            )


def _circles(
    start: Tokens, by_place: Mapping[Tokens, Tokens], root: dict[str, Any], finished: set[Tokens]
) -> Iterator[list[Tokens]]:
    """Searches in depth; a place that is met again while it is still open closes a circle."""
    path: list[Tokens] = []
    stack: list[tuple[Tokens, bool]] = [(start, False)]
    while stack:
        place, is_done = stack.pop()
        if is_done:
            path.pop()
            finished.add(place)
        elif place in path:
            yield path[path.index(place) :]
        elif place not in finished:
            path.append(place)
            stack.append((place, True))
            stack.extend((following, False) for following in reversed(_following(place, by_place, root)))


def _following(place: Tokens, by_place: Mapping[Tokens, Tokens], root: dict[str, Any]) -> list[Tokens]:
    """The places whose meaning is part of the meaning of this one."""
    onward = [by_place[place]] if place in by_place else []
    node = look_up(root, place)
    parts = node.get("allOf") if type(node) is dict else None
    return onward + [(*place, "allOf", str(index)) for index in range(len(parts))] if type(parts) is list else onward
