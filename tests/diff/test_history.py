"""Each change of a document gets the name and the impact that a person would give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diff.causes import Cause
from tests.diff.history import STEPS, Step
from tests.diff.versions import compared, edited


def told(cause: Cause) -> tuple[str, str, str]:
    """Impact, rule, and what it happened to."""
    assert cause.change is not None, cause.python
    change = cause.change
    return str(cause.impact), change.rule, f"{change.subject.name} {change.member}".strip()


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_a_change_is_named(step: Step, tmp_path: Path) -> None:
    comparison = compared(step.document, edited(step.document, step.edits), tmp_path)
    assert [told(cause) for cause in comparison.causes] == list(step.causes)
