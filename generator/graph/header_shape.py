"""What a reply says beside its body; part of the graph."""

from __future__ import annotations

from msgspec import Struct

from generator.graph.type_refs import TypeRef

__all__ = ["ReplyHeader"]


class ReplyHeader(Struct, frozen=True, kw_only=True):
    """A documented header field of a success.

    Attributes:
        at: Where the document says it.
        name: On the wire; of a map whose keys are the ends of names, what they begin with, up to a hyphen.
        type: Of its value.
        is_json: Whether the value is JSON.
        explode: Whether members of an object are written `name=value`.
        description: In the document's words.
        deprecated: Whether it should not be relied on.
    """

    at: str
    name: str
    type: TypeRef
    is_json: bool
    explode: bool
    description: str | None
    deprecated: bool
