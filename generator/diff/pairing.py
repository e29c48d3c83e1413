"""Which operation and which schema of the old graph is which one of the new.

Operations pair by name, then by place (the JSON pointer of the path and the method). Schemas pair by what refers to
them, never by name: from paired operations downwards, in lock step. So a schema that is renamed, or moved out of a
path, is still the same one; and each pair knows in which direction it travels, and in which operations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeVar

from generator.graph.model import (
    Api,
    Choice,
    ErrorCase,
    Field,
    Input,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Operation,
    Output,
    Record,
    TypeDef,
    TypeRef,
    UnionOf,
    Usage,
)

_SIMILAR = 0.5  # how much of two names is the same, if one is the other renamed
_Likeable = TypeVar("_Likeable", Input, Field)
_Node = TypeVar("_Node")
TypePair = tuple[TypeRef, TypeRef]


@dataclass(slots=True)
class SchemaPair:
    """An old schema and the new one, the directions in which both travel, and the operations that they travel in."""

    before: TypeDef
    after: TypeDef
    usage: Usage = Usage.NONE
    operations: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Everything that is on both sides, and what is on one side only, in the order of the documents."""

    before: Api
    after: Api
    operations: Sequence[tuple[Operation, Operation]]
    removed: Sequence[Operation]
    added: Sequence[Operation]
    schemas: Sequence[SchemaPair]
    removed_schemas: Sequence[TypeDef]
    added_schemas: Sequence[TypeDef]


def pair(before: Api, after: Api) -> Pairing:
    """Pair two graphs."""
    operations = _operations(before, after)
    known = {old.id for old, _ in operations}, {new.id for _, new in operations}
    schemas = _Schemas(before, after)
    for old, new in operations:
        schemas.walk(_inputs(old, new), Usage.INPUT, new.source_name)
        schemas.walk(_results(old, new), Usage.OUTPUT, new.source_name)
    hooks = {hook.name: hook.type for hook in before.webhooks}
    for hook in after.webhooks:
        if hook.name in hooks:
            schemas.walk([(hooks[hook.name], hook.type)], Usage.OUTPUT, hook.name)
    schemas.pair_the_rest()
    olds = {found.before.id for found in schemas.found.values()}
    news = {found.after.id for found in schemas.found.values()}
    return Pairing(
        before=before,
        after=after,
        operations=operations,
        removed=[operation for operation in before.operations if operation.id not in known[0]],
        added=[operation for operation in after.operations if operation.id not in known[1]],
        schemas=[schemas.found[id_] for id_ in after.types if id_ in schemas.found],
        removed_schemas=[type_ for id_, type_ in before.types.items() if id_ not in olds],
        added_schemas=[type_ for id_, type_ in after.types.items() if id_ not in news],
    )


def _operations(before: Api, after: Api) -> list[tuple[Operation, Operation]]:
    names = Counter(operation.source_name for operation in before.operations)
    olds = {operation.source_name: operation for operation in before.operations if names[operation.source_name] == 1}
    found = {new.id: olds.pop(new.source_name) for new in after.operations if new.source_name in olds}
    taken = {old.id for old in found.values()}
    places = {operation.id: operation for operation in before.operations if operation.id not in taken}
    for new in after.operations:
        if new.id not in found and new.id in places:
            found[new.id] = places[new.id]
    return [(found[new.id], new) for new in after.operations if new.id in found]


# --- what belongs to what inside a pair ------------------------------------------------------------------------------


def inputs(old: Operation, new: Operation) -> list[tuple[Input | None, Input | None]]:
    """The parameters side by side: by place and name, then by name, then by likeness."""
    pairs: list[tuple[Input | None, Input | None]] = []
    olds = {(each.place, each.name): each for each in old.inputs}
    rest: list[Input] = []
    for each in new.inputs:
        known = olds.pop((each.place, each.name), None)
        if known is None:
            rest.append(each)
        else:
            pairs.append((known, each))
    for each in rest:
        near = next((one for one in olds.values() if one.name == each.name), None) or _likest(
            each.name, [one for one in olds.values() if (one.place, one.type) == (each.place, each.type)]
        )
        if near is not None:
            del olds[near.place, near.name]
        pairs.append((near, each))
    return [*pairs, *((each, None) for each in olds.values())]


def members(old: Record, new: Record) -> list[tuple[Field | None, Field | None]]:
    """The members side by side: by name; one that went and one like it that came are one that was renamed."""
    olds = {each.name: each for each in old.fields}
    news = {each.name for each in new.fields}
    gone = [each for each in old.fields if each.name not in news]
    pairs: list[tuple[Field | None, Field | None]] = []
    for each in new.fields:
        known = olds.get(each.name)
        if known is None:
            like = [one for one in gone if (one.type, one.required) == (each.type, each.required)]
            known = _likest(each.name, like)
            if known is not None:
                gone.remove(known)
        pairs.append((known, each))
    return [*pairs, *((each, None) for each in gone)]


def outputs(old: Operation, new: Operation) -> list[tuple[Output | None, Output | None]]:
    """The successes side by side: by status; a lone one on each side is the same one under another status."""
    olds = {each.status: each for each in old.outputs}
    news = {each.status: each for each in new.outputs}
    pairs: list[tuple[Output | None, Output | None]] = [(olds[key], news[key]) for key in news if key in olds]
    gone = [each for key, each in olds.items() if key not in news]
    came = [each for key, each in news.items() if key not in olds]
    if len(gone) == len(came) == 1 and (gone[0].type is None) == (came[0].type is None):
        return [*pairs, (gone[0], came[0])]
    return [*pairs, *((None, each) for each in came), *((each, None) for each in gone)]


def errors(old: Operation, new: Operation) -> list[tuple[ErrorCase | None, ErrorCase | None]]:
    """The failures side by side: by status and schema, then by status."""
    olds = {(each.status, each.source_name): each for each in old.errors}
    pairs: list[tuple[ErrorCase | None, ErrorCase | None]] = []
    for each in new.errors:
        known = olds.pop((each.status, each.source_name), None)
        pairs.append((known, each))
    return [*pairs, *((each, None) for each in olds.values())]


def _likest(name: str, candidates: Iterable[_Likeable]) -> _Likeable | None:
    def likeness(one: _Likeable) -> float:
        return SequenceMatcher(None, one.name.casefold(), name.casefold()).ratio()

    best = max(candidates, key=likeness, default=None)
    return best if best is not None and likeness(best) >= _SIMILAR else None


def options(old: Sequence[TypeRef], new: Sequence[TypeRef]) -> list[tuple[TypeRef | None, TypeRef | None]]:
    """The options of a choice side by side: the same ones, then those of the same kind in their order."""
    gone, came = [each for each in old if each not in new], [each for each in new if each not in old]
    pairs: list[tuple[TypeRef | None, TypeRef | None]] = [(each, each) for each in new if each in old]
    for each in came:
        like = next((one for one in gone if type(one) is type(each)), None) if len(gone) == len(came) else None
        if like is not None:
            gone.remove(like)
        pairs.append((like, each))
    return [*pairs, *((each, None) for each in gone)]


# --- schemas, in lock step -------------------------------------------------------------------------------------------


def _both(pairs: Iterable[tuple[_Node | None, _Node | None]]) -> Iterator[tuple[_Node, _Node]]:
    return ((old, new) for old, new in pairs if old is not None and new is not None)


def _inputs(old: Operation, new: Operation) -> Iterator[TypePair]:
    yield from ((before.type, after.type) for before, after in _both(inputs(old, new)))
    if old.body is not None and new.body is not None:
        yield old.body.type, new.body.type


def _results(old: Operation, new: Operation) -> Iterator[TypePair]:
    for before, after in _both(outputs(old, new)):
        yield from zip(before.types, after.types, strict=False)
    for failed, fails in _both(errors(old, new)):
        if failed.type is not None and fails.type is not None:
            yield failed.type, fails.type


def _named(old: TypeRef, new: TypeRef) -> Iterator[tuple[str, str]]:
    """The definitions that two types refer to in the same place; null beside a type is no other place."""
    if isinstance(old, Nullable) or isinstance(new, Nullable):
        inner = [type_.inner if isinstance(type_, Nullable) else type_ for type_ in (old, new)]
        yield from _named(inner[0], inner[1])
        return
    match old, new:
        case Named(first), Named(second):
            yield first, second
        case ListOf(first_item), ListOf(second_item):
            yield from _named(first_item, second_item)
        case MapOf(first_value, first_key), MapOf(second_value, second_key):
            yield from _named(first_value, second_value)
            if first_key is not None and second_key is not None:
                yield from _named(first_key, second_key)
        case UnionOf(first_options), UnionOf(second_options):
            for before, after in options(first_options, second_options):
                if before is not None and after is not None:
                    yield from _named(before, after)
        case _:
            return


def _parts(old: TypeDef, new: TypeDef) -> Iterator[TypePair]:
    match old, new:
        case Record(), Record():
            yield from ((before.type, after.type) for before, after in _both(members(old, new)))
            if old.extra is not None and new.extra is not None:
                yield old.extra, new.extra
        case Choice(), Choice():
            for before_option, after_option in options(old.options, new.options):
                if before_option is not None and after_option is not None:
                    yield before_option, after_option
        case _:
            return


class _Schemas:
    """The pairs that were found. A schema is part of one pair: the first place that refers to it decides."""

    def __init__(self, before: Api, after: Api) -> None:
        self._before, self._after = before, after
        self._taken: set[str] = set()
        self._parts: dict[str, list[tuple[str, str]]] = {}
        self.found: dict[str, SchemaPair] = {}

    def walk(self, roots: Iterable[TypePair], usage: Usage, operation: str) -> None:
        """Pair everything below `roots`."""
        pending = [ids for old, new in roots for ids in _named(old, new)]
        seen: set[str] = set()
        while pending:
            old, new = pending.pop()
            if new in seen:
                continue
            seen.add(new)
            found = self._pair(old, new)
            if found is not None:
                found.usage |= usage
                found.operations[operation] = None
                pending.extend(self._parts[new])

    def pair_the_rest(self) -> None:
        """Pair what only unpaired operations refer to, or what is referred to in other places now: by pointer."""
        for id_, old in self._before.types.items():
            new = self._after.types.get(id_)
            if new is not None and id_ not in self._taken and id_ not in self.found and type(old) is type(new):
                self._pair(id_, id_)
                self.found[id_].usage = old.usage | new.usage

    def _pair(self, old: str, new: str) -> SchemaPair | None:
        found = self.found.get(new)
        if found is not None:
            return found if found.before.id == old else None
        before, after = self._before.types, self._after.types
        # A component that stands on both sides under its own name is not another one renamed.
        if old in self._taken or (old != new and (old in after or new in before)):
            return None
        if old not in before or new not in after:  # documents of errors that say nothing new have no class
            return None
        self._taken.add(old)
        self._parts[new] = [ids for types in _parts(before[old], after[new]) for ids in _named(*types)]
        self.found[new] = SchemaPair(before[old], after[new])
        return self.found[new]
