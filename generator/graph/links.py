"""Links: which operation a response leads to. A link that leads nowhere costs itself only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from generator.graph.link_shape import Link
from generator.graph.model import Operation, Place
from generator.graph.types import Context
from generator.openapi import model as openapi
from generator.openapi.node import pointer_of


def with_links(
    context: Context, documented: Sequence[openapi.Operation], operations: Sequence[Operation]
) -> Iterator[Operation]:
    """The operations with the links of their successes."""
    known = {operation.id: operation for operation in operations}
    by_name = {operation.source_name: operation for operation in reversed(operations)}
    for source, operation in zip(documented, operations, strict=True):
        links = {
            link.name: found
            for response in source.responses
            if response.status[:1] in ("2", "3") or response.status == "default"
            for link in response.links
            if (found := _link(context, link, known, by_name)) is not None
        }
        yield replace(operation, links=tuple(links.values())) if links else operation


def _link(
    context: Context, link: openapi.Link, known: Mapping[str, Operation], by_name: Mapping[str, Operation]
) -> Link | None:
    reference = link.operation_ref
    if reference is None:
        target = by_name.get(link.operation_id or "")
    else:
        target = known.get(pointer_of(reference)) if reference.startswith("#/") else None
    if target is None:
        _tell(context, link, "leads to no operation of this client", "name an operation by `operationId`")
        return None
    arguments = []
    for name, value in link.parameters.items():
        argument = _argument(target, name, value)
        if argument is None:
            _tell(context, link, f"gives {name!r}, which {target.source_name} does not take", "correct the name")
            return None
        arguments.append(argument)
    if link.has_body:
        _tell(context, link, "has a `requestBody`, which is left to the caller", "nothing to do")
    return Link(name=link.name, operation=target.id, arguments=tuple(arguments))


def _argument(target: Operation, name: str, value: Any) -> tuple[Place, str, Any] | None:
    """The parameter of a name, which may say its place too: `path.id`."""
    place, _, rest = name.partition(".")
    for input_ in target.inputs:
        if input_.name == name or (input_.place.value, input_.name) == (place, rest):
            return input_.place, input_.name, value
    return None


def _tell(context: Context, link: openapi.Link, what: str, help_: str) -> None:
    context.report.warning(
        "GEN014",
        f"the link {link.name!r} {what}",
        context.locate(link.at),
        help=help_,
        effect="results do not tell of the link, or not of all it says",
    )
