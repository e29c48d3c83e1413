"""Text of a document in reports: shown, never obeyed, whatever reads the report."""

from __future__ import annotations

import re

from generator.terminal import visible

_TICKS = re.compile("`+")


def code(text: str) -> str:
    """A code span of Markdown: nothing inside of it is markup (CommonMark, section 6.1)."""
    shown = visible(text)
    fence = "`" * (1 + max((len(found.group()) for found in _TICKS.finditer(shown)), default=0))
    space = " " if shown[:1] == "`" or shown[-1:] == "`" else ""
    return f"{fence}{space}{shown}{space}{fence}" if shown.strip() else "` `"


def command_data(text: str) -> str:
    """The message of a workflow command: one line."""
    return visible(text, keep_newlines=True).replace("%", "%25").replace("\n", "%0A")


def command_property(text: str) -> str:
    """A property of a workflow command."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")
