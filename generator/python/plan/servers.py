"""What is written of servers; part of the plan."""

from __future__ import annotations

from msgspec import Struct

from generator.python.text import Annotation, Identifier, Literal, Markdown


class ServerPlan(Struct, frozen=True, kw_only=True):
    """A server: its URL, the defaults of its variables, its name, and the values that variables are held to."""

    url: Literal
    variables: Literal
    name: Literal | None
    values: Literal | None


class ServerVariable(Struct, frozen=True, kw_only=True):
    """An argument of the client that stands in the URLs of servers, and its row in the README."""

    name: Literal
    argument: Identifier
    annotation: Annotation
    values: Markdown
    default: Markdown
    description: Markdown


class ServerRow(Struct, frozen=True, kw_only=True):
    """A row of the README's table of servers."""

    name: Markdown
    url: Markdown
    description: Markdown


class ServerChoicePlan(Struct, frozen=True, kw_only=True):
    """What a client may be told of servers. `annotation` is the type of a choice between them, None where there is
    one only.
    """

    annotation: Annotation | None
    variables: tuple[ServerVariable, ...]
    rows: tuple[ServerRow, ...]
