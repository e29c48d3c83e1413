"""Header fields of replies as the values that they are documented to be; read when somebody looks at them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, get_args, get_origin

from msgspec import Struct

from .codec import decode, decode_plain
from .errors import DecodeError
from .model import Response

__all__ = ["header"]

# What stands between commas: quoted where it holds one itself (RFC 9110, section 5.6.4). A date of HTTP has one.
_ITEM = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)')
_DATE = re.compile(r"[A-Z][a-z]+, [^,]+|[^,\s][^,]*")


def header(result: Response, name: str, type_: Any, how: str = "") -> Any:
    """The value of a header field, None where the reply lacks it; one that is of another type is its text.

    Args:
        result: What came back.
        name: Name of the field; for `prefix`, what the names of several begin with.
        type_: What is documented.
        how: `json`; `explode`, where members of an object are written `name=value`; `prefix` for a map of all fields
            whose names begin alike.
    """
    if how == "prefix":
        fields = (field for field in result.headers.raw if field[0].lower().startswith(name.lower()))
        return decode_plain(type_, {field[len(name) :]: value for field, value in fields})
    text = result.headers.get(name)
    if text is None:
        return None
    try:
        return decode(type_, text.encode()) if how == "json" else decode_plain(type_, _plain(type_, text, how))
    except DecodeError:
        return text


def _plain(type_: Any, text: str, how: str) -> Any:
    """The text as JSON would have it: `a,b` is a list, or names and values alternately (the style `simple`)."""
    if get_origin(type_) is list:
        (item,) = get_args(type_)
        return _DATE.findall(text) if item is datetime else _items(text)
    if get_origin(type_) is dict or (isinstance(type_, type) and issubclass(type_, Struct)):
        items = _items(text)
        if how == "explode":
            return {key: value for key, _, value in (item.partition("=") for item in items)}
        return dict(zip(items[::2], items[1::2], strict=False))
    return text


def _items(text: str) -> list[str]:
    found = []
    for match in _ITEM.finditer(text):
        quoted, plain = match.groups()
        item = plain.strip() if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        if item or quoted is not None:
            found.append(item)
    return found
