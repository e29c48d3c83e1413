"""capo-cognito-identity, its blocking client."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from typing import Any

from capo_cognito_identity import AsyncCognitoIdentityClient, CognitoIdentityClient, Credentials
from capo_cognito_identity.errors import ServiceError
from zapros import StdNetworkHandler

from benchmarks.compare.clients.peer import KEYS, AsyncConnection, Connection, Failure, Lacking, Options, Peer, snake


def settings(options: Options) -> dict[str, Any]:
    """Arguments of the client's class."""
    if options.retry_mode is not None:
        raise Lacking("no such setting")
    made: dict[str, Any] = {
        "endpoint": options.url,
        "region": options.region,
        "retry_max_attempts": options.attempts,
        "use_fips": options.fips or None,
        "use_dual_stack": options.dual_stack or None,
    }
    if options.keys:
        made["credentials"] = Credentials(access_key=KEYS[0], secret_key=KEYS[1])
    return made


class _Connection(Connection):
    def __init__(self, options: Options) -> None:
        made = settings(options)
        if options.seconds is not None:
            made["http_handler"] = StdNetworkHandler(total_timeout=options.seconds, read_timeout=options.seconds)
        if options.hook is not None:
            hook = options.hook

            def intercept(request: Any, following: Any) -> Any:
                hook()
                return following(request)

            made["operation_interceptors"] = [intercept]
        self.native = CognitoIdentityClient(**made)

    def call(self, operation: str, **members: Any) -> Any:
        return getattr(self.native, snake(operation))(**{snake(name): value for name, value in members.items()})

    def close(self) -> None:
        self.native.__exit__(None, None, None)


class _AsyncConnection(AsyncConnection):
    def __init__(self, options: Options) -> None:
        self.native = AsyncCognitoIdentityClient(**settings(options))

    def call(self, operation: str, **members: Any) -> Awaitable[Any]:
        found: Awaitable[Any] = getattr(self.native, snake(operation))(
            **{snake(name): value for name, value in members.items()}
        )
        return found

    async def close(self) -> None:
        await self.native.__aexit__(None, None, None)


class _Capo(Peer):
    name = "capo"
    distribution = "capo-cognito-identity"
    module = "capo_cognito_identity"
    roots = ("capo_cognito_identity", "zapros")
    log_names = ("capo_cognito_identity", "zapros")

    def connect(self, options: Options) -> Connection:
        return _Connection(options)

    async def open_async(self, options: Options) -> AsyncConnection:
        return _AsyncConnection(options)

    def failure(self, error: BaseException) -> Failure:
        if not isinstance(error, ServiceError):
            return Failure(message=str(error))
        return Failure(
            code=error.code,
            message=error.message,
            status=error.response.status,
            request_id=error.response.headers.get("x-amzn-requestid"),
        )

    def at(self, result: Any, *path: str | int) -> Any:
        for step in path:
            result = result.get(snake(step), result.get(step)) if isinstance(step, str) else result[step]
        return result

    def items(self, connection: Any, operation: str, key: str, **members: Any) -> Iterator[Any]:
        method = getattr(connection.native, f"iter_{snake(operation)}", None)
        if method is None:
            raise Lacking("no paginator")
        for found in method(**{snake(name): value for name, value in members.items()}):
            # Some give pages, some give items.
            yield from found.get(snake(key), [found])

    def without_retries(self, connection: Any, operation: str, **members: Any) -> Any:
        return connection.call(operation, **members, ConfigOverrides={"retry_max_attempts": 1})


PEER = _Capo()
