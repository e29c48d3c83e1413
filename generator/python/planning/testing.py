"""What the testing aids are told beside the operations: ways, statuses, and what the document shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.graph.header_shape import ReplyHeader
from generator.graph.model import Record, Scalar, ScalarKind
from generator.graph.reply_headers import headers_of
from generator.protocols.binding import BoundOperation
from generator.python.annotations import Annotations
from generator.python.literals import literal
from generator.python.plan.package import ClientGroup, OperationPlan
from generator.python.plan.testing import ShownMembers, TestedField, TestedHeaders, TestedOperation, TestingPlan
from generator.python.planning.reply_headers import style_of
from generator.python.setting import Setting
from generator.python.text import Annotation, Identifier, Literal

_OK = "200"
_USUAL = {"DEFAULT": _OK, "2XX": _OK, "3XX": "302"}
# Whole data sets stand in some documents as examples; a module of constants is no place for them.
_LONGEST_EXAMPLE = 10_000


def testing_plan(
    setting: Setting, operations: tuple[OperationPlan, ...], groups: tuple[ClientGroup, ...]
) -> TestingPlan:
    """Everything that the testing module says.

    Args:
        setting: The planners' common ground.
        operations: The operations, in the order of `setting.bound.operations`.
        groups: The groups of the client.
    """
    ways = [_way(operation, operation.method) for operation in operations]
    tested = tuple(each for operation in operations for each in _tested(operation))
    statuses = {
        str(way): int(status)
        for way, bound in zip(ways, setting.bound.operations, strict=True)
        if (status := _status(bound)) != _OK
    }
    classes = {str(group.class_name): str(group.attribute) for group in groups}
    replies = {
        bound.operation.source_name: bound.output.example
        for bound in setting.bound.operations
        if bound.output is not None and bound.output.type is not None and _is_worth_showing(bound.output.example)
    }
    names = ", ".join(operation.way for operation in tested)
    return TestingPlan(
        names=Annotation(f"_t.Literal[{names}]" if tested else "str"),
        operations=tested,
        groups=literal(classes) if classes else None,
        statuses=literal(statuses) if statuses else None,
        shown=tuple(_shown(setting)),
        replies=literal(replies) if replies else None,
        headers=tuple(_headers(setting, operations)),
    )


def _headers(setting: Setting, operations: tuple[OperationPlan, ...]) -> Iterator[TestedHeaders]:
    spell = Annotations(setting.types, setting.names, prefix="_shared.", at_run_time=True, as_value=True)
    for bound, operation in zip(setting.bound.operations, operations, strict=True):
        names = setting.names.operations[bound.operation.id].reply_headers
        fields = tuple(
            TestedField(
                name=literal(header.name),
                attribute=literal(str(names[header.name])),
                type=spell.of(header.type),
                style=None if (style := _style(header, bound)) is None else literal(style),
                explode=header.explode,
            )
            for header in headers_of(bound.operation)
        )
        for tested in _tested(operation) if fields else ():
            yield TestedHeaders(way=tested.way, fields=fields)


def _style(header: ReplyHeader, bound: BoundOperation) -> str | None:
    """How the runtime writes such a parameter."""
    if how := style_of(header):
        return how
    if not isinstance(header.type, Scalar) or header.type.kind is not ScalarKind.DATETIME:
        return None
    return header.type.encoding or (None if bound.timestamps is None else "http-date")  # of AWS's protocols, in headers


def _way(operation: OperationPlan, method: Identifier) -> str:
    return str(method) if operation.group is None else f"{operation.group}.{method}"


def _tested(operation: OperationPlan) -> Iterator[TestedOperation]:
    """The operation as a whole, and as a stream; a download asks for what the whole is."""
    constant, stream = operation.constant, operation.stream
    if operation.is_whole:
        yield TestedOperation(way=literal(_way(operation, operation.method)), constant=constant, is_stream=False)
    if stream is not None and stream.item is not None:
        yield TestedOperation(way=literal(_way(operation, stream.method)), constant=constant, is_stream=True)


def _status(bound: BoundOperation) -> str:
    status = _OK if bound.output is None else bound.output.status.upper()
    status = _USUAL.get(status, status)
    return status if status.isascii() and status.isdecimal() else _OK


def _shown(setting: Setting) -> Iterator[ShownMembers]:
    """Examples by class. A member that never comes back is shown as None: no reply holds it."""
    for type_ in setting.types.values():
        if isinstance(type_, Record):
            names = setting.names.fields[type_.id]
            members: dict[Identifier, Any] = {
                names[field.name]: None if field.write_only else field.example
                for field in type_.fields
                if field.write_only or _is_worth_showing(field.example)
            }
            if members:
                yield ShownMembers(
                    class_name=setting.names.types[type_.id],
                    members=_by_attribute(members),
                )


def _by_attribute(members: dict[Identifier, Any]) -> Literal:
    return literal({str(name): value for name, value in members.items()})


def _is_worth_showing(example: Any) -> bool:
    if example is None:
        return False
    try:
        return len(json.dumps(example, allow_nan=False)) <= _LONGEST_EXAMPLE
    except (TypeError, ValueError):
        return False  # not JSON: a document in YAML may hold other things
