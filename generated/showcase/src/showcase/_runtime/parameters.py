"""Parameters as OpenAPI spells them: the styles of section 4.8.12 of OpenAPI 3.1, which are those of RFC 6570 but for
`spaceDelimited`, `pipeDelimited` and `deepObject`.

Where the standard leaves something open: a list or object without members is not sent, as RFC 6570 (section 2.3) has
it; a list or object inside another is JSON, but for `deepObject`, which goes on in brackets, as the servers that
understand it do.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec import Struct, to_builtins

from .codec import encode, plain
from .errors import RequestError
from .spelling import spelled

if TYPE_CHECKING:
    from .draft import Draft
    from .operation import Parameter

__all__ = ["header_fields", "pairs", "place", "text"]

# What may stand in a path or query as it is (RFC 3986, section 3) and means nothing to those who split them.
_RESERVED_IN_QUERY = ":/?@!$'()*,;"
_RESERVED_IN_PATH = ":@!$&'()*+,;="
# How protocols of AWS spell a timestamp that is a parameter (see `spelling`).
_TIMESTAMPS = frozenset({"date-time", "epoch-seconds", "http-date"})
_VERSION = re.compile(r"\?versionId=\S+$")
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def place(draft: Draft, parameter: Parameter, value: Any) -> None:
    """Write one parameter into the draft.

    Raises:
        RequestError: A path parameter is empty, or would change the path's meaning.
    """
    value = _written(parameter, value)
    match parameter.place:
        case "path":
            draft.path = draft.path.replace(f"{{{parameter.name}}}", _in_path(parameter, value))
        case "query" if parameter.style == "further":
            taken = {pair.partition("=")[0] for pair in draft.query}
            said = pairs(parameter.name, value, "form", explode=True)
            draft.query.extend(f"{name}={item}" for name, item in said if name not in taken)
        case "query":
            keep = _RESERVED_IN_QUERY if parameter.allow_reserved else ""
            style = parameter.style or "form"
            draft.query.extend(
                f"{name}={item}"
                for name, item in pairs(parameter.name, value, style, explode=parameter.explode, keep=keep)
            )
        case "querystring" if value != "":
            draft.query.append(quote(text(value), safe=""))
        case "header":
            draft.headers.extend(_in_header(parameter, value))
        case "cookie":
            _in_cookie(draft, parameter, value)


def header_fields(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """The header fields that `value` is written as: one, none for what has no items, several in the style `prefix`."""
    return _in_header(parameter, _written(parameter, value))


def _in_header(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    if parameter.style == "prefix":
        yield from ((f"{parameter.name}{key}", text(item)) for key, item in value.items())
    elif value not in ([], {}):
        items = _items(value, None, explode=parameter.explode)
        if parameter.style == "quoted":
            items = [_quoted(item) for item in items]
        yield parameter.name, ("," if parameter.style in (None, "simple") else ", ").join(items)


def _quoted(item: str) -> str:
    """An item of a list in a header, quoted where it would be several (RFC 9110, section 5.6.4)."""
    if "," not in item and '"' not in item:
        return item
    escaped = item.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _written(parameter: Parameter, value: Any) -> Any:
    """The value as a single one, a list or a dict of what has a spelling."""
    if isinstance(value, Struct):
        value = plain(value)
    elif isinstance(value, tuple):
        value = list(value)
    match parameter.style:
        case "json":
            return encode(value).decode()
        case "last-segment":  # an id that may be given as a path, as Route 53 returns it
            return text(value).rpartition("/")[2]
        case "copy-source":  # an object of S3: bucket, key and maybe a version, of which the key needs encoding
            source = text(value)
            version = _VERSION.search(source)
            end = len(source) if version is None else version.start()
            return quote(source[:end], safe="/") + source[end:]
    return spelled(value, parameter.style) if parameter.style in _TIMESTAMPS else value


def pairs(name: str, value: Any, style: str, *, explode: bool, keep: str = "") -> Iterator[tuple[str, str]]:
    """Encoded names and values of a query parameter, or of a member of a form.

    Args:
        name: Name of the parameter.
        value: Its value: a single one, a list or a dict.
        style: `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`.
        explode: Whether each item or member stands for itself.
        keep: Reserved characters that are not encoded.
    """
    if style == "deepObject":
        yield from _deep(quote(name, safe=""), value)
    elif not isinstance(value, list | dict):
        yield quote(name, safe=""), quote(text(value), safe=keep)
    elif explode:
        for key, item in value.items() if isinstance(value, dict) else ((name, item) for item in value):
            for each in item if isinstance(item, list) and isinstance(value, dict) else (item,):
                if each is not None:
                    yield quote(key, safe=""), quote(text(each), safe=keep)
    elif value:
        delimiter = _DELIMITERS.get(style, ",")
        yield quote(name, safe=""), delimiter.join(quote(item, safe=keep) for item in _flat(value))


def _deep(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _deep(f"{name}%5B{quote(key, safe='')}%5D", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            # Only an object among the items needs a number, to tell which members belong together.
            yield from _deep(f"{name}%5B{index if isinstance(item, list | dict) else ''}%5D", item)
    elif value is not None:
        yield name, quote(text(value), safe="")


def _in_path(parameter: Parameter, value: Any) -> str:
    keep = _RESERVED_IN_PATH if parameter.allow_reserved else ""
    match parameter.style:
        case "label":
            segment = _label(value, keep, explode=parameter.explode)
            astray = {".."}  # "." is the label of the empty string (RFC 6570, section 3.2.5)
        case "greedy":  # Smithy's label of several segments; what stands between slashes is the caller's
            segment, astray = quote(text(value), safe="/"), {""}
        case "matrix":
            return _matrix(parameter.name, value, keep, explode=parameter.explode)
        case _:
            segment = ",".join(_items(value, keep, explode=parameter.explode))
            astray = {"", ".", ".."}
    if segment in astray:
        raise RequestError(f"path parameter {parameter.name!r} is {segment!r}, which would address another resource")
    return segment


def _label(value: Any, keep: str, *, explode: bool) -> str:
    return "." + ("." if explode else ",").join(_items(value, keep, explode=explode))


def _matrix(name: str, value: Any, keep: str, *, explode: bool) -> str:
    label = quote(name, safe="")
    items = _items(value, keep, explode=explode)
    if explode and isinstance(value, dict):
        return "".join(f";{item}" for item in items)
    if explode and isinstance(value, list):
        return "".join(f";{label}={item}" for item in items)
    spelled = ",".join(items)
    return f";{label}={spelled}" if spelled else f";{label}"


def _items(value: Any, keep: str | None, *, explode: bool) -> list[str]:
    """What delimiters stand between; percent-encoded but for `keep`, as it is where that is None."""

    def spell(item: str) -> str:
        return item if keep is None else quote(item, safe=keep)

    if isinstance(value, dict) and explode:
        return [f"{spell(key)}={spell(text(item))}" for key, item in value.items() if item is not None]
    return [spell(item) for item in _flat(value)]


def _in_cookie(draft: Draft, parameter: Parameter, value: Any) -> None:
    found = list(pairs(parameter.name, value, "form", explode=parameter.explode))
    if parameter.style == "cookie":  # OpenAPI 3.2: one cookie each, nothing encoded but what a cookie cannot hold
        draft.cookies.extend(found)
    elif found:
        # The form style joins with `&` even here (OpenAPI 3.1, section 4.8.12.4), and so all of it is one cookie.
        first, *others = found
        draft.cookies.append((first[0], "&".join((first[1], *(f"{name}={item}" for name, item in others)))))


def _flat(value: Any) -> Iterator[str]:
    """A single value, items, or names and values alternately."""
    if isinstance(value, list):
        yield from (text(item) for item in value if item is not None)
    elif isinstance(value, dict):
        for key, item in value.items():
            if item is not None:
                yield key
                yield text(item)
    else:
        yield text(value)


def text(value: Any) -> str:
    """A value as a string: as JSON would spell it, without the quotes."""
    match value:
        case str():
            return str(value.value) if isinstance(value, Enum) else value
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case float() if not isfinite(value):
            return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
        case timedelta():
            return str(to_builtins(value))
        case bytes():
            return b64encode(value).decode()
        case list() | dict() | Struct():
            return encode(value).decode()
        case _:
            return str(value)
