"""Outcomes as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Location, Refusal, Severity, Style
from generator.diagnostics import text as diagnostic_text
from generator.receipt import Made
from generator.run import Outcome
from generator.source import display_name
from generator.terminal import visible


def as_json(
    outcomes: Sequence[Outcome], refusal: Refusal | None = None, against: Mapping[str, Any] | None = None
) -> str:
    """One object: what was done for each target, or why there is none; and what changed, where that was asked for."""
    codes = [outcome.exit_code for outcome in outcomes] + ([refusal.exit_code] if refusal else [])
    codes += [] if against is None else [against["exit_code"]]
    content = {
        "exit_code": int(max(codes)),
        "diagnostics": [_diagnostic(found) for found in (refusal.diagnostics if refusal else ())],
        "targets": [_target(outcome) for outcome in outcomes],
        **({} if against is None else {"against": against}),
    }
    return json.dumps(content, indent=2)


def _target(outcome: Outcome) -> dict[str, Any]:
    made, written = outcome.made or Made(operations=0, models=0), outcome.written
    return {
        "name": outcome.name,
        "output": display_name(outcome.output),
        "exit_code": int(outcome.exit_code),
        "operations": {
            "documented": made.operations + len(made.skipped),
            "generated": made.operations,
            "skipped": [{"pointer": item.at, "code": item.code, "message": item.message} for item in made.skipped],
        },
        "models": made.models,
        "files": {
            "written": len(written.written) if written else 0,
            "unchanged": len(written.unchanged) if written else 0,
            "deleted": len(written.deleted) if written else 0,
        },
        "differences": [{"path": found.path, "kind": found.kind} for found in outcome.differences],
        "diagnostics": [_diagnostic(found) for found in outcome.diagnostics],
        "seconds": round(outcome.seconds, 3),
    }


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": str(found.severity),
        "message": found.message,
        **_place(found.location),
        "help": found.help,
        "effect": found.effect,
        "related": [{"label": label, **_place(place)} for label, place in found.related],
    }


def _place(at: Location | None) -> dict[str, Any]:
    return {
        name: None if at is None else getattr(at, name)
        for name in ("file", "pointer", "line", "column", "end_line", "end_column")
    }


def findings(outcome: Outcome, *, notes: bool, style: Style) -> Iterator[str]:
    """The findings of a target as text; notes only on request."""
    for found in outcome.diagnostics:
        if notes or found.severity is not Severity.NOTE:
            yield diagnostic_text(found, outcome.excerpt, style) + "\n"


def result(outcome: Outcome, *, check: bool, paint: Callable[[str], str]) -> Iterator[str]:
    """What differs, as unified diffs whose lines are fit for a terminal, and one line that says how it ended."""
    for found in outcome.differences:
        yield f"{found.kind}: {visible(found.path)}"
        for line in found.diff.removesuffix("\n").split("\n"):  # `splitlines` breaks at form feeds too
            yield paint(visible(line))
    yield f"{visible(outcome.name)}: {_ending(outcome, check=check)}"


def complaints(outcome: Outcome) -> str:
    """One line that says how much is amiss."""
    return f"{visible(outcome.name)}: {_complaints(outcome)} ({outcome.seconds:.2f} s)"


def remedies(outcomes: Sequence[Outcome], command: str) -> Iterator[str]:
    """What to do about differences, where there are any; `command` is the one that generates."""
    kinds = {found.kind for outcome in outcomes for found in outcome.differences}
    if "edited" in kinds:
        yield "move the edits into an overlay, sdk.toml or a template, and restore the edited files"
    if kinds:
        yield f"run `{visible(command)}` to bring it up to date"


def _ending(outcome: Outcome, *, check: bool) -> str:
    seconds, made, done = f"{outcome.seconds:.2f} s", outcome.made, outcome.written
    if made is None or (outcome.exit_code and not outcome.differences):
        return f"nothing {'compared' if check else 'written'}: {_complaints(outcome)} ({seconds})"
    parts = [_count(made.operations, "operation"), _count(made.models, "model")]
    if made.skipped:
        parts.append(f"{_count(len(made.skipped), 'operation')} skipped")
    if done is None:
        return f"{', '.join(parts)}: {_verdict(outcome)} ({seconds})"
    files = _count(len(done.written) + len(done.unchanged), "file")
    changes = f"{len(done.written)} written, {len(done.unchanged)} unchanged"
    changes += f", {len(done.deleted)} deleted" if done.deleted else ""
    return f"{', '.join(parts)} -> {files} ({changes}) in {seconds}"


def _verdict(outcome: Outcome) -> str:
    kinds = [found.kind for found in outcome.differences]
    listed = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    return f"out of date: {listed}" if kinds else "up to date"


def _complaints(outcome: Outcome) -> str:
    grades = [found.severity for found in outcome.diagnostics]
    return f"{_count(grades.count(Severity.ERROR), 'error')}, {_count(grades.count(Severity.WARNING), 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
