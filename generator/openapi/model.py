"""What a document says, in types: one class per noun of the OpenAPI Specification.

Nothing is interpreted here. A `$ref` between schemas stays a pointer, an extension stays data; the graph gives them
meaning.
`at` is always the JSON pointer (RFC 6901) of the object in the closed document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field


class _Absent:
    """Type of `ABSENT`: a keyword that is not there, where null is a value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


class Constraints(Struct, frozen=True, kw_only=True):
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


class Discriminator(Struct, frozen=True, kw_only=True):
    """How a union's members are told apart."""

    property_name: str
    mapping: Mapping[str, str]
    at: str


class Schema(Struct, frozen=True, kw_only=True):
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


class Parameter(Struct, frozen=True, kw_only=True):
    """A parameter of an operation; `place` is its `in`, `content` what it has in place of a `schema`."""

    at: str
    name: str
    place: str
    required: bool
    schema: Schema | None
    style: str | None
    explode: bool | None
    allow_reserved: bool
    content: MediaType | None
    description: str | None
    deprecated: bool
    example: Any
    extensions: Mapping[str, Any]


class Encoding(Struct, frozen=True, kw_only=True):
    """How one member of a form travels; `name` is the member's."""

    name: str
    content_type: str | None
    style: str | None
    explode: bool | None


class MediaType(Struct, frozen=True, kw_only=True):
    """One entry of a `content` map."""

    at: str
    name: str
    schema: Schema | None
    example: Any
    encodings: tuple[Encoding, ...] = ()
    item_schema: Schema | None = None  # of each item, where the content is a sequence of them (OpenAPI 3.2)
    extensions: Mapping[str, Any] = field(default_factory=dict)


class RequestBody(Struct, frozen=True, kw_only=True):
    """What an operation takes besides parameters, by media type."""

    at: str
    description: str | None
    required: bool
    content: tuple[MediaType, ...]
    extensions: Mapping[str, Any] = {}


class Link(Struct, frozen=True, kw_only=True):
    """A call that may follow from a response: which operation, and what stands for its parameters."""

    at: str
    name: str
    operation_id: str | None
    operation_ref: str | None
    parameters: Mapping[str, Any]
    has_body: bool


class ResponseHeader(Struct, frozen=True, kw_only=True):
    """A header field of a response; `content_type` is the media type where it has `content`."""

    at: str
    name: str
    schema: Schema | None
    content_type: str | None
    explode: bool
    description: str | None
    deprecated: bool
    extensions: Mapping[str, Any]


class Response(Struct, frozen=True, kw_only=True):
    """A response; `status` is its key: a number, a range such as `2XX`, or `default`."""

    at: str
    status: str
    description: str | None
    content: tuple[MediaType, ...]
    extensions: Mapping[str, Any]
    links: tuple[Link, ...] = ()
    headers: tuple[ResponseHeader, ...] = ()


class Flow(Struct, frozen=True, kw_only=True):
    """An OAuth flow; `kind` is its key: `clientCredentials`, `password` ..."""

    kind: str
    token_url: str | None
    refresh_url: str | None
    scopes: tuple[str, ...]


class SecurityScheme(Struct, frozen=True, kw_only=True):
    """A way to authenticate; `place` is its `in`, `metadata_url` where the authorization server describes itself."""

    at: str
    key: str
    type: str
    name: str | None
    place: str | None
    scheme: str | None
    flows: tuple[Flow, ...]
    description: str | None
    extensions: Mapping[str, Any]
    metadata_url: str | None = None


class ServerVariable(Struct, frozen=True, kw_only=True):
    """A `{name}` in a server's URL."""

    name: str
    default: str | None
    enum: tuple[str, ...]
    description: str | None


class Server(Struct, frozen=True, kw_only=True):
    """Where the API is reached."""

    at: str
    url: str
    name: str | None
    description: str | None
    variables: tuple[ServerVariable, ...]


class Webhook(Struct, frozen=True, kw_only=True):
    """A request that the API sends: one method of a webhook, or of a callback."""

    at: str
    name: str
    description: str | None
    body: RequestBody | None


class Operation(Struct, frozen=True, kw_only=True):
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


class Tag(Struct, frozen=True, kw_only=True):
    """A group of operations."""

    name: str
    description: str | None


class License(Struct, frozen=True, kw_only=True):
    """The licence of the API; `identifier` is an SPDX expression."""

    name: str
    identifier: str | None
    url: str | None


class Info(Struct, frozen=True, kw_only=True):
    """What the document says of the API as a whole."""

    title: str
    version: str
    summary: str | None
    description: str | None
    license: License | None
    documentation_url: str | None
    extensions: Mapping[str, Any]


class Document(Struct, frozen=True, kw_only=True):
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
