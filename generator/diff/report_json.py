"""Comparisons for programs: one object, with a version of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.diagnostics import Location
from generator.diff.bump import bump
from generator.diff.causes import Cause
from generator.diff.change import Change
from generator.diff.compare import Comparison
from generator.diff.rules import Impact
from generator.graph.model import Usage

SCHEMA_VERSION = 1
_DIRECTIONS = {Usage.INPUT: "request", Usage.OUTPUT: "response"}


def as_json(comparisons: Iterable[Comparison]) -> str:
    """All comparisons."""
    targets = [target(comparison) for comparison in comparisons]
    return json.dumps({"schema_version": SCHEMA_VERSION, "targets": targets}, indent=2)


def target(comparison: Comparison) -> dict[str, Any]:
    """One comparison."""
    step = bump(comparison)
    return {
        "name": comparison.name,
        "kind": comparison.kind,
        "severity": None if comparison.impact is None else str(comparison.impact),
        "counts": {str(impact): comparison.count(impact) for impact in reversed(Impact)},
        "version": {"before": step.before, "proposed": step.after, "step": step.part, "reason": step.reason},
        "causes": [_cause(comparison, cause) for cause in comparison.causes],
        "files": [
            {"path": each.path, "kind": each.kind, "added": each.added, "removed": each.removed}
            for each in comparison.files
        ],
        "unexplained_files": list(comparison.unexplained),
    }


def _cause(comparison: Comparison, cause: Cause) -> dict[str, Any]:
    return {
        "severity": str(cause.impact),
        "change": None if cause.change is None else _change(comparison, cause.change),
        "same": [_change(comparison, each) for each in cause.same],
        "schemas": [_change(comparison, each) for each in cause.also],
        "python": [_change(comparison, each) for each in cause.python],
        "witness": cause.witness or None,
        "files": cause.files,
    }


def _change(comparison: Comparison, change: Change) -> dict[str, Any]:
    before, after = comparison.places(change)
    return {
        "rule": change.rule,
        "severity": str(change.impact),
        "fingerprint": change.fingerprint,
        "title": change.title,
        "caller": change.sentence,
        "subject": {"kind": change.subject.kind, "name": change.subject.name, "pointer": change.subject.id},
        "member": change.member or None,
        "direction": _DIRECTIONS.get(change.usage, "both"),
        "operations": list(change.operations),
        "before": _place(before),
        "after": _place(after),
        "witness": change.witness or None,
    }


def _place(at: Location | None) -> dict[str, Any] | None:
    return None if at is None else {"file": at.file, "line": at.line, "column": at.column, "pointer": at.pointer}
