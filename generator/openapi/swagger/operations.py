"""Path items, operations and responses: what they consume and produce moves to the bodies that it is said of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator.openapi.swagger.context import Context
from generator.openapi.swagger.parameters import convert_parameter, convert_valued, is_payload, request_body
from generator.openapi.swagger.part import Part
from generator.openapi.swagger.schemas import convert_schema
from generator.openapi.swagger.servers import servers

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch")
_Payload = dict[tuple[str, str], Part]


def convert_path_item(written: Part, context: Context) -> None:
    """Rewrites a path item and its operations in place, at the place that a `$ref` leads to."""
    item = context.followed(written)
    if item is None or not context.enter(item):
        return
    shared = _split(item, context)
    for method in _METHODS:
        if method in item and isinstance(item.value[method], dict):
            _operation(item.child(method), shared, context)


def convert_response(written: Part, produces: Sequence[str], context: Context) -> None:
    """Rewrites a response in place. One that several operations refer to produces what the document says."""
    response = context.followed(written)
    if response is None or not context.enter(response):
        return
    if response.value is not written.value:
        produces = context.produces or ()
    schema, examples = response.take("schema"), response.take("examples")
    if "headers" in response:
        for _, header in response.child("headers").children():
            if header.is_mapping:
                convert_valued(header, context)
    if schema is None:
        return
    found = response.made({})
    for name in _types(schema, produces):
        media = response.made({})
        media.put("schema", schema)
        if examples is not None and name in examples:
            media.put("example", examples.child(name))
        found.put(name, media)
    response.put("content", found)
    convert_schema(schema, context)


def _types(schema: Part, produces: Sequence[str]) -> Sequence[str]:
    if schema.is_mapping and schema.value.get("type") == "file":  # never JSON, whatever the document says of all
        return [name for name in produces if "json" not in name] or ["*/*"]
    return produces or ["application/json"]


def _operation(operation: Part, shared: _Payload, context: Context) -> None:
    consumes = context.texts(operation, "consumes")
    produces = context.texts(operation, "produces")
    schemes = context.texts(operation, "schemes")
    payload = {**shared, **_split(operation, context)}
    body = request_body(list(payload.values()), (context.consumes if consumes is None else consumes) or (), context)
    if body is not None:
        operation.put("requestBody", body)
    if schemes:
        found = servers(context, operation, schemes)
        if found is not None:
            operation.put("servers", found)
    if isinstance(operation.value.get("responses"), dict):
        for status, response in operation.child("responses").children():
            if not status.startswith("x-"):
                convert_response(response, (context.produces if produces is None else produces) or (), context)


def _split(owner: Part, context: Context) -> _Payload:
    """Takes the payload out of the parameters of a path item or an operation, and rewrites the others."""
    written = owner.child("parameters") if isinstance(owner.value.get("parameters"), list) else None
    if written is None:
        return {}
    kept: list[Part] = []
    payload: _Payload = {}
    for _, parameter in written.children():
        target = context.followed(parameter)
        if target is not None and target.is_mapping and is_payload(target):
            payload[target.value["in"], str(target.value.get("name"))] = target
            continue
        if target is not None and target.is_mapping:
            convert_parameter(target, context)
        kept.append(parameter)
    owner.put("parameters", written.made_list(kept))
    return payload
