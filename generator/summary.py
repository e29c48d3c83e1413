"""Outcomes as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Severity, Style
from generator.diagnostics import text as diagnostic_text
from generator.run import Outcome
from generator.terminal import visible


def as_json(outcomes: Sequence[Outcome]) -> str:
    """One object: what was done for each target."""
    return json.dumps({"targets": [_target(outcome) for outcome in outcomes]}, indent=2)


def _target(outcome: Outcome) -> dict[str, Any]:
    planned = outcome.planned
    skipped = planned.api.skipped if planned is not None else ()
    generated = len(planned.plan.operations) if planned is not None else 0
    written = outcome.written
    target: dict[str, Any] = {
        "name": outcome.name,
        "exit_code": int(outcome.exit_code),
        "operations": {
            "documented": generated + len(skipped),
            "generated": generated,
            "skipped": [{"pointer": item.at, "code": item.code, "message": item.message} for item in skipped],
        },
        "models": 0 if planned is None else len(planned.plan.records) + len(planned.plan.enums),
        "files": {
            "written": len(written.written) if written else 0,
            "unchanged": len(written.unchanged) if written else 0,
            "deleted": len(written.deleted) if written else 0,
        },
        "diagnostics": [_diagnostic(found) for found in outcome.diagnostics],
        "seconds": round(outcome.seconds, 3),
    }
    if outcome.differences:
        target["differences"] = [{"path": found.path, "kind": found.kind} for found in outcome.differences]
    return target


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    at = found.location
    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": None if at is None else at.file,
        "line": None if at is None else at.line,
        "column": None if at is None else at.column,
        "pointer": None if at is None else at.pointer,
        "message": found.message,
        "help": found.help,
        "effect": found.effect,
    }


def findings(outcome: Outcome, *, notes: bool, style: Style) -> Iterator[str]:
    """The findings of a target as text; notes only on request."""
    for found in outcome.diagnostics:
        if notes or found.severity is not Severity.NOTE:
            yield diagnostic_text(found, outcome.excerpt, style) + "\n"


def summary(outcome: Outcome, *, check: bool) -> str:
    """One line that says how it ended."""
    name, seconds = visible(outcome.name), f"{outcome.seconds:.2f} s"
    planned = outcome.planned
    if planned is None:
        return f"{name}: nothing {'compared' if check else 'written'}: {_counts(outcome)} ({seconds})"
    models = len(planned.plan.records) + len(planned.plan.enums)
    head = f"{name}: {len(planned.plan.operations)} operations, {models} models"
    if planned.api.skipped:
        head += f", {len(planned.api.skipped)} operations skipped"
    if check:
        return f"{head}: {_verdict(outcome)} ({seconds})"
    if outcome.written is None:
        return f"{name}: nothing written: {_counts(outcome)} ({seconds})"
    done = outcome.written
    total = len(done.written) + len(done.unchanged)
    deleted = f", {len(done.deleted)} deleted" if done.deleted else ""
    return (
        f"{head} -> {total} files ({len(done.written)} written, {len(done.unchanged)} unchanged{deleted}) in {seconds}"
    )


def _verdict(outcome: Outcome) -> str:
    if outcome.exit_code and not outcome.differences:
        return _counts(outcome)
    if not outcome.differences:
        return "up to date"
    kinds = [found.kind for found in outcome.differences]
    listed = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    return f"out of date: {listed}"


def _counts(outcome: Outcome) -> str:
    errors = sum(found.severity is Severity.ERROR for found in outcome.diagnostics)
    warnings = sum(found.severity is Severity.WARNING for found in outcome.diagnostics)
    return f"{errors} error(s), {warnings} warning(s)"


def differences(outcome: Outcome, paint: Callable[[str], str]) -> Iterator[str]:
    """Unified diffs, each line fit for a terminal."""
    for found in outcome.differences:
        yield f"{found.kind}: {visible(found.path)}"
        for line in found.diff.splitlines():
            yield paint(visible(line))
