"""Documentation pages: one for each operation."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph.model import Field, Input, TypeRef
from generator.protocols.binding import BoundOperation
from generator.python.expressions import Call, Expression, write
from generator.python.identifiers import snake_case
from generator.python.literals import literal
from generator.python.markdown import code_span, table_cell
from generator.python.markup import inert_html, plain_markdown
from generator.python.naming import GROUP_CLASSES, GROUPS, OperationNames, body_fields, error_key
from generator.python.plan import ArgumentRow, OperationPage
from generator.python.setting import Setting
from generator.python.text import Code, Identifier, Markdown


def operation_page(
    setting: Setting, bound: BoundOperation, names: OperationNames, field: Identifier | None
) -> OperationPage:
    """The page of one operation."""
    operation = bound.operation
    path = ".".join(filter(None, (_group(setting, bound), str(names.method))))
    return OperationPage(
        title=code_span(names.method),
        bullet=inert_html(operation.docs.description or operation.docs.summary or ""),
        description=Markdown(plain_markdown(operation.docs.description or operation.docs.summary or "")),
        wire_name=code_span(operation.source_name),
        arguments=tuple(_argument_rows(setting, bound, names)),
        returns=code_span(
            f"operations.{names.stem}Response" if field is None else f"operations.{names.stem}Response.{field}"
        ),
        errors=tuple(_error_rows(setting, bound)),
        example=_example(setting, bound, names, path, is_async=False),
        async_example=_example(setting, bound, names, path, is_async=True),
        link=Markdown(f"docs/operations/{path.replace('.', '/')}.md"),
    )


def _group(setting: Setting, bound: BoundOperation) -> str | None:
    tags = bound.operation.tags
    return str(setting.names.groups[tags[0]]) if tags else None


def _argument_rows(setting: Setting, bound: BoundOperation, names: OperationNames) -> Iterator[ArgumentRow]:
    for input_ in bound.inputs:
        yield _row(setting, names.inputs[input_.place, input_.name], input_, input_.type)
    members = body_fields(bound, setting.types)
    if members is not None and names.flattens:
        for field in sorted(members.fields, key=lambda field: not field.required):
            yield _row(setting, setting.names.fields[members.id][field.name], field, field.type)


def _row(setting: Setting, name: Identifier, member: Field | Input, type_: TypeRef) -> ArgumentRow:
    annotation = str(setting.signatures.of(type_)).replace("_dt.", "datetime.").replace("_t.", "")
    return ArgumentRow(
        name=code_span(name),
        type=code_span(annotation),
        required=Markdown("yes" if member.required else ""),
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
        arguments.append(("request", setting.examples.of(bound.body.type, "request", full=full)))
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
            arguments.append((field, Call(f"operations.{names.stem}{GROUP_CLASSES[place]}", tuple(values))))
    if bound.body is not None:
        arguments.append(("request", setting.examples.of(bound.body.type, "request", full=True)))
    return Call(f"operations.{names.stem}Request", tuple(arguments))


def _example(setting: Setting, bound: BoundOperation, names: OperationNames, path: str, *, is_async: bool) -> Code:
    call = write(call_expression(setting, bound, names, f"client.{path}", full=False), " " * (8 if is_async else 4))
    uses_models = "shared." in call
    imports = f"from {setting.package} import {setting.async_class_name if is_async else setting.class_name}\n"
    if uses_models:
        imports += f"from {setting.package}.models import shared\n"
    modules = [module for module in ("datetime", "decimal", "uuid") if f" {module}." in call or f"={module}." in call]
    header = "".join(f"import {module}\n" for module in modules) + ("\n" if modules else "") + imports
    if is_async:
        return Code(
            f"import asyncio\n{header}\n\nasync def main() -> None:\n"
            f"    async with {setting.async_class_name}() as client:\n"
            f"        result = await {call}\n        print(result)\n\n\nasyncio.run(main())"
        )
    return Code(f"{header}\nwith {setting.class_name}() as client:\n    result = {call}\n    print(result)")
