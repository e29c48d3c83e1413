"""Numbers within limits, always the same."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..constraints import Number

__all__ = ["is_within", "number_for"]

_FIRST = 1


def number_for(limits: Number, number: int) -> Fraction | None:
    """A number within the limits: the first from one on, or the `number`th after it; None where none is found."""
    step = Fraction(str(limits.multiple_of)) if limits.multiple_of else Fraction(1)
    lowest = [Fraction(str(each)) for each in (limits.minimum, limits.exclusive_minimum) if each is not None]
    highest = [Fraction(str(each)) for each in (limits.maximum, limits.exclusive_maximum) if each is not None]
    start = max([Fraction(_FIRST), *lowest]) + number * step
    first, last = -(-start // step) * step, min(highest, default=start) // step * step
    candidates = [first, first + step, last, last - step]
    if not limits.multiple_of:
        candidates += [(low + high) / 2 for low in lowest for high in highest]
    return next((each for each in candidates if is_within(each, limits)), None)


def is_within(value: Fraction, limits: Number) -> bool:
    """Whether a number is within its limits."""
    return (
        (limits.minimum is None or value >= Fraction(str(limits.minimum)))
        and (limits.maximum is None or value <= Fraction(str(limits.maximum)))
        and (limits.exclusive_minimum is None or value > Fraction(str(limits.exclusive_minimum)))
        and (limits.exclusive_maximum is None or value < Fraction(str(limits.exclusive_maximum)))
        and (not limits.multiple_of or (value / Fraction(str(limits.multiple_of))).denominator == 1)
    )
