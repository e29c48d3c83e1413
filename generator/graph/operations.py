"""Operations of the graph: what goes in, what comes out, what can go wrong.

An operation whose input cannot be sent at all is skipped with a reason; anything less costs only the piece.
"""

from __future__ import annotations

from generator.graph.errors import error_cases
from generator.graph.model import Body, Docs, Input, Operation, Output, Place, Skipped
from generator.graph.pagination import pagination
from generator.graph.records import is_sensitive
from generator.graph.types import Context
from generator.openapi import model as openapi

_PLACES = {place.value: place for place in Place}


def build_operation(
    context: Context, operation: openapi.Operation, default_auth: tuple[tuple[str, ...], ...]
) -> Operation | Skipped:
    """The operation, or why it cannot be generated."""
    name = operation.operation_id or f"{operation.method.lower()} {operation.path}"
    body = _body(context, operation, name)
    if isinstance(body, Skipped):
        return body
    outputs = tuple(_output(context, response, name) for response in operation.responses if _is_success(response))
    return Operation(
        id=operation.at,
        source_name=name,
        method=operation.method,
        path=operation.path,
        inputs=tuple(_input(context, parameter, name) for parameter in operation.parameters if _is_sent(parameter)),
        body=body,
        outputs=outputs,
        errors=error_cases(context, operation, name),
        auth=default_auth if operation.security is None else operation.security,
        pagination=pagination(context, operation),
        docs=Docs(summary=operation.summary, description=operation.description),
        tags=operation.tags,
        deprecated=operation.deprecated,
        extensions=operation.extensions,
    )


def _is_sent(parameter: openapi.Parameter) -> bool:
    # Three headers are described elsewhere, and ignored as parameters (OpenAPI 3.1, section 4.8.12.1).
    ignored = parameter.place == "header" and parameter.name.lower() in {"accept", "content-type", "authorization"}
    return parameter.place in _PLACES and not ignored


def _input(context: Context, parameter: openapi.Parameter, operation: str) -> Input:
    schema = parameter.schema or openapi.Schema(at=parameter.at)
    in_form = parameter.place in ("query", "cookie")
    if parameter.style not in (None, "form" if in_form else "simple"):
        context.report.warning(
            "GEN011",
            f"parameters in style {parameter.style!r} are not sent as such yet",
            context.locate(parameter.at),
            help="nothing to do, if the server takes comma-separated values too",
            effect=f"{parameter.name!r} of {operation} is sent comma-separated",
        )
    return Input(
        at=parameter.at,
        name=parameter.name,
        place=_PLACES[parameter.place],
        type=context.type_of(schema, f"{operation} {parameter.name}"),
        required=parameter.required,
        explode=in_form if parameter.explode is None else parameter.explode,
        docs=Docs(description=parameter.description or schema.description),
        deprecated=parameter.deprecated,
        sensitive=is_sensitive(context, schema) or parameter.extensions.get("x-sensitive") is True,
        example=None if parameter.example is openapi.ABSENT else parameter.example,
    )


def is_json(content_type: str) -> bool:
    """Whether a media type is JSON, or a structured syntax on it (RFC 6839, section 3.1)."""
    essence = content_type.partition(";")[0].strip().lower()
    return essence == "application/json" or essence.endswith("+json") or essence in ("*/*", "application/*")


def _body(context: Context, operation: openapi.Operation, name: str) -> Body | Skipped | None:
    body = operation.request_body
    if body is None or not body.content:
        return None
    media = next((media for media in body.content if is_json(media.name)), None)
    if media is None:
        kinds = ", ".join(media.name for media in body.content)
        message = f"the request body is {kinds}; only JSON bodies are generated so far"
        context.report.warning(
            "GEN010",
            message,
            context.locate(body.at),
            help="add application/json to the body's `content`, if the server takes it",
            effect=f"operation {name} is left out of the SDK",
        )
        return Skipped(at=operation.at, code="GEN010", message=message)
    schema = media.schema or openapi.Schema(at=media.at)
    return Body(
        at=media.at,
        content_type="application/json" if "*" in media.name else media.name,
        type=context.type_of(schema, f"{name} request"),
        required=body.required,
        docs=Docs(description=body.description),
    )


def _is_success(response: openapi.Response) -> bool:
    return response.status[:1] in ("2", "3")


def _output(context: Context, response: openapi.Response, operation: str) -> Output:
    media = next((media for media in response.content if is_json(media.name)), None)
    media = media or next(iter(response.content), None)
    schema = (media.schema or openapi.Schema(at=media.at)) if media is not None and is_json(media.name) else None
    return Output(
        at=response.at,
        status=response.status,
        content_type=None if media is None else media.name,
        type=None if schema is None else context.type_of(schema, f"{operation} response"),
        docs=Docs(description=response.description),
        example=None if media is None or media.example is openapi.ABSENT else media.example,
    )
