"""Operations: constants, request and result classes, methods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.graph.model import Input, Media, Output, Place, Record
from generator.protocols.binding import BoundOperation
from generator.python.bodies import body_fields, reply_attribute
from generator.python.docstrings import docstring
from generator.python.identifiers import identifier
from generator.python.literals import literal
from generator.python.markdown import code_span
from generator.python.markup import first_sentence
from generator.python.naming import CONTENT_TYPE, GROUP_CLASSES, GROUPS, OperationNames, class_name, error_key
from generator.python.plan.package import (
    Argument,
    Attribute,
    GroupPlan,
    IdempotencyPlan,
    OperationPlan,
    RecordPlan,
    StreamPlan,
)
from generator.python.planning.contents import chosen_argument, content_choice, content_plans, content_words, part_plan
from generator.python.planning.documentation import operation_page
from generator.python.planning.errors import error_types
from generator.python.planning.links import LINKED, has_links, link_plans
from generator.python.planning.member_arguments import (
    in_order,
    member_arguments,
    offered,
    renamed,
    spread_arguments,
)
from generator.python.planning.models import (
    MODEL,
    RESPONSE,
    member_docstring,
    name_set,
    plain_attribute,
    summary_and_words,
    words,
)
from generator.python.planning.pagination import item_annotation, pagination_plan
from generator.python.planning.reply_headers import header_plans
from generator.python.planning.retries import retries_expression
from generator.python.planning.security import in_the_connection
from generator.python.planning.servers import server_plan
from generator.python.planning.streams import stream_classes, stream_plan
from generator.python.planning.wire import WIRE_HEADERS, parameter_plan, wire_facts
from generator.python.setting import Setting
from generator.python.text import Annotation, Code, Docstring, DottedPath, Identifier, Literal

_IN_CLASS = 4
_IN_METHOD = 8
_REQUEST = "request"
_BODY = "Body of the request."
_PLACES = {
    Place.PATH: "Part of the path:",
    Place.QUERY: "Query parameter",
    Place.QUERYSTRING: "The whole query:",
    Place.HEADER: "Header",
    Place.COOKIE: "Cookie",
}


def operation_plan(setting: Setting, bound: BoundOperation) -> OperationPlan:
    """Everything that is written for one operation."""
    operation = bound.operation
    names = setting.names.operations[operation.id]
    groups = tuple(_groups(setting, bound, names))
    members = body_fields(bound, setting.types)
    field = reply_attribute(bound, setting.types)
    arguments = in_order(_arguments(setting, bound, names))
    request = _request(setting, bound, names, groups)
    return OperationPlan(
        name=literal(operation.source_name),
        http_method=literal(operation.method),
        path=literal(bound.path),
        constant=names.constant,
        method=names.method,
        group=setting.names.groups[operation.tags[0]] if operation.tags else None,
        request=request,
        groups=groups,
        required_groups=_required_groups(bound),
        result=_result(setting, bound, names, field),
        field=literal(str(field)) if field is not None else None,
        output=None if bound.output is None or bound.output.type is None else setting.values.of(bound.output.type),
        body=(
            Annotation(f"shared.{setting.names.types[members.id]}")
            if members is not None and (names.flattens or names.spread)
            else None
        ),
        body_required=bound.body is not None and bound.body.required,
        content_type=None if bound.content_type is None else literal(bound.content_type),
        media=literal(bound.media.value) if bound.media is not Media.JSON else None,
        parts=tuple(part_plan(part) for part in bound.body.parts) if bound.body is not None else (),
        contents=tuple(content_plans(setting, bound, names, request, arguments)),
        content_choice=content_choice(bound),
        accept=_accept(bound),
        output_media=_output_media(bound),
        servers=tuple(server_plan(server) for server in bound.servers),
        parameters=tuple(parameter_plan(input_, names) for input_ in bound.inputs),
        uses_wire_headers=bool(bound.wire_inputs),
        headers=literal(bound.constants) if bound.constants else None,
        facts=wire_facts(bound, renamed(setting, bound)),
        outputs=tuple(
            (literal(output.status.upper()), setting.values.of(output.type), literal(output.media.value))
            for output in _by_status(bound)
            if output.type is not None
        ),
        error_types=error_types(setting, bound.errors),
        errors=tuple(
            (literal(error.key), setting.names.errors[error_key(error.case.source_name, error.key)])
            for error in bound.errors
        ),
        security=_security(setting, bound),
        timestamps=None if bound.timestamps is None else literal(bound.timestamps),
        host_prefix=_host_prefix(setting, bound),
        compressed=operation.compressed,
        pagination=pagination_plan(setting, bound),
        idempotency=_idempotency(setting, bound),
        retries=retries_expression(operation.retries),
        links=tuple(link_plans(setting, bound)),
        reply_headers=tuple(header_plans(setting, bound)),
        is_whole=bound.is_whole,
        returns=Annotation(f"operations.{class_name(f'{names.stem}Response')}"),
        stream=_stream(setting, bound, names),
        stream_classes=stream_classes(setting, bound, names),
        arguments=arguments,
        spread=in_order(spread_arguments(setting, bound, arguments)),
        docstring=_docstring(
            setting, bound, names, f"The result; its attribute `{field}` is the body." if field else "The result."
        ),
        page=operation_page(setting, bound, names, field),
    )


def _host_prefix(setting: Setting, bound: BoundOperation) -> Literal | None:
    """The prefix, its labels called by the attributes that hold them, behind those that hold these."""
    prefix, members = bound.operation.host_prefix, body_fields(bound, setting.types)
    if prefix is None:
        return None
    own = setting.names.operations[bound.operation.id].inputs
    ways = {input_.name: f"{GROUPS[input_.place]}.{own[input_.place, input_.name]}" for input_ in bound.inputs}
    ways |= {name: f"request.{attribute}" for name, attribute in _attributes(setting, members).items()}
    return literal(re.sub(r"\{([^{}]+)\}", lambda label: f"{{{ways[label[1]]}}}", prefix))


def _attributes(setting: Setting, members: Record | None) -> Mapping[str, Identifier]:
    return {} if members is None else setting.names.fields[members.id]


def _groups(setting: Setting, bound: BoundOperation, names: OperationNames) -> Iterator[GroupPlan]:
    for place, field in GROUPS.items():
        inputs = bound.at(place)
        if not inputs:
            continue
        asked = [names.inputs[place, input_.name] for input_ in bound.inputs if input_.place is place]
        model = RecordPlan(
            name=class_name(f"{names.stem}{GROUP_CLASSES[place]}"),
            base=WIRE_HEADERS if any(input_ in bound.wire_inputs for input_ in inputs) else MODEL,
            docstring=docstring(
                f"{place.value.capitalize()} parameters of {bound.operation.source_name}.", indent=_IN_CLASS
            ),
            attributes=tuple(
                _parameter_attribute(setting, input_, names) for input_ in inputs if input_ in bound.inputs
            ),
            sensitive=name_set(
                names.inputs[place, input_.name] for input_ in inputs if input_ in bound.inputs and input_.sensitive
            ),
        )
        yield GroupPlan(field=literal(field), model=model, keywords=literal(tuple(str(name) for name in asked)))


def _parameter_attribute(setting: Setting, input_: Input, names: OperationNames) -> Attribute:
    return Attribute(
        name=names.inputs[input_.place, input_.name],
        annotation=setting.models.of(input_.type, optional=not input_.required),
        value=None if input_.required else Code("None"),
        docstring=member_docstring(input_),
    )


def _required_groups(bound: BoundOperation) -> Literal | None:
    required = [GROUPS[place] for place in GROUPS if any(i.required for i in bound.inputs if i.place is place)]
    return literal(tuple(required)) if required else None


def _request(
    setting: Setting, bound: BoundOperation, names: OperationNames, groups: tuple[GroupPlan, ...]
) -> RecordPlan:
    required = _required_groups(bound) or ""
    attributes = [
        plain_attribute(
            field,
            str(group.model.name),
            required=group.field in required,
            text=f"{place.value.capitalize()} parameters.",
        )
        for place, field in GROUPS.items()
        for group in groups
        if group.field == literal(field)
    ]
    if bound.body is not None:
        text = words(bound.body.docs) or "Body of the request."
        body = setting.models.of(bound.body.type)
        attributes.append(plain_attribute("request", body, required=bound.body.required, text=text))
    return RecordPlan(
        name=class_name(f"{names.stem}Request"),
        base=MODEL,
        docstring=docstring(f"Everything that {bound.operation.source_name} sends.", indent=_IN_CLASS),
        attributes=tuple(attributes),
        sensitive=name_set([identifier("request")] if bound.body is not None and bound.body.sensitive else []),
    )


def _result(setting: Setting, bound: BoundOperation, names: OperationNames, field: Identifier | None) -> RecordPlan:
    attributes: tuple[Attribute, ...] = ()
    if field is not None and bound.output is not None and bound.output.type is not None:
        always = all(output.type is not None for output in bound.operation.outputs)
        types = (bound.output.type, *(output.type for output in bound.others if output.type is not None))
        annotation = Annotation(" | ".join(dict.fromkeys(str(setting.models.of(type_)) for type_ in types)))
        attributes = (plain_attribute(field, annotation, required=always, text="The reply's body."),)
    return RecordPlan(
        name=class_name(f"{names.stem}Response"),
        base=_base(setting, bound, names),
        docstring=docstring(f"Result of {bound.operation.source_name}.", indent=_IN_CLASS),
        attributes=attributes,
        sensitive=name_set(
            [field] if field is not None and bound.output is not None and bound.output.sensitive else []
        ),
    )


def _base(setting: Setting, bound: BoundOperation, names: OperationNames) -> DottedPath | Annotation:
    """What a result is besides its body: a page, linked to other operations, with header fields as its streams have."""
    item = item_annotation(setting, bound)
    classes = stream_classes(setting, bound, names)
    base = (LINKED if has_links(setting, bound) else RESPONSE) if item is None else Annotation(f"_p.Page[{item}]")
    if classes is None:
        return base
    return Annotation(str(classes.headers) if base == RESPONSE else f"{classes.headers}, {base}")


def _by_status(bound: BoundOperation) -> tuple[Output, ...]:
    """The successes, where they are of several types."""
    return bound.operation.outputs if bound.others else ()


def _accept(bound: BoundOperation) -> Literal | None:
    """The media type of the result, where it is not simply JSON."""
    name = None if bound.output is None else bound.output.content_type
    return None if name in (None, "application/json") else literal(name)


def _output_media(bound: BoundOperation) -> Literal | None:
    media = Media.JSON if bound.output is None else bound.output.media
    return None if media is Media.JSON else literal(media.value)


def _arguments(setting: Setting, bound: BoundOperation, names: OperationNames) -> Iterator[Argument]:
    """Keyword arguments: the parameters, then the members of the body, or the body as a whole."""
    for input_ in bound.inputs:
        yield Argument(
            name=names.inputs[input_.place, input_.name],
            annotation=setting.signatures.of(input_.type, optional=not input_.required),
            default=None if input_.required else Code("None"),
        )
    yield from chosen_argument(bound)
    members = body_fields(bound, setting.types)
    if members is not None and names.flattens:
        yield from member_arguments(setting, members, setting.names.fields[members.id])
    elif bound.body is not None:
        yield Argument(
            name=names.body,
            annotation=setting.signatures.of(bound.body.type, optional=not bound.body.required),
            default=None if bound.body.required else Code("None"),
        )


def _idempotency(setting: Setting, bound: BoundOperation) -> IdempotencyPlan | None:
    key, body = bound.operation.idempotency, body_fields(bound, setting.types)
    if key is None:
        return None
    if key.place is not None:
        return IdempotencyPlan(place=literal(key.place.value), name=literal(key.name))
    attribute = None if body is None else setting.names.fields[body.id].get(key.name)
    return None if attribute is None else IdempotencyPlan(place=literal("body"), name=literal(str(attribute)))


def _security(setting: Setting, bound: BoundOperation) -> Literal | None:
    known = setting.bound.api.auth
    alternatives = tuple(
        tuple(key for key in alternative if not in_the_connection(known[key]))
        for alternative in bound.operation.auth
        if all(key in known for key in alternative)
    )
    if not alternatives or (() in alternatives and len(alternatives) == 1):
        return None
    # The first alternative for which the user gave everything is taken; nothing is always given, so it comes last.
    return literal(tuple(sorted(alternatives, key=lambda alternative: not alternative)))


def _stream(setting: Setting, bound: BoundOperation, names: OperationNames) -> StreamPlan | None:
    if bound.stream is None:
        return None
    what = "reply's bytes" if bound.stream.item is None else "items"
    returned = f"The {what}, as they arrive. Use it in a `with` statement."
    return stream_plan(setting, bound, names, _docstring(setting, bound, names, returned))


def _docstring(setting: Setting, bound: BoundOperation, names: OperationNames, returned: str) -> Docstring:
    operation = bound.operation
    text = summary_and_words(operation.docs) or f"{operation.source_name}."
    raised = dict.fromkeys(setting.names.errors[error_key(error.case.source_name, error.key)] for error in bound.errors)
    return docstring(
        "Deprecated." if operation.deprecated else "",
        text,
        indent=_IN_METHOD,
        sections=(
            (
                "Args",
                (
                    *_argument_words(setting, bound, names),
                    ("**options", "`server_url`, `timeout`, `retries`, `extra_headers` and `validate`, for this call."),
                ),
            ),
            ("Returns", (("", returned),)),
            ("Raises", (*((str(name), "") for name in raised), ("SDKError", "Anything else that goes wrong."))),
        ),
    )


def _bare(input_: Input) -> str:
    """What can be said of a parameter that is not described."""
    return f"{_PLACES[input_.place]} {code_span(input_.name)}."


def _argument_words(setting: Setting, bound: BoundOperation, names: OperationNames) -> Iterator[tuple[str, str]]:
    members = body_fields(bound, setting.types)
    flattens = members is not None and names.flattens
    body = None if flattens or names.spread or bound.body is None else first_sentence(words(bound.body.docs))
    whole = "" if body is None or names.body != _REQUEST else f" By keyword: {body or _BODY}"
    yield _REQUEST, f"Everything at once, instead of keyword arguments.{whole}"
    for input_ in bound.inputs:
        yield str(names.inputs[input_.place, input_.name]), first_sentence(words(input_.docs)) or _bare(input_)
    if bound.contents:
        yield CONTENT_TYPE, content_words(bound)
    if members is not None and names.flattens:
        for field in sorted(offered(members), key=lambda field: not field.must_be_given):
            name = setting.names.fields[members.id][field.name]
            yield str(name), first_sentence(words(field.docs)) or f"Member {code_span(field.name)} of the body."
    elif body is not None and not whole:
        yield str(names.body), body or _BODY
