"""The README's blocks: the first operation, called in every way."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph.model import Named, Record
from generator.graph.page_shape import PageStyle
from generator.protocols.binding import BoundOperation
from generator.python.bodies import reply_attribute
from generator.python.expressions import Call, Expression, write
from generator.python.literals import literal
from generator.python.markdown import code_span, heading, table_cell
from generator.python.naming import OperationNames
from generator.python.plan.package import ReadmePlan, SchemePlan, WebhookRow
from generator.python.planning.documentation import (
    call_expression,
    method_path,
    request_expression,
    result_name,
    stream_page,
)
from generator.python.planning.pagination import pagination_plan
from generator.python.planning.reply_headers import header_rows
from generator.python.programs import failing_program, imported_modules, program, testing_program, watching_program
from generator.python.setting import Setting
from generator.python.text import Code, Markdown

_SECRETS = {
    "_aws.SigV4": (("api_key", literal("YOUR_API_KEY_HERE")),),
    "_security.ApiKey": (("api_key", literal("YOUR_API_KEY_HERE")),),
    "_security.Bearer": (("token", literal("YOUR_TOKEN_HERE")),),
    "_security.Authorization": (("value", literal("YOUR_AUTHORIZATION_HERE")),),
    "_oauth2.OAuth2": (("token", literal("YOUR_TOKEN_HERE")),),
    "_digest.Digest": (("username", literal("YOUR_USERNAME_HERE")), ("password", literal("YOUR_PASSWORD_HERE"))),
    "_security.Basic": (("username", literal("YOUR_USERNAME_HERE")), ("password", literal("YOUR_PASSWORD_HERE"))),
}


def readme_plan(
    setting: Setting, example: BoundOperation | None, schemes: tuple[SchemePlan, ...], distribution: str
) -> ReadmePlan:
    """The blocks for `example`, the operation that shows what calls look like."""
    empty = Code("")
    if example is None:
        blocks = (empty, empty, empty, empty, empty, empty)
    else:
        names = setting.names.operations[example.operation.id]
        field = reply_attribute(example, setting.types)
        call = call_expression(setting, example, names, f"client.{method_path(setting, example, names)}", full=False)
        blocks = (
            _request_block(setting, example, names, schemes),
            program(setting, call, [f"print(result.{field or 'status_code'}, result.request_id)"], is_async=False),
            program(setting, call, [f"print(result.{field or 'status_code'})"], is_async=True),
            failing_program(setting, call),
            watching_program(setting, call, [f"print(result.{field or 'status_code'})"]),
            testing_program(setting, call, field or "status_code"),
        )
    return ReadmePlan(
        title=heading(distribution),
        distribution=Code(distribution),
        example=blocks[0],
        keyword_example=blocks[1],
        async_example=blocks[2],
        error_example=blocks[3],
        header_example=_header_example(setting),
        page_example=_page_block(setting, is_async=False),
        async_page_example=_page_block(setting, is_async=True),
        has_contents=any(bound.contents for bound in setting.bound.operations),
        counts_pages=_has_pages(setting, PageStyle.OFFSET, PageStyle.PAGE),
        links_pages=_has_pages(setting, PageStyle.URL, PageStyle.LINK),
        stream_example=_stream_block(setting),
        hooks_example=blocks[4],
        testing_example=blocks[5],
        webhooks=tuple(_webhooks(setting)),
        has_example=example is not None,
        credentials=any(scheme.base == "_aws.SigV4" for scheme in schemes),
    )


def _webhooks(setting: Setting) -> Iterator[WebhookRow]:
    """The webhooks whose documents are of a class that reads them."""
    for webhook in setting.bound.api.webhooks:
        if isinstance(webhook.type, Named) and isinstance(setting.types.get(webhook.type.id), Record):
            yield WebhookRow(
                name=code_span(webhook.name),
                model=setting.names.types[webhook.type.id],
                description=table_cell(webhook.docs.description or ""),
            )


def _header_example(setting: Setting) -> Markdown | None:
    """A documented header field of a reply, as an attribute: of a result rather than of a stream."""
    operations = sorted(setting.bound.operations, key=lambda bound: not bound.is_whole)
    rows = (row for bound in operations for row in header_rows(setting, bound, result_name(bound)))
    return next((row.property for row in rows), None)


def _page_block(setting: Setting, *, is_async: bool) -> Code | None:
    """Iteration over the operation with pages that asks for the least."""
    calls = []
    for bound in setting.bound.operations:
        if pagination_plan(setting, bound) is not None:
            names = setting.names.operations[bound.operation.id]
            path = method_path(setting, bound, names)
            calls.append(call_expression(setting, bound, names, f"client.{path}", full=False))
    if not calls:
        return None
    call = min(calls, key=lambda call: len(call.arguments))
    loop = f"{'async ' if is_async else ''}for item in result:"
    return program(setting, call, [loop, "    print(item)"], is_async=is_async)


def _has_pages(setting: Setting, *styles: PageStyle) -> bool:
    return any(
        bound.operation.pagination is not None
        and bound.operation.pagination.style in styles
        and pagination_plan(setting, bound) is not None
        for bound in setting.bound.operations
    )


def _stream_block(setting: Setting) -> Code | None:
    """An operation whose result arrives piece by piece: events rather than bytes."""
    streams = [bound for bound in setting.bound.operations if bound.stream is not None]
    if not streams:
        return None
    bound = min(streams, key=lambda bound: bound.stream is None or bound.stream.item is None)
    return stream_page(setting, bound, setting.names.operations[bound.operation.id]).example


def _request_block(
    setting: Setting, bound: BoundOperation, names: OperationNames, schemes: tuple[SchemePlan, ...]
) -> Code:
    """Client, security, request object, call: one statement after the other."""
    request = write(request_expression(setting, bound, names))
    modules = [f"import {module}" for module in imported_modules(request)]
    lines = [*modules, *([""] if modules else ()), f"import {setting.package}"]
    lines += [f"from {setting.package}.models import operations, shared", ""]
    lines.append(f"s = {setting.package}.{setting.class_name}()")
    if schemes:
        lines.append(f"s.config_security(\n    security={write(_security(schemes[0]), '    ')}\n)")
    # The line of blanks is part of the form that users of such a README know.
    lines.append("    " if schemes else "")
    lines.append(f"req = {request}")
    lines.append("    ")
    lines.append(f"res = s.{method_path(setting, bound, names, root=str(setting.root))}(req)")
    lines.append("")
    field = reply_attribute(bound, setting.types)
    lines.append(f"if res.{field} is not None:" if field is not None else "if res.status_code == 200:")
    lines.append(f"    print(res.{field})" if field is not None else "    print(res.headers)")
    return Code("\n".join(lines))


def _security(scheme: SchemePlan) -> Call:
    arguments: tuple[tuple[str, Expression], ...] = _SECRETS[str(scheme.base)]
    return Call("shared.Security", ((str(scheme.field), Call(f"shared.{scheme.name}", arguments)),))
