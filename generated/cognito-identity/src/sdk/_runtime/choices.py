"""Values of one of several types that JSON does not tell apart: two kinds of objects, a date or any text.

The API's tag decides where there is one. Without it, or where it is missing, the value decides: the type whose required
members are there, whose constants and listed values are met, that the value converts to, and that knows most of its
members; the first of the best. One whose constants are missing is the last resort, and knows at least one member.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints

import msgspec

__all__ = ["Choice", "Unknown", "option_for", "options_of"]


class Unknown(dict[str, Any]):
    """An object whose kind this client does not know: its members as they came, by their names on the wire."""


class _Options(type):
    """Makes `isinstance(value, Pet)` mean what it means for a union."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _classes(cls))


class Choice(metaclass=_Options):
    """A value of one of the types in the annotation `__options__`, a tuple.

    Attributes:
        __tag__: Member on the wire that tells objects apart, None where there is none.
        __values__: The tag's values, and positions among the options that they stand for.
    """

    __tag__: ClassVar[str | None] = None
    __values__: ClassVar[Mapping[str, int]] = {}


@cache
def options_of(choice: type) -> tuple[Any, ...]:
    """The types that a choice is between."""
    found: tuple[Any, ...] = get_args(get_type_hints(choice)["__options__"])
    return found


@cache
def _classes(choice: type) -> tuple[type, ...]:
    found: list[type] = [Unknown]
    for option in options_of(choice):
        origin = get_origin(option)
        found += {type(value) for value in get_args(option)} if origin is Literal else [origin or option]
    return tuple(found)


def option_for(choice: Any, value: Any, hook: Any) -> Any:
    """The type that `value` is to be read as: an option, `Unknown` for an object of no known kind, or None for a value
    that is none of them.

    Args:
        choice: A subclass of `Choice`.
        value: Plain data, not None.
        hook: Converts what msgspec does not know, such as a choice inside an option.
    """
    options = options_of(choice)
    match value:
        case dict():
            tag = None if choice.__tag__ is None else value.get(choice.__tag__)
            if isinstance(tag, str):
                position = choice.__values__.get(tag)
                return Unknown if position is None else options[position]
            return _object(options, value, hook)
        case str():
            return _text(options, value, hook)
        case _:
            return next((option for option in options if _converts(value, option, hook)), _array(options, value))


def _object(options: Iterable[Any], value: dict[str, Any], hook: Any) -> Any:
    """An option for an object without a tag."""
    best, best_rank = Unknown, (False, False, 0, 0)
    for option in options:
        rank = _rank(option, value, hook)
        if rank is not None and (best is Unknown or rank > best_rank):
            best, best_rank = option, rank
    return best


def _rank(option: Any, value: dict[str, Any], hook: Any) -> tuple[bool, bool, int, int] | None:
    """How well an object fits a type; None where it does not fit."""
    if not (isinstance(option, type) and issubclass(option, msgspec.Struct)):
        return (True, False, 0, 0) if _converts(value, option, hook) else None
    members = _members(option)
    known = {name: type_ for name, type_ in members.items() if name in value}
    listed = [_is_listed(value[name], type_) for name, type_ in known.items() if _is_enumeration(type_)]
    # Required ones: what is optional may be None too.
    constants = [name for name, type_ in members.items() if get_origin(type_) is Literal or _is_enumeration(type_)]
    is_complete = all(name in value for name in constants)
    if not (known or is_complete) or not _converts({name: value[name] for name in known}, option, hook):
        return None
    return is_complete, all(listed), len(known), -len(members)


@cache
def _members(option: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(option)
    return {member.encode_name: hints[member.name] for member in msgspec.structs.fields(option)}


def _text(options: Iterable[Any], value: str, hook: Any) -> Any:
    """An option for a text: one that lists it, else one that it is spelled for, else any text."""
    ranked = sorted(options, key=_generality)
    for option in ranked:
        if _is_enumeration(option) and value not in option._value2member_map_:
            continue
        if _converts(value, option, hook):
            return option
    return next((option for option in ranked if _is_enumeration(option)), None)


def _generality(option: Any) -> int:
    if get_origin(option) is Literal or _is_enumeration(option):
        return 0
    return {str: 3, bytes: 2}.get(option, 1)


def _array(options: Iterable[Any], value: Any) -> Any:
    arrays = (option for option in options if get_origin(option) is list)
    return next(arrays, None) if isinstance(value, list) else None


def _is_listed(value: Any, enumeration: Any) -> bool:
    return isinstance(value, str | int) and value in enumeration._value2member_map_


def _is_enumeration(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, Enum)


def _converts(value: Any, option: Any, hook: Any) -> bool:
    try:
        msgspec.convert(value, option, dec_hook=hook)
    except (msgspec.ValidationError, ValueError):
        return False
    return True
