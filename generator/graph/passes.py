"""What can only be said of the whole graph: which types travel where, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from msgspec.structs import replace

from generator.graph.model import (
    Api,
    Choice,
    Enumeration,
    Field,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Operation,
    Record,
    TypeDef,
    TypeRef,
    UnionOf,
    Usage,
)


def with_usage(api: Api) -> Api:
    """The graph with each type's `usage` set, and types that neither an operation nor a webhook reaches left out."""
    usage: dict[str, Usage] = {}
    for operation in api.operations:
        _mark(usage, api.types, _input_types(operation), Usage.INPUT)
        _mark(usage, api.types, _output_types(operation), Usage.OUTPUT)
    _mark(usage, api.types, (webhook.type for webhook in api.webhooks), Usage.OUTPUT)
    used = {id_: _used(definition, usage[id_]) for id_, definition in api.types.items() if id_ in usage}
    return replace(api, types=used)


def _used(definition: TypeDef, usage: Usage) -> TypeDef:
    """The definition with its usage. What only replies hold need not be given, what only requests hold need not come
    back (OpenAPI 3.1, section 4.8.24: `required` affects one direction only).
    """
    if not isinstance(definition, Record):
        return replace(definition, usage=usage)
    return replace(
        definition,
        usage=usage,
        fields=tuple(_travelling(field, usage) for field in definition.fields),
    )


def _travelling(field: Field, usage: Usage) -> Field:
    if field.read_only and Usage.INPUT in usage:
        return replace(field, required=False)
    if field.write_only and Usage.OUTPUT in usage:
        return replace(field, required=False, required_to_send=field.required and Usage.INPUT in usage)
    return field


def _input_types(operation: Operation) -> Iterator[TypeRef]:
    yield from (input_.type for input_ in operation.inputs)
    if operation.body is not None:
        yield operation.body.type
    yield from (body.type for body in operation.other_bodies)


def _output_types(operation: Operation) -> Iterator[TypeRef]:
    for output in operation.outputs:
        yield from output.types
    yield from (case.type for case in operation.errors if case.type is not None)


def _mark(usage: dict[str, Usage], types: Mapping[str, TypeDef], roots: Iterable[TypeRef], use: Usage) -> None:
    pending = [id_ for root in roots for id_ in named_in(root)]
    while pending:
        id_ = pending.pop()
        if use in usage.get(id_, Usage.NONE):
            continue
        usage[id_] = usage.get(id_, Usage.NONE) | use
        pending.extend(name for type_ in parts(types[id_]) for name in named_in(type_))


def parts(definition: TypeDef) -> Iterator[TypeRef]:
    """The types that a definition is made of."""
    match definition:
        case Record(fields=fields, extra=extra):
            yield from (field.type for field in fields)
            if extra is not None:
                yield extra
        case Choice(options=options):
            yield from options
        case Enumeration():
            return
        case _:
            assert_never(definition)


def reached(types: Mapping[str, TypeDef], roots: Iterable[TypeRef]) -> set[str]:
    """The ids of the definitions below `roots`."""
    return {id_ for type_ in reachable(types, roots) for id_ in named_in(type_)}


def named_in(type_: TypeRef) -> Iterator[str]:
    """The ids that a type refers to."""
    match type_:
        case Named(id_):
            yield id_
        case ListOf(item) | Nullable(item):
            yield from named_in(item)
        case MapOf(value, key):
            yield from named_in(value)
            if key is not None:
                yield from named_in(key)
        case UnionOf(options):
            for option in options:
                yield from named_in(option)
        case _:
            return


def reachable(types: Mapping[str, TypeDef], roots: Iterable[TypeRef]) -> Iterator[TypeRef]:
    """Every type below `roots`, through definitions, each definition entered once."""
    pending: list[TypeRef] = list(roots)
    seen: set[str] = set()
    while pending:
        type_ = pending.pop()
        yield type_
        match type_:
            case Named(id_):
                pending.extend(() if id_ in seen else parts(types[id_]))
                seen.add(id_)
            case UnionOf(options):
                pending.extend(options)
            case ListOf(inner) | Nullable(inner) | MapOf(inner):
                pending.append(inner)
            case _:
                pass
