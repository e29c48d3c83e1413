"""Whether two JSON values mean the same: numbers by their value, times by their instant."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID


def difference(one: Any, other: Any, at: str = "") -> str:
    """The first place at which the second value is not the first; empty where there is none."""
    match one, other:
        case dict(), dict():
            return _members(one, other, at)
        case list(), list():
            if len(one) != len(other):
                return f"at {at or '/'}: {len(one)} items became {len(other)}"
            places = (difference(*pair, f"{at}/{number}") for number, pair in enumerate(zip(one, other, strict=True)))
            return next(filter(None, places), "")
        case _:
            return "" if _is_same(one, other) else f"at {at or '/'}: {one!r} became {other!r}"


def _members(one: dict[str, Any], other: dict[str, Any], at: str) -> str:
    for name in one.keys() - other.keys():
        return f"at {at}/{name}: {one[name]!r} is lost"
    for name in other.keys() - one.keys():
        return f"at {at}/{name}: {other[name]!r} is added"
    places = (difference(one[name], other[name], f"{at}/{name}") for name in one)
    return next(filter(None, places), "")


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if one == other:
        return True
    if isinstance(one, int | float) or isinstance(other, int | float):
        return _numbers(one, other)
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    return any(_means(read, one, other) for read in (_instant, time.fromisoformat, UUID, _bytes))


def _numbers(one: Any, other: Any) -> bool:
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except InvalidOperation:
        return False


def _means(read: Any, one: str, other: str) -> bool:
    try:
        return bool(read(one) == read(other))
    except (ValueError, TypeError, OverflowError, binascii.Error):
        return False


def _instant(text: str) -> datetime | date:
    if len(text) == len("2024-01-31"):
        return date.fromisoformat(text)
    found = datetime.fromisoformat(text.upper())
    return found.astimezone(UTC) if found.tzinfo is not None else found


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
