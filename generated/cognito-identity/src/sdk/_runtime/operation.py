"""Descriptors: what a generated client says of its API. Constants only; `client` and the protocols act on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from .errors import APIError
from .model import Response
from .retry import Retries

__all__ = [
    "Api",
    "Content",
    "IdempotencyKey",
    "Link",
    "Operation",
    "Pagination",
    "Parameter",
    "Part",
    "R",
    "Server",
    "Streaming",
]

R = TypeVar("R", bound=Response)


class Part(Struct, frozen=True, kw_only=True):
    """How a member of a form travels where that is not the usual way.

    Attributes:
        style: OpenAPI's name for how values are spelled; None for a text, or JSON for what is none.
        explode: Whether each item of a list, and each member of an object, stands for itself.
        content_type: Media type of the part.
    """

    style: str | None = None
    explode: bool = False
    content_type: str | None = None


class Parameter(Struct, frozen=True):
    """A value beside the body.

    Attributes:
        place: `path`, `query`, `header`, `cookie`, or `querystring` for all of the query.
        name: On the wire.
        field: In the group of the request object that holds parameters of this place.
        explode: Whether each item of a list, and each member of an object, stands for itself.
        style: OpenAPI's name for how values are spelled, `json` for JSON; None for the usual style of the place, which
            is a text for all of the query.
        allow_reserved: Whether characters that mean something in a URL are sent as they are.
        parts: How members of the form travel that is all of the query, as in `Operation`.
    """

    place: str
    name: str
    field: str
    explode: bool = False
    style: str | None = None
    allow_reserved: bool = False
    parts: Mapping[str, Part] = {}


class Pagination(Struct, frozen=True, kw_only=True):
    """How pages follow each other.

    Ways lead to values inside of the body: attributes, and positions in lists, joined by dots; the empty way is the
    body itself.

    Attributes:
        items: Way to the items.
        style: What leads on: `token`, `offset` (a number of items), `page` (a number of pages), `url`, or `link` (the
            header field).
        group: Member of the request object that holds what asks for a page; None for URLs.
        token: Its attribute there.
        output: Way to the next token, or URL.
        otherwise: Way to the next token where that one leads nowhere.
        further: Attributes beside the token, each with the way to its next value.
        total: Way to the number of all items, or of all pages where pages are counted.
        more: Way to a value that says whether there is a further page.
        first: Number of the first page.
    """

    items: str
    style: str = "token"
    group: str | None = None
    token: str | None = None
    output: str | None = None
    otherwise: str | None = None
    further: tuple[tuple[str, str], ...] = ()
    total: str | None = None
    more: str | None = None
    first: int = 1


class Link(Struct, frozen=True, kw_only=True):
    """A call that may follow from a result.

    Attributes:
        operation: The constant of the operation that is called.
        arguments: Its keyword arguments: constants, and expressions of OpenAPI (section 4.8.20.4).
    """

    operation: str
    arguments: Mapping[str, Any] = {}


class Server(Struct, frozen=True):
    """A server of the API's description.

    Attributes:
        url: Its URL, `{name}` standing for a variable.
        variables: Defaults of the variables that have one.
        name: What the description calls it.
        values: All that may stand for a variable, where the description says so.
    """

    url: str
    variables: Mapping[str, str] = {}
    name: str | None = None
    values: Mapping[str, tuple[str, ...]] = {}


class IdempotencyKey(Struct, frozen=True):
    """What is the same in all attempts of a call, so that a server carries out one of them.

    Attributes:
        place: `header`, `query` or `body`.
        name: On the wire; of a member of the body, its attribute.
    """

    place: str
    name: str


class Streaming(Struct, frozen=True, kw_only=True):
    """A success that can be read piece by piece.

    Attributes:
        accept: Media type that is asked for.
        framing: What a piece is: `bytes`, `events`, `lines`, `messages` (of AWS) or `sequence`.
        item: Type of a piece; of an event, that of its data. `str` is text as it came, anything else is JSON.
        by_event: The types of the data of events that have a name, where they differ; of messages, of all that are
            known.
        sentinel: Data of the event that ends the stream; None where only its end does.
        switch: Attribute of the request's body that asks for a stream; None where the media type is enough.
    """

    accept: str
    framing: str
    item: Any = None
    by_event: Mapping[str, Any] = {}
    sentinel: str | None = None
    switch: str | None = None


class Content(Struct, frozen=True, kw_only=True):
    """A further media type of a body.

    Attributes:
        media: What the body is then, as in `Operation`.
        parts: How members of a form travel, as in `Operation`.
        request: Class of the request object with that body; None where the body is of the same type.
    """

    media: str
    parts: Mapping[str, Part] = {}
    request: type[Struct] | None = None


class Operation(Struct, Generic[R], frozen=True, kw_only=True):
    """One operation.

    Attributes:
        name: As in the API's description.
        method: HTTP method.
        path: On the wire, with `{name}` where path parameters go.
        request: Class of the request object.
        result: Class of the result.
        field: The result's attribute that holds the body; None where there is none.
        output: Type of the body.
        body: Class of the request's body whose members callers may give as keyword arguments; None where they may not.
        renamed: Attributes of that class by the keyword arguments for them, where the two differ; or, of a body that is
            one argument, `request` by what that is called. Then the body may also be given as a whole, as `request`.
        content_type: Of the request's body; None where it has none.
        media: What the body is: `json`, `form`, `multipart`, `xml`, `text` or `binary`.
        parts: How members of a form travel where that is not the usual way, by their names on the wire.
        contents: Further media types of the body.
        accept: Media type that is asked for.
        output_media: What the reply's body is: `json`, `xml`, `text` or `binary`.
        servers: Where the operation is reached, if not where the others are; the first is the default.
        body_required: Whether a body is always sent.
        groups: Members of the request object that hold parameters: their class, and its attributes that are keyword
            arguments.
        required_groups: Those that must be there.
        parameters: How parameters travel.
        wire_headers: Parameters that belong to the protocol: accepted in a request object, never asked for.
        headers: Header fields with one possible value.
        fixed: Members of a form, or parameters of the query, with one possible value.
        root: Name and namespace of the element that is the request's body; None where its class says it.
        bucket: Whether the path's first segment is a bucket of S3, which may go before the host.
        checksum: The algorithm of the checksum that a body is sent with where the caller does not choose.
        outputs: Types and media of the replies by status or range, where there are several.
        redirects: Statuses and ranges of redirects that are results; all others are errors.
        error_types: Types of the error documents by what `errors` has; plain data where it says none.
        errors: Classes of the documented errors by what a reply is recognised by: a code, whichever operation documents
            it, or a status.
        security: Alternatives, each the security schemes it needs together; none for operations that take no
            authentication.
        pagination: How pages follow each other; None where the result is whole.
        idempotency: The key that its calls carry; None where there is none.
        retries: When its calls are tried again, where its description says so.
        stream: How a success can be read piece by piece; None where it cannot.
        timestamps: How timestamps of the body are spelled where their members say nothing else (see `spelling`); None
            where nothing in the body needs care, and where its numbers must be finite.
        host_prefix: Put before the server's host; `{group.name}` stands for an attribute inside of the request object.
        links: Calls that may follow, by the names of the description.
        compressed: Whether long bodies are compressed.
        keeps_coding: Whether a reply's body is handed over as it is stored, its Content-Encoding beside it.
    """

    name: str
    method: str
    path: str
    request: type[Struct]
    result: type[R]
    field: str | None = None
    output: Any = None
    body: type[Struct] | None = None
    renamed: Mapping[str, str] = {}
    content_type: str | None = None
    media: str = "json"
    parts: Mapping[str, Part] = {}
    contents: Mapping[str, Content] = {}
    accept: str = "application/json"
    output_media: str = "json"
    servers: tuple[Server, ...] = ()
    body_required: bool = False
    groups: Mapping[str, tuple[type[Struct], tuple[str, ...]]] = {}
    required_groups: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    wire_headers: tuple[Parameter, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    root: tuple[str, str | None] | None = None
    bucket: bool = False
    checksum: str | None = None
    outputs: Mapping[str, tuple[Any, str]] = {}
    redirects: tuple[str, ...] = ()
    error_types: Mapping[str, Any] = {}
    errors: Mapping[str, type[APIError]] = {}
    security: tuple[tuple[str, ...], ...] = ()
    timestamps: str | None = None
    host_prefix: str | None = None
    compressed: bool = False
    keeps_coding: bool = False
    pagination: Pagination | None = None
    idempotency: IdempotencyKey | None = None
    retries: Retries | None = None
    stream: Streaming | None = None
    links: Mapping[str, Link] = {}


class Api(Struct, frozen=True, kw_only=True):
    """The API as a whole.

    Attributes:
        module: Name of the module that holds the API's operations as constants.
        distribution: Name of the generated distribution, for the User-Agent.
        distribution_version: Its version.
        title: The API's title.
        version: The API's version.
        servers: The first is the default.
        security: Class of the Security object, None where there is none.
        schemes: Security schemes by the key that operations use: the attribute of the Security object.
        settings: What the protocol needs to know.
        retries: When calls are tried again, where the API's description says so.
        endpoint_variants: Where a service's hosts depart from AWS's rules: by variant, then by region or partition.
        signing_regions: Which region is signed for, by partition, where it is one for all regions of the partition.
    """

    module: str
    distribution: str
    distribution_version: str
    title: str
    version: str
    servers: tuple[Server, ...] = ()
    security: type[Struct] | None = None
    schemes: Mapping[str, str] = {}
    settings: Mapping[str, str] = {}
    endpoint_variants: Mapping[str, Mapping[str, str]] = {}
    retries: Retries | None = None
    signing_regions: Mapping[str, str] = {}
