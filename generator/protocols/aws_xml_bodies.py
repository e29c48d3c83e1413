"""Bodies of REST-XML: which member of a structure is the body, what its element is called, and what is a header.

Documents made by our own importer say it in OpenAPI's words. The commonly published documents put everything that is
no parameter into one XML object: metadata that travels in headers, the content of an object, the one structure that is
the document. Here they come apart again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from generator.graph.model import (
    Api,
    Body,
    Field,
    Input,
    MapOf,
    Media,
    Named,
    Operation,
    Output,
    Place,
    Record,
    Scalar,
    ScalarKind,
    TypeDef,
)
from generator.graph.stream_shape import Framing, Stream
from generator.protocols import aws_service
from generator.protocols.aws_rest import PREFIX

_S3: Final = "s3"
_CONTENT: Final = "Body"  # what S3 calls the bytes of an object
_POLICY: Final = "Policy"  # a JSON text that is a body
_BYTES: Final = "application/octet-stream"
_TEXT: Final = "text/plain"
# Published documents lack the namespaces of bodies; most are made of the service's name and its version.
_NAMESPACES: Final = {
    "route53": "https://route53.amazonaws.com/doc/{version}/",
    "s3-control": "http://awss3control.amazonaws.com/doc/{version}/",
}
_NAMESPACE: Final = "http://{prefix}.amazonaws.com/doc/{version}/"


def shaped(api: Api, operation: Operation) -> Operation:
    """The operation with bodies and headers where they travel."""
    if _is_exact(api):
        return operation
    body, headers = _body(api, operation)
    return replace(
        operation,
        body=body,
        inputs=(*operation.inputs, *headers),
        outputs=tuple(_output(api, output) for output in operation.outputs),
    )


def root(api: Api, operation: Operation) -> tuple[str, str | None] | None:
    """Name and namespace of the element that is the request's body; None where that is no XML, or says it itself."""
    body = operation.body
    if body is None or body.media is not Media.XML:
        return None
    definition = api.types.get(body.type.id) if isinstance(body.type, Named) else None
    if _is_exact(api):
        named = definition.xml.name or definition.source_name if isinstance(definition, Record) else None
        return (body.xml.name, body.xml.namespace) if body.xml.name else None if named is None else (named, None)
    prefix = aws_service.host_prefix(api)
    namespace = _NAMESPACES.get(prefix, _NAMESPACE).format(prefix=prefix, version=api.version)
    return (body.xml.name or f"{operation.source_name}Request", namespace)


def with_qualified_attributes(types: Mapping[str, TypeDef]) -> dict[str, TypeDef]:
    """The definitions, with members that are attributes of another namespace (`xsi:type`) marked as such.

    Published documents say of the whole structure that it is an attribute, and only name the member after one.
    """
    return {id_: _qualified(type_) if isinstance(type_, Record) else type_ for id_, type_ in types.items()}


def _qualified(record: Record) -> Record:
    return replace(record, fields=tuple(_as_attribute(field) for field in record.fields))


def _as_attribute(field: Field) -> Field:
    prefix, _, name = (field.xml.name or "").rpartition(":")
    if prefix != "xsi" or field.xml.attribute:
        return field
    uri = "http://www.w3.org/2001/XMLSchema-instance"
    return replace(field, xml=replace(field.xml, name=name, prefix=prefix, namespace=uri, attribute=True))


def _is_exact(api: Api) -> bool:
    """Whether the document says what the body is, which those of our importer do."""
    return "name" in aws_service.trait(api)


def _body(api: Api, operation: Operation) -> tuple[Body | None, tuple[Input, ...]]:
    """What is sent as the body, and what of it goes into headers."""
    body = operation.body
    record = None if body is None else _record(api, body.type)
    if body is None or record is None:
        return body, ()
    headers = tuple(_header(field) for field in record.fields if _is_prefix(field))
    fields = [field for field in record.fields if not _is_prefix(field)]
    payload = _payload(api, fields)
    if not fields:
        return None, headers
    if payload is None:
        return body, headers
    media = _media(api, payload)
    type_ = {Media.BINARY: Scalar(ScalarKind.UPLOAD), Media.TEXT: Scalar(ScalarKind.STRING)}.get(media, payload.type)
    name = payload.xml.name or payload.name
    whole = replace(
        body,
        type=type_,
        media=media,
        content_type={Media.BINARY: _BYTES, Media.TEXT: _TEXT}.get(media, body.content_type),
        required=payload.required,
        sensitive=payload.sensitive,
        xml=replace(payload.xml, name=name),
        docs=payload.docs,
    )
    return whole, headers


def _output(api: Api, output: Output) -> Output:
    record = None if output.type is None else _record(api, output.type)
    if record is None:
        return output
    fields = [field for field in record.fields if not _is_prefix(field)]
    payload = _payload(api, fields)
    if not fields:
        return replace(output, type=None, stream=None)
    if payload is None:
        return output
    match _media(api, payload):
        case Media.BINARY:
            stream = Stream(content_type=_BYTES, framing=Framing.BYTES)
            return replace(
                output,
                type=Scalar(ScalarKind.BINARY),
                media=Media.BINARY,
                content_type=_BYTES,
                stream=stream,
                example=None,
            )
        case Media.TEXT:
            return replace(output, type=Scalar(ScalarKind.STRING), media=Media.TEXT, content_type=_TEXT, example=None)
        case _:
            return replace(output, type=payload.type, example=None)


def _record(api: Api, type_: object) -> Record | None:
    definition = api.types.get(type_.id) if isinstance(type_, Named) else None
    return definition if isinstance(definition, Record) and definition.extra is None else None


def _payload(api: Api, fields: list[Field]) -> Field | None:
    """The member that is the document itself: of S3, the only one where it is a structure, content or a policy.

    Route 53 has no such members; what its structures hold stands in an element of their own.
    """
    if aws_service.host_prefix(api) != _S3 or len(fields) != 1:
        return None
    (field,) = fields
    is_text = isinstance(field.type, Scalar) and field.type.kind is ScalarKind.STRING
    return field if (is_text and field.name in (_CONTENT, _POLICY)) or _record(api, field.type) is not None else None


def _media(api: Api, payload: Field) -> Media:
    if _record(api, payload.type) is not None:
        return Media.XML
    return Media.BINARY if payload.name == _CONTENT else Media.TEXT


def _is_prefix(field: Field) -> bool:
    """Whether a member is a map that travels in headers, each key behind the same beginning."""
    return isinstance(field.type, MapOf) and (field.xml.name or field.name).endswith("-")


def _header(field: Field) -> Input:
    return Input(
        at=field.at,
        name=field.xml.name or field.name,
        place=Place.HEADER,
        type=field.type,
        required=field.required,
        style=PREFIX,
        explode=False,
        allow_reserved=False,
        docs=field.docs,
        deprecated=field.deprecated,
        sensitive=field.sensitive,
        example=field.example,
    )
