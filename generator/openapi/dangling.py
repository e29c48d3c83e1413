"""References that lead nowhere: one finding for each thing that is missing, however often it is asked for."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, Final

from msgspec import Struct

from generator.diagnostics import Location, Report
from generator.openapi import pointer as pointers
from generator.openapi.library import BUNDLED
from generator.openapi.origin import Origin
from generator.openapi.sites import Tokens
from generator.openapi.tree import ABSENT, look_up, step

_SIMILARITY: Final = 0.6
_SECTIONS: Final = (
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "examples",
    "links",
    "securitySchemes",
)


Advice = tuple[str, tuple[tuple[str, Location], ...]]
_CORRECT_THE_PATH: Final[Advice] = ("correct the path, or add the file", ())


class _Missing(Struct):
    written: str
    first: Location
    loss: str
    uses: int = 0


class Dangling:
    """Collects references that lead nowhere.

    Args:
        root: The closed document.
        origin: Where its parts came from.
    """

    def __init__(self, root: dict[str, Any], origin: Origin) -> None:
        """None yet."""
        self._root = root
        self._origin = origin
        self._missing: dict[Tokens, _Missing] = {}

    def add(self, written: str, target: Tokens, at: Location, loss: str) -> None:
        """Notes one use of something that isn't there, and what the client lacks without it."""
        self._missing.setdefault(target, _Missing(written, at, loss)).uses += 1

    def report(self, report: Report) -> None:
        """Reports everything that is missing."""
        for target, missing in self._missing.items():
            uses = "" if missing.uses == 1 else f", used {missing.uses} times"
            code, message, (advice, related) = self._describe(target, missing.written)
            report.warning(
                code,
                message + uses,
                missing.first,
                help=advice,
                effect=missing.loss,
                related=related,
            )

    def _describe(self, target: Tokens, written: str) -> tuple[str, str, Advice]:
        if target[:1] == (BUNDLED,) and look_up(self._root, target[:2]) is ABSENT:
            return "REF007", f"the file {target[1]} does not exist", _CORRECT_THE_PATH
        return "REF002", f"{written} does not exist", self._advice(target)

    def _advice(self, target: Tokens) -> Advice:
        similar = self._similar(target)
        if similar is None:
            return "add what is missing, or correct the reference", ()
        place = self._origin.find(similar).location(key=True)
        return f"write `{pointers.to_reference(similar)}`, or add what is missing", (
            ("a similar name is defined here", place),
        )

    def _similar(self, target: Tokens) -> Tokens | None:
        """What exists and is nearly called the same: at the same place, or in another section of the components."""
        value: Any = self._root
        for index, token in enumerate(target if len(target) > 1 else ()):  # nobody means a section as a whole
            below = step(value, token)
            if below is ABSENT:
                names = list(value) if type(value) is dict else []
                found = [*target[:index], *_closest(token, names), *target[index + 1 :]]
                if len(found) == len(target) and look_up(self._root, found) is not ABSENT:
                    return tuple(found)
                break
            value = below
        sections = [("components", section, target[-1]) for section in _SECTIONS] if target else []
        return next((path for path in sections if look_up(self._root, path) is not ABSENT), None)


def _closest(name: str, names: list[str]) -> list[str]:
    folded = {known.casefold(): known for known in names}
    return [folded[match] for match in get_close_matches(name.casefold(), folded, n=1, cutoff=_SIMILARITY)]
