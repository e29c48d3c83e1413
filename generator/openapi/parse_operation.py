"""Operations: path items, parameters, bodies, responses.

References to components are followed here, so that an operation is whole; references between schemas stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from generator.openapi.model import ABSENT, Encoding, MediaType, Operation, Parameter, RequestBody, Response, Webhook
from generator.openapi.node import Node
from generator.openapi.parse_headers import parse_headers
from generator.openapi.parse_links import parse_links
from generator.openapi.parse_schema import parse_schema
from generator.openapi.parse_servers import parse_security, parse_servers
from generator.openapi.path_template import fit

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_METHOD: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")  # a token (RFC 9110, section 5.6.2)
_PLACES = frozenset({"path", "query", "header", "cookie", "querystring"})


def parse_operations(root: Node) -> Iterator[Operation]:
    """Every operation of `paths`, in the document's order."""
    for path, unresolved in root.mapping("paths"):
        if path.startswith("x-"):
            continue
        for method, item, node in _described(unresolved):
            yield _operation(path, method, item, node)


def parse_webhooks(owner: Node) -> Iterator[Webhook]:
    """What the API sends by itself: the `webhooks` of the document."""
    for name, unresolved in owner.mapping("webhooks"):
        yield from _sent(name, unresolved)


def _callbacks(operation: Node) -> Iterator[Webhook]:
    """What the API sends because of a call: a path item for each address that it may be sent to."""
    for name, unresolved in operation.mapping("callbacks"):
        callback = unresolved.resolved()
        for address, item in callback.children() if callback is not None else ():
            if not address.startswith("x-"):
                yield from _sent(name, item)


def _sent(name: str, unresolved: Node) -> Iterator[Webhook]:
    for _, _, node in _described(unresolved):
        description = node.text("summary") or node.text("description")
        yield Webhook(at=node.at, name=name, description=description, body=_request_body(node))


def _described(unresolved: Node) -> Iterator[tuple[str, Node, Node]]:
    """The methods of a path item, each with the item and the operation."""
    item = unresolved.resolved()
    if item is None or not item.is_mapping:
        if item is not None:
            item.wrong_type("a path item (an object)")
        return
    fixed = ((method.upper(), item.child(method)) for method in METHODS if method in item)
    for method, node in (*fixed, *_additional(item)):
        if node.is_mapping:
            yield method, item, node
        else:
            node.wrong_type("an operation (an object)")


def _additional(item: Node) -> Iterator[tuple[str, Node]]:
    """Operations by any other method, which is written as it is sent (OpenAPI 3.2, section 4.9)."""
    for method, node in item.mapping("additionalOperations"):
        if _METHOD.fullmatch(method):
            yield method, node
        else:
            node.report.warning(
                "SPEC038",
                f"{method!r} is not an HTTP method",
                node.location,
                help="write one word, such as COPY",
                effect="the operation is left out of the SDK",
            )


def _operation(path: str, method: str, item: Node, node: Node) -> Operation:
    path, parameters = fit(path, _parameters(item, node), node)
    return Operation(
        at=node.at,
        path=path,
        method=method,
        operation_id=node.text("operationId"),
        summary=node.text("summary"),
        description=node.text("description"),
        deprecated=node.flag("deprecated"),
        tags=node.texts("tags"),
        parameters=parameters,
        request_body=_request_body(node),
        responses=tuple(_responses(node)),
        security=parse_security(node),
        servers=parse_servers(node) or parse_servers(item),
        extensions=node.extensions(),
        callbacks=tuple(_callbacks(node)),
    )


def _parameters(item: Node, operation: Node) -> tuple[Parameter, ...]:
    """The path item's parameters, each replaced by the operation's of the same name and place."""
    merged: dict[tuple[str, str], Parameter] = {}
    for owner in (item, operation):
        for unresolved in owner.array("parameters"):
            node = unresolved.resolved()
            if node is not None and (parameter := _parameter(node)) is not None:
                merged[parameter.place, parameter.name] = parameter
    return tuple(merged.values())


def _parameter(node: Node) -> Parameter | None:
    name, place = node.text("name"), node.text("in")
    if name is None or place not in _PLACES:
        node.report.warning(
            "SPEC032",
            "a parameter needs a `name`, and an `in` that is path, query, querystring, header or cookie",
            node.location,
            help="add what is missing",
            effect="the parameter is left out of the SDK",
        )
        return None
    media = next((media for media in _content(node)), None)
    return Parameter(
        at=node.at,
        name=name,
        place=place,
        required=node.flag("required") or place == "path",
        schema=parse_schema(node.child("schema")) if "schema" in node else media.schema if media else None,
        style=node.text("style"),
        explode=node.get("explode", bool),
        allow_reserved=node.flag("allowReserved"),
        content=None if "schema" in node else media,
        description=node.text("description"),
        deprecated=node.flag("deprecated"),
        example=_example(node),
        extensions=node.extensions(),
    )


def _request_body(operation: Node) -> RequestBody | None:
    if "requestBody" not in operation:
        return None
    node = operation.child("requestBody").resolved()
    if node is None or not node.is_mapping:  # it is said why; the operation still sends something
        at = f"{operation.at}/requestBody"
        anything = MediaType(at=at, name="application/json", schema=None, example=ABSENT)
        return RequestBody(at=at, description=None, required=False, content=(anything,))
    return RequestBody(
        at=node.at,
        description=node.text("description"),
        required=node.flag("required"),
        content=tuple(_content(node)),
        extensions=node.extensions(),
    )


def _responses(operation: Node) -> Iterator[Response]:
    seen: list[Node] = []
    for status, unresolved in operation.mapping("responses"):
        if status.startswith("x-"):
            continue
        node = unresolved.resolved()
        if node is None or not node.is_mapping:
            if node is not None:
                node.wrong_type("a response (an object)")
            continue
        yield Response(
            at=node.at,
            status=status,
            description=node.text("description"),
            content=tuple(_content(node, seen)),
            extensions=node.extensions(),
            links=tuple(parse_links(node)),
            headers=tuple(parse_headers(node)),
        )


def _content(owner: Node, seen: list[Node] | None = None) -> Iterator[MediaType]:
    """The entries of `content`; a schema that is written like one of `seen` is that one."""
    for name, unresolved in owner.mapping("content"):
        node = unresolved.resolved()
        if node is None or not node.is_mapping:
            continue
        yield MediaType(
            at=node.at,
            name=name,
            schema=parse_schema(_first_like(node.child("schema"), seen)) if "schema" in node else None,
            example=_example(node),
            encodings=tuple(_encodings(node)),
            item_schema=parse_schema(node.child("itemSchema")) if "itemSchema" in node else None,
            extensions=node.extensions(),
        )


def _first_like(schema: Node, seen: list[Node] | None) -> Node:
    """The first schema of the same text: what several replies say in the same words is one type."""
    if seen is None:
        return schema
    known = next((node for node in seen if node.data == schema.data), None)
    if known is None:
        seen.append(schema)
    return known or schema


def _encodings(media: Node) -> Iterator[Encoding]:
    for name, node in media.mapping("encoding"):
        if node.is_mapping:
            yield Encoding(
                name=name,
                content_type=node.text("contentType"),
                style=node.text("style"),
                explode=node.get("explode", bool),
            )


def _example(node: Node) -> Any:
    if "example" in node:
        return node.data["example"]
    for _, unresolved in node.mapping("examples"):
        example = unresolved.resolved()
        if example is not None and "value" in example:
            return example.data["value"]
    return ABSENT
