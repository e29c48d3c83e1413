"""Models as the members of a form that names an action: `A.B.member.1=x`.

The query protocol spells a list `Name.member.1`, and without `member` where the list is flattened; a map
`Name.entry.1.key` and `.value`. EC2 flattens every list, and begins every name with a capital letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct

from .errors import RequestError
from .operation import Operation
from .xml_codec import Member, members, scalar

__all__ = ["Name", "ec2_name", "form", "query_name"]

Name = Callable[[Member], tuple[str, str]]


def query_name(member: Member) -> tuple[str, str]:
    """What a member is called, and what stands between the name of a list or map and its numbers."""
    facts = member.facts
    between = facts.get("item") or facts.get("entry") or ""
    return facts.get("name", member.name), between


def ec2_name(member: Member) -> tuple[str, str]:
    """What a member is called in EC2's protocol, where nothing stands between a list's name and its numbers."""
    name = member.facts.get("name", member.name)
    return member.facts.get("query") or name[:1].upper() + name[1:], ""


def form(operation: Operation[Any], body: Any, name_of: Name) -> bytes:
    """The operation's fixed members and those of the body.

    Raises:
        RequestError: The body is nested too deeply.
    """
    pairs = list(operation.fixed)
    try:
        pairs += _struct("", body, name_of, operation.timestamps or "date-time") if body is not None else ()
    except RecursionError:
        raise RequestError("the request is nested too deeply, or holds itself") from None
    return "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs).encode("ascii")


def _struct(prefix: str, value: Struct, name_of: Name, spelling: str) -> Iterator[tuple[str, str]]:
    for member in members(type(value)):
        item = getattr(value, member.attribute)
        if item is not None and item is not msgspec.UNSET:
            name, between = name_of(member)
            pair = (member.facts.get("key", "key"), member.facts.get("value", "value"))
            yield from _value(f"{prefix}{name}", between, item, name_of, member.timestamps or spelling, pair)


def _value(
    name: str, between: str, value: Any, name_of: Name, spelling: str, pair: tuple[str, str] = ("key", "value")
) -> Iterator[tuple[str, str]]:
    inner = f"{name}.{between}" if between else name
    match value:
        case Struct():
            yield from _struct(f"{name}.", value, name_of, spelling)
        case list() | tuple():
            for number, item in enumerate(value, 1):
                yield from _value(f"{inner}.{number}", between and "member", item, name_of, spelling)
            if not value and name_of is not ec2_name:
                yield name, ""  # so that an empty list is told from none
        case dict():
            for number, (key, item) in enumerate(value.items(), 1):
                yield f"{inner}.{number}.{pair[0]}", scalar(key, spelling)
                yield from _value(f"{inner}.{number}.{pair[1]}", between and "member", item, name_of, spelling)
        case _:
            yield name, scalar(value, spelling)
