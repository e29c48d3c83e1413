"""Pages: which members of request and reply lead from one to the next."""

from __future__ import annotations

from generator.graph.model import ListOf, Named, Nullable, Place, Record, TypeRef
from generator.graph.page_shape import PageStyle, Pagination, Path
from generator.protocols.binding import BoundOperation
from generator.python.bodies import body_fields
from generator.python.literals import literal
from generator.python.naming import GROUPS
from generator.python.plan.pages import PaginationPlan
from generator.python.setting import Setting
from generator.python.text import Annotation, Identifier


def pagination_plan(setting: Setting, bound: BoundOperation) -> PaginationPlan | None:
    """How the operation's pages follow each other; None where it has none, or a member is not where it should be."""
    pagination = bound.operation.pagination
    if pagination is None or item_annotation(setting, bound) is None:
        return None
    ways = {
        name: None if path is None else _way(setting, bound, path)
        for name, path in (
            ("items", pagination.results),
            ("output", pagination.output),
            ("otherwise", pagination.otherwise),
            ("total", pagination.total),
            ("more", pagination.more),
        )
    }
    asked = _asked(setting, bound, pagination.input, pagination.place)
    further = _further(setting, bound, pagination)
    is_counted = pagination.style in (PageStyle.OFFSET, PageStyle.PAGE)
    return PaginationPlan(
        style=None if pagination.style is PageStyle.TOKEN else literal(pagination.style.value),
        group=None if asked is None else literal("request" if pagination.place is None else GROUPS[pagination.place]),
        token=None if asked is None else literal(str(asked)),
        output=None if ways["output"] is None or is_counted else literal(ways["output"][0]),
        otherwise=None if ways["otherwise"] is None else literal(ways["otherwise"][0]),
        further=literal(further) if further else None,
        items=literal("" if ways["items"] is None else ways["items"][0]),
        total=None if ways["total"] is None else literal(ways["total"][0]),
        more=None if ways["more"] is None else literal(ways["more"][0]),
        first=literal(pagination.first) if pagination.style is PageStyle.PAGE and pagination.first != 1 else None,
    )


def item_annotation(setting: Setting, bound: BoundOperation) -> Annotation | None:
    """The type of the items, None where the operation has no pages that can be gone through."""
    pagination = bound.operation.pagination
    if pagination is None or bound.output is None:
        return None
    items = _way(setting, bound, pagination.results)
    asked = _asked(setting, bound, pagination.input, pagination.place)
    is_asked = pagination.input is None or (asked is not None and _further(setting, bound, pagination) is not None)
    leads_on = pagination.output is None or _way(setting, bound, pagination.output) is not None
    if items is None or not is_asked or not leads_on:
        return None
    type_ = _present(items[1])
    return setting.signatures.of(type_.item) if isinstance(type_, ListOf) else None


def _way(setting: Setting, bound: BoundOperation, path: Path) -> tuple[str, TypeRef] | None:
    """Attributes and positions that lead to a value of the reply's body, and its type; None where it has none."""
    type_ = None if bound.output is None else bound.output.type
    steps = []
    for step in path:
        inner = None if type_ is None else _present(type_)
        record = setting.types.get(inner.id) if isinstance(inner, Named) else None
        if isinstance(inner, ListOf) and isinstance(step, int):
            type_ = inner.item
            steps.append(str(step))
        elif isinstance(record, Record):
            field = next((field for field in record.fields if field.name == str(step)), None)
            type_ = None if field is None else field.type
            steps.append(str(setting.names.fields[record.id].get(str(step), "")))
        else:
            return None
    return None if type_ is None else (".".join(steps), type_)


def _present(type_: TypeRef) -> TypeRef:
    return type_.inner if isinstance(type_, Nullable) else type_


def _further(setting: Setting, bound: BoundOperation, pagination: Pagination) -> tuple[tuple[str, str], ...] | None:
    """The attributes that ask for a page beside the token, and the ways to their values; None where one is missing."""
    found = []
    for name, path in pagination.further:
        asked, way = _asked(setting, bound, name, pagination.place), _way(setting, bound, path)
        if asked is None or way is None:
            return None
        found.append((str(asked), way[0]))
    return tuple(found)


def _asked(setting: Setting, bound: BoundOperation, name: str | None, place: Place | None) -> Identifier | None:
    """The attribute that asks for a page, None where there is none."""
    if name is None:
        return None
    if place is not None:
        inputs = setting.names.operations[bound.operation.id].inputs
        is_sent = any((item.place, item.name) == (place, name) for item in bound.inputs)
        return inputs[place, name] if is_sent else None
    sent = body_fields(bound, setting.types)
    return None if sent is None else setting.names.fields[sent.id].get(name)
