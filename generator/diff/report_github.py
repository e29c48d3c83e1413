"""A comparison as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff.compare import Comparison
from generator.diff.inert import command_data, command_property
from generator.diff.rules import BREAKING, DOCS, Impact


def report(comparison: Comparison, least: Impact = DOCS) -> Iterator[str]:
    """A command for each cause above `least`: errors for what breaks, notices for the rest."""
    for cause in comparison.causes:
        if cause.impact <= least or cause.change is None:
            continue
        change = cause.change
        _, place = comparison.places(change)
        facts = {"title": f"{cause.impact}: {change.rule}"}
        if place is not None and place.line is not None:
            facts = {"file": place.file, "line": str(place.line), "col": str(place.column), **facts}
        properties = ",".join(f"{key}={command_property(value)}" for key, value in facts.items())
        message = f"{change.subject}: {change.title}. {change.sentence}"
        if cause.witness:
            message += f"\nWorked before:\n{cause.witness}"
        yield f"::{'error' if cause.impact is BREAKING else 'notice'} {properties}::{command_data(message.rstrip())}"
