"""What became of the type of one member, parameter or body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import ge, le
from typing import Any

from generator.diff.spelling import spell, value_text
from generator.graph.model import (
    Anything,
    Constant,
    Constraints,
    Enumeration,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Scalar,
    ScalarKind,
    TypeDef,
    TypeRef,
    UnionOf,
)

_TEXTS = frozenset(
    {
        ScalarKind.STRING,
        ScalarKind.BYTES,
        ScalarKind.BINARY,
        ScalarKind.DATETIME,
        ScalarKind.DATE,
        ScalarKind.TIME,
        ScalarKind.DURATION,
        ScalarKind.UUID,
        ScalarKind.DECIMAL,
    }
)
_NUMBERS = {ScalarKind.INTEGER, ScalarKind.NUMBER}
_FRACTION = "a fraction"
# The new bound allows all that the old one did.
_LOOSER = {
    "minimum": le,
    "exclusive_minimum": le,
    "min_length": le,
    "maximum": ge,
    "exclusive_maximum": ge,
    "max_length": ge,
}
_NO_CONSTRAINTS = Constraints()
_NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class TypeChange:
    """A rule, and how it was and is."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Types:
    """The definitions of both sides, and the ids of the new ones by those of the old ones that they are paired with."""

    before: Mapping[str, TypeDef]
    after: Mapping[str, TypeDef]
    pairs: Mapping[str, str]

    def changes(self, old: TypeRef, new: TypeRef) -> Iterator[TypeChange]:
        """Compare two types, without what is inside of the definitions that they refer to."""
        if old == new and not isinstance(old, Named):
            return
        if isinstance(old, Anything) or isinstance(new, Anything):  # null is a part of anything
            yield from self._others(old, new)
            return
        if isinstance(old, Nullable) or isinstance(new, Nullable):
            yield from self._nullable(old, new)
            return
        match old, new:
            case Named(), Named():
                yield from self._named(old, new)
            case ListOf(first, before), ListOf(second, after):
                yield from self.changes(first, second)
                yield from _limits(before, after, "items")
            case MapOf(first, first_key, before), MapOf(second, second_key, after):
                yield from self.changes(first, second)
                yield from _limits(before, after, "entries")
                yield from self._keys(first_key, second_key)
            case Scalar(), Scalar():
                yield from self._scalars(old, new)
            case Constant(before), Constant(after):
                yield TypeChange("constant-changed", value_text(before), value_text(after))
            case _:
                yield from self._others(old, new)

    def _nullable(self, old: TypeRef, new: TypeRef) -> Iterator[TypeChange]:
        if not isinstance(old, Nullable):
            yield TypeChange("nullable-added", "", "")
        if not isinstance(new, Nullable):
            yield TypeChange("nullable-removed", "", "")
        yield from self.changes(
            old.inner if isinstance(old, Nullable) else old, new.inner if isinstance(new, Nullable) else new
        )

    def _named(self, old: Named, new: Named) -> Iterator[TypeChange]:
        if self.pairs.get(old.id, old.id) != new.id or type(self.before.get(old.id)) is not type(
            self.after.get(new.id)
        ):
            yield TypeChange("type-changed", spell(old, self.before), spell(new, self.after))

    def _keys(self, old: TypeRef | None, new: TypeRef | None) -> Iterator[TypeChange]:
        if isinstance(old, Scalar | None) and isinstance(new, Scalar | None) and old != new:
            first, second = (None if each is None else each.constraints for each in (old, new))
            yield from _constraints(first, second, "key ")

    def _scalars(self, old: Scalar, new: Scalar) -> Iterator[TypeChange]:
        if {old.kind, new.kind} == _NUMBERS:  # each integer is a number, in JSON Schema as in Python (PEP 484)
            is_wider = old.kind is ScalarKind.INTEGER
            yield TypeChange("type-widened", "", _FRACTION) if is_wider else TypeChange("type-narrowed", _FRACTION, "")
        elif old.kind is not new.kind:
            rule = "format-changed" if {old.kind, new.kind} <= _TEXTS else "type-changed"
            yield TypeChange(rule, old.kind.value, new.kind.value)
            return
        if old.encoding != new.encoding:
            yield TypeChange("encoding-changed", old.encoding or "the usual one", new.encoding or "the usual one")
        yield from _constraints(old.constraints, new.constraints)

    def _others(self, old: TypeRef, new: TypeRef) -> Iterator[TypeChange]:
        """Types of different kinds, or choices."""
        before, after = spell(old, self.before), spell(new, self.after)
        if self._values_of(old, self.before) is _kind(new):
            yield TypeChange("values-unlimited", before, after)
        elif self._values_of(new, self.after) is _kind(old):
            yield TypeChange("values-limited", before, after)
        elif isinstance(new, Anything):
            yield TypeChange("type-widened", before, after)
        elif isinstance(old, Anything):
            yield TypeChange("type-narrowed", before, after)
        else:
            yield from self._options(old, new)

    def _values_of(self, type_: TypeRef, types: Mapping[str, TypeDef]) -> ScalarKind | bool:
        definition = types.get(type_.id) if isinstance(type_, Named) else None
        return definition.kind if isinstance(definition, Enumeration) else False

    def _options(self, old: TypeRef, new: TypeRef) -> Iterator[TypeChange]:
        olds = old.options if isinstance(old, UnionOf) else (old,)
        news = new.options if isinstance(new, UnionOf) else (new,)
        gone = [each for each in olds if self._translated(each) not in news]
        came = [each for each in news if each not in [self._translated(one) for one in olds]]
        if len(gone) == len(olds):
            yield TypeChange("type-changed", spell(old, self.before), spell(new, self.after))
            return
        if came:
            yield TypeChange("type-widened", "", " or ".join(spell(each, self.after) for each in came))
        if gone:
            yield TypeChange("type-narrowed", " or ".join(spell(each, self.before) for each in gone), "")

    def _translated(self, old: TypeRef) -> TypeRef:
        """The same type, in the new graph."""
        return Named(self.pairs.get(old.id, old.id)) if isinstance(old, Named) else old


def _kind(type_: TypeRef) -> ScalarKind | None:
    return type_.kind if isinstance(type_, Scalar) else None


def _limits(old: Limits | None, new: Limits | None, what: str) -> Iterator[TypeChange]:
    first, second = old or _NO_LIMITS, new or _NO_LIMITS
    for name, looser in (("minimum", le), ("maximum", ge)):
        yield from _bound(f"{name} of {what}", getattr(first, name), getattr(second, name), looser)
    if first.unique != second.unique:
        rule = "constraint-tightened" if second.unique else "constraint-loosened"
        yield TypeChange(rule, f"unique {what}: {_yes(first.unique)}", _yes(second.unique))


def _yes(flag: bool) -> str:  # noqa: FBT001 - a value, spelled
    return "yes" if flag else "no"


def _constraints(old: Constraints | None, new: Constraints | None, prefix: str = "") -> Iterator[TypeChange]:
    first, second = old or _NO_CONSTRAINTS, new or _NO_CONSTRAINTS
    if first == second:
        return
    for name in Constraints.__struct_fields__:
        before, after = getattr(first, name), getattr(second, name)
        what = prefix + name.replace("_", " ")
        if name in _LOOSER:
            yield from _bound(what, before, after, _LOOSER[name])
        elif before != after:  # a pattern, or a factor
            rule = {None: "constraint-loosened"}.get(after, "constraint-changed")
            rule = "constraint-tightened" if before is None else rule
            yield TypeChange(rule, f"{what} {value_text(before)}", value_text(after))


def _bound(what: str, before: Any, after: Any, looser: Any) -> Iterator[TypeChange]:
    if before == after:
        return
    is_looser = after is None or (before is not None and looser(after, before))
    rule = "constraint-loosened" if is_looser else "constraint-tightened"
    yield TypeChange(rule, f"{what} {value_text(before)}", value_text(after))
