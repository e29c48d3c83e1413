"""Values of the suites as arguments of a client, and results of a client as values of the suites.

The suites write a blob as its text, a timestamp as its seconds since 1970, and a number that is not finite as its name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec


def arguments(type_: type[msgspec.Struct], values: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments for a model, out of members by their names on the wire."""
    hints = get_type_hints(type_)
    names = {member.encode_name: member.name for member in msgspec.structs.fields(type_)}
    return {names[key]: _ours(hints[names[key]], value) for key, value in values.items()}


def _ours(type_: Any, value: Any) -> Any:
    options = [option for option in get_args(type_) if option is not NoneType]
    match value:
        case None:
            return None
        case list():
            return [_ours(options[0], item) for item in value]
        case _ if get_origin(type_) is dict:
            return {key: _ours(options[1], item) for key, item in value.items()}
        case _ if options:
            return _ours(options[0], value)
        case dict() if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            return type_(**arguments(type_, value))
        case _:
            return _SCALARS.get(type_, lambda same: same)(value)


_SCALARS: dict[Any, Any] = {
    bytes: str.encode,
    datetime: lambda seconds: datetime.fromtimestamp(seconds, UTC),
    float: float,
}


def plain(value: Any) -> Any:
    """A value of a client as the suites write it; members that are None are not there."""
    match value:
        case msgspec.Struct():
            members = ((member.encode_name, getattr(value, member.name)) for member in msgspec.structs.fields(value))
            return {name: plain(member) for name, member in members if member is not None}
        case list():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case bytes():
            return value.decode()
        case datetime():
            return value.timestamp()
        case float() if math.isnan(value):
            return "NaN"
        case float() if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        case Enum():
            return value.value
        case _:
            return value
