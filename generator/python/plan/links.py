"""What is written of links; part of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from generator.python.text import Literal, Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlan:
    """A call that may follow: the name of the operation's constant, and a literal dict of arguments."""

    name: Literal
    operation: Literal
    arguments: Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A row of the table of links on an operation's page."""

    name: Markdown
    call: Markdown
