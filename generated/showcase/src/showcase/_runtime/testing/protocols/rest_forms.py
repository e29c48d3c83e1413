"""Bodies that are forms, read back: `application/x-www-form-urlencoded` and `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import unquote

import msgspec

from ...files import File
from ...operation import Part
from ..service import UnreadableRequest
from .rest_parameters import element_type, from_pairs, split_pairs, value_of

__all__ = ["read_multipart", "read_urlencoded"]

_USUAL = Part()
_NAME = re.compile(r';\s*name="([^"]*)"')
_FILE_NAME = re.compile(r';\s*filename="([^"]*)"')
_BOUNDARY = re.compile(r';\s*boundary="?([^";]+)', re.IGNORECASE)
_LINE_END = b"\r\n"


@dataclass(frozen=True, slots=True)
class _Field:
    """One part: a file where it has a file name."""

    content: bytes
    headers: Mapping[str, str]
    file_name: str | None


def read_urlencoded(body: bytes, type_: Any, parts: Mapping[str, Part]) -> Any:
    """The model or dict that a form was made from.

    Raises:
        UnreadableRequest: There is none.
    """
    try:
        pairs = split_pairs(body.decode("ascii"), plus_is_space=True)
    except UnicodeDecodeError:
        raise UnreadableRequest("the body is no form: it holds more than ASCII") from None
    members = _members(type_)
    if members is None:
        return {name: unquote(value) for name, value in pairs}
    found = {}
    for name, (attribute, hint) in members.items():
        part = parts.get(name, _USUAL)
        explode = part.explode or part.style is None
        as_json = part.style is None and _is_object(hint)
        others = [other for other in members if other != name]
        style = "json" if as_json else part.style
        value = from_pairs(name, hint, pairs, style=style, explode=explode, others=others)
        if value is not None:
            found[attribute] = value_of(f"member {name!r} of the form", value, hint)
    return _made(type_, found)


def read_multipart(body: bytes, content_type: str, type_: Any) -> Any:
    """The model or dict that parts were made from.

    Raises:
        UnreadableRequest: There is none.
    """
    fields = _fields(body, content_type)
    members = _members(type_)
    if members is None:
        return {name: said[0].content.decode("utf-8", "replace") for name, said in fields.items()}
    found = {}
    for name, (attribute, hint) in members.items():
        said = fields.get(name)
        if said:
            inner = element_type(hint)
            if get_origin(inner) is list:
                item = (get_args(inner) or (Any,))[0]
                found[attribute] = [_value(name, each, item) for each in said]
            else:
                found[attribute] = _value(name, said[0], hint)
    return _made(type_, found)


def _fields(body: bytes, content_type: str) -> dict[str, list[_Field]]:
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise UnreadableRequest("the body has parts, but its Content-Type names no boundary")
    mark = _LINE_END + b"--" + boundary[1].encode("latin-1")
    _, *blocks = (_LINE_END + body).split(mark)
    if not blocks or not blocks[-1].startswith(b"--"):
        raise UnreadableRequest("the body's last part does not end")
    found: dict[str, list[_Field]] = {}
    for block in blocks[:-1]:
        head, _, content = block.removeprefix(_LINE_END).partition(_LINE_END * 2)
        lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n"))
        headers = {name.strip(): value.strip() for name, _, value in lines}
        disposition = next((value for name, value in headers.items() if name.lower() == "content-disposition"), "")
        name, file_name = _NAME.search(disposition), _FILE_NAME.search(disposition)
        if name is None:
            raise UnreadableRequest("a part of the body has no name")
        field = _Field(content, headers, None if file_name is None else _unquoted(file_name[1]))
        found.setdefault(_unquoted(name[1]), []).append(field)
    return found


def _value(name: str, field: _Field, hint: Any) -> Any:
    options = get_args(hint) or (hint,)
    if File in options:
        own = {key: value for key, value in field.headers.items() if key.lower() != "content-disposition"}
        content_type = next((own.pop(key) for key in list(own) if key.lower() == "content-type"), None)
        return File(content=field.content, name=field.file_name, content_type=content_type, headers=own)
    if bytes in options:
        return field.content
    text = field.content.decode("utf-8", "replace")
    if _is_object(hint):
        try:
            return value_of(f"part {name!r}", json.loads(text), hint)
        except ValueError as error:
            raise UnreadableRequest(f"part {name!r}: {error}") from None
    return value_of(f"part {name!r}", text, hint)


def _members(type_: Any) -> dict[str, tuple[str, Any]] | None:
    """Attributes and types by names on the wire; None for what is no model."""
    if not (isinstance(type_, type) and issubclass(type_, msgspec.Struct)):
        return None
    hints = get_type_hints(type_)
    return {field.encode_name: (field.name, hints[field.name]) for field in msgspec.structs.fields(type_)}


def _made(type_: Any, found: Mapping[str, Any]) -> Any:
    try:
        return type_(**found)
    except TypeError as error:
        raise UnreadableRequest(f"the form: {error}") from None


def _is_object(hint: Any) -> bool:
    type_ = element_type(hint)
    origin = get_origin(type_) or type_
    return origin is dict or (isinstance(origin, type) and issubclass(origin, msgspec.Struct))


def _unquoted(name: str) -> str:
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
