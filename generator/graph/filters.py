"""Which operations are generated: all, or those that a configuration includes, without those that it excludes.

A pattern that begins with a slash is a path, one that begins with `tag:` a tag or group, any other an `operationId`;
`*` in it stands for any characters, `?` for one. Types that no remaining operation mentions go with the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.config import OperationFilter
from generator.graph import preferences
from generator.graph.model import Skipped
from generator.openapi.model import Operation

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report


class Wanted(Struct, frozen=True):
    """What a configuration asks for, and where it says so: `place` locates its keys."""

    filter: OperationFilter = field(default_factory=OperationFilter)
    place: Callable[..., Location | None] = lambda *_: None

    def __contains__(self, operation: Operation) -> bool:
        """Whether an operation is to be generated."""
        included = not self.filter.include or any(_matches(operation, pattern) for pattern in self.filter.include)
        return included and not any(_matches(operation, pattern) for pattern in self.filter.exclude)

    def refuse_idle(self, operations: Sequence[Operation], report: Report) -> None:
        """Report the patterns that no operation of the document fits: what they were for is done, or misspelled."""
        for key, patterns in (("include", self.filter.include), ("exclude", self.filter.exclude)):
            for pattern in patterns:
                if not any(_matches(operation, pattern) for operation in operations):
                    report.error(
                        "CFG013",
                        f"no operation fits {pattern!r}",
                        self.place("operations", key),
                        help="write an operationId, a path such as `/pets/*`, or a tag such as `tag:pets`",
                    )


def left_out(operation: Operation) -> Skipped:
    """What is left of an operation that the configuration does without."""
    return Skipped(at=operation.at, code="GEN012", message="left out by `[operations]` of the configuration")


def _matches(operation: Operation, pattern: str) -> bool:
    if pattern.startswith("/"):
        return fnmatchcase(operation.path, pattern)
    if pattern.startswith("tag:"):
        names = (*operation.tags, *preferences.groups(operation))
        return any(fnmatchcase(name, pattern.removeprefix("tag:")) for name in names)
    return operation.operation_id is not None and fnmatchcase(operation.operation_id, pattern)
