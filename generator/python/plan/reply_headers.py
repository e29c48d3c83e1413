"""What is written of header fields of replies; part of the plan."""

from __future__ import annotations

from msgspec import Struct

from generator.python.text import Annotation, Docstring, Identifier, Literal, Markdown


class ReplyHeaderPlan(Struct, frozen=True, kw_only=True):
    """A property of a result: its name and type, the field's name on the wire, and how the value is read."""

    property: Identifier
    annotation: Annotation
    docstring: Docstring
    name: Literal
    type: Annotation
    how: Literal | None


class HeaderRow(Struct, frozen=True, kw_only=True):
    """A row of the table of header fields on an operation's page."""

    property: Markdown
    type: Markdown
    name: Markdown
    description: Markdown
