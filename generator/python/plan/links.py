"""What is written of links; part of the plan."""

from __future__ import annotations

from msgspec import Struct

from generator.python.text import Literal, Markdown


class LinkPlan(Struct, frozen=True, kw_only=True):
    """A call that may follow: the name of the operation's constant, and a literal dict of arguments."""

    name: Literal
    operation: Literal
    arguments: Literal


class LinkRow(Struct, frozen=True, kw_only=True):
    """A row of the table of links on an operation's page."""

    name: Markdown
    call: Markdown
