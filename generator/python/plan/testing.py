"""What is written of the testing aids; part of the plan."""

from __future__ import annotations

from msgspec import Struct

from generator.python.text import Annotation, Identifier, Literal


class TestedOperation(Struct, frozen=True, kw_only=True):
    """An operation by the way to its method: `create_pet`, or `pets.create`; `is_stream` where that gives a stream."""

    way: Literal
    constant: Identifier
    is_stream: bool


class ShownMembers(Struct, frozen=True, kw_only=True):
    """What the document shows of the members of a class: a literal dict by attribute."""

    class_name: Identifier
    members: Literal


class TestedField(Struct, frozen=True, kw_only=True):
    """A header field of a reply: its name on the wire, the attribute of the result, and how it is written."""

    name: Literal
    attribute: Literal
    type: Annotation
    style: Literal | None
    explode: bool


class TestedHeaders(Struct, frozen=True, kw_only=True):
    """The header fields of an operation's success, by the way to its method."""

    way: Literal
    fields: tuple[TestedField, ...]


class TestingPlan(Struct, frozen=True, kw_only=True):
    """What the testing aids are told; None where there is nothing to tell.

    `names` is the type of all ways, `groups` the attributes of the client by class, `statuses` those of successes by
    way where not 200, `replies` whole bodies by operation.
    """

    names: Annotation
    operations: tuple[TestedOperation, ...]
    groups: Literal | None
    statuses: Literal | None
    shown: tuple[ShownMembers, ...]
    replies: Literal | None
    headers: tuple[TestedHeaders, ...]
