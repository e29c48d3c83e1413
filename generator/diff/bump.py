"""The version that a change asks for, by Semantic Versioning 2.0.0, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from packaging.version import Version as Number

from generator.diff.compare import Comparison
from generator.diff.rules import ADDITIVE, BREAKING, Impact

Part = Literal["major", "minor", "patch"]


@dataclass(frozen=True, slots=True)
class Bump:
    """A step from one version to the next; `part` is None where nothing changed, `reason` is a sentence."""

    before: str
    after: str
    part: Part | None
    reason: str
    is_announced: bool = True
    """Whether the package's version says as much already."""


def bump(comparison: Comparison) -> Bump:
    """The step that a comparison asks for. A version that the configuration has been given in the meantime is kept,
    where it goes far enough.
    """
    impact = comparison.impact
    old, new = comparison.before.number, comparison.after.number
    if comparison.kind != "changed":
        return Bump(old, new, None, "it is new" if comparison.kind == "added" else "it is gone")
    if impact is None:
        return Bump(old, new, None, "nothing changed")
    part, reason = _part(Number(old), impact)
    proposed = _next(Number(old), part)
    if Number(new) >= Number(proposed):
        return Bump(old, new, part, f"{reason}; the configuration says so already")
    return Bump(old, proposed, part, reason, is_announced=False)


def _part(old: Number, impact: Impact) -> tuple[Part, str]:
    if old.major == 0:  # section 4: anything may change; by convention the second place says that something broke
        if impact is BREAKING:
            return "minor", "something breaks, and below 1.0 the second place says so"
        return "patch", "nothing breaks, and below 1.0 the third place says so"
    if impact is BREAKING:
        return "major", "something breaks (section 8)"
    if impact is ADDITIVE:
        return "minor", "something is added, and nothing breaks (section 7)"
    return "patch", "callers see nothing but texts (section 6)"


def _next(old: Number, part: Part) -> str:
    if old.is_prerelease:  # section 9: it promises nothing yet, so its own release comes next
        return old.base_version
    major, minor, patch = old.major, old.minor, old.micro
    following = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
    }[part]
    return ".".join(map(str, following))
