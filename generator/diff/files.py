"""The third level: what became of the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.diff.causes import Cause
from generator.diff.side import Side

_CLIENTS = ("client.py", "async_client.py", "_operations.py")


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that came, went or reads differently; `added` and `removed` count lines."""

    path: str
    kind: Literal["added", "removed", "changed"]
    added: int
    removed: int


def file_changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[FileChange]:
    """The files that differ, by path."""
    found = []
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        first, second = (Counter((content or b"").splitlines()) for content in (old, new))
        kind: Literal["added", "removed", "changed"] = (
            "added" if old is None else "removed" if new is None else "changed"
        )
        found.append(FileChange(path, kind, (second - first).total(), (first - second).total()))
    return found


def assign(causes: Sequence[Cause], files: Sequence[FileChange], before: Side, after: Side) -> list[str]:
    """Give each cause the files that hold what it changed; the paths of those that none explains are returned."""
    pages: dict[str, set[str]] = {}
    for side in (before, after):
        for id_, made in side.operations.items():
            pages.setdefault(side.bounds[id_].operation.source_name, set()).add(str(made.page.path))
    root = f"src/{after.plan.package}"
    changed = {each.path for each in files}
    explained = {f"{root}/{place}" for place in _ANYWHERE} | set(_TEXTS) if causes else set()
    for cause in causes:
        cause.files = sorted(_holding(cause, pages, root) & changed)
        names = () if cause.change is None else (*cause.change.operations, *_same(cause))
        explained |= set(cause.files).union(*(pages.get(name, set()) for name in names))
    return [each.path for each in files if each.path not in explained]


def _same(cause: Cause) -> Iterator[str]:
    return (name for each in cause.same for name in each.operations)


def _holding(cause: Cause, pages: Mapping[str, set[str]], root: str) -> set[str]:
    """Where a cause is sure to show."""
    operations = {name for change in cause.python for name in change.operations}
    places = {change.place for change in cause.python if change.place}
    if cause.change is not None and cause.change.subject.kind == "operation":
        operations.update((*cause.change.operations, cause.change.before))
        places.update(_CLIENTS)
    if "client.py" in places:
        places.update(_CLIENTS)
    found = {f"{root}/{place}" for place in places}
    return found.union(*(pages.get(name, set()) for name in operations))


# Made of many parts of a document: that they change when the document does is no surprise.
_ANYWHERE = (
    "__init__.py", "_constraints.py", "_operations.py", "async_client.py", "client.py",
    "models/errors.py", "models/operations.py", "models/shared.py", "testing/__init__.py", "testing/__main__.py",
)  # fmt: skip
_TEXTS = ("CHANGELOG.md", "README.md", "docs/README.md", "pyproject.toml")
