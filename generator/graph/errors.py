"""Documented failures of an operation."""

from __future__ import annotations

from generator.graph import media as content
from generator.graph.model import Anything, Docs, ErrorCase, Media, TypeRef
from generator.graph.successes import successes
from generator.graph.types import Context
from generator.openapi import model as openapi


def error_cases(context: Context, operation: openapi.Operation, name: str) -> tuple[ErrorCase, ...]:
    """What is documented beside the successes."""
    found = []
    succeeding = {response.status for response in successes(context, operation)}
    for response in operation.responses:
        if response.status[:1] == "1" or response.status in succeeding:
            continue
        chosen = content.preferred(response.content)
        schema = chosen.schema if chosen is not None and content.media_of(chosen) in (Media.JSON, Media.XML) else None
        target = schema if schema is None else context.follow(schema)
        found.append(
            ErrorCase(
                at=response.at,
                status=response.status,
                source_name=None if target is None else context.names.get(target.at),
                type=None if schema is None else _type(context, schema, f"{name} error {response.status}"),
                docs=Docs(
                    description=(
                        target.description if target is not None and target.description else response.description
                    )
                ),
                fault=None if target is None else _fault(target),
            )
        )
    return tuple(found)


def _type(context: Context, schema: openapi.Schema, hint: str) -> TypeRef | None:
    """What an error document is; None where it may be anything, or has no members at all."""
    target = context.follow(schema)
    if target.types == ("object",) and not (target.properties or target.all_of or target.one_of or target.any_of):
        return None
    type_ = content.without_files(context.type_of(schema, hint))
    return None if isinstance(type_, Anything) else type_


def _fault(schema: openapi.Schema) -> str | None:
    fault = schema.extensions.get("x-fault")
    return fault if isinstance(fault, str) else None
