"""What is inside of the bodies of an operation, as its callers meet it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.graph.model import Named, Record, TypeDef
from generator.protocols.binding import BoundOperation
from generator.python import reserved
from generator.python.identifiers import identifier, snake_case
from generator.python.text import Identifier


def body_fields(bound: BoundOperation, types: Mapping[str, TypeDef]) -> Record | None:
    """The record whose members may be given as keyword arguments, None where the body is something else."""
    type_ = None if bound.body is None else bound.body.type
    definition = types.get(getattr(type_, "id", ""))
    return definition if isinstance(definition, Record) else None


def reply_attribute(bound: BoundOperation, types: Mapping[str, TypeDef]) -> Identifier | None:
    """The attribute of the result that holds the body: named after its type, `result` where that has no name."""
    type_ = None if bound.output is None else bound.output.type
    if type_ is None:
        return None
    named = type_ if isinstance(type_, Named) and not bound.others else None
    name = "result" if named is None else snake_case(types[named.id].source_name)
    is_taken = name in reserved.RESULT or (name == "links" and bool(bound.operation.links))
    return identifier(f"{name}_" if is_taken else name or "result")
