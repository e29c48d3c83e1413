"""Names that the configuration pins: which of them are given, and which are in the way of another's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field


class Clash(NamedTuple):
    """What has the name that something else is pinned to: its kind, and its pointer, "" where it has none."""

    what: str
    at: str


class Pins(Struct):
    """The pins of a run.

    Attributes:
        names: By pointer.
        used: The pointers of those that are given to something.
        clashes: By the pointer of the pin, what has that name without being pinned to another one.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    clashes: dict[str, Clash] = field(default_factory=dict)

    def unused(self) -> list[str]:
        """Pins that named nothing, once everything is named."""
        return sorted(set(self.names) - self.used)
