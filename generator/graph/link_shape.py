"""Calls that follow from a result; part of the graph."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from generator.graph.travel import Place


class Link(Struct, frozen=True, kw_only=True):
    """A call that may follow: the id of the operation, and its parameters, each with a constant or an expression."""

    name: str
    operation: str
    arguments: tuple[tuple[Place, str, Any], ...]
