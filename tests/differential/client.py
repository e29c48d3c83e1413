"""Our side of the comparison: calls through a transport that answers from memory, botocore's values as ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import NoneType, SimpleNamespace
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from sdk import SDK, AsyncSDK, _operations
from sdk._runtime.http import Headers, HTTPRequest, HTTPResponse, Timeout
from sdk._runtime.operation import Operation
from sdk.models import shared
from tests.differential.oracle import ACCESS_KEY, SECRET_KEY, method_of

__all__ = [
    "CALLERS",
    "Caller",
    "Recorder",
    "call_asyncio",
    "call_blocking",
    "keywords",
    "operation_of",
    "plain",
    "reply",
]


def reply(status: int = 200, headers: Mapping[str, str] | None = None, body: bytes = b"{}") -> HTTPResponse:
    """A reply, as a transport hands it over."""
    return HTTPResponse(status, Headers((headers or {}).items()), body)


# --- calls ----------------------------------------------------------------------------------------


@dataclass
class Recorder:
    """A transport that keeps the requests and answers each with the same reply."""

    answer: HTTPResponse = field(default_factory=reply)
    sent: list[HTTPRequest] = field(default_factory=list)

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        self.sent.append(request)
        return self.answer

    def close(self) -> None:
        pass


class _AsyncRecorder:
    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    async def send(
        self,
        request: HTTPRequest,
        timeout: Timeout,  # noqa: ASYNC109  (the transport's own contract)
    ) -> HTTPResponse:
        return self._recorder.send(request, timeout)

    async def aclose(self) -> None:
        pass


Caller = Callable[..., Any]


def _security(token: str | None) -> shared.Security:
    return shared.Security(
        hmac=shared.SchemeHmac(access_key_id=ACCESS_KEY, secret_access_key=SECRET_KEY, session_token=token)
    )


def call_blocking(
    recorder: Recorder,
    operation: str,
    arguments: Mapping[str, Any],
    *,
    has_keys: bool = True,
    token: str | None = None,
    region: str = "us-east-1",
    now: datetime | None = None,
) -> Any:
    """Call an operation of `SDK` with botocore's arguments."""
    with SDK(_security(token) if has_keys else None, region=region, transport=recorder, retries=0) as client:
        _freeze(client, now)
        return getattr(client, method_of(operation))(**keywords(operation, arguments))


def call_asyncio(
    recorder: Recorder,
    operation: str,
    arguments: Mapping[str, Any],
    *,
    has_keys: bool = True,
    token: str | None = None,
    region: str = "us-east-1",
    now: datetime | None = None,
) -> Any:
    """Call an operation of `AsyncSDK` with botocore's arguments."""

    async def call() -> Any:
        security = _security(token) if has_keys else None
        async with AsyncSDK(security, region=region, transport=_AsyncRecorder(recorder), retries=0) as client:
            _freeze(client, now)
            return await getattr(client, method_of(operation))(**keywords(operation, arguments))

    return asyncio.run(call())


CALLERS = (call_blocking, call_asyncio)


def _freeze(client: Any, now: datetime | None) -> None:
    if now is not None:
        client._session.auth._clock = SimpleNamespace(now=lambda: now)  # callers have no use for another clock


# --- values ---------------------------------------------------------------------------------------


def operation_of(name: str) -> Operation[Any]:
    """The generated constant of an operation."""
    constant: Operation[Any] = getattr(_operations, method_of(name).upper())
    return constant


def keywords(operation: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """botocore's arguments as those of our methods."""
    body = operation_of(operation).body
    assert body is not None
    return _attributes(body, arguments)


def _attributes(type_: type[msgspec.Struct], value: Mapping[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(type_)
    names = {member.encode_name: member.name for member in msgspec.structs.fields(type_)}
    return {names[key]: _ours(hints[names[key]], item) for key, item in value.items()}


def _ours(type_: Any, value: Any) -> Any:
    arguments = [argument for argument in get_args(type_) if argument is not NoneType]
    if isinstance(value, list):
        return [_ours(arguments[0], item) for item in value]
    if get_origin(type_) is dict:
        return {key: _ours(arguments[1], item) for key, item in value.items()}
    if arguments:
        return _ours(arguments[0], value)
    if issubclass(type_, msgspec.Struct):
        return type_(**_attributes(type_, value))
    if issubclass(type_, Enum):
        # Both are taken: a member for what is documented, the plain string for anything else.
        return type_(value) if value in [member.value for member in type_] else value
    return value


def plain(value: Any) -> Any:
    """A value of ours in botocore's form: members by their name on the wire, and only those that are there."""
    if isinstance(value, msgspec.Struct):
        members = ((member.encode_name, getattr(value, member.name)) for member in msgspec.structs.fields(value))
        return {name: plain(item) for name, item in members if item is not None}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value.value if isinstance(value, Enum) else value
