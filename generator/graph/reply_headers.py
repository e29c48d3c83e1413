"""The header fields that a success is documented to have (OpenAPI 3.1, section 4.8.21)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph import media as content
from generator.graph import preferences
from generator.graph.header_shape import ReplyHeader
from generator.graph.model import Operation, Scalar, ScalarKind
from generator.graph.types import Context
from generator.openapi import model as openapi

_ELSEWHERE = "content-type"  # which OpenAPI ignores here (section 4.8.17), as the content says it


def reply_headers(context: Context, response: openapi.Response, operation: str) -> Iterator[ReplyHeader]:
    """Those of one response."""
    for header in response.headers:
        if header.name and header.name.lower() != _ELSEWHERE:
            schema = header.schema
            context.prefer(header.at, preferences.argument_name(header))
            hint = f"{operation} {header.name} header"
            type_ = Scalar(ScalarKind.STRING) if schema is None else context.type_of(schema, hint)
            yield ReplyHeader(
                at=header.at,
                name=header.name,
                type=content.without_files(type_),
                is_json=header.content_type is not None and content.is_json(header.content_type),
                explode=header.explode,
                description=header.description or (None if schema is None else schema.description),
                deprecated=header.deprecated,
            )


def headers_of(operation: Operation) -> tuple[ReplyHeader, ...]:
    """Those of all successes, each once; the first description of one holds."""
    found: dict[str, ReplyHeader] = {}
    for output in operation.outputs:
        for header in output.headers:
            found.setdefault(header.name.lower(), header)
    return tuple(found.values())
