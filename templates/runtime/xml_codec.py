"""XML to models and back, guided by the models' types and by what their classes say in `__xml__`.

That table has, by attribute: `name` of the element, where it is not the member's; `attribute` for what is one; `item`,
the name of the items' elements of a list that has an element of its own; `entry`, the name of the elements of a map's
entries (each a key and a value; empty where nothing stands around the entries), `key` and `value` those of their
elements where they have others; `namespace` and `prefix`. Under the empty name it speaks of the class itself. What is
read becomes plain data first, and then what the types say as tolerantly as JSON does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from .codec import BESIDE, decode_plain
from .errors import RequestError
from .parameters import text
from .spelling import spelled
from .xml_tree import Element, parse

__all__ = ["Member", "bare", "decode_xml", "encode_xml", "members", "plain_of", "scalar", "table_of"]

_ABSENT = (NoneType, msgspec.UnsetType)
_NAME = re.compile(r"[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?")
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#xD;"})
_IN_ATTRIBUTES = str.maketrans({"\n": "&#xA;", "\t": "&#x9;"})
_NO_FACTS: Mapping[str, Any] = {}


class Member(Struct, frozen=True):
    """A member of a model: its attribute, its name on the wire, its type, what it says of itself, what stands for
    "not set", and how its timestamps are spelled.
    """

    attribute: str
    name: str
    type: Any
    facts: Mapping[str, Any]
    default: Any
    timestamps: str | None


def table_of(type_: Any) -> Mapping[str, Any]:
    """What a class says of itself."""
    table: Mapping[str, Mapping[str, Any]] = getattr(type_, "__xml__", _NO_FACTS)
    return table.get("", _NO_FACTS)


@cache
def members(type_: type[Struct]) -> tuple[Member, ...]:
    """The members of a model, those for further members left out."""
    table: Mapping[str, Mapping[str, Any]] = getattr(type_, "__xml__", _NO_FACTS)
    spellings: Mapping[str, str] = getattr(type_, "__timestamps__", _NO_FACTS)
    hints = get_type_hints(type_)
    return tuple(
        Member(
            each.name,
            each.encode_name,
            bare(hints[each.name]),
            table.get(each.name, _NO_FACTS),
            each.default,
            spellings.get(each.name),
        )
        for each in msgspec.structs.fields(type_)
        if each.encode_name != BESIDE
    )


def bare(type_: Any) -> Any:
    """A type without the ways of not being there."""
    if get_origin(type_) in (Union, UnionType):
        options = [option for option in get_args(type_) if option not in _ABSENT]
        return options[0] if len(options) == 1 else type_
    return type_


# --- reading ---------------------------------------------------------------------------------------------------------


def decode_xml(type_: Any, data: bytes) -> Any:
    """`data` read as XML of `type_`.

    Raises:
        DecodeError: It is not well-formed, or more than a document.
    """
    return decode_plain(type_, plain_of(bare(type_), parse(data)))


def plain_of(type_: Any, element: Element) -> Any:
    """An element as the plain data that JSON would have for the type."""
    if isinstance(type_, type) and issubclass(type_, Struct):
        return _plain_struct(type_, element)
    arguments = get_args(type_)
    if get_origin(type_) is list:
        return [plain_of(bare(arguments[0]), child) for child in element.children]
    if get_origin(type_) is dict:
        return {child.name: plain_of(bare(arguments[1]), child) for child in element.children}
    if element.children:
        return _untyped(element)
    # White space around a number or a word of its own means nothing (XML Schema, part 2, section 4.3.6).
    content = element.text if type_ is str or type_ is Any else element.text.strip()
    return content if content or type_ in (str, bytes, Any) else None


def _plain_struct(type_: type[Struct], element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for member in members(type_):
        value = _member_of(member, element)
        if value is not None:
            found[member.name] = value
    return found


def _member_of(member: Member, element: Element) -> Any:
    facts, arguments = member.facts, get_args(member.type)
    name = facts.get("name", member.name)
    if facts.get("attribute"):
        qualified = f"{facts['prefix']}:{name}" if "prefix" in facts else name
        content = element.attributes.get(qualified, element.attributes.get(name))
        return content if content is None or member.type is str else content.strip()
    local = name.rpartition(":")[2]
    if get_origin(member.type) is list:
        return _items(bare(arguments[0]), element, local, facts.get("item"))
    if get_origin(member.type) is dict and "entry" in facts:
        return _entries(bare(arguments[1]), element, local, facts["entry"])
    child = element.find(local)
    if child is None:  # a document may call an element what its server writes as an attribute
        return element.attributes.get(name) if ":" in name else None
    return plain_of(member.type, child)


def _items(type_: Any, element: Element, name: str, item: str | None) -> list[Any] | None:
    if item is None:
        return [plain_of(type_, child) for child in element.all(name)] or None
    around = element.find(name)
    # Inside of its element every child is an item, whatever its name: servers and documents differ in it.
    return None if around is None else [plain_of(type_, child) for child in around.children]


def _entries(type_: Any, element: Element, name: str, entry: str) -> dict[str, Any] | None:
    around = element.find(name)
    if around is None:
        return None
    found = around.children if entry else element.all(name)
    # The first child is the key and the second the value, whatever their names.
    pairs = (each.children for each in found)
    return {key.text: plain_of(type_, value) for key, value, *_ in (pair for pair in pairs if pair[1:])}


def _untyped(element: Element) -> Any:
    if not element.children:
        return element.text
    found: dict[str, list[Any]] = {}
    for child in element.children:
        found.setdefault(child.name, []).append(_untyped(child))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


# --- writing ---------------------------------------------------------------------------------------------------------


def encode_xml(
    value: Any, name: str | None = None, namespace: str | None = None, timestamps: str | None = None
) -> bytes:
    """A model as a document.

    Args:
        value: The model, or what else the body is.
        name: Of its element; None for what its class says.
        namespace: Its namespace; None for what its class says.
        timestamps: How timestamps are spelled where their members do not say; None for RFC 3339.

    Raises:
        RequestError: It holds a character or name that XML has none for, or is nested too deeply.
    """
    table = table_of(type(value))
    facts = dict(table)
    if namespace is not None:
        facts["namespace"] = namespace
    try:
        written = "".join(_element(name or table.get("name", "root"), value, facts, timestamps or "rfc3339"))
    except RecursionError:
        raise RequestError("the request is nested too deeply, or holds itself") from None
    return f'<?xml version="1.0" encoding="UTF-8"?>{written}'.encode()


def _element(name: str, value: Any, facts: Mapping[str, Any], form: str) -> Iterable[str]:
    prefix = facts.get("prefix")
    tag = _checked(f"{prefix}:{name}" if prefix else name)
    attributes = _namespace(facts, prefix)
    content: Iterable[str]
    if isinstance(value, Struct):
        inner = list(_set_members(value))
        attributes += "".join(_attribute(member, item, form) for member, item in inner if member.facts.get("attribute"))
        content = (
            piece
            for member, item in inner
            if not member.facts.get("attribute")
            for piece in _written(member.facts.get("name", member.name), item, member.facts, member.timestamps or form)
        )
    elif isinstance(value, dict):
        content = (piece for key, item in value.items() for piece in _written(str(key), item, _NO_FACTS, form))
    elif isinstance(value, list | tuple):
        content = (piece for item in value for piece in _element("item", item, _NO_FACTS, form))
    else:
        content = (_escaped(scalar(value, form)),)
    yield f"<{tag}{attributes}>"
    yield from content
    yield f"</{tag}>"


def _written(name: str, value: Any, facts: Mapping[str, Any], form: str) -> Iterable[str]:
    """A member: one element, or one for each item or entry."""
    if isinstance(value, list | tuple):
        item = facts.get("item")
        pieces = (piece for each in value for piece in _element(item or name, each, _inner(facts, item), form))
        return _around(name, pieces, facts) if item else pieces
    if isinstance(value, dict) and "entry" in facts:
        entry = facts["entry"]
        pieces = (piece for key, each in value.items() for piece in _entry(entry or name, key, each, facts, form))
        return _around(name, pieces, facts) if entry else pieces
    return _element(name, value, facts, form)


def _inner(facts: Mapping[str, Any], item: str | None) -> Mapping[str, Any]:
    return _NO_FACTS if item else facts


def _entry(name: str, key: Any, value: Any, facts: Mapping[str, Any], form: str) -> Iterable[str]:
    yield f"<{_checked(name)}>"
    yield from _element(facts.get("key", "key"), key, _NO_FACTS, form)
    yield from _element(facts.get("value", "value"), value, _NO_FACTS, form)
    yield f"</{name}>"


def _around(name: str, pieces: Iterable[str], facts: Mapping[str, Any]) -> Iterable[str]:
    prefix = facts.get("prefix")
    tag = _checked(f"{prefix}:{name}" if prefix else name)
    yield f"<{tag}{_namespace(facts, prefix)}>"
    yield from pieces
    yield f"</{tag}>"


def _set_members(value: Struct) -> Iterable[tuple[Member, Any]]:
    for member in members(type(value)):
        item = getattr(value, member.attribute)
        if item is not None and item is not msgspec.UNSET:
            yield member, item


def _attribute(member: Member, value: Any, form: str) -> str:
    facts = member.facts
    name = facts.get("name", member.name)
    prefix = facts.get("prefix")
    declared = _namespace(facts, prefix) if prefix else ""
    content = _escaped(scalar(value, member.timestamps or form)).translate(_IN_ATTRIBUTES)
    return f'{declared} {_checked(f"{prefix}:{name}" if prefix else name)}="{content}"'


def _namespace(facts: Mapping[str, Any], prefix: str | None) -> str:
    uri = facts.get("namespace")
    return "" if uri is None else f' xmlns{":" + prefix if prefix else ""}="{_escaped(uri)}"'


def scalar(value: Any, form: str) -> str:
    """A single value as text."""
    return text(spelled(value, form) if isinstance(value, float | datetime) else value)


def _escaped(content: str) -> str:
    if _UNWRITABLE.search(content):
        raise RequestError("the request holds a character that XML has no way to write")
    return content.translate(_ESCAPES)


@lru_cache(maxsize=1024)
def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise RequestError(f"{name[:60]!r} is no name for an element of XML")
    return name
