"""Servers and security: where calls go, and what they must carry."""

from __future__ import annotations

from collections.abc import Iterator

from generator.openapi.model import Flow, SecurityScheme, Server, ServerVariable
from generator.openapi.node import Node

_NAMES = ("x-speakeasy-server-id", "x-fern-server-name", "x-name")


def parse_servers(owner: Node) -> tuple[Server, ...]:
    """The `servers` of the document, a path item or an operation."""
    servers = []
    for node in owner.array("servers"):
        url = node.text("url")
        if url is not None:
            variables = tuple(_variable(name, child) for name, child in node.mapping("variables"))
            servers.append(
                Server(
                    at=node.at,
                    url=url,
                    name=_name(node),
                    description=node.text("description"),
                    variables=variables,
                )
            )
    return tuple(servers)


def _name(server: Node) -> str | None:
    """What a server is called: by OpenAPI 3.2, section 4.6, before that by what generators agreed on."""
    extensions = server.extensions()
    found = (extensions.get(key) for key in _NAMES)
    return server.text("name") or next((name for name in found if isinstance(name, str) and name), None)


def _variable(name: str, node: Node) -> ServerVariable:
    default = node.data.get("default") if node.is_mapping else None
    return ServerVariable(
        name=name,
        default=None if default is None else str(default),  # port numbers are often written as numbers
        enum=tuple(str(value) for value in node.get("enum", list) or ()),
        description=node.text("description"),
    )


def parse_security(owner: Node) -> tuple[tuple[str, ...], ...] | None:
    """The alternatives of `security`, each a tuple of scheme names; None where the keyword is absent."""
    if "security" not in owner:
        return None
    return tuple(tuple(node.data) for node in owner.array("security") if node.is_mapping)


def _flows(scheme: Node) -> Iterator[Flow]:
    for kind, flow in scheme.mapping("flows"):
        if flow.is_mapping and not kind.startswith("x-"):
            yield Flow(
                kind=kind,
                token_url=flow.text("tokenUrl"),
                refresh_url=flow.text("refreshUrl"),
                scopes=tuple(name for name, _ in flow.mapping("scopes")),
            )


def parse_security_schemes(root: Node) -> dict[str, SecurityScheme]:
    """The security schemes of the components."""
    schemes = {}
    components = root.child("components") if "components" in root else None
    for key, unresolved in components.mapping("securitySchemes") if components else ():
        node = unresolved.resolved()
        kind = node.text("type") if node is not None else None
        if node is not None and kind is not None:
            schemes[key] = SecurityScheme(
                at=node.at,
                key=key,
                type=kind,
                name=node.text("name"),
                place=node.text("in"),
                scheme=node.text("scheme"),
                flows=tuple(_flows(node)),
                description=node.text("description"),
                extensions=node.extensions(),
                metadata_url=node.text("openIdConnectUrl") or node.text("oauth2MetadataUrl"),
            )
    return schemes
