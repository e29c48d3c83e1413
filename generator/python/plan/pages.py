"""What is written of pages; part of the plan."""

from __future__ import annotations

from msgspec import Struct

from generator.python.text import Literal


class PaginationPlan(Struct, frozen=True, kw_only=True):
    """How pages follow each other: the attribute of a member of the request, and ways to values of the reply's body,
    attributes joined by dots.
    """

    style: Literal | None
    group: Literal | None
    token: Literal | None
    output: Literal | None
    items: Literal
    total: Literal | None
    more: Literal | None
    first: Literal | None
