"""Comparisons of targets, reported or judged, and written into a changelog."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from generator.diagnostics import Refusal
from generator.diff import changelog as blocks
from generator.diff import report_github, report_json, report_markdown, report_text
from generator.diff.bump import bump
from generator.diff.compare import Comparison, compare
from generator.diff.one_sided import one_sided
from generator.diff.report_text import Paint
from generator.history.versions import Side, sides
from generator.source import display_name
from generator.terminal import visible

_VERSION = re.compile(r"^version[ \t]*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^\[", re.MULTILINE)


def comparisons(
    first: str | None, second: str | None, project: Path, targets: Sequence[str], *, level: str
) -> Iterator[Comparison]:
    """Compare every target, or the named ones; one that only one side has is new, or gone. See `versions.sides`.

    Args:
        first: The old side.
        second: The new side.
        project: The directory that holds `specs/`.
        targets: Names of targets; none for all.
        level: How deep: `api`, `python` or `files`.

    Raises:
        Refusal: A side does not exist, or there is nothing to compare.
    """
    with ExitStack() as stack:
        old, new = sides(first, second, project, stack)
        for name in _names(old, new, targets):
            before = old.version(name, with_files=level == "files") if name in old.targets else None
            after = new.version(name, with_files=level == "files", before=before) if name in new.targets else None
            if before is not None and after is not None:
                yield compare(new.targets[name].name, before, after, with_python=level != "api")
            elif after is not None:
                yield one_sided(name, after, "added")
            elif before is not None:
                yield one_sided(name, before, "removed")


def _names(old: Side, new: Side, wanted: Sequence[str]) -> list[str]:
    found = sorted(old.targets.keys() | new.targets.keys())
    missing = [name for name in wanted if name not in found]
    if missing or not found:
        raise Refusal.because(
            "CFG015",
            f"neither {old.label} nor {new.label} has {repr(missing[0]) if missing else 'a target'}",
            help=f"the targets are: {', '.join(found)}" if found else "compare two revisions that have specs/",
        )
    return [name for name in found if not wanted or name in wanted]


def reported(found: Iterable[Comparison], form: str, paint: Paint, *, stat: bool, verbose: bool) -> Iterator[str]:
    """The pieces of a report, by its form."""
    if form == "json":
        yield report_json.as_json(found)
        return
    for comparison in found:
        if form == "markdown":
            yield from report_markdown.report(comparison)
        elif form == "github":
            yield from report_github.report(comparison)
        elif form == "bump":
            step = bump(comparison)
            yield f"{visible(comparison.name)}: {step.before} -> {step.after}: {step.reason}"
        else:
            yield from report_text.report(comparison, paint, stat=stat, verbose=verbose)


def checked_date(date: str | None) -> str | None:
    """A date of ISO 8601, or none.

    Raises:
        Refusal: It is something else.
    """
    try:
        return None if date is None else dt.date.fromisoformat(date).isoformat()
    except ValueError:
        raise Refusal.because("CFG011", f"--date {date!r} is not a date", help="write it as YYYY-MM-DD") from None


def changelog(comparison: Comparison, date: str | None) -> str:
    """The block of the version that comes next."""
    return blocks.changelog(comparison, date)


def write_changelog(comparison: Comparison, block: str) -> Iterator[str]:
    """Put a block into the target's changelog and its version into `sdk.toml`; the names of the files are returned.

    Raises:
        Refusal: The new side is no target of a working tree.
    """
    if not block:
        return
    home = comparison.after.home
    if home is None:
        raise Refusal.because(
            "CFG015", "only a target of specs/ has a changelog", help="compare with the working tree of a project"
        )
    log, settings = home / "CHANGELOG.md", home / "sdk.toml"
    log.write_text(blocks.inserted(_text(log), block), encoding="utf-8", newline="\n")
    yield display_name(log)
    number, text = bump(comparison).after, _text(settings)
    settings.write_text(with_version(text, number), encoding="utf-8", newline="\n")
    yield display_name(settings)


def with_version(settings: str, number: str) -> str:
    """The text of a `sdk.toml` that says this version; the rest of it is as its owner wrote it."""
    table = _TABLE.search(settings)
    head, tail = settings[: table.start() if table else None], settings[table.start() :] if table else ""
    line = f'version = "{number}"'
    if _VERSION.search(head):
        return _VERSION.sub(line, head, count=1) + tail
    return f"{head.rstrip()}\n{line}\n".lstrip("\n") + (f"\n{tail}" if tail else "")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
