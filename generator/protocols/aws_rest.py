"""How parameters of AWS's REST protocols travel beyond what OpenAPI's styles say.

Smithy's names: `httpPrefixHeaders` are a map whose keys end the names of headers; `httpQueryParams` a map of further
parameters, after those that have names of their own; a greedy label is a part of the path with its slashes. Texts of a
list in a header are quoted where they hold a comma; timestamps in headers are HTTP dates unless they say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from generator.graph.model import (
    Api,
    Docs,
    Input,
    ListOf,
    MapOf,
    Media,
    Operation,
    Place,
    Scalar,
    ScalarKind,
    TypeRef,
)
from generator.protocols import aws_service

GREEDY: Final = "greedy"
PREFIX: Final = "prefix"
FURTHER: Final = "further"
QUOTED: Final = "quoted"
LAST_SEGMENT: Final = "last-segment"
COPY_SOURCE: Final = "copy-source"
_HEADER_TIMESTAMPS: Final = "http-date"
_USUAL_TIMESTAMPS: Final = "date-time"
_DATED_AS_TEXT: Final = "-retain-until-date"  # of S3, in a header but no HTTP date
_FRAMING: Final = "content-length"  # what is sent decides it
_OF_CONTENT: Final = "cache-control"  # content has it whose media type the caller knows
_SECOND: Final = re.compile(r"Pagination (?:limit|token)")


def inputs(api: Api, operation: Operation) -> tuple[Input, ...]:
    """The parameters that callers set, each in the style in which it travels."""
    constant = {name for name, _ in fixed(api, operation)}
    found = [
        _styled(input_)
        for input_ in aws_service.own_inputs(operation)
        if not (input_.place is Place.QUERY and (input_.name in constant or _is_second(input_, operation)))
        and not (input_.place is Place.HEADER and input_.name.lower() == _FRAMING)
    ]
    if (operation.body is not None and operation.body.media is Media.BINARY) or _describes_content(found):
        found.append(_content_type(operation))
    return tuple(sorted(found, key=lambda input_: input_.style == FURTHER))


def _describes_content(inputs: list[Input]) -> bool:
    return any(input_.place is Place.HEADER and input_.name.lower() == _OF_CONTENT for input_ in inputs)


def _content_type(operation: Operation) -> Input:
    """The media type of what is stored, which OpenAPI would rather read from the body (3.1, section 4.8.12.1)."""
    return Input(
        at=f"{operation.id}/parameters/Content-Type",
        name="Content-Type",
        place=Place.HEADER,
        type=Scalar(ScalarKind.STRING),
        required=False,
        style="simple",
        explode=False,
        allow_reserved=False,
        docs=Docs(description="Media type of the content."),
        deprecated=False,
        sensitive=False,
        example=None,
    )


def fixed(api: Api, operation: Operation) -> tuple[tuple[str, str], ...]:
    """Required parameters of the query with one possible value: they are a part of the operation's name.

    Documents have them in the fragment of the path too, which tells operations of one path apart.
    """
    named = operation.path.partition("#")[2].split("&")
    found = (
        (input_.name, "" if _is_flag(input_) and input_.name in named else aws_service.only_value(api, input_.type))
        for input_ in operation.inputs
        if input_.place is Place.QUERY and input_.required
    )
    return tuple((name, value) for name, value in found if value is not None)


def _is_flag(input_: Input) -> bool:
    return isinstance(input_.type, Scalar) and input_.type.kind is ScalarKind.BOOLEAN


def _is_second(input_: Input, operation: Operation) -> bool:
    """Whether a parameter is there for paging only, and a second time: public documents have those twice."""
    if not _SECOND.fullmatch(input_.docs.description or ""):
        return False
    folded = _folded(input_.name)
    return any(_folded(other.name) == folded for other in _others(input_, operation))


def _others(input_: Input, operation: Operation) -> Iterator[Input]:
    return (other for other in operation.inputs if other.place is Place.QUERY and other.name != input_.name)


def _folded(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()


def _styled(input_: Input) -> Input:
    dated = _timestamp(input_.type)
    match input_.place, input_.type:
        case Place.HEADER, MapOf() if input_.name.endswith("-"):
            return replace(input_, style=PREFIX)
        case Place.PATH, _ if input_.allow_reserved:
            return replace(input_, style=GREEDY, allow_reserved=False)
        case Place.QUERY, MapOf():
            return replace(input_, style=FURTHER)
        case Place.HEADER, ListOf() if dated is None:
            return replace(input_, style=QUOTED)
        case place, _ if dated is not None:
            is_http_date = place is Place.HEADER and not input_.name.lower().endswith(_DATED_AS_TEXT)
            usual = _HEADER_TIMESTAMPS if is_http_date else _USUAL_TIMESTAMPS
            # A list in the query is one pair for each item, which is a style of its own.
            is_list = isinstance(input_.type, ListOf) and place is Place.QUERY
            return input_ if is_list else replace(input_, style=dated.encoding or usual)
        case _:
            return input_


def _timestamp(type_: TypeRef) -> Scalar | None:
    inner = type_.item if isinstance(type_, ListOf) else type_
    return inner if isinstance(inner, Scalar) and inner.kind is ScalarKind.DATETIME else None
