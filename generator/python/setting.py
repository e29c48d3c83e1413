"""What every planner is given: the bound API, its types, their names, and how to spell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..graph.model import TypeDef
from ..protocols.binding import BoundApi
from .annotations import Annotations
from .examples import Examples
from .naming import Names
from .text import DottedPath, Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The planners' common ground.

    Attributes:
        models: Annotations of `models/operations.py`, evaluated at run time.
        signatures: Annotations of method signatures, read by type checkers only.
    """

    bound: BoundApi
    types: Mapping[str, TypeDef]
    names: Names
    models: Annotations
    signatures: Annotations
    examples: Examples
    package: DottedPath
    class_name: Identifier
    async_class_name: Identifier
