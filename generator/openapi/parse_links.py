"""Links of responses: calls that may follow from a reply (OpenAPI 3.1, section 4.8.20)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.openapi.model import Link
from generator.openapi.node import Node


def parse_links(response: Node) -> Iterator[Link]:
    """The `links` of a response."""
    for name, unresolved in response.mapping("links"):
        node = unresolved.resolved()
        if node is None or not node.is_mapping:
            continue
        yield Link(
            at=node.at,
            name=name,
            operation_id=node.text("operationId"),
            operation_ref=node.text("operationRef"),
            parameters={key: child.data for key, child in node.mapping("parameters")},
            has_body="requestBody" in node,
        )
