"""The closed document, read into `model.Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.openapi.model import Document, Info, License, Schema, Tag
from generator.openapi.node import Node, escape_token
from generator.openapi.parse_operation import parse_operations, parse_webhooks
from generator.openapi.parse_schema import parse_schema
from generator.openapi.parse_servers import parse_security, parse_security_schemes, parse_servers

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.openapi.load import LoadedDocument


def parse(loaded: LoadedDocument, report: Report) -> Document:
    """Read the whole document; a piece that is wrong is reported and costs itself only."""
    root = Node(loaded.root, "", loaded, report)
    components = root.child("components") if "components" in root else None
    return Document(
        openapi=str(loaded.root.get("openapi")),
        info=_info(root.child("info")) if "info" in root else _info(Node({}, "/info", loaded, report)),
        servers=parse_servers(root),
        operations=tuple(parse_operations(root)),
        webhooks=tuple(parse_webhooks(root)),
        schemas={
            f"/components/schemas/{escape_token(name)}": parse_schema(node)
            for name, node in (components.mapping("schemas") if components else ())
        },
        security_schemes=parse_security_schemes(root),
        security=parse_security(root) or (),
        tags=tuple(_tag(node) for node in root.array("tags") if node.text("name") is not None),
        extensions=root.extensions(),
    )


def parse_schema_at(pointer: str, loaded: LoadedDocument, report: Report) -> Schema | None:
    """The schema at any pointer of the document: references may lead outside the components."""
    node = Node(loaded.root, "", loaded, report).at_pointer(pointer)
    return None if node is None else parse_schema(node)


def _info(node: Node) -> Info:
    external = node.at_pointer("/externalDocs")
    return Info(
        title=node.text("title") or "",
        version=node.text("version") or "",
        summary=node.text("summary"),
        description=node.text("description"),
        license=_license(node),
        documentation_url=external.text("url") if external is not None else None,
        extensions=node.extensions(),
    )


def _license(node: Node) -> License | None:
    if node.get("license", dict) is None:
        return None
    child = node.child("license")
    return License(name=child.text("name") or "", identifier=child.text("identifier"), url=child.text("url"))


def _tag(node: Node) -> Tag:
    return Tag(name=node.text("name") or "", description=node.text("description"))
