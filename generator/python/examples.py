"""Example values: the document's own where it has them, else made up, always the same and within the constraints
where that is easy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, assert_never

from generator.graph.model import (
    Anything,
    Choice,
    Constant,
    Constraints,
    Enumeration,
    Field,
    Input,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Record,
    Scalar,
    ScalarKind,
    TypeDef,
    TypeRef,
    UnionOf,
)
from generator.python.expressions import Call, Expression, Items, Pairs
from generator.python.identifiers import snake_case
from generator.python.literals import literal
from generator.python.naming import Names

_DEPTH_LIMIT = 6
_MANY = 1000
_USUAL = 10
_RECORDS_IN_LIST = 2
_VALUES_IN_LIST = 3

# Strings that are often asked for by a pattern or a length; the first that fits is taken.
_ARN = "arn:aws:iam::123456789012:role/example"
_STRINGS = (
    "us-east-1:12345678-1234-4123-8123-123456789012",
    "123456789012",
    _ARN,
    "authenticated",
    "example",
    "a",
)
# Only patterns of this form are tried: one class of characters, or two around a colon, repeated. A pattern of the
# document can be
# made to run for ever, and this stage must not (nor may it fail on a dialect that Python's `re` does not speak).
_CLASS = r"(?:\[(?:\\[wds.\-/]|[^\]\\])+\]|\\[wd])"
_SIMPLE = re.compile(rf"\^?{_CLASS}\+?(?::{_CLASS}\+?)?\$?|\(un\)\?authenticated")


_FIXED: Mapping[ScalarKind, Expression] = {
    ScalarKind.BYTES: literal(b"example"),
    ScalarKind.BINARY: literal(b"example"),
    ScalarKind.FILE: literal(b"example"),
    ScalarKind.UPLOAD: literal(b"example"),
    ScalarKind.DATETIME: Call("datetime.datetime.fromisoformat", (), (literal("2024-01-31T12:30:00+00:00"),)),
    ScalarKind.DATE: Call("datetime.date.fromisoformat", (), (literal("2024-01-31"),)),
    ScalarKind.TIME: Call("datetime.time.fromisoformat", (), (literal("12:30:00"),)),
    ScalarKind.DURATION: Call("datetime.timedelta", (), (literal(1),)),
    ScalarKind.UUID: Call("uuid.UUID", (), (literal("12345678-1234-4123-8123-123456789012"),)),
    ScalarKind.DECIMAL: Call("decimal.Decimal", (), (literal("12.50"),)),
}


class Examples:
    """Example expressions for one API; `full` gives optional members too."""

    def __init__(self, types: Mapping[str, TypeDef], names: Names) -> None:
        self._types = types
        self._names = names

    def record(self, id_: str, *, full: bool, depth: int = 0) -> Call:
        """A call of the model's class, arguments in alphabetical order."""
        return Call(f"shared.{self._names.types[id_]}", self.arguments(id_, full=full, depth=depth))

    def arguments(self, id_: str, *, full: bool, depth: int = 0) -> tuple[tuple[str, Expression], ...]:
        """Keyword arguments for the members of a record, in alphabetical order."""
        record = self._types[id_]
        assert isinstance(record, Record)
        names = self._names.fields[id_]
        return tuple(
            sorted(
                (str(names[field.name]), self.member(field, full=full, depth=depth))
                for field in record.fields
                if field.required or (full and not field.read_only and depth < _DEPTH_LIMIT)
            )
        )

    def member(self, field: Field | Input, *, full: bool, depth: int = 0) -> Expression:
        """A value for a member or a parameter."""
        return self._value(field.type, field.name, field.example, full=full, depth=depth)

    def of(self, type_: TypeRef, name: str, *, full: bool) -> Expression:
        """A value of any type; `name` is what strings are made of."""
        return self._value(type_, name, None, full=full, depth=0)

    def _value(self, type_: TypeRef, name: str, example: Any, *, full: bool, depth: int) -> Expression:
        match type_:
            case Named(id_):
                return self._named(id_, full=full, depth=depth)
            case ListOf(item):
                count = _RECORDS_IN_LIST if isinstance(item, Named) else _VALUES_IN_LIST
                return self._list(item, name, count, full=full, depth=depth)
            case MapOf(value, _, limits):
                # A map without a limit is usually free-form (labels, tags): several entries show that best.
                bounded = limits is not None and limits.maximum is not None
                return self._map(value, name, 1 if bounded else _VALUES_IN_LIST, full=full, depth=depth)
            case Scalar(kind, constraints):
                return _FIXED[kind] if kind in _FIXED else literal(_scalar(kind, constraints, name, example))
            case Constant(value):
                return literal(value)
            case Nullable(inner):
                return self._value(inner, name, example, full=full, depth=depth)
            case UnionOf(options):
                return self._value(options[0], name, example, full=full, depth=depth)
            case Anything():
                return literal(name)
            case _:
                assert_never(type_)

    def _named(self, id_: str, *, full: bool, depth: int) -> Expression:
        definition = self._types[id_]
        if isinstance(definition, Enumeration):
            value = definition.values[0]
            return literal(value)
        if isinstance(definition, Choice):
            return self._chosen(definition, full=full, depth=depth + 1)
        if depth > 2 * _DEPTH_LIMIT:  # it requires itself: there is no such value
            return literal(None)
        return self.record(id_, full=full, depth=depth + 1)

    def _chosen(self, choice: Choice, *, full: bool, depth: int) -> Expression:
        """The first option, or a small one where it is deep, with the tag that says so."""
        option = choice.options[0] if depth <= _DEPTH_LIMIT else min(choice.options, key=self._needs)
        value = self._value(option, choice.source_name, None, full=full, depth=depth)
        if choice.tag is None or not isinstance(option, Named) or not isinstance(value, Call):
            return value
        position = choice.options.index(option)
        tag = next((literal(text) for text, meant in choice.tag.values if meant == position), None)
        name = self._names.fields.get(option.id, {}).get(choice.tag.name)
        arguments = ((key, tag if key == name and tag is not None else each) for key, each in value.arguments)
        return Call(value.callee, tuple(arguments), value.literals)

    def _needs(self, type_: TypeRef) -> int:
        """How many members a value must have: the fewer, the sooner an example ends."""
        definition = self._types.get(getattr(type_, "id", ""))
        if isinstance(definition, Record):
            return sum(field.required for field in definition.fields)
        return _MANY if isinstance(definition, Choice) else 0

    def _list(self, item: TypeRef, name: str, count: int, *, full: bool, depth: int) -> Expression:
        if depth >= _DEPTH_LIMIT:
            return Items(())
        return Items(
            tuple(
                self._value(item, _numbered(name, number), None, full=full, depth=depth + 1) for number in range(count)
            )
        )

    def _map(self, value: TypeRef, name: str, count: int, *, full: bool, depth: int) -> Expression:
        if depth >= _DEPTH_LIMIT:
            return Pairs(())
        return Pairs(
            tuple(
                (
                    literal(_numbered("key", number)),
                    self._value(value, _numbered(name, number), None, full=full, depth=depth + 1),
                )
                for number in range(count)
            )
        )


def _numbered(name: str, index: int) -> str:
    return f"{name}_{index + 1}" if index else name


def _scalar(kind: ScalarKind, constraints: Constraints | None, name: str, example: Any) -> Any:
    if _fits_kind(kind, example):
        return example
    match kind:
        case ScalarKind.BOOLEAN:
            return False
        case ScalarKind.INTEGER | ScalarKind.NUMBER:
            return _number(constraints, whole=kind is ScalarKind.INTEGER)
        case _:
            return _string(constraints, name)


def _fits_kind(kind: ScalarKind, example: Any) -> bool:
    match kind:
        case ScalarKind.STRING:
            return isinstance(example, str)
        case ScalarKind.BOOLEAN:
            return isinstance(example, bool)
        case ScalarKind.INTEGER:
            return isinstance(example, int) and not isinstance(example, bool)
        case _:
            return isinstance(example, int | float) and not isinstance(example, bool)


def _number(constraints: Constraints | None, *, whole: bool) -> int | float:
    lowest = None if constraints is None else constraints.minimum
    highest = None if constraints is None else constraints.maximum
    value = _USUAL if lowest is None or lowest <= _USUAL else lowest
    value = value if highest is None or highest >= value else highest
    return int(value) if whole else float(value)


def _string(constraints: Constraints | None, name: str) -> str:
    """The member's own name, or the first of the known strings that fits."""
    own = snake_case(name) or "example"
    if constraints is None:
        return own
    likely = _ARN if "arn" in own else own
    return next((text for text in (likely, own, *_STRINGS) if _fits(text, constraints)), own)


def _fits(text: str, constraints: Constraints) -> bool:
    if len(text) < (constraints.min_length or 0) or len(text) > (constraints.max_length or len(text)):
        return False
    if constraints.pattern is None:
        return True
    if not _SIMPLE.fullmatch(constraints.pattern):
        return False
    return re.fullmatch(constraints.pattern, text, re.ASCII) is not None
