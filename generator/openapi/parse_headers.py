"""Header fields of responses (OpenAPI 3.1, section 4.8.21)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.openapi.model import ResponseHeader
from generator.openapi.node import Node
from generator.openapi.parse_schema import parse_schema


def parse_headers(response: Node) -> Iterator[ResponseHeader]:
    """The `headers` of a response."""
    for name, unresolved in response.mapping("headers"):
        node = unresolved.resolved()
        if node is None or not node.is_mapping:
            continue
        media = next(iter(node.mapping("content")), None)
        content = None if media is None else media[1].resolved()
        owner = content if content is not None and "schema" not in node else node
        yield ResponseHeader(
            at=node.at,
            name=name,
            schema=parse_schema(owner.child("schema")) if "schema" in owner else None,
            content_type=None if media is None or "schema" in node else media[0],
            explode=node.flag("explode"),
            description=node.text("description"),
            deprecated=node.flag("deprecated"),
            extensions=node.extensions(),
        )
