"""The README's blocks: the first operation, called in every way."""

from __future__ import annotations

from generator.protocols.binding import BoundOperation
from generator.python.expressions import Call, Expression, write
from generator.python.literals import literal
from generator.python.naming import OperationNames
from generator.python.plan import ReadmePlan, SchemePlan
from generator.python.plan_operations import result_field
from generator.python.plan_pages import call_expression, request_expression
from generator.python.setting import Setting
from generator.python.text import Code, Markdown
from generator.python.markdown import heading

_SECRETS = {
    "_aws.SigV4": (("api_key", literal("YOUR_API_KEY_HERE")),),
    "_security.ApiKey": (("api_key", literal("YOUR_API_KEY_HERE")),),
    "_security.Bearer": (("token", literal("YOUR_TOKEN_HERE")),),
    "_security.Basic": (("username", literal("YOUR_USERNAME_HERE")), ("password", literal("YOUR_PASSWORD_HERE"))),
}


def readme_plan(
    setting: Setting, example: BoundOperation | None, schemes: tuple[SchemePlan, ...], distribution: str
) -> ReadmePlan:
    """The blocks for `example`, the operation that shows what calls look like."""
    empty = Code("")
    if example is None:
        blocks = (empty, empty, empty, empty)
    else:
        names = setting.names.operations[example.operation.id]
        blocks = (
            _request_block(setting, example, names, schemes),
            _keyword_block(setting, example, names),
            _async_block(setting, example, names),
            _error_block(setting, example, names),
        )
    return ReadmePlan(
        title=heading(distribution),
        distribution=Code(distribution),
        example=blocks[0],
        keyword_example=blocks[1],
        async_example=blocks[2],
        error_example=blocks[3],
        has_example=example is not None,
        credentials=any(scheme.base == "_aws.SigV4" for scheme in schemes),
    )


def _request_block(
    setting: Setting, bound: BoundOperation, names: OperationNames, schemes: tuple[SchemePlan, ...]
) -> Code:
    """Client, security, request object, call: one statement after the other."""
    lines = [f"import {setting.package}", f"from {setting.package}.models import operations, shared", ""]
    lines.append(f"s = {setting.package}.{setting.class_name}()")
    if schemes:
        lines.append(f"s.config_security(\n    security={write(_security(schemes[0]), '    ')}\n)")
    # The line of blanks is part of the form that users of such a README know.
    lines.append("    " if schemes else "")
    lines.append(f"req = {write(request_expression(setting, bound, names))}")
    lines.append("    ")
    lines.append(f"res = s.{_callee(setting, bound, names)}(req)")
    lines.append("")
    field = result_field(setting, bound)
    lines.append(f"if res.{field} is not None:" if field is not None else "if res.status_code == 200:")
    lines.append(f"    print(res.{field})" if field is not None else "    print(res.headers)")
    return Code("\n".join(lines))


def _security(scheme: SchemePlan) -> Call:
    arguments: tuple[tuple[str, Expression], ...] = _SECRETS[str(scheme.base)]
    return Call("shared.Security", ((str(scheme.field), Call(f"shared.{scheme.name}", arguments)),))


def _callee(setting: Setting, bound: BoundOperation, names: OperationNames) -> str:
    tags = bound.operation.tags
    return f"{setting.names.groups[tags[0]] if tags else 'sdk'}.{names.method}"


def _method(setting: Setting, bound: BoundOperation, names: OperationNames) -> str:
    tags = bound.operation.tags
    return f"{setting.names.groups[tags[0]]}.{names.method}" if tags else str(names.method)


def _keyword_block(setting: Setting, bound: BoundOperation, names: OperationNames) -> Code:
    call = write(call_expression(setting, bound, names, f"client.{_method(setting, bound, names)}", full=False), "    ")
    models = f"from {setting.package}.models import shared\n" if "shared." in call else ""
    field = result_field(setting, bound)
    return Code(
        f"from {setting.package} import {setting.class_name}\n{models}\n"
        f"with {setting.class_name}() as client:\n    result = {call}\n"
        f"    print(result.{field or 'status_code'}, result.request_id)"
    )


def _async_block(setting: Setting, bound: BoundOperation, names: OperationNames) -> Code:
    call = write(
        call_expression(setting, bound, names, f"client.{_method(setting, bound, names)}", full=False), "        "
    )
    models = f"from {setting.package}.models import shared\n" if "shared." in call else ""
    field = result_field(setting, bound)
    return Code(
        f"import asyncio\n\nfrom {setting.package} import {setting.async_class_name}\n{models}\n\n"
        f"async def main() -> None:\n    async with {setting.async_class_name}() as client:\n"
        f"        result = await {call}\n        print(result.{field or 'status_code'})\n\n\nasyncio.run(main())"
    )


def _error_block(setting: Setting, bound: BoundOperation, names: OperationNames) -> Code:
    call = write(
        call_expression(setting, bound, names, f"client.{_method(setting, bound, names)}", full=False), "        "
    )
    shared = ", shared" if "shared." in call else ""
    return Code(
        f"from {setting.package} import {setting.class_name}\n"
        f"from {setting.package}.models import errors{shared}\n\n"
        f"with {setting.class_name}() as client:\n    try:\n        {call}\n"
        "    except errors.APIError as error:\n"
        "        print(error.code, error.message, error.status_code, error.request_id, error.retryable)\n"
        "    except errors.SDKError as error:\n"
        "        print(error)"
    )
