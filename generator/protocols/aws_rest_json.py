"""AWS REST-JSON (Smithy: restJson1): methods, paths and parameters as written, JSON bodies, errors named by a code."""

from __future__ import annotations

from generator.graph.model import Api, Operation
from generator.protocols import aws_rest, aws_service
from generator.protocols.binding import BoundApi, BoundError, BoundOperation

NAME = "aws_rest_json"
_TIMESTAMPS = "epoch-seconds"


def detect(api: Api) -> tuple[str, ...]:
    """The facts that speak for this protocol; none unless all that are needed are there."""
    facts = aws_service.service_facts(api)
    if not facts or not all(_speaks_json(operation) for operation in api.operations):
        return ()
    return (*facts, "bodies are JSON, and operations differ by method and path")


def _speaks_json(operation: Operation) -> bool:
    contents = (None if operation.body is None else operation.body.content_type, *_replies(operation))
    return not any(content is not None and content.partition(";")[0].endswith("xml") for content in contents)


def _replies(operation: Operation) -> tuple[str | None, ...]:
    return tuple(output.content_type for output in operation.outputs)


def bind(api: Api, evidence: tuple[str, ...]) -> BoundApi:
    """Bind every operation."""
    return BoundApi(
        api=api,
        protocol=NAME,
        operations=tuple(_bind(api, operation) for operation in api.operations),
        settings=aws_service.settings(api),
        endpoint_variants=aws_service.endpoint_variants(api),
        signing_regions=aws_service.signing_regions(api),
        timestamps=_TIMESTAMPS,
        errors_by_code=True,
        split_plural_acronyms=True,
        evidence=evidence,
        patterns_match_whole=True,
    )


def _bind(api: Api, operation: Operation) -> BoundOperation:
    return BoundOperation(
        operation=operation,
        path=operation.path.partition("#")[0] or "/",
        inputs=aws_rest.inputs(api, operation),
        fixed=aws_rest.fixed(api, operation),
        wire_inputs=(),
        constants=(),
        body=operation.body,
        content_type=None if operation.body is None else operation.body.content_type,
        output=next(iter(operation.outputs), None),
        errors=tuple(BoundError(key=aws_service.error_code(case), case=case) for case in operation.errors),
        servers=operation.servers,
        timestamps=_TIMESTAMPS if aws_service.needs_spelling(api, operation) else None,
    )
