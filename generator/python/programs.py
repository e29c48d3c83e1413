"""Whole programs for documentation: imports, a client in a `with` statement, one call, and what is done with its
result.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.python.expressions import Call, write
from generator.python.literals import literal
from generator.python.setting import Setting
from generator.python.text import Code

_STANDARD_LIBRARY = ("datetime", "decimal", "uuid")
_STEP = "    "


def program(setting: Setting, call: Call, after: Sequence[str], *, is_async: bool) -> Code:
    """A program that makes `call` on `client` and then runs the lines `after`, which know its `result`."""
    name = setting.async_class_name if is_async else setting.class_name
    indent = _STEP * 2 if is_async else _STEP
    text = write(call, indent)
    body = [f"{indent}result = {'await ' if is_async else ''}{text}", *(f"{indent}{line}" for line in after)]
    modules = [*(["asyncio"] if is_async else ()), *imported_modules(text)]
    head = [
        *(f"import {module}" for module in modules),
        *([""] if modules else ()),
        f"from {setting.package} import {name}",
    ]
    if "shared." in text:
        head.append(f"from {setting.package}.models import shared")
    if not is_async:
        return Code("\n".join([*head, "", f"with {name}() as client:", *body]))
    opening = ["", "", "async def main() -> None:", f"{_STEP}async with {name}() as client:"]
    return Code("\n".join([*head, *opening, *body, "", "", "asyncio.run(main())"]))


def streaming_program(setting: Setting, call: Call, name: str, after: Sequence[str], *, is_async: bool) -> Code:
    """A program that opens the stream that `call` gives under a `name`, and then runs the lines `after`, which know
    it. `for` and `with` stand for their asynchronous twins too.
    """
    client = setting.async_class_name if is_async else setting.class_name
    text = write(call, _STEP * (2 if is_async else 1))
    modules = [*(["asyncio"] if is_async else ()), *imported_modules(text)]
    lines = [
        f"with {client}() as client:",
        f"{_STEP}with {'await ' if is_async else ''}{text} as {name}:",
        *(f"{_STEP * 2}{line}" for line in after),
    ]
    if is_async:
        lines = [_asynchronous(line) for line in lines]
    head = [
        *(f"import {module}" for module in modules),
        *([""] if modules else ()),
        f"from {setting.package} import {client}",
        *([f"from {setting.package}.models import shared"] if "shared." in text else ()),
    ]
    if not is_async:
        return Code("\n".join([*head, "", *lines]))
    body = [f"{_STEP}{line}" for line in lines]
    return Code("\n".join([*head, "", "", "async def main() -> None:", *body, "", "", "asyncio.run(main())"]))


def _asynchronous(line: str) -> str:
    rest = line.lstrip()
    return f"{line[: len(line) - len(rest)]}async {rest}" if rest.startswith(("with ", "for ")) else line


def failing_program(setting: Setting, call: Call) -> Code:
    """A program that makes `call` and looks at what may go wrong."""
    text = write(call, _STEP * 2)
    modules = imported_modules(text)
    head = [*(f"import {module}" for module in modules), *([""] if modules else ())]
    models = "errors, shared" if "shared." in text else "errors"
    return Code(
        "\n".join(
            [
                *head,
                f"from {setting.package} import {setting.class_name}",
                f"from {setting.package}.models import {models}",
                "",
                f"with {setting.class_name}() as client:",
                f"{_STEP}try:",
                f"{_STEP * 2}{text}",
                f"{_STEP}except errors.APIError as error:",
                f"{_STEP * 2}print(error.code, error.message, error.status_code, error.request_id, error.retryable)",
                f"{_STEP}except errors.SDKError as error:",
                f"{_STEP * 2}print(error)",
            ]
        )
    )


_METRICS = """

class Metrics(Hooks):
    def before_attempt(self, event: AttemptStart) -> dict[str, str]:
        return {"X-Correlation-Id": event.call_id}

    def after_attempt(self, event: AttemptEnd) -> None:
        print(event.operation, event.number, event.elapsed, event.error)

"""


def watching_program(setting: Setting, call: Call, after: Sequence[str]) -> Code:
    """A program that watches what `call` does, and then runs the lines `after`, which know its `result`."""
    text = write(call, _STEP)
    modules = imported_modules(text)
    head = [
        *(f"import {module}" for module in modules),
        *([""] if modules else ()),
        f"from {setting.package} import {setting.class_name}",
        f"from {setting.package}.hooks import AttemptEnd, AttemptStart, Hooks",
        *([f"from {setting.package}.models import shared"] if "shared." in text else ()),
    ]
    body = [f"with {setting.class_name}(hooks=[Metrics()]) as client:", f"{_STEP}result = {text}"]
    return Code("\n".join([*head, _METRICS, *body, *(f"{_STEP}{line}" for line in after)]))


def testing_program(setting: Setting, call: Call, field: str) -> Code:
    """A program that makes `call` on a client of the stub, and looks at the result's `field` and at what was sent."""
    text = write(call, _STEP)
    modules = imported_modules(text)
    way = literal(call.callee.removeprefix("client."))
    head = [
        *(f"import {module}" for module in modules),
        *([""] if modules else ()),
        *([f"from {setting.package}.models import shared"] if "shared." in text else ()),
        f"from {setting.package}.testing import Stub",
    ]
    body = [
        "",
        "stub = Stub()",
        f"stub.on({way}).throttle(times=1)",
        "with stub.client() as client:",
        f"{_STEP}result = {text}",
        f"{_STEP}print(result.{field}, result.attempts)",
        "print(stub.calls[0].request)",
    ]
    return Code("\n".join([*head, *body]))


def imported_modules(text: str) -> list[str]:
    """Modules of the standard library that an example's values need."""
    return [module for module in _STANDARD_LIBRARY if f" {module}." in text or f"={module}." in text]
