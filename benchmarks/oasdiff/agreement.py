"""What oasdiff says of each change that `generate diff` knows, as `rules.toml` has it, and which verdicts agree."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from generator.diff.rules import BREAKING, Impact
from generator.graph.model import Usage

_HERE: Final = Path(__file__).parent
_DIRECTIONS: Final = {Usage.INPUT: ("request",), Usage.OUTPUT: ("response",)}
_NOTHING: Final = "none"
_BREAKING_LEVELS: Final = frozenset({"ERR", "WARN"})  # what `oasdiff breaking` shows


class Agreement(StrEnum):
    """Whether both call a change breaking, or neither does; `OPEN` where that depends on what a rule does not tell."""

    SAME = "same"
    DIFFERENT = "different"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Answer:
    """What oasdiff says of one change: ids with their levels; nothing, where it has no check."""

    findings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> Answer:
        """Read `some-id ERR + other-id INFO`, or `none`."""
        if text == _NOTHING:
            return cls(())
        pairs = [finding.split(" ") for finding in text.split(" + ")]
        return cls(tuple((id_, level) for id_, level in pairs))

    @property
    def is_breaking(self) -> bool:
        """Whether `oasdiff breaking` shows it."""
        return any(level in _BREAKING_LEVELS for _, level in self.findings)

    def agrees(self, impact: Impact) -> bool:
        """Whether ours is the same verdict."""
        return self.is_breaking is (impact is BREAKING)


@cache
def rules() -> Mapping[str, Mapping[str, Any]]:
    """The table: by our rule, then by direction (`request`, `response`, `both`) and `why`."""
    return tomllib.loads((_HERE / "rules.toml").read_text(encoding="utf-8"))


@cache
def samples() -> Mapping[tuple[str, str], Sequence[tuple[str, str, str, str]]]:
    """The changes that were looked at by hand, by the names of the two documents."""
    content = tomllib.loads((_HERE / "sample.toml").read_text(encoding="utf-8"))
    return {(pair.split(" ")[0], pair.split(" ")[1]): table["changes"] for pair, table in content.items()}


def answers(rule: str, usage: Usage) -> tuple[Answer, ...]:
    """What oasdiff may say where a value travels so."""
    row = rules()[rule]
    wanted = ("both",) if "both" in row else _DIRECTIONS.get(usage, ("request", "response"))
    return tuple(Answer.of(text) for direction in wanted for text in row.get(direction, ()))


def reason(rule: str, usage: Usage) -> str:
    """Why the verdicts differ; "" where they do not."""
    why = rules()[rule].get("why", "")
    if isinstance(why, str):
        return why
    return "; ".join(why[each] for each in _DIRECTIONS.get(usage, ("request", "response")) if each in why)


def agreement(found: Sequence[Answer], impact: Impact) -> Agreement:
    """How verdicts compare."""
    same = {each.agrees(impact) for each in found}
    return Agreement.OPEN if len(same) > 1 else Agreement.SAME if same == {True} else Agreement.DIFFERENT
