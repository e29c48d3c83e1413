"""What no document may do, whatever its format.

One table of limits and one wording, so that JSON and YAML refuse the same things.
"""

from typing import Final

from generator.diagnostics import Diagnostic, Location, Refusal, Severity

MAX_DEPTH: Final = 256
MAX_NODES: Final = 5_000_000
MAX_ALIASES: Final = 1_000
MAX_EXPANSION: Final = 10
FREE_EXPANSION: Final = 100_000
"""Nodes that aliases may add whatever the size of the document: a factor says nothing about a small one."""
MAX_DIGITS: Final = 400
"""Characters of a number: more than any finite double needs, fewer than an integer takes noticeable time to read."""
_QUOTED_DIGITS: Final = 40
MAX_FILES: Final = 1_000


def too_deep(at: Location) -> Refusal:
    """The refusal of a value inside more than `MAX_DEPTH` others."""
    return Refusal.because(
        "SPEC006",
        f"the nesting is deeper than {MAX_DEPTH} levels",
        at,
        help="flatten the document, or split it with `$ref`",
    )


def too_many_nodes(at: Location) -> Refusal:
    """The refusal of a document of more than `MAX_NODES` values."""
    return Refusal.because(
        "SPEC007",
        f"more than {MAX_NODES:,} values",
        at,
        help="remove examples, or generate from a part of the document",
    )


def no_finite_number(written: str, at: Location) -> Refusal:
    """The refusal of a number that JSON could not carry to anyone else."""
    shown = written if len(written) <= _QUOTED_DIGITS else f"{written[:20]}… ({len(written)} characters)"
    return Refusal.because(
        "SPEC012", f"{shown} is not a finite number of a sensible length", at, help="write a finite number, or quote it"
    )


def duplicate_key(name: str, at: Location, first: Location) -> Diagnostic:
    """The finding of a key that would silently replace another one."""
    return Diagnostic(
        code="SPEC010",
        severity=Severity.ERROR,
        message=f"the key {name!r} is written twice",
        location=at,
        help="remove or rename one of the two",
        related=(("first written here", first),),
    )
