"""How operations travel: what all of them share, and the facts of each that the runtime is told."""

from __future__ import annotations

from generator.graph.model import Input, Media, Place
from generator.graph.reply_headers import headers_of
from generator.protocols.binding import BoundOperation
from generator.python.docstrings import docstring
from generator.python.identifiers import dotted_path, identifier, pascal_case
from generator.python.literals import literal
from generator.python.naming import OperationNames
from generator.python.plan.package import Attribute, ParameterPlan, RecordPlan, WirePlan
from generator.python.planning.contents import part_plan
from generator.python.planning.models import MODEL, name_set
from generator.python.planning.retries import retries_expression
from generator.python.planning.servers import server_choice, server_plan
from generator.python.setting import Setting
from generator.python.text import Annotation, Code, Identifier, Literal

_IN_CLASS = 4
_USUAL_STYLES = {
    Place.PATH: "simple",
    Place.QUERY: "form",
    Place.QUERYSTRING: "text",
    Place.HEADER: "simple",
    Place.COOKIE: "form",
}
WIRE_HEADERS = dotted_path("_WireHeaders")
_WIRE_HEADERS = """Headers that belong to the protocol.

They are sent as they are with a prepared Authorization value; in every other case the client sets its own.
"""


def wire_plan(setting: Setting, *, has_regions: bool) -> WirePlan:
    """What all operations share; servers are chosen by region where there are such."""
    bound = setting.bound
    headers, header_parameters = _wire_headers(setting)
    return WirePlan(
        protocol_module=dotted_path(bound.protocol),
        protocol_class=dotted_path(pascal_case(bound.protocol)),
        settings=tuple((literal(key), literal(value)) for key, value in sorted(bound.settings.items())),
        endpoint_variants=literal(dict(bound.endpoint_variants)) if bound.endpoint_variants else None,
        signing_regions=literal(bound.signing_regions) if bound.signing_regions else None,
        servers=tuple(server_plan(server) for server in bound.api.servers),
        server_choice=None if has_regions else server_choice(setting),
        retries=retries_expression(bound.api.retries),
        headers=headers,
        header_parameters=header_parameters,
    )


def _wire_headers(setting: Setting) -> tuple[RecordPlan | None, tuple[ParameterPlan, ...]]:
    """The protocol's own header parameters, once for all operations: the class that holds them, and how they travel."""
    found: dict[str, tuple[Identifier, ParameterPlan]] = {}
    for bound in setting.bound.operations:
        names = setting.names.operations[bound.operation.id]
        for input_ in bound.wire_inputs:
            name = names.inputs[input_.place, input_.name]
            found.setdefault(input_.name, (name, parameter_plan(input_, names)))
    if not found:
        return None, ()
    parameters = tuple(parameter for _, parameter in found.values())
    attributes = tuple(
        Attribute(name=name, annotation=Annotation("str | None"), value=Code("None"), docstring=None)
        for name, _ in found.values()
    )
    record = RecordPlan(
        name=identifier(str(WIRE_HEADERS)),
        base=MODEL,
        docstring=docstring(_WIRE_HEADERS, indent=_IN_CLASS),
        attributes=attributes,
        sensitive=name_set(attribute.name for attribute in attributes),
    )
    return record, parameters


def parameter_plan(input_: Input, names: OperationNames) -> ParameterPlan:
    """How one parameter travels."""
    return ParameterPlan(
        place=literal(input_.place.value),
        name=literal(input_.name),
        field=literal(str(names.inputs[input_.place, input_.name])),
        style=literal(input_.style) if input_.style != _USUAL_STYLES[input_.place] else None,
        explode=input_.explode,
        allow_reserved=input_.allow_reserved,
        parts=tuple(part_plan(part) for part in input_.parts),
    )


def _keeps_coding(bound: BoundOperation) -> bool:
    """Whether what comes is stored with a coding of its own, as S3's objects are: then the field is documented."""
    is_binary = bound.output is not None and bound.output.media is Media.BINARY
    return is_binary and any(header.name.lower() == "content-encoding" for header in headers_of(bound.operation))


def wire_facts(bound: BoundOperation, renamed: dict[str, str]) -> tuple[tuple[Identifier, Literal], ...]:
    """What differs from the usual; `renamed` has attributes by the arguments for them."""
    found = {
        "fixed": bound.fixed,
        "root": bound.root,
        "bucket": bound.bucket,
        "checksum": bound.checksum,
        "redirects": bound.redirects,
        "renamed": renamed,
        "keeps_coding": _keeps_coding(bound),
    }
    return tuple((identifier(name), literal(value)) for name, value in found.items() if value)
