"""Operations of the graph: what goes in, what comes out, what can go wrong."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from generator.graph import media as content
from generator.graph import preferences
from generator.graph.errors import error_cases
from generator.graph.idempotency import idempotency_key
from generator.graph.model import (
    Body,
    Docs,
    IdempotencyKey,
    Input,
    Media,
    Operation,
    Output,
    Place,
    Scalar,
    ScalarKind,
    Skipped,
    TypeRef,
)
from generator.graph.pagination import pagination
from generator.graph.records import is_sensitive
from generator.graph.reply_headers import reply_headers
from generator.graph.retries import retry_policy
from generator.graph.sending import host_prefix, is_compressed
from generator.graph.servers import servers
from generator.graph.stream_shape import Framing, Stream
from generator.graph.streams import framing_of, stream_of
from generator.graph.successes import successes
from generator.graph.types import Context
from generator.graph.unasked import tell_unasked
from generator.graph.xml import xml_of
from generator.graph.xml_facts import UNSAID
from generator.openapi import model as openapi

_IGNORED_BY = ("x-ignore", "x-speakeasy-ignore", "x-fern-ignore", "x-internal")
_PLACES = {place.value: place for place in Place}
_USUAL_STYLE = {Place.QUERY: "form", Place.COOKIE: "form", Place.PATH: "simple", Place.HEADER: "simple"}
_STYLES = {
    Place.QUERY: frozenset({"form", "spaceDelimited", "pipeDelimited", "deepObject"}),
    Place.PATH: frozenset({"simple", "label", "matrix"}),
    Place.HEADER: frozenset({"simple"}),
    Place.COOKIE: frozenset({"form", "cookie"}),
}
_WHOLE_QUERY = {Media.JSON: "json", Media.TEXT: "text", Media.BINARY: "text"}


def is_ignored(operation: openapi.Operation) -> bool:
    """Whether the document, or an overlay, says that clients have no business with it."""
    return any(operation.extensions.get(name) is True for name in _IGNORED_BY)


def skipped(operation: openapi.Operation) -> Skipped:
    """What is left of an operation that is ignored."""
    by = next(name for name in _IGNORED_BY if operation.extensions.get(name) is True)
    return Skipped(at=operation.at, code="GEN010", message=f"left out as `{by}` asks")


def build_operation(
    context: Context, operation: openapi.Operation, default_auth: tuple[tuple[str, ...], ...]
) -> Operation:
    """The operation."""
    name = operation.operation_id or f"{operation.method.lower()} {operation.path}"
    context.prefer(operation.at, preferences.method_name(operation))
    body = _body(context, operation, name)
    sent = None if operation.request_body is None else content.preferred(operation.request_body.content)
    outputs = tuple(
        _output(context, response, name, None if sent is None else sent.schema)
        for response in successes(context, operation)
    )
    key = idempotency_key(context, operation, body)
    inputs = (_input(context, parameter, name) for parameter in operation.parameters if _is_sent(context, parameter))
    return Operation(
        id=operation.at,
        source_name=name,
        method=operation.method,
        path=operation.path,
        inputs=tuple(_optional_if_key(input_, key) for input_ in inputs),
        body=body,
        other_bodies=tuple(_other_bodies(context, operation, name, body)),
        outputs=outputs,
        errors=error_cases(context, operation, name),
        auth=default_auth if operation.security is None else operation.security,
        pagination=pagination(context, operation),
        servers=servers(operation.servers),
        idempotency=key,
        retries=retry_policy(context, operation.extensions, operation.at),
        host_prefix=host_prefix(context, operation),
        compressed=is_compressed(context, operation),
        docs=Docs(summary=operation.summary, description=operation.description),
        tags=preferences.groups(operation),
        deprecated=operation.deprecated,
        extensions=operation.extensions,
    )


def _is_sent(context: Context, parameter: openapi.Parameter) -> bool:
    # Three headers are described elsewhere, and ignored as parameters (OpenAPI 3.1, section 4.8.12.1).
    ignored = parameter.place == "header" and parameter.name.lower() in {"accept", "content-type", "authorization"}
    if parameter.place == Place.QUERYSTRING.value and _whole_query(context, parameter) is None:
        context.report.warning(
            "GEN016",
            f"there is no way to write {parameter.name!r} as the whole query",
            context.locate(parameter.at),
            help="give it `content` with one media type: a form of an object, JSON, or a text",
            effect="the parameter is left out of the SDK",
        )
        return False
    return parameter.place in _PLACES and not ignored


def _whole_query(context: Context, parameter: openapi.Parameter) -> str | None:
    """How all of the query is spelled (OpenAPI 3.2, section 4.12.1): by its media type; None where nobody can say."""
    if parameter.content is None:
        return None
    if content.is_form(parameter.content.name):
        schema = parameter.content.schema
        return "form" if schema is not None and context.follow(schema).types in ((), ("object",)) else None
    return _WHOLE_QUERY.get(content.media_of(parameter.content))


def _input(context: Context, parameter: openapi.Parameter, operation: str) -> Input:
    schema = parameter.schema or openapi.Schema(at=parameter.at)
    place = _PLACES[parameter.place]
    style = _style(context, parameter, place, operation)
    context.prefer(parameter.at, preferences.argument_name(parameter))
    return Input(
        at=parameter.at,
        name=parameter.name,
        place=place,
        type=content.without_files(context.type_of(schema, f"{operation} {parameter.name}")),
        required=parameter.required,
        style=style,
        explode=style in ("form", "cookie") if parameter.explode is None else parameter.explode,
        allow_reserved=parameter.allow_reserved,
        docs=Docs(description=parameter.description or schema.description),
        deprecated=parameter.deprecated,
        sensitive=is_sensitive(context, schema) or parameter.extensions.get("x-sensitive") is True,
        example=None if parameter.example is openapi.ABSENT else parameter.example,
        parts=content.parts(parameter.content) if parameter.content is not None and style == "form" else (),
    )


def _style(context: Context, parameter: openapi.Parameter, place: Place, operation: str) -> str:
    """How the parameter is spelled (OpenAPI 3.1, section 4.8.12.2)."""
    if place is Place.QUERYSTRING:
        return _whole_query(context, parameter) or "text"
    if parameter.content is not None:
        return "json" if content.is_json(parameter.content.name) else _USUAL_STYLE[place]
    if parameter.style is None or parameter.style in _STYLES[place]:
        return parameter.style or _USUAL_STYLE[place]
    usual = _USUAL_STYLE[place]
    context.report.warning(
        "GEN011",
        f"there is no style {parameter.style!r} for a parameter in {place.value}",
        context.locate(parameter.at),
        help=f"write one of {', '.join(sorted(_STYLES[place]))}",
        effect=f"{parameter.name!r} of {operation} is sent in style {usual!r}",
    )
    return usual


def _optional_if_key(input_: Input, key: IdempotencyKey | None) -> Input:
    is_key = key is not None and (input_.place, input_.name.lower()) == (key.place, key.name.lower())
    return replace(input_, required=False) if is_key else input_


def _body(context: Context, operation: openapi.Operation, name: str) -> Body | None:
    body = operation.request_body
    chosen = None if body is None else content.preferred(body.content)
    return None if body is None or chosen is None else _body_of(context, body, chosen, f"{name} request")


def _other_bodies(context: Context, operation: openapi.Operation, name: str, chosen: Body | None) -> Iterator[Body]:
    """What may be sent instead: the other media types, ranges of them left out, as nobody could tell what they are."""
    body = operation.request_body
    if body is None or chosen is None:
        return
    known = {content.essence(chosen.content_type)}
    for each in body.content:
        if "*" not in each.name and content.essence(each.name) not in known:
            known.add(content.essence(each.name))
            yield _body_of(context, body, each, f"{name} {content.media_of(each).value} request")


def _body_of(context: Context, body: openapi.RequestBody, chosen: openapi.MediaType, hint: str) -> Body:
    media = content.media_of(chosen)
    return Body(
        at=chosen.at,
        content_type=content.concrete(chosen.name, media),
        media=media,
        type=Scalar(ScalarKind.UPLOAD) if media is Media.BINARY else _type(context, chosen, media, hint),
        parts=content.parts(chosen),
        required=body.required,
        sensitive=_is_sensitive(context, chosen),
        docs=Docs(description=body.description),
        xml=UNSAID if media is not Media.XML or chosen.schema is None else xml_of(context, chosen.schema),
        name=preferences.argument_name(body),
    )


def _type(context: Context, chosen: openapi.MediaType, media: Media, hint: str) -> TypeRef:
    plain = content.plain(media)
    if plain is not None:
        return plain
    type_ = context.type_of(chosen.schema or openapi.Schema(at=chosen.at), hint)
    return content.without_files(type_) if media in (Media.JSON, Media.XML) else type_


def _is_sensitive(context: Context, chosen: openapi.MediaType) -> bool:
    return chosen.schema is not None and is_sensitive(context, chosen.schema)


def _output(context: Context, response: openapi.Response, operation: str, sent: openapi.Schema | None) -> Output:
    whole = [each for each in response.content if framing_of(each) is None]
    chosen = content.preferred(whole)
    media = Media.JSON if chosen is None else content.media_of(chosen)
    if media in (Media.FORM, Media.MULTIPART):  # no client reads a form
        media = Media.BINARY
    stream = stream_of(context, response.content, sent, f"{operation} stream", is_only=chosen is None)
    if stream is None and chosen is not None and media is Media.BINARY:
        stream = Stream(content_type=content.concrete(chosen.name, media), framing=Framing.BYTES)
    tell_unasked(context, response, chosen, stream)
    return Output(
        at=response.at,
        status=response.status,
        content_type=None if chosen is None else content.concrete(chosen.name, media),
        media=media,
        type=None if chosen is None else _type(context, chosen, media, f"{operation} response"),
        stream=stream,
        sensitive=chosen is not None and _is_sensitive(context, chosen),
        docs=Docs(description=response.description),
        example=None if chosen is None or chosen.example is openapi.ABSENT else chosen.example,
        headers=tuple(reply_headers(context, response, operation)),
    )
