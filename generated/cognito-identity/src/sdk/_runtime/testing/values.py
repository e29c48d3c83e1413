"""Values of a type, made from what the API's description says of it: valid, and the same on every run.

What a value looks like depends on the name of its member and on its number among its like, and on nothing else: the id
of a pool is the same whichever operation answers with it.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from msgspec import Struct, UnsetType
from msgspec.structs import fields
from msgspec.structs import replace as changed

from ..choices import Choice, options_of
from ..constraints import Constraint, Entries, Items, Number, OneOf, Table, Text
from .bodies import converted
from .numbers import is_within, number_for
from .service import UnreadableRequest
from .texts import plain_text, satisfies, text_for, uuid_text

__all__ = ["Place", "Values"]

_ABSENT = (types.NoneType, UnsetType)
_DEEPEST = 5
_USUAL_ITEMS = 2
_USUAL_NUMBER = 1
_MOMENT = datetime(2024, 1, 31, 12, 30, tzinfo=UTC)
# What is said to expire has not: programs would go looking for something newer.
_LATER = datetime(2099, 12, 31, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes.

    Attributes:
        name: Name of the member, or of what is made as a whole.
        path: Way to it, for people.
        number: 0 for the first of its kind.
        within: The classes whose members lead to it, outermost first.
    """

    name: str
    path: str
    number: int = 0
    within: tuple[type, ...] = ()


class Values:
    """Makes values.

    Args:
        constraints: What values must satisfy beyond their types, by class and attribute.
        examples: What the document shows, by class and attribute, as plain data; None for what never comes back.

    Attributes:
        unmet: Ways to members whose constraints could not be met, each with the constraint.
    """

    def __init__(self, constraints: Table, examples: Mapping[type, Mapping[str, Any]]) -> None:
        self.unmet: dict[str, Constraint] = {}
        self._constraints = constraints
        self._examples = examples

    def of(self, type_: Any, place: Place, limits: Constraint | None = None) -> Any:
        """A value of `type_`.

        Args:
            type_: A type as models are annotated with.
            place: Where it goes.
            limits: What it must satisfy beyond its type.
        """
        origin, arguments = get_origin(type_) or type_, get_args(type_)
        if origin in (Union, types.UnionType):
            options = [option for option in arguments if option not in _ABSENT]
            # What is uploaded has many shapes; bytes are the plainest.
            return self.of(bytes if bytes in options else options[0], place, limits)
        if origin is Annotated:
            return self.of(arguments[0], place, limits)
        if origin is Literal:
            return arguments[0]
        if origin is list:
            return self._list(arguments[0] if arguments else Any, place, limits)
        if origin is dict:
            return self._map(arguments[1] if arguments else Any, place, limits)
        if isinstance(origin, type) and issubclass(origin, Choice):
            return self._choice(type_, place, limits)
        if isinstance(origin, type) and issubclass(origin, Struct):
            return self._record(origin, place)
        if isinstance(origin, type) and issubclass(origin, Enum):
            return list(origin)[place.number % len(origin)]
        return self._scalar(origin, place, limits)

    def member(self, class_: type[Struct], name: str, place: Place) -> Any:
        """A value for one member of a class: what the document shows, where that is valid, else one that is made."""
        hint = _hints(class_)[name]
        limits = self._constraints.get(class_, {}).get(name)
        shown = None if place.number else self._examples.get(class_, {}).get(name)
        if shown is not None:
            try:
                found = converted(shown, hint)
            except UnreadableRequest:
                found = None
            if found is not None and _is_valid(found, limits):  # documents are careless with examples
                return found
        return self.of(hint, replace(place, name=name.strip("_"), path=f"{place.path}.{name}"), limits)

    def body(self, result: type[Struct], type_: Any, place: Place) -> Any:
        """The body of a result, within the limits that the result's class has for it under the place's name."""
        return self.of(type_, place, self._constraints.get(result, {}).get(place.name))

    def several(self, class_: type[Struct], name: str, count: int, place: Place) -> list[Any]:
        """`count` items for the list that a member is; those of another `place.number` are others."""
        hint = _hints(class_)[name]
        item = next((get_args(each)[0] for each in (hint, *get_args(hint)) if get_origin(each) is list), Any)
        limits = self._constraints.get(class_, {}).get(name)
        limit = limits.item if isinstance(limits, Items) else None
        path = f"{place.path}.{name}"
        numbers = range(place.number * count, (place.number + 1) * count)
        return [self.of(item, Place(name, f"{path}[{n}]", n, (class_,)), limit) for n in numbers]

    def _record(self, class_: type[Struct], place: Place) -> Any:
        inside = replace(place, within=(*place.within, class_))
        never = {name for name, shown in self._examples.get(class_, {}).items() if shown is None}
        made = {}
        for member in fields(class_):
            hint = _hints(class_)[member.name]
            if not member.required and (len(inside.within) > _DEEPEST or _mentions(hint, inside.within)):
                continue  # where a type holds itself, it ends here
            if not member.required and member.name in never:
                continue
            made[member.name] = self.member(class_, member.name, inside)
        return class_(**made)

    def _choice(self, choice: Any, place: Place, limits: Constraint | None) -> Any:
        """The first type that the tag names and that does not lead back to where the value goes, with that tag; without
        a tag, the first such type.
        """
        options = options_of(choice)
        inside = replace(place, within=(*place.within, choice))
        tagged: list[tuple[str | None, int]] = [*choice.__values__.items()]
        candidates = tagged or [(None, position) for position in range(len(options))]
        onward = (each for each in candidates if not _mentions(options[each[1]], inside.within))
        tag, position = next(onward, candidates[0])
        made = self.of(options[position], inside, limits)
        if tag is None or not isinstance(made, Struct):
            return made
        class_ = type(made)
        names = [field.name for field in fields(class_) if field.encode_name == choice.__tag__]
        return changed(made, **{name: converted(tag, _hints(class_)[name]) for name in names})

    def _list(self, item: Any, place: Place, limits: Constraint | None) -> list[Any]:
        known = limits if isinstance(limits, Items) else Items()
        least = known.minimum or 0
        if _mentions(item, place.within):
            count = least if len(place.within) <= _DEEPEST else 0
        else:
            usual = _USUAL_ITEMS if len(place.within) < _DEEPEST - 1 else 1
            count = max(least, usual if known.maximum is None else min(usual, known.maximum))
        if known.unique:
            count = min(count, _kinds(item))
        places = (
            replace(place, number=place.number * count + number, path=f"{place.path}[{number}]")
            for number in range(count)
        )
        return [self.of(item, each, known.item) for each in places]

    def _map(self, value: Any, place: Place, limits: Constraint | None) -> dict[str, Any]:
        known = limits if isinstance(limits, Entries) else Entries()
        count = max(known.minimum or 0, 0 if known.maximum == 0 or _mentions(value, place.within) else 1)
        count = max(count, len(known.required))
        made = {}
        for number in range(count):
            at = replace(place, number=place.number * count + number)
            if number < len(known.required):
                key = known.required[number]
            else:
                key = self._scalar(str, replace(at, name="key", path=f"{place.path}<key>"), known.key)
            made[key] = self.of(value, replace(at, path=f"{place.path}[{key!r}]"), known.value)
        return made

    def _scalar(self, type_: Any, place: Place, limits: Constraint | None) -> Any:
        if isinstance(limits, OneOf):
            return limits.values[place.number % len(limits.values)]
        if type_ is str:
            return self._string(place, limits)
        if type_ in (int, float, Decimal):
            number = self._number(place, limits)
            if type_ is Decimal:
                return Decimal(number.numerator) / number.denominator
            return int(number) if type_ is int else number.numerator / number.denominator
        made = {
            bool: False,
            bytes: b"example",
            datetime: _LATER if "expir" in place.name else _MOMENT,
            date: _MOMENT.date(),
            time: _MOMENT.time(),
            timedelta: timedelta(seconds=1),
        }
        if type_ is UUID:
            return UUID(uuid_text(place.name, place.number))
        return made.get(type_, place.name)

    def _string(self, place: Place, limits: Constraint | None) -> str:
        known = limits if isinstance(limits, Text) else Text()
        text = text_for(known, place.name, place.number)
        if text is None:
            self.unmet[place.path] = known
            return plain_text(place.name, place.number)
        return text

    def _number(self, place: Place, limits: Constraint | None) -> Fraction:
        known = limits if isinstance(limits, Number) else Number()
        found = number_for(known, place.number) or number_for(known, 0)
        if found is None:
            self.unmet[place.path] = known
            return Fraction(_USUAL_NUMBER)
        return found


def _is_valid(value: Any, limits: Constraint | None) -> bool:
    """Whether a text or number is within its limits; of other values nothing is known."""
    if isinstance(limits, Text) and isinstance(value, str):
        return satisfies(value, limits)
    if isinstance(limits, Number) and isinstance(value, int | float):
        return is_within(Fraction(str(value)), limits)
    return not isinstance(limits, OneOf) or value in limits.values


@cache
def _hints(class_: type[Struct]) -> dict[str, Any]:
    return get_type_hints(class_, include_extras=True)


def _mentions(type_: Any, classes: tuple[type, ...]) -> bool:
    """Whether a value of the type holds one of the classes without a member in between."""
    return type_ in classes or any(_mentions(argument, classes) for argument in get_args(type_))


def _kinds(type_: Any) -> int:
    """How many different values there are at least to choose from."""
    if type_ is bool:
        return 1
    if isinstance(type_, type) and issubclass(type_, Enum):
        return len(type_)
    return 1 if get_origin(type_) is Literal else 1 << 16
