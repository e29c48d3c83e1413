"""Operations that a form names by `Action` and `Version`: what the query protocol and EC2's have in common.

Public documents have each of them twice, under GET with the members as query parameters and under POST with a body. The
POST is the one that is called; both become one operation, named by its action.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from generator.graph.model import Api, Body, Named, Operation, Place, Record, Skipped
from generator.protocols import aws_service
from generator.protocols.binding import BoundApi, BoundError, BoundOperation, XmlStyle

_CONTENT_TYPE: Final = "application/x-www-form-urlencoded"  # percent-encoded, so that no charset is needed
_TIMESTAMPS: Final = "date-time"


def facts(api: Api) -> tuple[str, ...]:
    """The facts that speak for operations of this kind; none unless all that are needed are there."""
    found = aws_service.service_facts(api)
    if not found or not all(_form(api, operation) for operation in api.operations):
        return ()
    return (*found, f"all {len(_chosen(api))} actions are named by the parameters Action and Version")


def bind(api: Api, evidence: tuple[str, ...], *, protocol: str, xml: XmlStyle) -> BoundApi:
    """Bind every action."""
    chosen = _chosen(api)
    return BoundApi(
        api=api,
        protocol=protocol,
        operations=tuple(_bind(api, operation) for operation in chosen),
        settings=aws_service.settings(api),
        endpoint_variants=aws_service.endpoint_variants(api),
        signing_regions=aws_service.signing_regions(api),
        timestamps=_TIMESTAMPS,
        errors_by_code=True,
        split_plural_acronyms=True,
        evidence=evidence,
        patterns_match_whole=True,
        xml=xml,
        skipped=tuple(_twins(api, chosen)),
    )


def _chosen(api: Api) -> tuple[Operation, ...]:
    """One operation for each action, where the first of its twins stands."""
    found: dict[str, Operation] = {}
    for operation in api.operations:
        action = dict(_form(api, operation)).get("Action", operation.source_name)
        known = found.get(action)
        if known is None or (known.method != "POST" and operation.method == "POST"):
            found[action] = replace(operation, source_name=action)
    return tuple(found.values())


def _twins(api: Api, chosen: tuple[Operation, ...]) -> Iterator[Skipped]:
    kept = {operation.id for operation in chosen}
    for operation in api.operations:
        if operation.id not in kept:
            message = f"{operation.method} is another way to call the same action, which is called with POST"
            yield Skipped(at=operation.id, code="GEN015", message=message)


def _bind(api: Api, operation: Operation) -> BoundOperation:
    return BoundOperation(
        operation=replace(operation, method="POST"),
        path="/",
        inputs=(),
        wire_inputs=(),
        constants=(),
        body=None if operation.body is None else _as_required(api, operation, operation.body),
        content_type=_CONTENT_TYPE,
        output=next(iter(operation.outputs), None),
        errors=tuple(BoundError(key=aws_service.error_code(case), case=case) for case in operation.errors),
        timestamps=_TIMESTAMPS,
        fixed=_form(api, operation) or (("Action", operation.source_name),),
    )


def _as_required(api: Api, operation: Operation, body: Body) -> Body:
    """The body, which must be there where it has a member that must, or one that the client fills in: documents do not
    say so themselves.
    """
    record = api.types.get(body.type.id) if isinstance(body.type, Named) else None
    needed = isinstance(record, Record) and any(field.required for field in record.fields)
    has_key = operation.idempotency is not None and operation.idempotency.place is None
    return replace(body, required=body.required or needed or has_key)


def _form(api: Api, operation: Operation) -> tuple[tuple[str, str], ...]:
    """Action and Version, the only values of the parameters; empty where one is missing."""
    found = {
        input_.name: value
        for input_ in operation.inputs
        if input_.place is Place.QUERY
        and input_.name in ("Action", "Version")
        and (value := aws_service.only_value(api, input_.type)) is not None
    }
    return (("Action", found["Action"]), ("Version", found["Version"])) if len(found) > 1 else ()
