"""Compares two versions of one package, at all levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from generator.diagnostics import Location
from generator.diff.api import api_changes
from generator.diff.causes import Cause, join
from generator.diff.change import Change
from generator.diff.files import FileChange, assign, file_changes
from generator.diff.header_changes import Header
from generator.diff.pairing import pair
from generator.diff.python import python_changes
from generator.diff.rules import Impact
from generator.diff.side import Side
from generator.graph.model import Api
from generator.protocols.binding import BoundApi
from generator.python.plan.package import PackagePlan
from generator.python.planning.package import travelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a package.

    Attributes:
        bound: What it means.
        plan: How Python says it.
        pins: The names that are decided.
        default_at: Finds the default of the member or parameter at a pointer; clients leave it to the service.
        locate: Finds the place where a person wrote what is at a pointer.
        headers_at: Finds the headers of the response at a pointer, by their names in small letters.
        excerpt: The lines of what is at a pointer, as they stand in the file.
        texts: The files that the document is made of, by the names that people know.
        files: The files, None where nobody asks for them; not formatted.
        formatted: Makes them as they are written.
        standing: Reads the package that stands there; empty where there is none.
        number: The version that the configuration gives the package.
        home: The directory of its configuration, where that is in the working tree.
    """

    bound: BoundApi
    plan: PackagePlan
    pins: Mapping[str, str]
    default_at: Callable[[str], Any]
    headers_at: Callable[[str], Mapping[str, Header]]
    locate: Callable[[str], Location]
    excerpt: Callable[[str], Sequence[str]]
    texts: Callable[[], Mapping[str, str]]
    files: Mapping[str, bytes] | None
    formatted: Callable[[], Mapping[str, bytes]]
    standing: Callable[[], Mapping[str, bytes]]
    number: str
    home: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed, by cause. `unexplained` are changed files that no cause shows in; `python` is what callers see of
    both sides, where that was compared; `kind` says whether only one side has the package.
    """

    name: str
    before: Version
    after: Version
    causes: Sequence[Cause]
    files: Sequence[FileChange]
    unexplained: Sequence[str]
    python: tuple[Side, Side] | None = None
    kind: Literal["added", "removed", "changed"] = "changed"

    @property
    def impact(self) -> Impact | None:
        """The gravest impact; None where nothing changed."""
        return max((cause.impact for cause in self.causes), default=Impact.INTERNAL if self.files else None)

    def count(self, impact: Impact) -> int:
        """How many causes have an impact."""
        return sum(cause.impact is impact for cause in self.causes)

    def places(self, change: Change) -> tuple[Location | None, Location | None]:
        """Where a change stands, on both sides."""
        old = None if change.at_before is None else self.before.locate(change.at_before)
        new = None if change.at_after is None else self.after.locate(change.at_after)
        return old, new


def compare(name: str, before: Version, after: Version, *, with_python: bool = True) -> Comparison:
    """Compare two versions.

    Args:
        name: What reports call the package.
        before: As it was.
        after: As it is.
        with_python: Whether Python and files are looked at too, not the API alone.
    """
    pairing = pair(_callers_view(before.bound), _callers_view(after.bound))

    def defaults(old: str, new: str) -> tuple[Any, Any]:
        return before.default_at(old), after.default_at(new)

    def headers(old: str, new: str) -> tuple[Mapping[str, Header], Mapping[str, Header]]:
        return before.headers_at(old), after.headers_at(new)

    changes = api_changes(pairing, defaults, headers)
    canonical = {old.id: new.id for old, new in pairing.operations}
    canonical |= {found.before.id: found.after.id for found in pairing.schemas}
    files: list[FileChange] = []
    unexplained: list[str] = []
    python_sides: tuple[Side, Side] | None = None
    if not with_python:
        causes = join(changes, (), pairing.before.types, pairing.after.types)
    else:
        old = Side.of(before.bound, before.plan, before.pins, canonical)
        new = Side.of(after.bound, after.plan, after.pins, {})
        python_sides = (old, new)
        python = python_changes(pairing, old, new)
        causes = join(changes, python, pairing.before.types, pairing.after.types)
        if before.files is not None and after.files is not None:
            files = file_changes(before.files, after.files)
            unexplained = assign(causes, files, old, new)
    return Comparison(
        name=name,
        before=before,
        after=after,
        causes=causes,
        files=files,
        unexplained=unexplained,
        python=python_sides,
    )


def _callers_view(bound: BoundApi) -> Api:
    """The graph without what belongs to the protocol: the parameters that it sets by itself, its paths, and the types
    that nothing else mentions.
    """
    operations = tuple(replace(each.operation, inputs=each.inputs, path=each.path) for each in bound.operations)
    return replace(bound.api, operations=operations, types=travelling(bound))
