"""Links: what a result says of the calls that may follow from it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.protocols.binding import BoundOperation
from generator.python.identifiers import dotted_path
from generator.python.literals import literal
from generator.python.markdown import code_span
from generator.python.plan.links import LinkPlan, LinkRow
from generator.python.planning.pagination import item_annotation
from generator.python.setting import Setting

LINKED = dotted_path("_l.Linked")


def has_links(setting: Setting, bound: BoundOperation) -> bool:
    """Whether the operation's results tell of links. Pages do not: what follows from them is the next page."""
    return bool(bound.operation.links) and bound.is_whole and item_annotation(setting, bound) is None


def link_plans(setting: Setting, bound: BoundOperation) -> Iterator[LinkPlan]:
    """The links of an operation."""
    for link in bound.operation.links if has_links(setting, bound) else ():
        names = setting.names.operations[link.operation]
        arguments = {
            str(names.inputs[place, name]): value
            for place, name, value in link.arguments
            if (place, name) in names.inputs
        }
        yield LinkPlan(name=literal(link.name), operation=literal(str(names.constant)), arguments=literal(arguments))


def link_rows(setting: Setting, bound: BoundOperation) -> Iterator[LinkRow]:
    """The table of links on an operation's page."""
    if not has_links(setting, bound):
        return  # as of most operations, of which there may be thousands
    groups = {each.operation.id: each.operation.tags[:1] for each in setting.bound.operations}
    for link in bound.operation.links:
        way = [str(setting.names.groups[tag]) for tag in groups[link.operation]]
        path = ".".join([*way, str(setting.names.operations[link.operation].method)])
        yield LinkRow(name=code_span(link.name), call=code_span(f"client.{path}(**result.links[{literal(link.name)}])"))
