"""The graph: an API as operations over types.

Frozen values all the way down. Identity is the JSON pointer of the schema or operation that a node comes from (`id`,
`at`), never a
name. Presence (`Field.required`) and nullability (`Nullable`) are two things in two places.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag, auto
from typing import Any

from msgspec import Struct

from generator.graph.header_shape import ReplyHeader
from generator.graph.link_shape import Link
from generator.graph.page_shape import Pagination
from generator.graph.stream_shape import Stream
from generator.graph.travel import Media, Place
from generator.graph.type_refs import (
    Anything,
    Constant,
    Constraints,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Scalar,
    ScalarKind,
    TypeRef,
    UnionOf,
)
from generator.graph.xml_facts import UNSAID, Xml

__all__ = [
    "Anything",
    "Api",
    "AuthScheme",
    "Body",
    "Choice",
    "Constant",
    "Constraints",
    "Docs",
    "Enumeration",
    "ErrorCase",
    "Field",
    "IdempotencyKey",
    "Input",
    "Limits",
    "ListOf",
    "MapOf",
    "Media",
    "Named",
    "Nullable",
    "Operation",
    "Output",
    "Pagination",
    "Part",
    "Place",
    "Record",
    "RetryPolicy",
    "Scalar",
    "ScalarKind",
    "Server",
    "Skipped",
    "Tag",
    "TypeDef",
    "TypeRef",
    "UnionOf",
    "Usage",
    "Variable",
    "Xml",
]


class Usage(Flag):
    """Where a type travels."""

    NONE = 0
    INPUT = auto()
    OUTPUT = auto()
    BOTH = INPUT | OUTPUT


# --- definitions ---------------------------------------------------------------------------------------------------


class Docs(Struct, frozen=True, kw_only=True):
    """Text for people, as the document has it (CommonMark, or HTML in many documents)."""

    summary: str | None = None
    description: str | None = None


class Field(Struct, frozen=True, kw_only=True):
    """A member of a record. `name` is the name on the wire; `shown` ones are in examples although not required.
    `required_to_send` says that requests must hold it, although replies need not: `required` is for both.
    """

    at: str
    name: str
    type: TypeRef
    required: bool
    docs: Docs
    sensitive: bool
    deprecated: bool
    read_only: bool
    write_only: bool
    example: Any  # None where there is none
    xml: Xml = UNSAID
    shown: bool = False
    required_to_send: bool = False

    @property
    def must_be_given(self) -> bool:
        """Whether callers must give it."""
        return self.required or self.required_to_send


class Record(Struct, frozen=True, kw_only=True):
    """An object with known members; `extra` is the type of further members, None where they are not described."""

    id: str
    source_name: str
    docs: Docs
    fields: tuple[Field, ...]
    extra: TypeRef | None
    usage: Usage = Usage.NONE
    deprecated: bool = False
    xml: Xml = UNSAID


class Enumeration(Struct, frozen=True, kw_only=True):
    """A closed list in the document; clients keep it open to values that come later. `places` has each value's own
    pointer.
    """

    id: str
    source_name: str
    docs: Docs
    kind: ScalarKind
    values: tuple[str | int, ...]
    places: tuple[str, ...]
    usage: Usage = Usage.NONE
    deprecated: bool = False


class Tag(Struct, frozen=True):
    """The member that tells a choice's objects apart. `values` leads from its values to positions among the options."""

    name: str
    values: tuple[tuple[str, int], ...]


class Choice(Struct, frozen=True, kw_only=True):
    """A value of one of several types that take a look at the value to tell apart. Without a tag it is the type that
    fits best.
    """

    id: str
    source_name: str
    docs: Docs
    options: tuple[TypeRef, ...]
    tag: Tag | None
    usage: Usage = Usage.NONE
    deprecated: bool = False


TypeDef = Record | Enumeration | Choice

# --- operations ----------------------------------------------------------------------------------------------------


class Part(Struct, frozen=True, kw_only=True):
    """How one member of a form travels where that is not the usual way. No style: by `content_type`."""

    name: str
    style: str | None
    explode: bool
    content_type: str | None


class Input(Struct, frozen=True, kw_only=True):
    """A parameter of an operation. `style` is OpenAPI's, or `json` for one whose `content` is JSON. What is all of the
    query is in style `form`, its members as `parts` say, `json` or `text`.
    """

    at: str
    name: str
    place: Place
    type: TypeRef
    required: bool
    style: str
    explode: bool
    allow_reserved: bool
    docs: Docs
    deprecated: bool
    sensitive: bool
    example: Any
    parts: tuple[Part, ...] = ()


class Body(Struct, frozen=True, kw_only=True):
    """What an operation sends besides its parameters; `name` is what the document calls it."""

    at: str
    content_type: str
    media: Media
    type: TypeRef
    parts: tuple[Part, ...]
    required: bool
    sensitive: bool
    docs: Docs
    xml: Xml = UNSAID
    name: str | None = None


class Output(Struct, frozen=True, kw_only=True):
    """A documented success. `status` is a number, a range such as `2XX`, or `default`; no type means no content, or
    nothing but a stream.
    """

    at: str
    status: str
    content_type: str | None
    media: Media
    type: TypeRef | None
    sensitive: bool
    docs: Docs
    stream: Stream | None = None
    example: Any = None  # None where there is none
    headers: tuple[ReplyHeader, ...] = ()

    @property
    def types(self) -> tuple[TypeRef, ...]:
        """What its content and its head are made of."""
        streamed = () if self.stream is None else self.stream.types
        whole = () if self.type is None else (self.type,)
        return (*whole, *streamed, *(header.type for header in self.headers))


class ErrorCase(Struct, frozen=True, kw_only=True):
    """A documented failure: `status` as in `Output`, `source_name` the name of its schema where it has one."""

    at: str
    status: str
    source_name: str | None
    type: TypeRef | None
    docs: Docs
    fault: str | None = None


class IdempotencyKey(Struct, frozen=True, kw_only=True):
    """A parameter, or a member of the body where `place` is None, that is the same in all attempts of a call: its name
    on the wire. Clients make one where callers give none.
    """

    place: Place | None
    name: str


class RetryPolicy(Struct, frozen=True, kw_only=True):
    """When a failed attempt is repeated, and after how long. Times are seconds; None means that there is no limit.

    `statuses` are numbers and ranges such as `5XX`.
    """

    max_attempts: int | None = None
    initial_interval: float = 0.0
    max_interval: float = 0.0
    max_elapsed: float | None = None
    exponent: float = 1.0
    statuses: tuple[str, ...] = ()
    connection_errors: bool = False


class AuthScheme(Struct, frozen=True, kw_only=True):
    """A way to authenticate. `kind` is `api_key`, `http_basic`, `http_bearer`, `aws_sigv4` ... or the document's own
    word. `token_url` is where an OAuth client gets its token by itself, `refresh_url` where it gets the next,
    `metadata_url` where it is said where that is.
    """

    at: str
    key: str
    kind: str
    name: str | None
    place: Place | None
    token_url: str | None
    refresh_url: str | None
    docs: Docs
    metadata_url: str | None = None


class Operation(Struct, frozen=True, kw_only=True):
    """Something the API can do. `host_prefix` goes before the server's host, `{name}` in it standing for a member of
    what is sent; `compressed` operations send long bodies compressed with gzip.

    `auth` holds the alternatives, each the keys of the schemes it needs together; the empty alternative is
    anonymous, and no
    alternative at all means the operation takes no authentication. `servers` is empty where the API's are meant.
    `other_bodies` are what may be sent in place of `body`, each of another media type.
    """

    id: str
    source_name: str
    method: str
    path: str
    inputs: tuple[Input, ...]
    body: Body | None
    other_bodies: tuple[Body, ...]
    outputs: tuple[Output, ...]
    errors: tuple[ErrorCase, ...]
    auth: tuple[tuple[str, ...], ...]
    pagination: Pagination | None
    servers: tuple[Server, ...]
    idempotency: IdempotencyKey | None
    retries: RetryPolicy | None
    host_prefix: str | None
    compressed: bool
    docs: Docs
    tags: tuple[str, ...]
    deprecated: bool
    extensions: Mapping[str, Any]
    links: tuple[Link, ...] = ()


class Variable(Struct, frozen=True, kw_only=True):
    """A `{name}` in a server's URL, and what stands for it by default; `values` are all there may be, if told."""

    name: str
    default: str | None
    values: tuple[str, ...]
    docs: Docs


class Server(Struct, frozen=True, kw_only=True):
    """Where the API is reached."""

    at: str
    url: str
    name: str | None
    variables: tuple[Variable, ...]
    docs: Docs


class Webhook(Struct, frozen=True, kw_only=True):
    """A JSON document that the API sends by itself, or because of a call (a callback)."""

    at: str
    name: str
    type: TypeRef
    docs: Docs


class Skipped(Struct, frozen=True, kw_only=True):
    """An operation that is not generated, and why."""

    at: str
    code: str
    message: str


class Api(Struct, frozen=True, kw_only=True):
    """The whole graph.

    `types` is keyed by id, in the document's order; `retries` holds for operations that have none of their own.
    `preferred` has names that the document would like, by the pointers of what they name.
    """

    title: str
    version: str
    docs: Docs
    license: str | None
    documentation_url: str | None
    servers: tuple[Server, ...]
    auth: Mapping[str, AuthScheme]
    retries: RetryPolicy | None
    operations: tuple[Operation, ...]
    webhooks: tuple[Webhook, ...]
    skipped: tuple[Skipped, ...]
    types: Mapping[str, TypeDef]
    preferred: Mapping[str, str]
    traits: Mapping[str, Any]
