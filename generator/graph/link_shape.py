"""Calls that follow from a result; part of the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.graph.travel import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A call that may follow: the id of the operation, and its parameters, each with a constant or an expression."""

    name: str
    operation: str
    arguments: tuple[tuple[Place, str, Any], ...]
