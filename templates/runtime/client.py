"""The way of a call: arguments to a request, a reply to a result. Blocking and asyncio clients differ in the line
that sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from .arguments import CallOptions, options_of, request_of, spoken
from .call import Call, Session
from .clock import Clock
from .compression import compress
from .draft import Draft
from .errors import APIError, TransportError
from .given_security import checked_security
from .hooks import Hooks
from .http import AsyncTransport, HTTPResponse, Timeout, Transport
from .idempotency import add_key, with_key
from .operation import Api, Operation, R
from .pagination import set_pager
from .retry import Quota, Retries
from .transport import SocketTransport
from .transport.options import Connections
from .url import prefixed, split_server_url
from .user_agent import user_agent
from .validation import Validate, check_request, known_mode
from .watchers import Watchers

if TYPE_CHECKING:
    from .http import Origin
    from .rate_limit import RateLimiter
    from .streams import AsyncStream, Stream

__all__ = [
    "AsyncClient",
    "Auth",
    "CallOptions",
    "Client",
    "Settings",
    "Validate",
    "WireProtocol",
]


S = TypeVar("S", bound="Stream[Any]")
A = TypeVar("A", bound="AsyncStream[Any]")


class WireProtocol(Protocol):
    """What a module of `protocols` offers."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object, written down."""
        ...

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success."""
        ...

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for anything else."""
        ...

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Whether a request that may have arrived can be sent again without harm."""
        ...


class Auth(Protocol):
    """Where calls go and what they carry."""

    def attach(self, transport: Transport | AsyncTransport) -> None:
        """Take the client's transport, for requests that authentication itself needs."""
        ...

    def base_url(self, operation: Operation[Any]) -> str:
        """The server that is called where the user names none."""
        ...

    def identify(self, operation: Operation[Any], security: Any) -> Any:
        """What an attempt is authenticated with; may wait for it."""
        ...

    async def identify_async(self, operation: Operation[Any], security: Any) -> Any:
        """`identify`, without blocking the event loop."""
        ...

    def authenticate(self, draft: Draft, identity: Any, *, has_server: bool) -> None:
        """Add to the draft what `identify` found."""
        ...

    def app_id(self) -> str | None:
        """The application's name where the user gives none, for the User-Agent."""
        ...

    def retries(self) -> Retries:
        """How calls are tried again where the user does not say."""
        ...

    def repair(self, error: APIError, operation: Operation[Any], security: Any, identity: Any) -> bool:
        """Whether the same request, authenticated anew, may succeed after `error`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a client is made with, the same for blocking and asyncio clients.

    Attributes:
        security: What calls authenticate with.
        server_url: Server to call instead of the API's own.
        timeout: Seconds for a whole call, or a `Timeout`.
        retries: Retries after the first attempt, or a `Retries`.
        validate: What is checked before a call: `none`, `types`, or `strict` for the constraints too.
        clock: Time and chance.
        hooks: What is told of calls and attempts.
        app_id: The application's name, for the User-Agent.
        connections: What its transport is made with.
        path_style: Whether buckets stay in the path; None for where the server is not the API's own.
    """

    security: Any = None
    server_url: str | None = None
    timeout: Timeout | float | None = None
    retries: Retries | int | None = None
    validate: Validate = "types"
    clock: Clock
    hooks: Iterable[Hooks] = ()
    app_id: str | None = None
    connections: Connections
    path_style: bool | None = None


class _Core:
    """Everything but sending."""

    def __init__(
        self,
        api: Api,
        protocol: WireProtocol,
        auth: Auth,
        *,
        settings: Settings,
    ) -> None:
        self._api = api
        self._watchers = Watchers(api, settings.hooks)
        self._app_id = settings.app_id
        self._user_agents: dict[str, str] = {}
        self._session = Session(protocol, auth, settings.clock, Quota())
        self._security = checked_security(settings.security, api.security)
        self._server_url = settings.server_url
        self._module = api.module
        self._validate = known_mode(settings.validate)
        self._timeout = Timeout.of(settings.timeout)
        self._given_retries = settings.retries
        self._documented_retries = api.retries
        self._path_style = settings.path_style
        self._retries = None if settings.retries is None else Retries.of(settings.retries)
        self._limiter: RateLimiter | None = None
        if settings.server_url is not None:
            split_server_url(settings.server_url)  # an error belongs to the line that passed it

    def config_security(self, security: Any) -> None:
        """Use `security` from the next call on.

        Raises:
            ConfigurationError: It is of another class.
        """
        self._security = checked_security(security, self._api.security)

    def config_server_url(self, server_url: str, params: Mapping[str, str] | None = None) -> None:
        """Use another server from the next call on.

        Args:
            server_url: Its URL; `{name}` is replaced by `params["name"]`.
            params: Values for the placeholders.

        Raises:
            ConfigurationError: It is not an http(s) URL.
        """
        for name, value in (params or {}).items():
            server_url = server_url.replace(f"{{{name}}}", value)
        split_server_url(server_url)
        self._server_url = server_url

    def _draft(
        self, operation: Operation[Any], request: Any, options: Mapping[str, Any]
    ) -> tuple[Draft, Origin, bool, Any]:
        """What is sent, where to, whether the user named that server, and the request with all that was added."""
        server_url = options.get("server_url", self._server_url)
        session = self._session
        check_request(operation, request, self._module, options.get("validate", self._validate))
        key = operation.idempotency
        if key is not None:
            request = with_key(request, key, session.clock)
        draft = session.protocol.encode(operation, request)
        draft.keeps_coding = operation.keeps_coding
        origin, prefix = split_server_url(session.auth.base_url(operation) if server_url is None else server_url)
        if operation.host_prefix is not None:
            origin = prefixed(origin, operation.host_prefix, request)
        if operation.bucket:
            from .buckets import placed  # S3 alone has buckets

            origin = placed(session.auth, draft, origin, has_server=server_url is not None, path_style=self._path_style)
        draft.address(origin, prefix)
        if "resume_url" in options:
            from .page_url import lead  # few APIs have pages of this kind

            lead(draft, operation, origin, options["resume_url"])
        if operation.compressed:
            compress(draft)
        draft.add_headers(options.get("extra_headers") or {})
        if key is not None:
            add_key(draft, key, session.clock)
        return draft, origin, server_url is not None, request

    def _begin(self, operation: Operation[R], request: Any, options: Mapping[str, Any]) -> Call[R]:
        """Everything of a call that is the same for all its attempts."""
        draft, origin, has_server, request = self._draft(operation, request, options)
        session = self._session
        policy = self._policy(operation, options)
        draft.headers.append(("User-Agent", self._user_agents.get(policy.mode) or self._user_agent(policy.mode)))
        call: Callable[..., Call[R]] = self._watchers.call(request)
        return call(
            session,
            operation,
            draft,
            origin,
            security=self._security,
            has_server=has_server,
            policy=policy,
            timeout=Timeout.of(options["timeout"]) if "timeout" in options else self._timeout,
            limiter=self._rate_limiter() if policy.mode == "adaptive" else None,
        )

    def _user_agent(self, retry_mode: str) -> str:
        """Made at the first call: where the application's name comes from may be slow to read."""
        app_id = self._app_id if self._app_id is not None else self._session.auth.app_id()
        made = self._user_agents[retry_mode] = user_agent(self._api, app_id, retry_mode)
        return made

    def _policy(self, operation: Operation[Any], options: Mapping[str, Any]) -> Retries:
        """What the call says of retries, else the client, else the API's description, else the surroundings."""
        documented = operation.retries or self._documented_retries
        if documented is not None or "retries" in options:
            return Retries.of(options.get("retries", self._given_retries), documented)
        if self._retries is None:
            # At the first need: the environment may say it, and files that are slow to read.
            self._retries = self._session.auth.retries()
        return self._retries

    def _rate_limiter(self) -> RateLimiter:
        """The one that all adaptive calls of the client share."""
        if self._limiter is None:
            from .rate_limit import RateLimiter  # most clients have no use for it

            # Of two threads that get here at once, one makes a limiter that misses a call or two; nothing else.
            self._limiter = RateLimiter(self._session.clock.monotonic())
        return self._limiter


class Client(_Core):
    """Blocking client; safe to use from several threads."""

    def __init__(
        self,
        api: Api,
        protocol: WireProtocol,
        auth: Auth,
        *,
        settings: Settings,
        transport: Transport | None,
    ) -> None:
        super().__init__(api, protocol, auth, settings=settings)
        options = settings.connections.arguments(transport)
        self._transport: Transport = SocketTransport(**options) if transport is None else transport
        auth.attach(self._transport)

    def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        options = options_of(arguments)
        if operation.contents:
            operation = spoken(operation, request, arguments)
        request = request_of(operation, request, arguments)
        call = self._begin(operation, request, options)
        try:
            while True:
                while call.limiter is not None and (wait := call.turn()) > 0:
                    self._session.clock.sleep(wait)
                sent, timeout = call.attempt(self._session.auth.identify(operation, self._security))
                try:
                    response = self._transport.send(sent, timeout)
                except TransportError as error:
                    call.lost(error)
                else:
                    result = call.answered(response)
                    if result is not None:
                        if operation.pagination is not None or operation.links:
                            set_pager(result, self, operation, request, options)
                        return result
                self._session.clock.sleep(call.wait)
        except BaseException as error:
            call.failed(error)
            raise

    def _stream(self, kind: type[S], operation: Operation[Any], request: Any, arguments: dict[str, Any]) -> S:
        from .stream_call import open_stream  # few APIs have streams

        options = options_of(arguments)
        if operation.contents:
            operation = spoken(operation, request, arguments)
        return open_stream(self, kind, operation, request_of(operation, request, arguments), options)

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class AsyncClient(_Core):
    """The asyncio twin of `Client`; usable from one event loop after another."""

    def __init__(
        self,
        api: Api,
        protocol: WireProtocol,
        auth: Auth,
        *,
        settings: Settings,
        transport: AsyncTransport | None,
    ) -> None:
        super().__init__(api, protocol, auth, settings=settings)
        options = settings.connections.arguments(transport)
        self._transport: AsyncTransport = _asyncio_transport(options) if transport is None else transport
        auth.attach(self._transport)

    async def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        options = options_of(arguments)
        if operation.contents:
            operation = spoken(operation, request, arguments)
        request = request_of(operation, request, arguments)
        call = self._begin(operation, request, options)
        try:
            while True:
                while call.limiter is not None and (wait := call.turn()) > 0:
                    await self._session.clock.sleep_async(wait)
                sent, timeout = call.attempt(await self._session.auth.identify_async(operation, self._security))
                try:
                    response = await self._transport.send(sent, timeout)
                except TransportError as error:
                    call.lost(error)
                else:
                    result = call.answered(response)
                    if result is not None:
                        if operation.pagination is not None or operation.links:
                            set_pager(result, self, operation, request, options)
                        return result
                await self._session.clock.sleep_async(call.wait)
        except BaseException as error:
            call.failed(error)
            raise

    async def _stream(self, kind: type[A], operation: Operation[Any], request: Any, arguments: dict[str, Any]) -> A:
        from .stream_call import open_async_stream  # few APIs have streams

        options = options_of(arguments)
        if operation.contents:
            operation = spoken(operation, request, arguments)
        return await open_async_stream(self, kind, operation, request_of(operation, request, arguments), options)

    async def aclose(self) -> None:
        """Close every connection; a second call does nothing."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()


def _asyncio_transport(options: dict[str, Any]) -> AsyncTransport:
    from .transport import AsyncioTransport  # asyncio is slow to import, and blocking clients have no use for it

    return AsyncioTransport(**options)
