"""Where a reference leads in the closed document.

A path may go through other references: `#/paths/~1pets/get` where `/pets` is kept in a file of its own. The answer is
the place at the end, so that nobody after this stage has to know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from generator.diagnostics import Location
from generator.openapi.library import Library
from generator.openapi.references import Forbidden, read_fragment, read_reference
from generator.openapi.sites import Tokens, Unit
from generator.openapi.tree import ABSENT, step

_MAX_HOPS: Final = 64


class Landing(Struct, frozen=True):
    """The end of a reference.

    Args:
        unit: The file it is in.
        at: Its place in the closed document.
        exists: Whether there is anything.
    """

    unit: Unit
    at: Tokens
    exists: bool


class Resolver:
    """Follows references, each different one once.

    Args:
        root: The document, which grows while files are taken in.
        library: Takes them in.
    """

    def __init__(self, root: dict[str, Any], library: Library) -> None:
        """Nothing is followed yet."""
        self._root = root
        self._library = library
        self._known: dict[tuple[Unit, str], Landing] = {}

    def resolve(self, unit: Unit, reference: str, asked_by: Callable[[], Location], hops: int = 0) -> Landing:
        """Follows the text of a reference.

        Args:
            unit: The file it is in.
            reference: What is written.
            asked_by: Finds its place, for a message.
            hops: How many references were followed to get here.

        Raises:
            Forbidden: It must not be followed.
            Refusal: It leads to a file that is ill-formed.
        """
        key = unit, reference
        if key not in self._known:
            self._known[key] = self._land(*self._aim(unit, reference, asked_by), asked_by, hops)
        return self._known[key]

    def _aim(self, unit: Unit, reference: str, asked_by: Callable[[], Location]) -> tuple[Unit, Tokens]:
        wanted = read_reference(reference, unit.path, self._library.root_dir)
        if wanted.path is not None:
            unit = self._library.open(wanted.path, asked_by)
        if wanted.fragment and not wanted.fragment.startswith("/"):
            anchored = self._library.anchor(unit, wanted.fragment)
            return unit, anchored if anchored is not None else (*unit.base, f"#{wanted.fragment}")
        return unit, (*unit.base, *read_fragment(wanted.fragment))

    def _land(self, unit: Unit, at: Tokens, asked_by: Callable[[], Location], hops: int) -> Landing:
        value: Any = self._root
        for index, token in enumerate(at):
            below = step(value, token)
            if below is ABSENT:
                through = value.get("$ref") if type(value) is dict else None
                if not isinstance(through, str) or hops == _MAX_HOPS:
                    return Landing(unit, at, exists=False)
                return self._continue(unit, through, at[index:], asked_by, hops)
            value = below
        return Landing(unit, at, exists=True)

    def _continue(self, unit: Unit, through: str, rest: Tokens, asked_by: Callable[[], Location], hops: int) -> Landing:
        try:
            middle = self.resolve(unit, through, asked_by, hops + 1)
        except Forbidden:  # it is reported where it is written
            return Landing(unit, (*unit.base, through, *rest), exists=False)
        at = (*middle.at, *rest)
        return (
            self._land(middle.unit, at, asked_by, hops + 1) if middle.exists else Landing(middle.unit, at, exists=False)
        )
