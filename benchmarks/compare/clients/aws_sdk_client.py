"""aws-sdk-cognito-identity, asyncio only: an event loop of its own runs each call to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from aws_sdk_cognito_identity import models
from aws_sdk_cognito_identity.client import AsyncCognitoIdentityClient
from aws_sdk_cognito_identity.config import AsyncCognitoIdentityConfig
from smithy_core.exceptions import CallError
from smithy_core.interceptors import Interceptor
from smithy_core.retries import RetryStrategyOptions
from smithy_http.interfaces import HTTPRequestConfiguration

from benchmarks.compare.clients.peer import KEYS, AsyncConnection, Connection, Failure, Lacking, Options, Peer, snake


def _interceptor(options: Options) -> list[Any]:
    if options.hook is None:
        return []
    hook: Callable[[], None] = options.hook

    class Hook(Interceptor[Any, Any, Any, Any]):  # type: ignore[misc]  # its package has no types
        def read_before_transmit(self, context: Any) -> None:
            hook()

    return [Hook()]


def _settings(options: Options) -> dict[str, Any]:
    if options.fips or options.dual_stack:
        raise Lacking("no such setting")
    settings: dict[str, Any] = {"interceptors": _interceptor(options)}
    if options.keys:
        settings |= dict(zip(("aws_access_key_id", "aws_secret_access_key"), KEYS, strict=True))
    if options.seconds is not None:
        settings["http_request_config"] = HTTPRequestConfiguration(read_timeout=options.seconds)
    rest = {
        "endpoint_uri": options.url,
        "region": options.region,
        "max_attempts": options.attempts,
        "retry_mode": options.retry_mode,
    }
    return settings | {name: value for name, value in rest.items() if value is not None}


class _AsyncConnection(AsyncConnection):
    def __init__(self, native: AsyncCognitoIdentityClient) -> None:
        self.native: Any = native

    def call(self, operation: str, **members: Any) -> Awaitable[Any]:
        plugins = members.pop("plugins", None)
        made = getattr(models, f"{operation}Input")(**{snake(name): value for name, value in members.items()})
        found: Awaitable[Any] = getattr(self.native, snake(operation))(made, plugins=plugins)
        return found

    async def close(self) -> None:
        await self.native.close()


async def _open(options: Options) -> _AsyncConnection:
    return _AsyncConnection(AsyncCognitoIdentityClient(await AsyncCognitoIdentityConfig.resolve(**_settings(options))))


class _Connection(Connection):
    def __init__(self, options: Options) -> None:
        self._runner = asyncio.Runner()
        self._connection = self._runner.run(_open(options))

    def call(self, operation: str, **members: Any) -> Any:
        async def await_it() -> Any:
            return await self._connection.call(operation, **members)

        return self._runner.run(await_it())

    def close(self) -> None:
        self._runner.run(self._connection.close())
        self._runner.close()


class _AwsSdk(Peer):
    name = "aws-sdk"
    distribution = "aws_sdk_cognito_identity"
    module = "aws_sdk_cognito_identity.client"
    roots = ("aws_sdk_cognito_identity", "smithy_core", "smithy_http", "smithy_aws_core", "smithy_json")
    log_names = ("aws_sdk_cognito_identity", "smithy_core", "smithy_http", "smithy_aws_core", "smithy_json")

    def connect(self, options: Options) -> Connection:
        return _Connection(options)

    async def open_async(self, options: Options) -> AsyncConnection:
        return await _open(options)

    def failure(self, error: BaseException) -> Failure:
        if not isinstance(error, CallError):
            return Failure(message=str(error))
        told = error.response_metadata
        return Failure(
            code=None if type(error) is CallError else type(error).__name__,
            message=error.message,
            status=told.http_status_code,
            request_id=told.request_id,
        )

    def at(self, result: Any, *path: str | int) -> Any:
        for step in path:
            if isinstance(result, dict):
                result = result.get(step)
            else:
                result = getattr(result, snake(step)) if isinstance(step, str) else result[step]
        return result

    def items(self, connection: Any, operation: str, key: str, **members: Any) -> Iterator[Any]:
        raise Lacking("no paginator")

    def request_id(self, result: Any) -> str | None:
        found: str | None = result.response_metadata.request_id
        return found

    def without_retries(self, connection: Any, operation: str, **members: Any) -> Any:
        def plugin(config: Any) -> None:
            config.retry_strategy = RetryStrategyOptions(max_attempts=1)

        return connection.call(operation, **members, plugins=[plugin])


PEER = _AwsSdk()
