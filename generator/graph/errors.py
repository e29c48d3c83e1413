"""Documented failures of an operation."""

from __future__ import annotations

from generator.graph.model import Docs, ErrorCase
from generator.graph.types import Context
from generator.openapi import model as openapi


def error_cases(context: Context, operation: openapi.Operation, name: str) -> tuple[ErrorCase, ...]:
    """What is documented beside the successes; `default` counts as a failure, because a success is documented as
    one.
    """
    found = []
    for response in operation.responses:
        if response.status[:1] in ("1", "2", "3"):
            continue
        media = next(iter(response.content), None)
        schema = media.schema if media is not None else None
        target = schema if schema is None else context.follow(schema)
        empty = target is None or not (target.properties or target.all_of or target.types)
        found.append(
            ErrorCase(
                at=response.at,
                status=response.status,
                source_name=None if target is None else context.names.get(target.at),
                type=None if empty or schema is None else context.type_of(schema, f"{name} error {response.status}"),
                docs=Docs(
                    description=(
                        target.description if target is not None and target.description else response.description
                    )
                ),
                fault=None if target is None else _fault(target),
            )
        )
    return tuple(found)


def _fault(schema: openapi.Schema) -> str | None:
    fault = schema.extensions.get("x-fault")
    return fault if isinstance(fault, str) else None
