"""Pages: which members of request and reply lead from one to the next."""

from __future__ import annotations

from generator.graph.model import ListOf, Named, Pagination, Record
from generator.protocols.binding import BoundOperation
from generator.python.literals import literal
from generator.python.naming import body_fields
from generator.python.plan import PaginationPlan
from generator.python.setting import Setting
from generator.python.text import Annotation


def pagination_plan(setting: Setting, bound: BoundOperation) -> PaginationPlan | None:
    """How the operation's pages follow each other; None where it has none, or a member is not where it should be."""
    found = _members(setting, bound)
    if found is None:
        return None
    pagination, sent, received = found
    names = setting.names.fields
    return PaginationPlan(
        group=literal("request"),
        token=literal(str(names[sent.id][pagination.input_token])),
        output=literal(str(names[received.id][pagination.output_token])),
        items=literal(str(names[received.id][pagination.results])),
    )


def item_annotation(setting: Setting, bound: BoundOperation) -> Annotation | None:
    """The type of the items, None where the operation has no pages."""
    found = _members(setting, bound)
    if found is None:
        return None
    pagination, _, received = found
    items = next(field.type for field in received.fields if field.name == pagination.results)
    return setting.signatures.of(items.item) if isinstance(items, ListOf) else None


def _members(setting: Setting, bound: BoundOperation) -> tuple[Pagination, Record, Record] | None:
    pagination, sent = bound.operation.pagination, body_fields(bound, setting.types)
    output = None if bound.output is None else bound.output.type
    received = setting.types.get(output.id) if isinstance(output, Named) else None
    if pagination is None or sent is None or not isinstance(received, Record):
        return None
    results = {field.name: field.type for field in received.fields}
    is_whole = (
        pagination.input_token in {field.name for field in sent.fields}
        and pagination.output_token in results
        and isinstance(results.get(pagination.results), ListOf)
    )
    return (pagination, sent, received) if is_whole else None
