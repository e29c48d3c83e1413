"""What a document says, in types: one class per noun of the OpenAPI Specification.

Nothing is interpreted here. A `$ref` between schemas stays a pointer, an extension stays data; the graph gives them
meaning.
`at` is always the JSON pointer (RFC 6901) of the object in the closed document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


class _Absent:
    """Type of `ABSENT`: a keyword that is not there, where null is a value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Validation keywords of JSON Schema that do not shape the type."""

    minimum: float | int | None = None
    maximum: float | int | None = None
    exclusive_minimum: float | int | None = None
    exclusive_maximum: float | int | None = None
    multiple_of: float | int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """How a union's members are told apart."""

    property_name: str
    mapping: Mapping[str, str]
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A schema object, or a boolean schema (`never` is `false`; `true` is the empty schema)."""

    at: str
    ref: str | None = None
    never: bool = False
    types: tuple[str, ...] = ()
    nullable: bool = False
    format: str | None = None
    title: str | None = None
    description: str | None = None
    default: Any = ABSENT
    const: Any = ABSENT
    enum: tuple[Any, ...] | None = None
    properties: tuple[tuple[str, Schema], ...] = ()
    declares_properties: bool = False  # `properties: {}` says that there are none; without the keyword any may come
    required: frozenset[str] = frozenset()
    additional_properties: Schema | bool | None = None
    property_names: Schema | None = None
    pattern_properties: tuple[Schema, ...] = ()
    items: Schema | None = None
    prefix_items: tuple[Schema, ...] = ()
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    content_media_type: str | None = None
    content_schema: Schema | None = None
    discriminator: Discriminator | None = None
    constraints: Constraints = Constraints()
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    example: Any = ABSENT
    xml: Mapping[str, Any] = field(default_factory=dict)  # the XML object (OpenAPI 3.1, section 4.8.26)
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an operation; `place` is its `in`, `content_type` the media type where it has `content`."""

    at: str
    name: str
    place: str
    required: bool
    schema: Schema | None
    style: str | None
    explode: bool | None
    allow_reserved: bool
    content_type: str | None
    description: str | None
    deprecated: bool
    example: Any
    extensions: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one member of a form travels; `name` is the member's."""

    name: str
    content_type: str | None
    style: str | None
    explode: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """One entry of a `content` map."""

    at: str
    name: str
    schema: Schema | None
    example: Any
    encodings: tuple[Encoding, ...] = ()
    item_schema: Schema | None = None  # of each item, where the content is a sequence of them (OpenAPI 3.2)
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """What an operation takes besides parameters, by media type."""

    at: str
    description: str | None
    required: bool
    content: tuple[MediaType, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A call that may follow from a response: which operation, and what stands for its parameters."""

    at: str
    name: str
    operation_id: str | None
    operation_ref: str | None
    parameters: Mapping[str, Any]
    has_body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader:
    """A header field of a response; `content_type` is the media type where it has `content`."""

    at: str
    name: str
    schema: Schema | None
    content_type: str | None
    explode: bool
    description: str | None
    deprecated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response; `status` is its key: a number, a range such as `2XX`, or `default`."""

    at: str
    status: str
    description: str | None
    content: tuple[MediaType, ...]
    extensions: Mapping[str, Any]
    links: tuple[Link, ...] = ()
    headers: tuple[ResponseHeader, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """An OAuth flow; `kind` is its key: `clientCredentials`, `password` ..."""

    kind: str
    token_url: str | None
    refresh_url: str | None
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """A way to authenticate; `place` is its `in`."""

    at: str
    key: str
    type: str
    name: str | None
    place: str | None
    scheme: str | None
    flows: tuple[Flow, ...]
    description: str | None
    extensions: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A `{name}` in a server's URL."""

    name: str
    default: str | None
    enum: tuple[str, ...]
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the API is reached."""

    at: str
    url: str
    name: str | None
    description: str | None
    variables: tuple[ServerVariable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A request that the API sends: one method of a webhook, or of a callback."""

    at: str
    name: str
    description: str | None
    body: RequestBody | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation with what its path item adds; `security` is None where the document's default applies."""

    at: str
    path: str
    method: str
    operation_id: str | None
    summary: str | None
    description: str | None
    deprecated: bool
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    request_body: RequestBody | None
    responses: tuple[Response, ...]
    security: tuple[tuple[str, ...], ...] | None
    servers: tuple[Server, ...]
    extensions: Mapping[str, Any]
    callbacks: tuple[Webhook, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of operations."""

    name: str
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """The licence of the API; `identifier` is an SPDX expression."""

    name: str
    identifier: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What the document says of the API as a whole."""

    title: str
    version: str
    summary: str | None
    description: str | None
    license: License | None
    documentation_url: str | None
    extensions: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole document. `schemas` holds the components; any other schema is reached by `parse_schema` on its
    pointer.
    """

    openapi: str
    info: Info
    servers: tuple[Server, ...]
    operations: tuple[Operation, ...]
    webhooks: tuple[Webhook, ...]
    schemas: Mapping[str, Schema]
    security_schemes: Mapping[str, SecurityScheme]
    security: tuple[tuple[str, ...], ...]
    tags: tuple[Tag, ...]
    extensions: Mapping[str, Any]
