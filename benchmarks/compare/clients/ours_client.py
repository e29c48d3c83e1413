"""The client that this project generates, its blocking half."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import sdk
from benchmarks.compare.clients.peer import KEYS, AsyncConnection, Connection, Failure, Lacking, Options, Peer, snake
from sdk.models import errors, shared


def settings(options: Options) -> dict[str, Any]:
    """Arguments of the client's classes."""
    made: dict[str, Any] = {"server_url": options.url, "region": options.region}
    if options.keys:
        from sdk.credentials import Credentials

        keys = Credentials(access_key_id=KEYS[0], secret_access_key=KEYS[1])
        made["security"] = shared.Security(hmac=shared.SchemeHmac(credentials=keys))
    policy = {"max_attempts": options.attempts, "mode": options.retry_mode}
    if options.retry_mode is not None and "mode" not in sdk.Retries.__dataclass_fields__:
        raise Lacking("no such setting")
    if any(policy.values()):
        made["retries"] = sdk.Retries(**{name: value for name, value in policy.items() if value})
    if options.seconds is not None:
        made["timeout"] = options.seconds
    return made | _newer(options) | _hooked(options)


def _newer(options: Options) -> dict[str, Any]:
    """Settings that a client has only if its generator knows them."""
    known = inspect.signature(sdk.SDK).parameters
    if (options.fips or options.dual_stack) and "use_fips" not in known:
        raise Lacking("no such setting")
    found = {"use_fips": options.fips, "use_dual_stack": options.dual_stack, "validate": "strict"}
    asked = {"use_fips": options.fips, "use_dual_stack": options.dual_stack, "validate": options.strict}
    return {name: value for name, value in found.items() if asked[name] and name in known}


def _hooked(options: Options) -> dict[str, Any]:
    if options.hook is None:
        return {}
    hook: Callable[[], None] = options.hook
    if importlib.util.find_spec("sdk.hooks") is None:
        raise Lacking("none")

    class Hook(importlib.import_module("sdk.hooks").Hooks):  # type: ignore[misc]  # known at run time only
        def before_attempt(self, _event: Any) -> None:
            hook()

    return {"hooks": [Hook()]}


class _Connection(Connection):
    def __init__(self, options: Options) -> None:
        self.native = sdk.SDK(**settings(options))

    def call(self, operation: str, **members: Any) -> Any:
        return getattr(self.native, snake(operation))(**{snake(name): value for name, value in members.items()})

    def close(self) -> None:
        self.native.close()


class _AsyncConnection(AsyncConnection):
    def __init__(self, options: Options) -> None:
        self.native = sdk.AsyncSDK(**settings(options))

    def call(self, operation: str, **members: Any) -> Awaitable[Any]:
        found: Awaitable[Any] = getattr(self.native, snake(operation))(
            **{snake(name): value for name, value in members.items()}
        )
        return found

    async def close(self) -> None:
        await self.native.aclose()


class _Ours(Peer):
    name = "sdkpress"
    distribution = "openapi"
    module = "sdk"
    roots = ("sdk",)
    log_names = ("sdk",)

    def connect(self, options: Options) -> Connection:
        return _Connection(options)

    async def open_async(self, options: Options) -> AsyncConnection:
        return _AsyncConnection(options)

    def failure(self, error: BaseException) -> Failure:
        if not isinstance(error, errors.SDKError):
            return Failure(message=str(error))
        return Failure(code=error.code, message=error.message, status=error.status_code, request_id=error.request_id)

    def at(self, result: Any, *path: str | int) -> Any:
        if isinstance(result, sdk_response()):
            result = getattr(result, type(result).__struct_fields__[-1])
        for step in path:
            if isinstance(result, dict):
                result = result.get(step)
            else:
                result = getattr(result, snake(step)) if isinstance(step, str) else result[step]
        return result

    def items(self, connection: Any, operation: str, key: str, **members: Any) -> Iterator[Any]:
        result = connection.call(operation, **members)
        if not hasattr(result, "pages"):
            raise Lacking("no paginator")
        yield from result

    def request_id(self, result: Any) -> str | None:
        found: str | None = result.request_id
        return found

    def attempts(self, result: Any) -> int:
        return int(result.attempts)

    def to_json(self, result: Any) -> str:
        return str(self.at(result).to_json())

    def without_retries(self, connection: Any, operation: str, **members: Any) -> Any:
        named = {snake(name): value for name, value in members.items()}
        return getattr(connection.native, snake(operation))(**named, retries=0)

    def stubbed(self) -> str:
        with _stub().client() as client:
            result = client.list_identity_pools(max_results=5)
        found = self.at(result, "IdentityPools", 0, "IdentityPoolName")
        return "answers without a network" if found == "made up" else repr(found)

    def stubbed_wrongly(self) -> str:
        stub = _stub()
        try:
            stub.on("list_identity_pools").reply(identity_pools="none")
        except Exception as error:  # noqa: BLE001  (any client may raise anything)
            return f"refused: {type(error).__name__}"
        return "taken"


def sdk_response() -> Any:
    """The class of all results."""
    from sdk._runtime.model import Response

    return Response


def _stub() -> Any:
    if importlib.util.find_spec("sdk.testing") is None:
        raise Lacking("none")
    stub = importlib.import_module("sdk.testing").Stub()
    stub.on("list_identity_pools").reply(
        identity_pools=[shared.IdentityPoolShortDescription(identity_pool_name="made up")]
    )
    return stub


PEER = _Ours()
