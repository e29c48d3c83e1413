"""Constraints as checks of values that already have the right type. The names of what is violated are those of JSON
Schema Validation (2020-12, section 6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from msgspec import to_builtins

from .constraints import Constraint, Entries, Items, Number, OneOf, Text
from .ecma import compile_pattern

if TYPE_CHECKING:
    from .validation import Check, Fault

__all__ = ["check_of_constraint", "check_of_enumeration"]

_SHOWN: Final = 20
_PATTERN_LENGTH: Final = 200
_CHARACTERS: Final = ("character", "characters")
_ITEMS: Final = ("item", "items")
_ENTRIES: Final = ("entry", "entries")


def check_of_constraint(constraint: Constraint | None) -> Check | None:
    """The check of one value, not of what it holds; None where nothing is asked of it."""
    match constraint:
        case Text():
            return _text(constraint)
        case Number():
            return _number(constraint)
        case Items():
            return _items(constraint)
        case Entries():
            return _entries(constraint)
        case OneOf(values):
            return lambda value: _among(value, values)
        case _:
            return None


def check_of_enumeration(kind: type[Enum]) -> Check:
    """Whether a value is one that was documented when the client was generated."""
    values = tuple(member.value for member in kind)
    return lambda value: _among(value.value if isinstance(value, Enum) else value, values)


def _among(value: Any, values: tuple[Any, ...]) -> list[Fault]:
    if value in values:
        return []
    more = ", ..." if len(values) > _SHOWN else ""
    return [((), f"is not one of {', '.join(map(repr, values[:_SHOWN]))}{more}", "enum")]


def _text(constraint: Text) -> Check:
    low, high = constraint.min_length, constraint.max_length
    pattern = constraint.pattern
    # A catastrophic pattern costs the time of the caller, whose own value and whose own choice of `strict` it is.
    expression = None if pattern is None else compile_pattern(pattern)
    shown = repr(pattern if pattern is None or len(pattern) <= _PATTERN_LENGTH else f"{pattern[:_PATTERN_LENGTH]}...")

    def check(value: str) -> list[Fault]:
        faults = _count(len(value), low, high, _CHARACTERS, "Length")
        if expression is not None and not expression.search(value):
            faults.append(((), f"does not match the pattern {shown}", "pattern"))
        return faults

    return check


def _number(constraint: Number) -> Check:
    low, high = constraint.minimum, constraint.maximum
    above, below = constraint.exclusive_minimum, constraint.exclusive_maximum
    step = constraint.multiple_of

    def check(value: float) -> list[Fault]:
        faults: list[Fault] = []
        if low is not None and value < low:
            faults.append(((), f"is less than {low}", "minimum"))
        if high is not None and value > high:
            faults.append(((), f"is more than {high}", "maximum"))
        if above is not None and value <= above:
            faults.append(((), f"is not more than {above}", "exclusiveMinimum"))
        if below is not None and value >= below:
            faults.append(((), f"is not less than {below}", "exclusiveMaximum"))
        if step is not None and not _is_multiple(value, step):
            faults.append(((), f"is no multiple of {step}", "multipleOf"))
        return faults

    return check


def _is_multiple(value: float, step: float) -> bool:
    if not step:  # no document may say so (section 6.2.1), and nothing is a multiple of it
        return True
    if isinstance(value, int) and isinstance(step, int):
        return value % step == 0
    # As they are written: 0.3 is three times 0.1, which binary fractions do not know.
    quotient = Decimal(repr(value)) / Decimal(repr(step))
    return quotient == quotient.to_integral_value()


def _items(constraint: Items) -> Check | None:
    low, high, is_unique = constraint.minimum, constraint.maximum, constraint.unique
    if low is None and high is None and not is_unique:
        return None

    def check(value: Sequence[Any]) -> list[Fault]:
        faults = _count(len(value), low, high, _ITEMS, "Items")
        if is_unique and len({_identity(item) for item in value}) < len(value):
            faults.append(((), "has an item twice", "uniqueItems"))
        return faults

    return check


def _entries(constraint: Entries) -> Check | None:
    low, high, required = constraint.minimum, constraint.maximum, constraint.required
    if low is None and high is None and not required:
        return None

    def check(value: Mapping[str, Any]) -> list[Fault]:
        faults = _count(len(value), low, high, _ENTRIES, "Properties")
        return faults + [((), f"has no {key!r}", "required") for key in required if key not in value]

    return check


def _identity(item: Any) -> Any:
    """What is the same for equal values of JSON, and differs for others: 1 and 1.0 are equal, 1 and true are not."""
    if isinstance(item, Enum):
        item = item.value
    if isinstance(item, str) or type(item) in (int, float):
        return item
    return type(item).__name__, repr(to_builtins(item, order="sorted", enc_hook=str))


def _count(count: int, low: int | None, high: int | None, nouns: tuple[str, str], keyword: str) -> list[Fault]:
    singular, plural = nouns
    faults: list[Fault] = []
    if low is not None and count < low:
        faults.append(((), f"has {count} {singular if count == 1 else plural}, at least {low} needed", f"min{keyword}"))
    if high is not None and count > high:
        faults.append(
            ((), f"has {count} {singular if count == 1 else plural}, at most {high} allowed", f"max{keyword}")
        )
    return faults
