"""Content: what a media type is to a client, and which of several it speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.graph.model import (
    Choice,
    ListOf,
    MapOf,
    Media,
    Nullable,
    Operation,
    Part,
    Record,
    Scalar,
    ScalarKind,
    TypeDef,
    TypeRef,
    UnionOf,
)
from generator.graph.passes import reached
from generator.openapi import model as openapi

_PREFERENCE = (Media.JSON, Media.MULTIPART, Media.FORM, Media.XML, Media.TEXT, Media.BINARY)
_FORM = "application/x-www-form-urlencoded"
_ANY = ("*/*", "application/*")


def essence(content_type: str) -> str:
    """A media type without its parameters (RFC 9110, section 8.3.1), in lower case."""
    return content_type.partition(";")[0].strip().lower()


def media_of(content: openapi.MediaType) -> Media:
    """What a media type is to a client. A wildcard is JSON, unless its schema says that it is a file."""
    name = essence(content.name)
    if name in _ANY and content.schema is not None and content.schema.format == "binary":
        return Media.BINARY
    if is_json(name):
        return Media.JSON
    if name == _FORM or name.startswith("multipart/"):
        if content.schema is not None and content.schema.types == ("string",):
            return Media.BINARY  # the whole of it, which the caller has written already
        return Media.FORM if name == _FORM else Media.MULTIPART
    if is_xml(name) and _has_members(content.schema):
        return Media.XML
    return Media.TEXT if name.startswith("text/") else Media.BINARY


def _has_members(schema: openapi.Schema | None) -> bool:
    """Whether a schema may say what elements there are; a document may also call XML what it types as a string."""
    return (
        schema is not None
        and (bool(schema.types) or schema.ref is not None or bool(schema.all_of))
        and (schema.types not in (("string",), ("array",)) or schema.items is not None)
    )


def preferred(contents: Sequence[openapi.MediaType]) -> openapi.MediaType | None:
    """The content that the client speaks: the first of the kind that types say most about."""
    return min(contents, key=lambda content: _PREFERENCE.index(media_of(content)), default=None)


def concrete(content_type: str, media: Media) -> str:
    """What is sent as Content-Type or Accept for a media type of a document, which may be a range."""
    if "*" not in content_type:
        return content_type
    return {Media.JSON: "application/json", Media.TEXT: "text/plain"}.get(media, "application/octet-stream")


def plain(media: Media) -> TypeRef | None:
    """The type of content that no schema shapes."""
    return {Media.TEXT: Scalar(ScalarKind.STRING), Media.BINARY: Scalar(ScalarKind.BINARY)}.get(media)


def parts(content: openapi.MediaType) -> tuple[Part, ...]:
    """The members of a form whose `encoding` says how they travel (OpenAPI 3.1, section 4.8.15)."""
    return tuple(
        Part(
            name=encoding.name,
            style=encoding.style or ("form" if encoding.explode is not None else None),
            explode=encoding.style in (None, "form") if encoding.explode is None else encoding.explode,
            content_type=encoding.content_type,
        )
        for encoding in content.encodings
    )


def is_form(content_type: str) -> bool:
    """Whether a media type is a form in one line (URL Standard, section 5)."""
    return essence(content_type) == _FORM


def is_json(content_type: str) -> bool:
    """Whether a media type is JSON, or a structured syntax on it (RFC 6839, section 3.1)."""
    name = essence(content_type)
    return name == "application/json" or name.endswith("+json") or name in _ANY


def is_xml(content_type: str) -> bool:
    """Whether a media type is XML, or a structured syntax on it (RFC 7303, section 4.2)."""
    name = essence(content_type)
    return name in ("application/xml", "text/xml") or name.endswith("+xml")


def without_files(type_: TypeRef) -> TypeRef:
    """The type outside of forms: JSON has no files, so that they are strings there."""
    match type_:
        case Scalar(ScalarKind.FILE, constraints):
            return Scalar(ScalarKind.STRING, constraints)
        case ListOf(item, limits):
            return ListOf(without_files(item), limits)
        case MapOf(value, key, limits, required):
            return MapOf(without_files(value), key, limits, required)
        case Nullable(inner):
            return Nullable(without_files(inner))
        case UnionOf(options):
            return UnionOf(tuple(dict.fromkeys(without_files(option) for option in options)))
        case _:
            return type_


def with_files_in_forms(types: Mapping[str, TypeDef], operations: Sequence[Operation]) -> dict[str, TypeDef]:
    """The definitions, with files only in those that travel in forms and nowhere else."""
    sent_as_forms: list[TypeRef] = []
    sent_otherwise: list[TypeRef] = []
    for operation in operations:
        body = operation.body
        if body is not None:
            in_form = body.media in (Media.FORM, Media.MULTIPART)
            (sent_as_forms if in_form else sent_otherwise).append(body.type)
            for other in operation.other_bodies:
                # A type that is sent as a form first keeps its files; JSON or XML of it have to do without.
                if other.media in (Media.FORM, Media.MULTIPART) or not in_form:
                    as_form = other.media in (Media.FORM, Media.MULTIPART)
                    (sent_as_forms if as_form else sent_otherwise).append(other.type)
        sent_otherwise += (type_ for output in operation.outputs for type_ in output.types)
        sent_otherwise += (case.type for case in operation.errors if case.type is not None)
    in_forms = reached(types, sent_as_forms) - reached(types, sent_otherwise)  # once: thousands share most types
    return {id_: definition if id_ in in_forms else _as_text(definition) for id_, definition in types.items()}


def _as_text(definition: TypeDef) -> TypeDef:
    match definition:
        case Record(fields=fields, extra=extra):
            return replace(
                definition,
                fields=tuple(replace(field, type=without_files(field.type)) for field in fields),
                extra=None if extra is None else without_files(extra),
            )
        case Choice(options=options):
            return replace(definition, options=tuple(without_files(option) for option in options))
        case _:
            return definition
