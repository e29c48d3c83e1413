"""Example values: the document's own where they are what it asks for, else made up, always the same and within the
constraints.
"""

from __future__ import annotations

import math
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
    Limits,
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
from generator.python.text import Literal
from generator.runtime_source import is_within, number_for, satisfies, text_for

_DEPTH_LIMIT = 6
_MANY = 1000
_USUAL = 10
_RECORDS_IN_LIST = 2
_VALUES_IN_LIST = 3
_MOST_SHOWN = 1000
_UNLIMITED = Constraints()

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
                if field.must_be_given or (not field.read_only and (field.shown or (full and depth < _DEPTH_LIMIT)))
            )
        )

    def member(self, field: Field | Input, *, full: bool, depth: int = 0) -> Expression:
        """A value for a member or a parameter."""
        return self._value(field.type, field.name, field.example, full=full, depth=depth)

    def of(self, type_: TypeRef, name: str, *, full: bool) -> Expression:
        """A value of any type; `name` is what strings are made of."""
        return self._value(type_, name, None, full=full, depth=0)

    def _value(self, type_: TypeRef, name: str, example: Any, *, full: bool, depth: int, number: int = 0) -> Expression:
        """A value; another `number` gives another one where the type has several."""
        match type_:
            case Named(id_):
                return self._named(id_, full=full, depth=depth, number=number)
            case ListOf(item, limits):
                return self._list(item, limits or Limits(), name, full=full, depth=depth)
            case MapOf():
                return self._map(type_, name, full=full, depth=depth)
            case Scalar(kind, constraints):
                return (
                    _FIXED[kind] if kind in _FIXED else literal(scalar_value(kind, constraints, name, example, number))
                )
            case Constant(value):
                return literal(value)
            case Nullable(inner):
                return self._value(inner, name, example, full=full, depth=depth, number=number)
            case UnionOf(options):
                return self._value(options[0], name, example, full=full, depth=depth, number=number)
            case Anything():
                return literal(name)
            case _:
                assert_never(type_)

    def _named(self, id_: str, *, full: bool, depth: int, number: int = 0) -> Expression:
        definition = self._types[id_]
        if isinstance(definition, Enumeration):
            return literal(definition.values[number % len(definition.values)])
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

    def _list(self, item: TypeRef, limits: Limits, name: str, *, full: bool, depth: int) -> Expression:
        usual = _RECORDS_IN_LIST if isinstance(item, Named) else _VALUES_IN_LIST
        count = _count(limits, 0 if depth >= _DEPTH_LIMIT else 1 if limits.unique else usual)
        return Items(
            tuple(
                self._value(
                    item,
                    _numbered(name, number),
                    None,
                    full=full,
                    depth=depth + 1,
                    number=number if limits.unique else 0,
                )
                for number in range(count)
            )
        )

    def _map(self, map_: MapOf, name: str, *, full: bool, depth: int) -> Expression:
        limits = map_.limits or Limits()
        # A map without a limit is usually free-form (labels, tags): several entries show that best.
        usual = 0 if depth >= _DEPTH_LIMIT else 1 if limits.maximum is not None else _VALUES_IN_LIST
        missing = range(len(map_.required), max(_count(limits, usual), len(map_.required)))
        keys = list(dict.fromkeys([*map(literal, map_.required), *(self._key(map_.key, number) for number in missing)]))
        return Pairs(
            tuple(
                (key, self._value(map_.value, _numbered(name, number), None, full=full, depth=depth + 1))
                for number, key in enumerate(keys)
            )
        )

    def _key(self, type_: TypeRef | None, number: int) -> Literal:
        """A key of a map: Python has it as plain text, whatever its type."""
        name = _numbered("key", number)
        made = None if type_ is None else self._value(type_, name, None, full=False, depth=0, number=number)
        return made if isinstance(made, Literal) else literal(name)


def _count(limits: Limits, usual: int) -> int:
    """How many items or entries: the usual number, or as near to it as the limits allow."""
    most = usual if limits.maximum is None else min(usual, limits.maximum)
    return min(max(most, limits.minimum or 0), _MOST_SHOWN)


def _numbered(name: str, index: int) -> str:
    return f"{name}_{index + 1}" if index else name


def scalar_value(kind: ScalarKind, constraints: Constraints | None, name: str, example: Any, number: int) -> Any:
    """A boolean, number or text: the document's own where it fits, else made up; another `number` gives another one."""
    limits = constraints or _UNLIMITED
    match kind:
        case ScalarKind.BOOLEAN:
            return example if isinstance(example, bool) else number % 2 > 0
        case ScalarKind.INTEGER | ScalarKind.NUMBER:
            return _number(limits, example, number, whole=kind is ScalarKind.INTEGER)
        case _:
            return _string(limits, name, example, number)


def _number(limits: Constraints, example: Any, number: int, *, whole: bool) -> int | float:
    if _is_number(example, whole=whole) and is_within(example, limits):
        found: int | float = example
        return found
    if not number and is_within(_USUAL, limits):
        return _USUAL if whole else float(_USUAL)
    made = number_for(limits, number) or number_for(limits, 0)
    if made is None:
        return _USUAL if whole else float(_USUAL)
    return int(made) if whole else float(made)


def _is_number(value: Any, *, whole: bool) -> bool:
    return isinstance(value, int if whole else int | float) and not isinstance(value, bool) and math.isfinite(value)


def _string(limits: Constraints, name: str, example: Any, number: int) -> str:
    """The document's own, the member's name, the first of the known strings that fits, or one written for it; what
    the document shows, or the name, where none is found.
    """
    if isinstance(example, str) and satisfies(example, limits):
        return example
    own = snake_case(name) or "example"
    if limits == _UNLIMITED:
        return example if isinstance(example, str) else own
    likely = _ARN if "arn" in own else own
    known = () if limits.format else (likely, own, *_STRINGS)
    fitting = next((text for text in known if satisfies(text, limits)), None) or text_for(limits, own, number)
    if fitting is not None:
        return fitting
    return example if isinstance(example, str) else own
