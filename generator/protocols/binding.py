"""A graph bound to a protocol: what is left to say about the wire once the protocol has spoken."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.graph.model import Api, Body, ErrorCase, Input, Media, Operation, Output, Place, Server, Skipped
from generator.graph.stream_shape import Stream


class BoundError(Struct, frozen=True, kw_only=True):
    """A failure and the key by which a reply is recognised as it: an error code, or a status."""

    key: str
    case: ErrorCase


class BoundOperation(Struct, frozen=True, kw_only=True):
    """An operation as it travels.

    Attributes:
        path: What goes on the wire, with `{name}` where path parameters go.
        inputs: The parameters that callers set.
        wire_inputs: Parameters that belong to the protocol: still accepted in a request object, never asked for.
        constants: Header fields with one possible value.
        content_type: Of the request's body.
        output: The documented success that becomes the result.
        others: Further documented successes whose body is of another type.
        redirects: Statuses of redirects that are results, as no other success is documented.
        servers: Where the operation is reached, if not where the others are.
        timestamps: How timestamps of the body are spelled where their members say nothing else; None where nothing in
            the body needs a spelling of the protocol's own.
        fixed: Members of a form, or parameters of the query, with one possible value.
        root: Name and namespace of the element that is the body, where its type does not say so itself.
        bucket: Whether the first segment of the path is a bucket, which may go before the host.
        checksum: The algorithm of the checksum that a body is sent with where the caller does not choose.
        contents: What the body may be instead, each of another media type.
    """

    operation: Operation
    path: str
    inputs: tuple[Input, ...]
    wire_inputs: tuple[Input, ...]
    constants: tuple[tuple[str, str], ...]
    body: Body | None
    content_type: str | None
    output: Output | None
    others: tuple[Output, ...] = ()
    redirects: tuple[str, ...] = ()
    errors: tuple[BoundError, ...]
    servers: tuple[Server, ...] = ()
    timestamps: str | None = None
    fixed: tuple[tuple[str, str], ...] = ()
    root: tuple[str, str | None] | None = None
    bucket: bool = False
    checksum: str | None = None
    contents: tuple[Body, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether a success can be had as a whole; there may be nothing but a stream."""
        return self.output is None or self.output.type is not None or self.stream is None

    @property
    def stream(self) -> Stream | None:
        """How a success can be read piece by piece."""
        outputs = () if self.output is None else (self.output, *self.operation.outputs)
        return next((output.stream for output in outputs if output.stream is not None), None)

    @property
    def media(self) -> Media:
        """What the body is."""
        return Media.JSON if self.body is None else self.body.media

    @property
    def all_media(self) -> tuple[Media, ...]:
        """What the body may be."""
        return (self.media, *(body.media for body in self.contents))

    def at(self, place: Place) -> tuple[Input, ...]:
        """The inputs of one place, the protocol's own among them."""
        return tuple(input_ for input_ in (*self.wire_inputs, *self.inputs) if input_.place is place)


class XmlStyle(Struct, frozen=True, kw_only=True):
    """How lists and maps are written in XML where a document does not say.

    Attributes:
        wrapped: Whether an element stands around the items of a list.
        item: Name of the items' elements inside of it; None for the list's own name.
        entry: Name of the elements of a map's entries, each of key and value; None where each key is an element.
    """

    wrapped: bool
    item: str | None
    entry: str | None


class BoundApi(Struct, frozen=True, kw_only=True):
    """The graph and its protocol.

    Attributes:
        protocol: Name of the protocol: the module of both halves.
        settings: What the runtime half needs to know of the API beside its operations.
        endpoint_variants: Where a service's hosts depart from the rules of its platform.
        signing_regions: Which region is signed for, by a part of the platform, where it is not the one that is called.
        timestamps: How timestamps are spelled where a member does not say: `date-time`, `epoch-seconds`.
        errors_by_code: Whether a key of an error means the same in every operation, documented there or not.
        split_plural_acronyms: Whether `ARNs` is spelled `ar_ns`, as AWS's own Python clients spell it.
        patterns_match_whole: Whether a pattern without an anchor is meant for the whole text, against JSON Schema.
        evidence: Why this protocol, one fact each.
        xml: How lists and maps are written in XML where the document does not say; None where nothing is XML.
        skipped: Operations that mean, in this protocol, what another one means.
    """

    api: Api
    protocol: str
    operations: tuple[BoundOperation, ...]
    settings: Mapping[str, str]
    endpoint_variants: Mapping[str, Mapping[str, str]]
    signing_regions: Mapping[str, str]
    timestamps: str
    errors_by_code: bool
    split_plural_acronyms: bool
    evidence: tuple[str, ...]
    patterns_match_whole: bool = False
    xml: XmlStyle | None = None
    skipped: tuple[Skipped, ...] = ()
