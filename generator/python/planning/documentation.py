"""Documentation pages: one for each operation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.graph.model import Body, Field, Input, TypeRef
from generator.graph.stream_shape import Framing, Stream
from generator.protocols.binding import BoundOperation
from generator.python import reserved
from generator.python.bodies import body_fields
from generator.python.expressions import Call, Expression
from generator.python.identifiers import snake_case
from generator.python.literals import literal
from generator.python.markdown import code_span, table_cell
from generator.python.markup import inert_html
from generator.python.naming import CONTENT_TYPE, GROUP_CLASSES, GROUPS, OperationNames, class_name, error_key
from generator.python.plan.package import ArgumentRow, OperationPage, StreamClasses, StreamPage
from generator.python.planning.contents import content_words
from generator.python.planning.links import link_rows
from generator.python.planning.member_arguments import offered
from generator.python.planning.models import summary_and_words
from generator.python.planning.reply_headers import header_rows
from generator.python.planning.streams import stream_classes, stream_kind
from generator.python.programs import program, streaming_program
from generator.python.setting import Setting
from generator.python.text import Identifier, Markdown

# How generated modules name those of the runtime: `_s.Stream`.
_MODULES = re.compile(r"\b_[a-z]\.")
_SHORT = (("_dt.", "datetime."), ("_decimal.", "decimal."), ("_uuid.", "uuid."))


def operation_page(
    setting: Setting, bound: BoundOperation, names: OperationNames, field: Identifier | None
) -> OperationPage:
    """The page of one operation."""
    operation = bound.operation
    path = method_path(setting, bound, names)
    call = call_expression(setting, bound, names, f"client.{path}", full=False)
    if bound.is_whole:
        returned = ".".join(("operations", class_name(f"{names.stem}Response"), *((field,) if field else ())))
        examples = [program(setting, call, ["print(result)"], is_async=is_async) for is_async in (False, True)]
        stream = None if bound.stream is None else stream_page(setting, bound, names)
    else:
        page = stream_page(setting, bound, names)
        returned, examples, stream = page.returns, [page.example, page.async_example], None
    link = Markdown(f"operations/{'/'.join(map(_file_stem, path.split('.')))}.md")
    return OperationPage(
        title=code_span(names.method),
        bullet=inert_html(operation.docs.summary or operation.docs.description or ""),
        description=Markdown(summary_and_words(operation.docs)),
        wire_name=code_span(operation.source_name),
        arguments=tuple(_argument_rows(setting, bound, names)),
        returns=code_span(returned) if bound.is_whole else Markdown(returned),
        errors=tuple(_error_rows(setting, bound)),
        example=examples[0],
        async_example=examples[1],
        stream=stream,
        links=tuple(link_rows(setting, bound)),
        headers=tuple(header_rows(setting, bound, result_name(bound))),
        path=Markdown(f"docs/{link}"),
        link=link,
    )


def stream_page(setting: Setting, bound: BoundOperation, names: OperationNames) -> StreamPage:
    """What is said of the method of `bound` that gives the result piece by piece."""
    assert bound.stream is not None
    method = names.stream or names.method
    group = method_path(setting, bound, names).rpartition(".")[0]
    callee = ".".join(filter(None, ("client", group, str(method))))
    call = call_expression(setting, bound, names, callee, full=False)
    match name := _called(bound.stream):
        case "download":
            after = ['download.save("downloaded")']
        case "events":
            after = ["for event in events:", "    print(event.event, event.data)"]
        case _:
            after = ["for item in items:", "    print(item)"]
    async_after = [f"await {line}" for line in after] if bound.stream.framing is Framing.BYTES else after
    return StreamPage(
        method=code_span(str(method)),
        returns=_streamed(setting, bound.stream, stream_classes(setting, bound, names)),
        example=streaming_program(setting, call, name, after, is_async=False),
        async_example=streaming_program(setting, call, name, async_after, is_async=True),
    )


def result_name(bound: BoundOperation) -> str:
    """What the result of an operation is called in examples."""
    return "result" if bound.is_whole or bound.stream is None else _called(bound.stream)


def _called(stream: Stream) -> str:
    """What a stream is called in examples."""
    if stream.framing is Framing.BYTES:
        return "download"
    return "events" if stream.framing in (Framing.EVENTS, Framing.MESSAGES) else "items"


def _streamed(setting: Setting, stream: Stream, classes: StreamClasses | None) -> Markdown:
    kind = code_span(_MODULES.sub("", str(stream_kind(setting, stream))))
    return kind if classes is None else Markdown(f"{code_span(f'operations.{classes.name}')}, a {kind}")


def _file_stem(name: str) -> str:
    return f"{name}_" if "device" in reserved.MODULE.get(name, "") else name


def method_path(setting: Setting, bound: BoundOperation, names: OperationNames, *, root: str = "") -> str:
    """What stands behind the client in a call: `pets.list_pets`, or the method alone; `root` is the group of those."""
    tags = bound.operation.tags
    return ".".join(filter(None, (str(setting.names.groups[tags[0]]) if tags else root, str(names.method))))


def _argument_rows(setting: Setting, bound: BoundOperation, names: OperationNames) -> Iterator[ArgumentRow]:
    for input_ in bound.inputs:
        yield _row(setting, names.inputs[input_.place, input_.name], input_, input_.type)
    if bound.contents:
        yield ArgumentRow(
            name=code_span(CONTENT_TYPE),
            type=code_span("str"),
            required=Markdown(""),
            description=table_cell(content_words(bound)),
        )
    members = body_fields(bound, setting.types)
    if members is not None and (names.flattens or names.spread):
        called = names.spread or setting.names.fields[members.id]
        for field in sorted(offered(members), key=lambda field: not field.must_be_given):
            yield _row(setting, called[field.name], field, field.type)
    elif bound.body is not None:
        yield _row(setting, names.body, bound.body, bound.body.type)
    if members is not None and names.spread:
        kind = code_span(f"shared.{setting.names.types[members.id]}")
        said = "All members of the body at once, in place of the arguments for them."
        yield ArgumentRow(name=code_span("request"), type=kind, required=Markdown(""), description=Markdown(said))


def _row(setting: Setting, name: Identifier, member: Body | Field | Input, type_: TypeRef) -> ArgumentRow:
    annotation = str(setting.signatures.of(type_))
    for short, module in _SHORT:
        annotation = annotation.replace(short, module)
    return ArgumentRow(
        name=code_span(name),
        type=code_span(_MODULES.sub("", annotation)),
        required=Markdown("yes" if (member.must_be_given if isinstance(member, Field) else member.required) else ""),
        description=table_cell(member.docs.description or ""),
    )


def _error_rows(setting: Setting, bound: BoundOperation) -> Iterator[ArgumentRow]:
    for error in bound.errors:
        name = setting.names.errors[error_key(error.case.source_name, error.key)]
        yield ArgumentRow(
            name=code_span(f"errors.{name}"),
            type=code_span(error.key),
            required=Markdown(""),
            description=table_cell(error.case.docs.description or ""),
        )


def call_expression(setting: Setting, bound: BoundOperation, names: OperationNames, callee: str, *, full: bool) -> Call:
    """A call of the method with keyword arguments."""
    arguments: list[tuple[str, Expression]] = [
        (str(names.inputs[input_.place, input_.name]), setting.examples.member(input_, full=full))
        for input_ in bound.inputs
        if input_.required or full
    ]
    members = body_fields(bound, setting.types)
    if members is not None and names.flattens:
        arguments += setting.examples.arguments(members.id, full=full)
    elif bound.body is not None and (bound.body.required or full):
        arguments.append((str(names.body), setting.examples.of(bound.body.type, "request", full=full)))
    return Call(callee, tuple(arguments))


def _parameter_example(setting: Setting, bound: BoundOperation, input_: Input) -> Expression:
    """A parameter of the protocol has its only value, or a plain string: the protocol replaces it."""
    if input_ not in bound.wire_inputs:
        return setting.examples.member(input_, full=True)
    return literal(dict(bound.constants).get(input_.name, snake_case(input_.name)))


def request_expression(setting: Setting, bound: BoundOperation, names: OperationNames) -> Call:
    """A call of the request class, everything given."""
    arguments: list[tuple[str, Expression]] = []
    for place, field in GROUPS.items():
        inputs = bound.at(place)
        if inputs:
            values = sorted(
                (str(names.inputs[place, input_.name]), _parameter_example(setting, bound, input_)) for input_ in inputs
            )
            arguments.append(
                (field, Call(f"operations.{class_name(names.stem + GROUP_CLASSES[place])}", tuple(values)))
            )
    if bound.body is not None:
        arguments.append(("request", setting.examples.of(bound.body.type, "request", full=True)))
    return Call(f"operations.{class_name(names.stem + 'Request')}", tuple(arguments))
