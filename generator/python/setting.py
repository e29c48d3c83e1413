"""What every planner is given: the bound API, its types, their names, and how to spell them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.graph.model import TypeDef
from generator.protocols.binding import BoundApi
from generator.python.annotations import Annotations
from generator.python.examples import Examples
from generator.python.naming import Names
from generator.python.text import DottedPath, Identifier


class Setting(Struct, frozen=True, kw_only=True):
    """The planners' common ground.

    Attributes:
        models: Annotations of `models/operations.py`, evaluated at run time.
        root: Attribute of the client under which the operations without a group stand too.
        values: The same types as arguments of constants, evaluated at run time.
        signatures: Annotations of method signatures, read by type checkers only.
    """

    bound: BoundApi
    types: Mapping[str, TypeDef]
    names: Names
    models: Annotations
    values: Annotations
    signatures: Annotations
    examples: Examples
    package: DottedPath
    class_name: Identifier
    async_class_name: Identifier
    root: Identifier
