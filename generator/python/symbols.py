"""Which part of the document each name of a package stands for, by the module that defines it.

Names are spelled as in the module, members behind a dot: `Book`, `Book.title`, `Books.get_book`, and for the arguments
of a method `Books.get_book.isbn`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.graph.model import Enumeration, Named, Record, TypeDef
from generator.protocols.binding import BoundApi, BoundOperation
from generator.python.naming import Names, error_key
from generator.python.plan.package import OperationPlan, PackagePlan, RecordPlan

_CLIENTS = ("client.py", "async_client.py")
Symbol = tuple[str, str, str]
"""Module, name, pointer."""


def symbols(bound: BoundApi, plan: PackagePlan, types: Mapping[str, TypeDef], names: Names) -> Iterator[Symbol]:
    """All of them; of a name that is given twice, the first one counts."""
    for type_ in types.values():
        for name, pointer in _members(type_, names):
            yield "models/shared.py", name, pointer
            yield "_constraints.py", name, pointer
    for key, (class_name, attribute) in names.schemes.items():
        yield "models/shared.py", str(class_name), bound.api.auth[key].at
        yield "models/shared.py", f"Security.{attribute}", bound.api.auth[key].at
    holders = {str(group.attribute): [str(group.class_name)] for group in plan.groups}
    holders["None"] = ["SDK", str(plan.class_name), str(plan.async_class_name)]
    for operation, planned in zip(bound.operations, plan.operations, strict=True):
        yield from _operation(operation, planned, holders[str(planned.group)], types, names)
        for error in operation.errors:
            name = names.errors[error_key(error.case.source_name, error.key)]
            yield "models/errors.py", str(name), error.case.at


def _members(type_: TypeDef, names: Names) -> Iterator[tuple[str, str]]:
    name = names.types[type_.id]
    yield str(name), type_.id
    if isinstance(type_, Record):
        for field in type_.fields:
            yield f"{name}.{names.fields[type_.id][field.name]}", field.at
    elif isinstance(type_, Enumeration):
        for value, place in zip(type_.values, type_.places, strict=True):
            yield f"{name}.{names.members[type_.id][value]}", place


def _operation(
    bound: BoundOperation,
    planned: OperationPlan,
    holders: Sequence[str],
    types: Mapping[str, TypeDef],
    names: Names,
) -> Iterator[Symbol]:
    at = bound.operation.id
    arguments = dict(_arguments(bound, types, names))
    for module in _CLIENTS:
        for holder in holders:
            for method in (planned.method, planned.stream.method if planned.stream else planned.method):
                yield module, f"{holder}.{method}", at
                for argument, pointer in arguments.items():
                    yield module, f"{holder}.{method}.{argument}", pointer
    yield "_operations.py", str(planned.constant), at
    for model in (planned.request, *(group.model for group in planned.groups)):
        yield from _attributes(model, at, arguments)
    if planned.is_whole:
        yield from _attributes(planned.result, at if bound.output is None else bound.output.at, {})
    if (classes := planned.stream_classes) is not None:
        for name in (classes.headers, classes.name, classes.async_name):
            yield "models/operations.py", str(name), at


def _attributes(model: RecordPlan, at: str, arguments: Mapping[str, str]) -> Iterator[Symbol]:
    yield "models/operations.py", str(model.name), at
    for attribute in model.attributes:
        yield "models/operations.py", f"{model.name}.{attribute.name}", arguments.get(str(attribute.name), at)


def _arguments(bound: BoundOperation, types: Mapping[str, TypeDef], names: Names) -> Iterator[tuple[str, str]]:
    inputs = names.operations[bound.operation.id].inputs
    if bound.body is not None:
        yield "body", bound.body.at
        record = types.get(bound.body.type.id) if isinstance(bound.body.type, Named) else None
        if isinstance(record, Record):
            yield from ((str(names.fields[record.id][field.name]), field.at) for field in record.fields)
    for input_ in bound.inputs:
        if (input_.place, input_.name) in inputs:
            yield str(inputs[input_.place, input_.name]), input_.at
