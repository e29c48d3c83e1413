"""A row of the comparison: a situation, what is wanted of a client in it, and how to see what a client does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.compare.clients.peer import Peer

GROUPS = (
    "package",
    "requests",
    "responses",
    "failures",
    "retries",
    "pagination",
    "lifecycle",
    "credentials",
    "endpoints",
    "aids",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What was observed with one client.

    Attributes:
        text: In a few words.
        good: Whether it is what is wanted; None for a number, which is compared with the others' instead.
        value: The number, where less is better.
    """

    text: str
    good: bool | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        wanted: What a good client does, in the words in which it is observed.
        accepted: What counts as that.
    """

    group: str
    title: str
    wanted: str
    accepted: re.Pattern[str]
    measure: Callable[[Peer], str | Cell]

    @property
    def name(self) -> str:
        """The row among all rows."""
        return f"{self.group}: {self.title}"

    def observe(self, peer: Peer) -> Cell:
        """Measure it."""
        found = self.measure(peer)
        return found if isinstance(found, Cell) else Cell(found, self.accepted.fullmatch(found) is not None)


ROWS: dict[str, Row] = {}


def row(title: str, wanted: str, accepted: str | None = None) -> Callable[[Callable[[Peer], str | Cell]], None]:
    """Make a row out of a function; its group is the module it is in.

    Args:
        title: The situation.
        wanted: What a good client does.
        accepted: A pattern of what counts as that; without it the very words of `wanted`.
    """

    def add(measure: Callable[[Peer], str | Cell]) -> None:
        group = measure.__module__.rpartition(".")[2]
        made = Row(group, title, wanted, re.compile(accepted or re.escape(wanted), re.DOTALL), measure)
        assert made.name not in ROWS, made.name
        ROWS[made.name] = made

    return add
