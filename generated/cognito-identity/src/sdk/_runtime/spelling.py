"""Values as a protocol spells them where JSON, or msgspec, would not: timestamps, and numbers that are not finite.

Smithy's names of the spellings are used: `date-time` (RFC 3339, in UTC), `epoch-seconds` (a number, with a fraction
only where there is one) and `http-date` (RFC 9110, section 5.6.7, which has no fractions). In these, a timestamp that
says no time zone is UTC, as in AWS's own clients: what is sent must not depend on where a program runs. `rfc3339` is
what OpenAPI means by `date-time`, beside members that have a spelling of their own; there it is local time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

__all__ = ["spelled"]


def spelled(value: Any, timestamps: str | None) -> Any:
    """`value` for the encoder: models as dicts without the members that are not set, everything else as it is sent.

    Args:
        value: A body.
        timestamps: How timestamps are spelled where a model does not say; None where `value` needs no care, and comes
            back as it is.
    """
    return value if timestamps is None else _spell(value, timestamps)


def _spell(value: Any, form: str) -> Any:
    match value:
        case Struct():
            given = ((wire, own, getattr(value, name), default) for name, wire, own, default in _members(type(value)))
            return {wire: _spell(member, own or form) for wire, own, member, default in given if member is not default}
        case dict():
            return {key: _spell(item, form) for key, item in value.items()}
        case list() | tuple():
            return [_spell(item, form) for item in value]
        case datetime():
            return _timestamp(value, form)
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        case _:
            return value


@cache
def _members(type_: type[Struct]) -> tuple[tuple[str, str, str | None, Any], ...]:
    """Of each member: its attribute, its name on the wire, how its timestamps are spelled if not as usual, and what
    stands for "not set".
    """
    own: Mapping[str, str] = getattr(type_, "__timestamps__", {})
    return tuple((each.name, each.encode_name, own.get(each.name), each.default) for each in fields(type_))


def _timestamp(value: datetime, form: str) -> Any:
    is_universal = value.tzinfo is None and form != "rfc3339"
    universal = value.replace(tzinfo=UTC) if is_universal else value.astimezone(UTC)
    if form == "epoch-seconds":
        seconds = universal.timestamp()
        return int(seconds) if seconds.is_integer() else seconds
    if form == "http-date":
        from email.utils import format_datetime  # slow to import, and seldom needed

        return format_datetime(universal, usegmt=True)
    return universal
