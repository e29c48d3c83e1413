"""Further facts of how an operation travels, by the names that the runtime's descriptor has for them."""

from __future__ import annotations

from generator.protocols.binding import BoundOperation
from generator.python.identifiers import identifier
from generator.python.literals import literal
from generator.python.text import Identifier, Literal


def wire_facts(bound: BoundOperation, renamed: dict[str, str]) -> tuple[tuple[Identifier, Literal], ...]:
    """What differs from the usual; `renamed` has attributes by the arguments for them."""
    found = {
        "fixed": bound.fixed,
        "root": bound.root,
        "bucket": bound.bucket,
        "checksum": bound.checksum,
        "renamed": renamed,
    }
    return tuple((identifier(name), literal(value)) for name, value in found.items() if value)
