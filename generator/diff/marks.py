"""What became of the flags and texts that parameters, members, bodies and replies have in common."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph.model import Body, ErrorCase, Field, Input, Output

_FLAGS = (
    ("sensitive", "member-became-sensitive", "member-no-longer-sensitive"),
    ("deprecated", "member-deprecated", "member-undeprecated"),
    ("read_only", "member-became-read-only", "member-no-longer-read-only"),
    ("write_only", "member-became-write-only", "member-no-longer-write-only"),
)
_TEXTS = (("docs", "member-docs-changed"), ("example", "member-example-changed"))

Marked = Body | ErrorCase | Field | Input | Output


def marks(old: Marked, new: Marked) -> Iterator[str]:
    """The rules that hold, as far as nodes of this kind have such marks."""
    for flag, came, went in _FLAGS:
        is_on = getattr(new, flag, False)
        if getattr(old, flag, False) != is_on:
            yield came if is_on else went
    for text, rule in _TEXTS:
        if getattr(old, text, None) != getattr(new, text, None):
            yield rule
