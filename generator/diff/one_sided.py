"""A package that only one side has: a new API, or one that is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from generator.diff.causes import Cause
from generator.diff.change import Change, Subject
from generator.diff.compare import Comparison, Version
from generator.diff.files import file_changes

_INFO = "/info"


def one_sided(name: str, version: Version, kind: Literal["added", "removed"]) -> Comparison:
    """What there is to say of it: it is one change.

    Args:
        name: What reports call the package.
        version: The side that it has.
        kind: Whether that is the new side or the old one.
    """
    nothing = replace(version, texts=dict, standing=dict, files=None if version.files is None else {}, home=None)
    before, after = (nothing, version) if kind == "added" else (version, nothing)
    number = len(version.bound.operations)
    size = "1 operation" if number == 1 else f"{number} operations"
    change = Change(
        rule=f"api-{kind}",
        subject=Subject("api", "", "API"),
        name=size,
        at_before=None if kind == "added" else _INFO,
        at_after=_INFO if kind == "added" else None,
    )
    files = [] if before.files is None or after.files is None else file_changes(before.files, after.files)
    cause = Cause(change, files=[each.path for each in files])
    return Comparison(name=name, before=before, after=after, causes=[cause], files=files, unexplained=[], kind=kind)
