"""Parameters read back from where OpenAPI's styles put them (OpenAPI 3.1, section 4.8.12).

What is read is still percent-encoded where it arrives that way: a delimiter in a value is encoded, one between values
is not, and after decoding nobody could tell them apart.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias, get_args, get_origin
from urllib.parse import unquote

import msgspec

from ...operation import Parameter
from ..bodies import converted
from ..service import UnreadableRequest

__all__ = ["Pairs", "element_type", "from_header", "from_pairs", "from_path", "from_query", "split_pairs", "value_of"]

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Names, decoded, and values, which are still encoded."""
_DELIMITERS = {"spaceDelimited": re.compile("%20| "), "pipeDelimited": re.compile(r"%7C|\|", re.IGNORECASE)}
_COMMA = re.compile(",")
_BRACKETS = re.compile(r"\[([^\]]*)\]")


def split_pairs(text: str, *, plus_is_space: bool = False) -> list[tuple[str, str]]:
    """The pairs of a query or a form."""
    text = text.replace("+", "%20") if plus_is_space else text
    pairs = (pair.partition("=") for pair in text.split("&") if pair)
    return [(unquote(name), value) for name, _, value in pairs]


def from_pairs(
    name: str, type_: Any, pairs: Pairs, *, style: str | None, explode: bool, others: Iterable[str] = ()
) -> Any:
    """What a query parameter, or a member of a form, says; None where it is not there.

    Args:
        name: Its name.
        type_: The type of its value.
        pairs: All pairs.
        style: Its style, None for `form`.
        explode: Whether each item or member stands for itself.
        others: Names that belong to others, which the members of an object cannot have.
    """
    if style == "deepObject":
        return _deep(name, pairs)
    kind = _kind(type_)
    if kind is dict and explode and style != "json":
        taken = set(others)
        return {key: unquote(value) for key, value in pairs if key not in taken} or None
    said = [value for key, value in pairs if key == name]
    if not said:
        return None
    if style == "json" or kind is None:
        return _alone(unquote(said[0]), as_json=style == "json")
    if kind is list and explode:
        return [unquote(value) for value in said]
    return _joined([unquote(item) for item in _DELIMITERS.get(style or "", _COMMA).split(said[0])], kind)


def from_path(parameter: Parameter, type_: Any, said: str) -> Any:
    """What a path parameter says.

    Args:
        parameter: The parameter.
        type_: The type of its value.
        said: What stands in its place, still encoded.
    """
    kind = _kind(type_)
    delimiter = ","
    if parameter.style == "label":
        said, delimiter = said.removeprefix("."), "." if parameter.explode else ","
    elif parameter.style == "matrix":
        if parameter.explode and kind is not None:
            pairs = split_pairs(said.removeprefix(";").replace(";", "&"))
            return dict(_unquoted(pairs)) if kind is dict else [value for _, value in _unquoted(pairs)]
        said = said.partition("=")[2]
    if parameter.style == "json" or kind is None:
        return _alone(unquote(said), as_json=parameter.style == "json")
    if kind is dict and parameter.explode:
        return dict(_unquoted(split_pairs(said.replace(delimiter, "&"))))
    return _joined([unquote(item) for item in said.split(delimiter)], kind)


def from_query(parameter: Parameter, said: str) -> Any:
    """What a parameter says that is all of the query; a form is read as forms are."""
    return _alone(unquote(said), as_json=parameter.style == "json")


def from_header(parameter: Parameter, type_: Any, said: str) -> Any:
    """What a header says; nothing in it is encoded, but for the source of a copy."""
    kind = _kind(type_)
    if parameter.style == "copy-source":
        return unquote(said)
    if parameter.style == "http-date":
        return parsedate_to_datetime(said).isoformat()
    if parameter.style == "json" or kind is None:
        return _alone(said, as_json=parameter.style == "json")
    items = [item.strip() for item in said.split(",")]
    if parameter.style == "quoted":
        items = next(csv.reader([said], skipinitialspace=True, escapechar="\\", doublequote=False))
    if kind is dict and parameter.explode:
        return {name: value for name, _, value in (item.partition("=") for item in items)}
    return _joined(items, kind)


def value_of(what: str, said: Any, type_: Any) -> Any:
    """Texts as the type that they stand for.

    Raises:
        UnreadableRequest: They do not; `what` names the place.
    """
    try:
        return converted(_inner(said, type_), type_)
    except ValueError as error:  # UnreadableRequest is one too
        raise UnreadableRequest(f"{what}: {error}") from None


def element_type(type_: Any) -> Any:
    """The type without None, where only one is left."""
    absent = {type(None), msgspec.UnsetType}
    options = [option for option in get_args(type_) if option not in absent]
    return options[0] if absent & set(get_args(type_)) and len(options) == 1 else type_


def _kind(type_: Any) -> type[list[Any] | dict[str, Any]] | None:
    """Whether values are lists, objects, or single."""
    type_ = element_type(type_)
    origin = get_origin(type_) or type_
    if origin is list:
        return list
    is_object = origin is dict or (isinstance(origin, type) and issubclass(origin, msgspec.Struct))
    return dict if is_object else None


def _alone(text: str, *, as_json: bool) -> Any:
    if not as_json:
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise UnreadableRequest("a parameter that is JSON cannot be read") from None


def _joined(items: list[str], kind: type[Any]) -> Any:
    return dict(zip(items[::2], items[1::2], strict=False)) if kind is dict else items


def _unquoted(pairs: Pairs) -> list[tuple[str, str]]:
    return [(name, unquote(value)) for name, value in pairs]


def _deep(name: str, pairs: Pairs) -> Any:
    """`name[a][b]=c` as nested objects; `name[]=a` as a list."""
    root: dict[str, Any] = {}
    for key, value in pairs:
        if key.startswith(f"{name}["):
            *outer, last = _BRACKETS.findall(key)
            at = root
            for part in outer:
                at = at.setdefault(part, {})
            if last:
                at[last] = unquote(value)
            else:
                at.setdefault("", []).append(unquote(value))
    return _listed(root) or None


def _listed(value: Any) -> Any:
    """Objects whose keys are empty or numbers are lists."""
    if not isinstance(value, dict):
        return value
    if set(value) == {""}:
        return value[""]
    found = {key: _listed(item) for key, item in value.items()}
    return list(found.values()) if found and all(key.isdecimal() for key in found) else found


def _inner(value: Any, type_: Any) -> Any:
    """Objects inside lists travel as JSON."""
    if _kind(type_) is list and isinstance(value, list):
        arguments = get_args(element_type(type_))
        if arguments and _kind(arguments[0]) is not None:
            return [json.loads(item) if isinstance(item, str) else item for item in value]
    return value
