"""What became of the headers that a response documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a response: where it is described, whether it is always there, and its type in a few words."""

    at: str
    name: str
    required: bool
    type: str


Headers = Callable[[str, str], tuple[Mapping[str, Header], Mapping[str, Header]]]
"""The headers of a response on both sides, by its pointers there, by their names in small letters."""


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """A rule, and the header on both sides."""

    rule: str
    before: Header | None
    after: Header | None


def header_changes(before: Mapping[str, Header], after: Mapping[str, Header]) -> Iterator[HeaderChange]:
    """Compare the headers of one response; what is gone comes last."""
    for name, new in after.items():
        old = before.get(name)
        if old is None:
            yield HeaderChange("header-added", None, new)
            continue
        if old.required != new.required:
            yield HeaderChange("header-became-required" if new.required else "header-became-optional", old, new)
        if old.type != new.type:
            yield HeaderChange("header-type-changed", old, new)
    for name, old in before.items():
        if name not in after:
            yield HeaderChange("header-removed", old, None)
