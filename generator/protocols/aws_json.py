"""AWS JSON 1.0 and 1.1: every operation is a POST to `/`, named by the X-Amz-Target header, errors named by a code.

Public documents of such services describe the wire through artefacts: the target as a fragment of the path and as a
header with a
single value, the signature's parts as headers, paging members once more as query parameters, and errors under
statuses from 480 up
that no server sends. All of that ends here.
"""

from __future__ import annotations

from generator.graph.model import (
    Api,
    Input,
    Operation,
    Place,
)
from generator.protocols import aws_service
from generator.protocols.binding import BoundApi, BoundError, BoundOperation

NAME = "aws_json"
_TIMESTAMPS = "epoch-seconds"


def detect(api: Api) -> tuple[str, ...]:
    """The facts that speak for this protocol; none unless all that are needed are there."""
    if not api.operations or not all(operation.method == "POST" for operation in api.operations):
        return ()
    targets = [target_of(api, operation) for operation in api.operations]
    scheme = aws_service.signature_scheme(api)
    if not all(targets) or scheme is None:
        return ()
    return (
        f"all {len(targets)} operations are POST with a constant {aws_service.TARGET} header",
        f"security scheme {scheme!r} is AWS Signature Version 4",
    )


def bind(api: Api, evidence: tuple[str, ...]) -> BoundApi:
    """Bind every operation."""
    version = str(aws_service.trait(api).get("version", "1.1"))
    return BoundApi(
        api=api,
        protocol=NAME,
        operations=tuple(_bind(api, operation, version) for operation in api.operations),
        settings={"json_version": version, **aws_service.settings(api)},
        endpoint_variants=aws_service.endpoint_variants(api),
        signing_regions=aws_service.signing_regions(api),
        timestamps=_TIMESTAMPS,
        errors_by_code=True,
        split_plural_acronyms=True,
        evidence=evidence,
        patterns_match_whole=True,  # the services refuse a text that only holds a match
    )


def _bind(api: Api, operation: Operation, version: str) -> BoundOperation:
    return BoundOperation(
        operation=operation,
        path="/",
        inputs=(),
        wire_inputs=_wire_inputs(operation),
        constants=((aws_service.TARGET, target_of(api, operation) or ""),),
        body=operation.body,
        content_type=f"application/x-amz-json-{version}",
        output=next(iter(operation.outputs), None),
        errors=tuple(BoundError(key=aws_service.error_code(case), case=case) for case in operation.errors),
        timestamps=_TIMESTAMPS if aws_service.needs_spelling(api, operation) else None,
    )


def _wire_inputs(operation: Operation) -> tuple[Input, ...]:
    """The headers of the signature, and the target among them; the target alone is nothing that anybody gives."""
    headers = tuple(input_ for input_ in operation.inputs if input_.place is Place.HEADER)
    return headers if any(input_.name.lower() != aws_service.TARGET.lower() for input_ in headers) else ()


def target_of(api: Api, operation: Operation) -> str | None:
    """The value of X-Amz-Target: the header's only value."""
    for input_ in operation.inputs:
        if input_.name.lower() == aws_service.TARGET.lower():
            return aws_service.only_value(api, input_.type)
    return None
