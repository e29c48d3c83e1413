"""Small pieces of Markdown: code spans, headings, cells of tables."""

from __future__ import annotations

import re

from generator.characters import escape
from generator.python.markup import plain_markdown
from generator.python.text import Markdown

_BACKTICKS = re.compile(r"`+")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def code_span(text: str) -> Markdown:
    """`text` as a code span (CommonMark 6.1): delimited by more backticks than it holds; a table's bar is escaped."""
    flat = _one_line(text).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(flat)), default=0))
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return Markdown(f"{fence}{pad}{flat}{pad}{fence}" if flat else "")


def heading(text: str) -> Markdown:
    """`text` for a heading: one line, nothing in it active."""
    return Markdown(_SPECIAL.sub(r"\\\1", _one_line(text)))


def _one_line(text: str) -> str:
    return escape(" ".join(text.split()))


def table_cell(description: str) -> Markdown:
    """A description as the cell of a table (GitHub Flavored Markdown 4.10): one line, bars escaped."""
    flat = " ".join(plain_markdown(description).split())
    return Markdown(re.sub(r"(?<!\\)\|", r"\\|", flat))
