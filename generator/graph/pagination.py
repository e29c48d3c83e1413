"""How a page leads to the next one, where the document says so: `x-pagination`, or what other generators made of it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any, Final

from msgspec.structs import replace

from generator.graph.model import Place
from generator.graph.page_shape import PageStyle, Pagination, Path
from generator.graph.types import Context
from generator.openapi import model as openapi
from generator.openapi.node import escape_token

_INPUTS: Final = {"input": PageStyle.TOKEN, "offset": PageStyle.OFFSET, "page": PageStyle.PAGE}
_PLACES: Final = {"results", "output", "otherwise", "url", "total", "pages", "more"}
# What each form holds beside `results`, and what it may hold.
_FORMS: Final = (
    ({"input", "output"}, {"limit", "more", "otherwise"}),
    ({"offset"}, {"limit", "total", "more"}),
    ({"page"}, {"limit", "pages", "more"}),
    ({"url"}, {"limit", "more"}),
    ({"link"}, {"limit", "more"}),
)
_STEP: Final = r"""\.([^.\[\]*'"@?()\s]+)|\['([^'\\]+)'\]|\["([^"\\]+)"\]|\[(-?\d+)\]"""  # `re` compiles it when asked


def pagination(context: Context, operation: openapi.Operation) -> Pagination | None:
    """The pagination of `operation`; a malformed extension is reported and ignored."""
    declared = operation.extensions.get("x-pagination")
    if declared is None:
        return _foreign(context, operation)
    form = next((form for form in _FORMS if _is_of(declared, *form)), None)
    found = None if form is None else _own(operation, declared)
    if found is None and not _is_misspelled(context, operation, declared):
        context.report.warning(
            "SPEC033",
            "`x-pagination` must name `results` with `input` and `output`, `offset`, `page`, `url`, or `link: true`",
            context.locate(f"{operation.at}/x-pagination"),
            help="name the members of the request and the response that carry token, token, items and page size",
            effect="the operation is not iterable",
        )
    return found


def _is_misspelled(context: Context, operation: openapi.Operation, declared: Any) -> bool:
    """Whether keys are unknown, each of which is told."""
    known = {"results"}.union(*(needed | further for needed, further in _FORMS))
    unknown = [key for key in declared if key not in known] if isinstance(declared, dict) else []
    for key in unknown:
        near = get_close_matches(key, sorted(known - set(declared)), 1)
        context.report.warning(
            "SPEC033",
            f"`x-pagination` has no key {key!r}",
            context.locate(f"{operation.at}/x-pagination/{escape_token(key)}"),
            help=f"write `{near[0]}`, or remove it" if near else "remove it",
            effect="the operation is not iterable",
        )
    return bool(unknown)


def _is_of(declared: Any, needed: set[str], further: set[str]) -> bool:
    if not isinstance(declared, dict):
        return False
    texts = [text for key, value in declared.items() if key != "link" for text in _texts(key, value)]
    several = [len(value) for value in declared.values() if isinstance(value, list)]
    return (
        needed | {"results"} <= set(declared) <= needed | further | {"results"}
        and all(isinstance(text, str) for text in texts)
        and declared.get("link", True) is True
        and (not several or several == [several[0]] * 2)
    )


def _texts(key: str, value: Any) -> list[Any]:
    """What a key names: several members only where pages begin at several values at once."""
    return value if key in ("input", "output") and isinstance(value, list) and value else [value]


def _own(operation: openapi.Operation, declared: dict[str, Any]) -> Pagination | None:
    if isinstance(declared.get("input"), list):
        return _several(operation, declared)
    paths = {key: _path(declared[key]) for key in _PLACES & set(declared)}
    key = next((key for key in _INPUTS if key in declared), None)
    if any(path is None for path in paths.values()):
        return None
    results = paths["results"]
    assert results is not None
    if key is None:
        style = PageStyle.LINK if "link" in declared else PageStyle.URL
        return Pagination(style=style, results=results, output=paths.get("url"), more=paths.get("more"))
    return Pagination(
        style=_INPUTS[key],
        results=results,
        input=declared[key],
        place=_place(operation, declared[key]),
        output=paths.get("output"),
        otherwise=paths.get("otherwise"),
        limit=declared.get("limit"),
        total=paths.get("total") or paths.get("pages"),
        more=paths.get("more"),
        first=_first(operation, declared[key]),
    )


def _several(operation: openapi.Operation, declared: dict[str, Any]) -> Pagination | None:
    """Pages that begin at several values at once, all of them parameters, or all of them members of the body."""
    inputs, outputs = declared["input"], declared["output"]
    ways = [_path(output) for output in outputs]
    first = _own(operation, {**declared, "input": inputs[0], "output": outputs[0]})
    places = {_place(operation, name) for name in inputs}
    if operation.request_body is None:
        places.discard(None)  # where there is no body, what is no parameter isn't there at all
    if first is None or len(places) > 1:
        return None
    further = tuple((name, way) for name, way in zip(inputs[1:], ways[1:], strict=True) if way is not None)
    return replace(first, further=further) if len(further) == len(inputs) - 1 else None


def _foreign(context: Context, operation: openapi.Operation) -> Pagination | None:
    for extension, read in (("x-speakeasy-pagination", _speakeasy), ("x-fern-pagination", _fern)):
        declared = operation.extensions.get(extension)
        if declared is None:
            continue
        found = read(operation, declared) if isinstance(declared, dict) else None
        if found is not None:
            return found
        context.report.note(
            "GEN013",
            f"`{extension}` is understood where it says what asks for a page and where the items are",
            context.locate(f"{operation.at}/{extension}"),
            help="nothing to do, or describe the pages with `x-pagination`",
            effect="the operation is not iterable; its pages can be asked for one by one",
        )
        return None
    return None


def _speakeasy(operation: openapi.Operation, declared: dict[str, Any]) -> Pagination | None:
    """The forms `cursor`, `offsetLimit` and `url` of Speakeasy's extension."""
    listed, outputs = declared.get("inputs"), declared.get("outputs")
    items = [item for item in (listed if isinstance(listed, list) else []) if isinstance(item, dict)]
    inputs = {str(item.get("type")): (str(item.get("name")), item.get("in") == "parameters") for item in items}
    paths = {key: _path(value) for key, value in (outputs if isinstance(outputs, dict) else {}).items()}
    results, type_ = paths.get("results"), declared.get("type")
    if results is None:
        return None
    if type_ == "url":
        following = paths.get("nextUrl")
        return None if following is None else Pagination(style=PageStyle.URL, results=results, output=following)
    kinds = {"cursor": ("cursor",), "offsetLimit": ("offset", "page")}.get(str(type_), ())
    kind = next((kind for kind in kinds if kind in inputs), None)
    if kind is None or (kind == "cursor" and not paths.get("nextCursor")):
        return None
    name, is_parameter = inputs[kind]
    return Pagination(
        style={"offset": PageStyle.OFFSET, "page": PageStyle.PAGE}.get(kind, PageStyle.TOKEN),
        results=results,
        input=name,
        place=_place(operation, name) if is_parameter else None,
        output=paths.get("nextCursor") if kind == "cursor" else None,
        limit=inputs["limit"][0] if "limit" in inputs else None,
        total=paths.get("numPages") if kind == "page" else None,
        first=_first(operation, name),
    )


def _fern(operation: openapi.Operation, declared: dict[str, Any]) -> Pagination | None:
    """The forms of Fern's extension: a cursor, an offset (of pages, unless a step is named), a URL or a path."""
    sent = {key: _request_name(declared.get(key)) for key in ("cursor", "offset", "step")}
    read = {key: _response_path(value) for key, value in declared.items()}
    results, more = read.get("results"), read.get("has-next-page")
    following = read.get("next_uri") or read.get("next_path")
    if results is None:
        return None
    if following is not None:
        return Pagination(style=PageStyle.URL, results=results, output=following, more=more)
    name = sent["cursor"] or sent["offset"]
    if name is None or (sent["cursor"] is not None and not read.get("next_cursor")):
        return None
    counted = PageStyle.PAGE if sent["step"] is None else PageStyle.OFFSET
    return Pagination(
        style=counted if sent["cursor"] is None else PageStyle.TOKEN,
        results=results,
        input=name,
        place=_place(operation, name),
        output=None if sent["cursor"] is None else read["next_cursor"],
        limit=sent["step"],
        more=more,
        first=_first(operation, name),
    )


def _request_name(expression: Any) -> str | None:
    """`name` of `$request.name`."""
    name = expression.removeprefix("$request.") if isinstance(expression, str) else ""
    return name if name and name != expression and "." not in name else None


def _response_path(expression: Any) -> Path | None:
    """The way of `$response.a.b`."""
    if not isinstance(expression, str) or not expression.startswith("$response"):
        return None
    return _path("$" + expression.removeprefix("$response"))


def _path(text: Any) -> Path | None:
    """The way that a JSONPath of names and positions leads (`$.a.b[-1].c`), a JSON pointer, or the name of a member."""
    if not isinstance(text, str) or not text:
        return None
    if text.startswith("/"):
        return tuple(_pointed(step) for step in text[1:].split("/"))
    if not text.startswith("$"):
        return (text,)
    rest = text[1:].removesuffix("[*]")
    steps: list[str | int] = []
    while rest:
        found = re.match(_STEP, rest)
        if found is None:
            return None
        steps.append(int(found[4]) if found[4] else found[1] or found[2] or found[3])
        rest = rest[found.end() :]
    return tuple(steps)


def _pointed(step: str) -> str | int:
    return int(step) if re.fullmatch(r"-?[0-9]+", step) else step.replace("~1", "/").replace("~0", "~")


def _place(operation: openapi.Operation, name: str) -> Place | None:
    """Where the operation takes the parameter of a name; None where it has none."""
    places = {parameter.name: parameter.place for parameter in operation.parameters}
    return next((place for place in Place if place.value == places.get(name)), None)


def _first(operation: openapi.Operation, name: str) -> int:
    """The number of the first page: what the parameter is by default, 1 where it has none."""
    schemas = (parameter.schema for parameter in operation.parameters if parameter.name == name)
    schema = next(schemas, None)
    default = None if schema is None else schema.default
    return default if isinstance(default, int) and not isinstance(default, bool) else 1
