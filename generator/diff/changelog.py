"""A block for the changelog of a generated package, in the words of those who call it (Keep a Changelog 1.1.0)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.diff.bump import bump
from generator.diff.causes import Cause
from generator.diff.change import Change
from generator.diff.compare import Comparison
from generator.diff.inert import code
from generator.diff.rules import BREAKING, DOCS

_SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Security")
_MOST_SYMBOLS = 3
_SPAN = re.compile(r"`[^`]*`")
_HEADING = "# Changelog\n"
_BLOCK = re.compile(r"^## ", re.MULTILINE)


def changelog(comparison: Comparison, date: str | None = None) -> str:
    """The block of the version that comes next; empty where nothing changed.

    Args:
        comparison: What changed since the last one.
        date: When it is released, as YYYY-MM-DD; without it the heading has none, and the block is the same every day.
    """
    if comparison.impact is None or comparison.kind == "removed":
        return ""
    sections: defaultdict[str, list[str]] = defaultdict(list)
    for cause in comparison.causes:
        if cause.impact > DOCS:
            sections[_section(cause)].append(_line(cause))
        elif cause.change is not None and cause.change.rule in _DEPRECATED:
            sections["Deprecated"].append(f"- {code(str(cause.change.subject))}: {code(cause.change.title)}.")
    texts = [cause for cause in comparison.causes if cause.impact is DOCS and not _is_deprecation(cause)]
    if texts:
        sections["Changed"].append(f"- Documentation ({len(texts)} {'place' if len(texts) == 1 else 'places'}).")
    if not sections:
        sections["Changed"].append("- Nothing that callers see.")
    lines = [f"## [{bump(comparison).after}]{'' if date is None else f' - {date}'}"]
    for section in _SECTIONS:
        if sections[section]:
            lines += ["", f"### {section}", "", *dict.fromkeys(sections[section])]
    return "\n".join(lines) + "\n"


def inserted(existing: str, block: str) -> str:
    """A changelog with a block on top of the others; one for the same version is replaced."""
    heading = block.split("]", 1)[0] + "]"
    text = existing if existing.strip() else _HEADING
    starts = [found.start() for found in _BLOCK.finditer(text)]
    for index, start in enumerate(starts):
        if text.startswith(heading, start):
            rest = text[starts[index + 1] :] if index + 1 < len(starts) else ""
            return text[:start] + _apart(block, rest)
    first = starts[0] if starts else len(text)
    return text[:first].rstrip("\n") + "\n\n" + _apart(block, text[first:])


def _apart(block: str, rest: str) -> str:
    return block + (f"\n{rest}" if rest else "")


_DEPRECATED = ("operation-deprecated", "schema-deprecated", "member-deprecated")
_SECURITY = ("auth-", "scheme-", "member-no-longer-sensitive", "member-became-sensitive")


def _is_deprecation(cause: Cause) -> bool:
    return cause.change is not None and cause.change.rule in _DEPRECATED


def _section(cause: Cause) -> str:
    rule = "" if cause.change is None else cause.change.rule
    if rule.startswith(_SECURITY):
        return "Security"
    if "-added" in rule and cause.impact is not BREAKING:
        return "Added"
    return "Removed" if rule.endswith("-removed") else "Changed"


def _line(cause: Cause) -> str:
    mark = "**Breaking:** " if cause.impact is BREAKING else ""
    told = list(_python(cause))
    if told:
        more = f"; and {len(told) - _MOST_SYMBOLS} more" if len(told) > _MOST_SYMBOLS else ""
        return f"- {mark}{'; '.join(told[:_MOST_SYMBOLS])}{more}."
    change = cause.change
    assert change is not None  # what has no change of the API has changes of Python
    return f"- {mark}{code(str(change.subject))}: {code(change.title)}. {change.sentence}"


def _python(cause: Cause) -> Iterator[str]:
    """What callers notice, methods first: they are what most of them call."""
    found = [each for each in cause.python if each.impact is cause.impact]
    found.sort(key=lambda each: (each.place != "client.py", each.place == "models/operations.py"))
    methods = [each for each in found if each.place == "client.py"]
    named = methods or found
    yield from dict.fromkeys(_safe(each) for each in _without_own_classes(named))


def _without_own_classes(changes: Iterable[Change]) -> list[Change]:
    found = list(changes)
    return [each for each in found if each.place != "models/operations.py"] or found


def _safe(change: Change) -> str:
    """The title; it holds names and annotations of Python between backticks, and literals that may hold backticks."""
    title = change.title
    return title if _SPAN.sub("", title).isascii() and title.count("`") % 2 == 0 else code(title.replace("`", ""))
