"""Joins the levels: each change of the API with what it does to Python and to the files.

A reviewer decides about causes. One member that became required may change a class, twelve methods and fifteen files;
it is one thing to look at. What no change of the API explains stands apart: names that were pinned, or a fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain

from generator.diff.change import Change
from generator.diff.rules import Impact
from generator.diff.side import Key
from generator.graph.model import TypeDef, TypeRef
from generator.graph.passes import named_in, reached

# Changes of a Python rule belong to those of an API's rule that tell of the same thing.
_AFFINE = (
    ("required", ("required",)),
    ("optional", ("optional",)),
    ("type", ("type-", "format-", "nullable-", "constant-", "values-", "tag-")),
    ("default", ("default-", "constant-")),
    ("docstring", ("docs-", "deprecated")),
    ("raises", ("error-",)),
    ("iteration", ("pagination-",)),
    ("return", ("success-", "stream-", "pagination-items-")),
)
# What members have from a schema that they may share.
_SHARED = (
    "constraint-", "format-", "type-", "nullable-", "encoding-", "values-", "default-changed", "error-",
    "further-members-", "header-", "stream-", "xml-",
)  # fmt: skip
_FAILURES = ("error-added", "error-removed")


@dataclass(slots=True)
class Cause:
    """A change of the API, None for what has none. `same` are members to which the same happened, as when a schema
    that they share changed; `also` are schemas that came or went with it.
    """

    change: Change | None
    same: list[Change] = field(default_factory=list)
    also: list[Change] = field(default_factory=list)
    python: list[Change] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def impact(self) -> Impact:
        """The most that any part of it means."""
        own = [] if self.change is None else [self.change.impact]
        return max((*own, *(each.impact for each in self.python)), default=Impact.INTERNAL)

    @property
    def witness(self) -> str:
        """Code that worked before and does not now; "" where there is none."""
        found = [each for each in ([] if self.change is None else [self.change]) + self.python if each.witness]
        methods_first = sorted(found, key=lambda each: not each.witness.startswith("def caller"))
        return methods_first[0].witness if methods_first else ""


def join(
    api: Sequence[Change], python: Iterable[Change], before: Mapping[str, TypeDef], after: Mapping[str, TypeDef]
) -> list[Cause]:
    """The causes, the gravest first, otherwise in the order of the document.

    Args:
        api: What became of the API.
        python: What became of the Python.
        before: The old graph's types.
        after: The new graph's types.
    """
    causes = _Causes(api, before, after)
    for change in python:
        causes.add(change)
    return sorted(causes.all(), key=lambda cause: -cause.impact)


class _Causes:
    def __init__(self, api: Sequence[Change], before: Mapping[str, TypeDef], after: Mapping[str, TypeDef]) -> None:
        renamed = {change.subject.id for change in api if change.rule == "operation-renamed"}
        follows = [change for change in api if _is_consequence(change, renamed)]
        own = list(_together(change for change in api if not _is_consequence(change, renamed)))
        self._found = own
        self._exact: defaultdict[Key, list[Cause]] = defaultdict(list)
        self._subjects: defaultdict[tuple[str, str], list[Cause]] = defaultdict(list)
        self._operations: defaultdict[str, list[Cause]] = defaultdict(list)
        self._failures: defaultdict[str, list[Cause]] = defaultdict(list)
        self._unexplained = Cause(None)
        for cause in own:
            self._index(cause)
        self._adopt(follows, before, after)

    def _index(self, cause: Cause) -> None:
        assert cause.change is not None
        for change in (cause.change, *cause.same):
            self._index_change(cause, change)

    def _index_change(self, cause: Cause, change: Change) -> None:
        subject = change.subject
        self._exact[subject.kind, subject.id, change.member].append(cause)
        self._subjects[subject.kind, subject.id].append(cause)
        for operation in change.operations:
            self._operations[operation].append(cause)
        if change.rule in _FAILURES:
            self._failures[change.member].append(cause)

    def _adopt(self, schemas: Sequence[Change], before: Mapping[str, TypeDef], after: Mapping[str, TypeDef]) -> None:
        """Give schemas that came or went to the change that they came or went with."""
        orphans = {(change.rule, change.subject.id): change for change in schemas}
        for cause in self._found:
            self._adopt_names(cause, orphans)
        for cause in list(self._found) if orphans else ():
            assert cause.change is not None
            # What came brought nothing that is gone, and what went took nothing that is there.
            came, went = cause.change.at_before is None, cause.change.at_after is None
            adopted = [] if went else [("schema-added", after)]
            adopted += [] if came else [("schema-removed", before)]
            for rule, types in adopted:
                mentioned = [root for root in cause.change.roots if _is_known(root, types)]
                for id_ in sorted(reached(types, mentioned)) if mentioned else ():
                    change = orphans.pop((rule, id_), None)
                    if change is not None:
                        cause.also.append(change)
                        self._exact["schema", id_, ""].append(cause)
        for change in orphans.values():
            cause = Cause(change)
            self._found.append(cause)
            self._index(cause)

    def _adopt_names(self, cause: Cause, orphans: dict[tuple[str, str], Change]) -> None:
        """Give schemas that are named after an operation to the change of its name."""
        assert cause.change is not None
        if cause.change.rule == "operation-renamed":
            for key in [key for key in orphans if _is_inside(key[1], cause.change.subject.id)]:
                if key[0] == "schema-renamed":
                    cause.also.append(orphans.pop(key))
                    self._exact["schema", key[1], ""].append(cause)

    def add(self, change: Change) -> None:
        """Give a change of the Python to its cause."""
        self._cause_of(change).python.append(change)

    def _cause_of(self, change: Change) -> Cause:
        subject = change.subject
        operations = [cause for name in change.operations for cause in self._operations.get(name, ())]
        nearest: tuple[Sequence[Cause], ...] = (
            self._exact.get((subject.kind, subject.id, change.member), ()),
            self._failures.get(change.member.removeprefix("*error:"), ()),
            self._subjects.get((subject.kind, subject.id), ()) if subject.kind != "api" else (),
            operations,
            self._operations.get(subject.name, ()) if subject.kind == "operation" else (),
        )
        # What callers do not notice explains nothing that they do, as long as something near it does.
        enough = ([cause for cause in causes if _weight(cause) >= change.impact] for causes in nearest)
        found = next(filter(None, enough), None)
        if found is not None:
            return max(found, key=lambda cause: _fit(change, cause))
        near = chain.from_iterable(nearest)
        return max(near, key=lambda cause: (_weight(cause), _fit(change, cause)), default=self._unexplained)

    def all(self) -> list[Cause]:
        """Those that there are."""
        return self._found + ([self._unexplained] if self._unexplained.python else [])


def _together(changes: Iterable[Change]) -> Iterator[Cause]:
    """A cause for each change; changes of a type that read the same are one."""
    found: dict[tuple[str, str, str, str, Impact], Cause] = {}
    for change in changes:
        failure = change.member if change.rule in _FAILURES else ""
        kind = change.rule, failure, change.before, change.after, change.impact
        if change.rule.startswith(_SHARED) and change.subject.kind != "api":
            if kind in found:
                found[kind].same.append(change)
                continue
            found[kind] = Cause(change)
            yield found[kind]
        else:
            yield Cause(change)


def _fit(change: Change, cause: Cause) -> tuple[bool, bool, bool, int]:
    """How well a cause explains a change of Python: by its kind, by what else it does to the same method, by weight."""
    assert cause.change is not None
    rule = cause.change.rule
    told = next((words for word, words in _AFFINE if word in change.rule), ())
    is_docs = "docs-" in rule or "example-" in rule
    touched = {name for each in cause.python for name in each.operations}
    return (
        any(word in rule for word in told),
        not touched.isdisjoint(change.operations),
        is_docs == ("docstring" in change.rule),
        cause.change.impact,
    )


def _weight(cause: Cause) -> Impact:
    """How much callers notice of what happened to the API."""
    assert cause.change is not None
    return cause.change.impact


def _is_known(root: TypeRef, types: Mapping[str, TypeDef]) -> bool:
    return all(id_ in types for id_ in named_in(root))


def _is_consequence(change: Change, renamed: AbstractSet[str]) -> bool:
    """Whether schemas come, go or change their names because of something else."""
    if change.rule == "schema-renamed":
        return any(_is_inside(change.subject.id, operation) for operation in renamed)
    return change.rule in ("schema-added", "schema-removed")


def _is_inside(pointer: str, outer: str) -> bool:
    return pointer.startswith(f"{outer}/")
