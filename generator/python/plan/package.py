"""What is written: the contract between deciding and writing.

Everything here is finished text (`Code`), a tuple, a boolean, or another plan. Templates print, loop and branch on
booleans; they compute nothing. The plan can be dumped as JSON (`generate inspect plan`).
"""

from __future__ import annotations

from msgspec import Struct

from generator.python.locked_names import NameTable
from generator.python.plan.contents import ContentPlan
from generator.python.plan.features import Features
from generator.python.plan.links import LinkPlan, LinkRow
from generator.python.plan.metadata import Metadata
from generator.python.plan.pages import PaginationPlan
from generator.python.plan.reply_headers import HeaderRow, ReplyHeaderPlan
from generator.python.plan.servers import ServerChoicePlan, ServerPlan
from generator.python.plan.testing import TestingPlan
from generator.python.text import Annotation, Code, Docstring, DottedPath, Identifier, Literal, Markdown


class Attribute(Struct, frozen=True, kw_only=True):
    """One attribute of a class. `value` is the right-hand side of its assignment, None where there is none."""

    name: Identifier
    annotation: Annotation
    value: Code | None
    docstring: Docstring | None


class RecordPlan(Struct, frozen=True, kw_only=True):
    """A class of attributes. `sensitive` is a literal set of attribute names, None where none is, `required_to_send`
    one of those that requests must hold and replies need not; `timestamps` the spelling of those attributes that say
    how they are spelled; `xml` what there is to say in XML, by attribute.
    """

    name: Identifier
    base: DottedPath | Annotation
    docstring: Docstring
    attributes: tuple[Attribute, ...]
    sensitive: Code | None
    required_to_send: Code | None = None
    timestamps: Literal | None = None
    xml: Literal | None = None


class EnumPlan(Struct, frozen=True, kw_only=True):
    """An open enumeration; `base` is its base class."""

    name: Identifier
    base: DottedPath | Annotation
    docstring: Docstring
    members: tuple[tuple[Identifier, Literal], ...]


class ChoicePlan(Struct, frozen=True, kw_only=True):
    """A choice between types: `alias` is the union that type checkers see, as text; `options` a tuple of the types."""

    name: Identifier
    alias: Literal
    docstring: Docstring
    options: Annotation
    tag: Literal | None
    values: Literal | None


class SchemeRow(Struct, frozen=True, kw_only=True):
    """A row of the README's table of security schemes."""

    name: Markdown
    code: Markdown
    environment: Markdown


class SchemePlan(Struct, frozen=True, kw_only=True):
    """The class of a security scheme: `parameter` says where an API key travels, `urls` where tokens are got and
    renewed, and where that is said, `environment` which variable stands for which attribute.
    """

    name: Identifier
    base: DottedPath | Annotation
    docstring: Docstring
    parameter: Literal | None
    urls: Literal | None
    environment: Literal
    field: Identifier
    row: SchemeRow


class ErrorPlan(Struct, frozen=True, kw_only=True):
    """The exception class of a documented error; `details` is the type of its document where that is worth one."""

    name: Identifier
    docstring: Docstring
    details: Annotation | None


class Argument(Struct, frozen=True, kw_only=True):
    """A keyword argument of a method; `default` is what stands for it where it is not given, None where it must be."""

    name: Identifier
    annotation: Annotation
    default: Code | None


class GroupPlan(Struct, frozen=True, kw_only=True):
    """A member of a request object that holds parameters of one place."""

    field: Literal
    model: RecordPlan
    keywords: Literal


class PartPlan(Struct, frozen=True, kw_only=True):
    """How one member of a form travels."""

    name: Literal
    style: Literal | None
    explode: bool
    content_type: Literal | None


class ParameterPlan(Struct, frozen=True, kw_only=True):
    """How one parameter travels."""

    place: Literal
    name: Literal
    field: Literal
    style: Literal | None
    explode: bool
    allow_reserved: bool
    parts: tuple[PartPlan, ...]


class IdempotencyPlan(Struct, frozen=True, kw_only=True):
    """What is the same in all attempts of a call: its place, and its name on the wire or in the body's class."""

    place: Literal
    name: Literal


class StreamClasses(Struct, frozen=True, kw_only=True):
    """Classes of an operation's own for its streams, whose header fields are documented: `headers` is the base that has
    them, of the result as a whole too, `kind` and `async_kind` are the runtime's classes.
    """

    headers: Identifier
    name: Identifier
    kind: Annotation
    async_name: Identifier
    async_kind: Annotation
    docstring: Docstring


class StreamPlan(Struct, frozen=True, kw_only=True):
    """The method that gives a result piece by piece; `result` and `async_result` are what it returns, `kind` the
    runtime's class that the first is, `by_event` the types of the data of events by their names.
    """

    method: Identifier
    result: Annotation
    async_result: Annotation
    kind: Annotation
    docstring: Docstring
    accept: Literal
    framing: Literal
    item: Annotation | None
    by_event: tuple[tuple[Literal, Annotation], ...]
    sentinel: Literal | None
    switch: Literal | None


class OperationPlan(Struct, frozen=True, kw_only=True):
    """One operation: its constant, its classes, its methods. `is_whole` says whether there is one for the whole result,
    `stream` is the one that gives it piece by piece.
    """

    name: Literal
    http_method: Literal
    path: Literal
    constant: Identifier
    method: Identifier
    group: Identifier | None
    request: RecordPlan
    groups: tuple[GroupPlan, ...]
    required_groups: Literal | None
    result: RecordPlan
    field: Literal | None
    output: Annotation | None
    body: Annotation | None
    body_required: bool
    content_type: Literal | None
    media: Literal | None
    parts: tuple[PartPlan, ...]
    contents: tuple[ContentPlan, ...]
    content_choice: Annotation | None
    links: tuple[LinkPlan, ...]
    reply_headers: tuple[ReplyHeaderPlan, ...]
    accept: Literal | None
    output_media: Literal | None
    parameters: tuple[ParameterPlan, ...]
    servers: tuple[ServerPlan, ...]
    uses_wire_headers: bool
    headers: Literal | None
    facts: tuple[tuple[Identifier, Literal], ...]
    outputs: tuple[tuple[Literal, Annotation, Literal], ...]
    errors: tuple[tuple[Literal, Identifier], ...]
    error_types: tuple[tuple[Literal, Annotation], ...]
    security: Literal | None
    timestamps: Literal | None
    host_prefix: Literal | None
    compressed: bool
    pagination: PaginationPlan | None
    idempotency: IdempotencyPlan | None
    retries: Code | None
    is_whole: bool
    returns: Annotation
    stream: StreamPlan | None
    stream_classes: StreamClasses | None
    arguments: tuple[Argument, ...]
    spread: tuple[Argument, ...]
    docstring: Docstring
    page: OperationPage


class ArgumentRow(Struct, frozen=True, kw_only=True):
    """A row of a table of arguments or errors on an operation's page."""

    name: Markdown
    type: Markdown
    required: Markdown
    description: Markdown


class StreamPage(Struct, frozen=True, kw_only=True):
    """What the documentation says of the method that gives a result piece by piece, beside one for the whole."""

    method: Markdown
    returns: Markdown
    example: Code
    async_example: Code


class OperationPage(Struct, frozen=True, kw_only=True):
    """What the documentation says of one operation."""

    title: Markdown
    bullet: Markdown
    description: Markdown
    wire_name: Markdown
    arguments: tuple[ArgumentRow, ...]
    returns: Markdown
    errors: tuple[ArgumentRow, ...]
    example: Code
    async_example: Code
    stream: StreamPage | None
    links: tuple[LinkRow, ...]
    headers: tuple[HeaderRow, ...]
    path: Markdown
    link: Markdown


class ClientGroup(Struct, frozen=True, kw_only=True):
    """Operations on one attribute of the client; `attribute` is None for those on the client itself."""

    attribute: Identifier | None
    class_name: Identifier
    title: Markdown
    docstring: Docstring
    operations: tuple[OperationPlan, ...]


class ConstraintsPlan(Struct, frozen=True, kw_only=True):
    """What must hold of the attributes of a class beyond their types: names, and calls of the constraints' classes."""

    model: DottedPath
    members: tuple[tuple[Literal, Code], ...]


class WebhookRow(Struct, frozen=True, kw_only=True):
    """What the API sends, and the class that reads it."""

    name: Markdown
    model: Identifier
    description: Markdown


class ReadmePlan(Struct, frozen=True, kw_only=True):
    """Blocks of the README."""

    title: Markdown
    distribution: Code
    example: Code
    keyword_example: Code
    async_example: Code
    error_example: Code
    header_example: Markdown | None
    page_example: Code | None
    async_page_example: Code | None
    has_contents: bool
    counts_pages: bool
    links_pages: bool
    stream_example: Code | None
    hooks_example: Code
    testing_example: Code
    webhooks: tuple[WebhookRow, ...]
    has_example: bool
    credentials: bool


class ModelsPlan(Struct, frozen=True, kw_only=True):
    """The classes of values, and what is checked of them and of requests before they are sent."""

    records: tuple[RecordPlan, ...]
    choices: tuple[ChoicePlan, ...]
    enums: tuple[EnumPlan, ...]
    constraints: tuple[ConstraintsPlan, ...]


class WirePlan(Struct, frozen=True, kw_only=True):
    """How all operations travel: the protocol with what it is told, the servers, when calls are tried again.

    `headers` is the class of the protocol's own header parameters, None where it has none.
    """

    protocol_module: DottedPath
    protocol_class: DottedPath
    settings: tuple[tuple[Literal, Literal], ...]
    endpoint_variants: Literal | None
    signing_regions: Literal | None
    servers: tuple[ServerPlan, ...]
    server_choice: ServerChoicePlan | None
    retries: Code | None
    headers: RecordPlan | None
    header_parameters: tuple[ParameterPlan, ...]


class PackagePlan(Struct, frozen=True, kw_only=True):
    """The whole package."""

    package: DottedPath
    class_name: Identifier
    async_class_name: Identifier
    docstring: Docstring
    client_docstring: Docstring
    async_client_docstring: Docstring
    metadata: Metadata
    features: Features
    wire: WirePlan
    models: ModelsPlan
    schemes: tuple[SchemePlan, ...]
    security: RecordPlan | None
    scheme_map: Literal
    errors: tuple[ErrorPlan, ...]
    shared_error_types: tuple[tuple[Literal, Annotation], ...]
    shared_errors: tuple[tuple[Literal, Identifier], ...]
    operations: tuple[OperationPlan, ...]
    root: ClientGroup
    groups: tuple[ClientGroup, ...]
    readme: ReadmePlan
    testing: TestingPlan
    names: NameTable  # what the manifest keeps for the next run; nothing is written of it
    runtime: tuple[str, ...]
