"""What each code means, at length: why it matters, what to do, and a wrong and a right sample.

The registry of codes says what is wrong in a few words; the rest is data, read only when somebody asks.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from generator.diagnostics import CODES, Refusal

_WIDTH = 88
_PLACES = {"schemas": "below `components: schemas:`", "paths": "below `paths:`"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One code.

    Args:
        why: What it means and why it matters.
        remedy: What to do.
        at: Where the samples stand: the name of a file, or `schemas`, `paths` of a document; "" without samples.
        bad: A sample that gives the finding.
        good: It as it should be.
    """

    why: str
    remedy: str
    at: str = ""
    bad: str = ""
    good: str = ""


@cache
def explanations() -> dict[str, Explanation]:
    """All of them, by code."""
    text = (files("generator") / "explanations.toml").read_text(encoding="utf-8")
    return {code: Explanation(**fields) for code, fields in tomllib.loads(text).items()}


def explain(code: str) -> str:
    """The explanation of a code as text.

    Raises:
        Refusal: There is no such code (CFG011).
    """
    code = code.upper()
    if code not in CODES:
        near = get_close_matches(code, CODES, n=1)
        raise Refusal.because(
            "CFG011",
            f"there is no code {code!r}",
            help=f"did you mean {near[0]}?" if near else "`generate explain --list` shows all of them",
        )
    return "\n".join(_lines(code, explanations()[code]))


def listed() -> str:
    """All codes, one a line, with what is wrong."""
    return "\n".join(f"{code:8} {row.severity:8} {row.title}" for code, row in CODES.items())


def _lines(code: str, found: Explanation) -> Iterator[str]:
    row = CODES[code]
    yield f"{row.severity}[{code}]: {row.title}"
    yield ""
    yield from textwrap.wrap(found.why, _WIDTH)
    yield ""
    yield from textwrap.wrap(f"What to do: {found.remedy}", _WIDTH)
    for title, sample in (("Wrong", found.bad), ("Right", found.good)):
        if sample:
            yield ""
            yield f"{title}, {_PLACES.get(found.at, f'in {found.at}')}:"
            yield ""
            yield textwrap.indent(sample.strip("\n"), "    ")
