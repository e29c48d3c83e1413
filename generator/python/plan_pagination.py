"""Pages: which members of request and reply lead from one to the next."""

from __future__ import annotations

from generator.graph.model import ListOf, Named, Pagination, Record
from generator.protocols.binding import BoundOperation
from generator.python.literals import literal
from generator.python.naming import GROUPS, body_fields
from generator.python.plan import PaginationPlan
from generator.python.setting import Setting
from generator.python.text import Annotation, Identifier


def pagination_plan(setting: Setting, bound: BoundOperation) -> PaginationPlan | None:
    """How the operation's pages follow each other; None where it has none, or a member is not where it should be."""
    found = _members(setting, bound)
    if found is None:
        return None
    pagination, token, received = found
    names = setting.names.fields[received.id]
    return PaginationPlan(
        group=literal("request" if pagination.place is None else GROUPS[pagination.place]),
        token=literal(str(token)),
        output=literal(str(names[pagination.output_token])),
        items=literal(str(names[pagination.results])),
    )


def item_annotation(setting: Setting, bound: BoundOperation) -> Annotation | None:
    """The type of the items, None where the operation has no pages."""
    found = _members(setting, bound)
    if found is None:
        return None
    pagination, _, received = found
    items = next(field.type for field in received.fields if field.name == pagination.results)
    return setting.signatures.of(items.item) if isinstance(items, ListOf) else None


def _members(setting: Setting, bound: BoundOperation) -> tuple[Pagination, Identifier, Record] | None:
    """The pagination, the attribute that asks with a token, and the body of the reply."""
    pagination = bound.operation.pagination
    output = None if bound.output is None else bound.output.type
    received = setting.types.get(output.id) if isinstance(output, Named) else None
    token = None if pagination is None else _token(setting, bound, pagination)
    if pagination is None or token is None or not isinstance(received, Record):
        return None
    results = {field.name: field.type for field in received.fields}
    is_whole = pagination.output_token in results and isinstance(results.get(pagination.results), ListOf)
    return (pagination, token, received) if is_whole else None


def _token(setting: Setting, bound: BoundOperation, pagination: Pagination) -> Identifier | None:
    if pagination.place is not None:
        inputs = setting.names.operations[bound.operation.id].inputs
        is_sent = any((item.place, item.name) == (pagination.place, pagination.input_token) for item in bound.inputs)
        return inputs[pagination.place, pagination.input_token] if is_sent else None
    sent = body_fields(bound, setting.types)
    return None if sent is None else setting.names.fields[sent.id].get(pagination.input_token)
