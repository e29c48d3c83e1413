"""The way of a call: arguments to a request, a reply to a result. Blocking and asyncio clients differ in the line that sends."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol, Self, TypedDict

from .draft import Draft
from .errors import APIError, RequestError, ResponseError, SDKError, TransportError
from .http import AsyncTransport, HTTPRequest, HTTPResponse, Origin, Timeout, Transport
from .model import request_id_of
from .operation import Api, Operation, R
from .transport import SocketTransport
from .url import split_server_url

__all__ = ["AsyncClient", "AsyncGroup", "Auth", "CallOptions", "Client", "Group", "WireProtocol"]


class CallOptions(TypedDict, total=False):
    """What any call takes beside the operation's own arguments.

    Attributes:
        server_url: Server for this call.
        timeout: Limits for this call: seconds for the whole, or a `Timeout`.
        extra_headers: Header fields to add; they are signed where the call is signed.
    """

    server_url: str
    timeout: Timeout | float
    extra_headers: Mapping[str, str]


class WireProtocol(Protocol):
    """What a module of `protocols` offers."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft: ...

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any: ...

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError: ...


class Auth(Protocol):
    """Where calls go and what they carry."""

    def base_url(self) -> str: ...

    def identify(self, operation: Operation[Any], security: Any) -> Any: ...

    async def identify_async(self, operation: Operation[Any], security: Any) -> Any: ...

    def authenticate(self, draft: Draft, identity: Any, *, has_server: bool) -> None: ...


class _Call(NamedTuple):
    """A call that is written down, but not authenticated: whose it is may have to be waited for."""

    draft: Draft
    origin: Origin
    timeout: Timeout
    has_server: bool


class _Core:
    """Everything but sending."""

    def __init__(
        self,
        api: Api,
        protocol: WireProtocol,
        auth: Auth,
        *,
        security: Any,
        server_url: str | None,
        timeout: Timeout | float | None,
    ) -> None:
        self._user_agent = _user_agent(api)
        self._protocol = protocol
        self._auth = auth
        self._security = security
        self._server_url = server_url
        self._timeout = Timeout.of(timeout)
        if server_url is not None:
            split_server_url(server_url)  # an error belongs to the line that passed it

    def config_security(self, security: Any) -> None:
        """Use `security` from the next call on."""
        self._security = security

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

    def _prepare(self, operation: Operation[Any], request: Any, arguments: dict[str, Any]) -> _Call:
        server_url = arguments.pop("server_url", self._server_url)
        timeout = arguments.pop("timeout", None)
        extra_headers: Mapping[str, str] = arguments.pop("extra_headers", None) or {}
        if request is None:
            request = _request_of(operation, arguments)
        elif arguments:
            raise RequestError(f"{operation.name} takes a request object or keyword arguments, not both")
        elif not isinstance(request, operation.request):
            raise RequestError(f"{operation.name} takes a {operation.request.__name__}, not a {type(request).__name__}")
        draft = self._protocol.encode(operation, request)
        origin, prefix = split_server_url(self._auth.base_url() if server_url is None else server_url)
        draft.address(origin, prefix)
        draft.add_headers(extra_headers)
        draft.headers.append(("User-Agent", self._user_agent))
        limits = self._timeout if timeout is None else Timeout.of(timeout)
        return _Call(draft, origin, limits, server_url is not None)

    def _seal(self, call: _Call, identity: Any) -> HTTPRequest:
        self._auth.authenticate(call.draft, identity, has_server=call.has_server)
        return call.draft.finish(call.origin)

    def _finish(self, operation: Operation[R], response: HTTPResponse) -> R:
        try:
            if not 200 <= response.status_code < 300:
                raise self._protocol.error(operation, response)
            body = self._protocol.decode(operation, response)
        except SDKError as error:
            error.raw_response, error.request_id, error.attempts = response, request_id_of(response), 1
            raise
        if operation.field is None:
            return operation.result(raw_response=response)
        return operation.result(raw_response=response, **{operation.field: body})


def _request_of(operation: Operation[Any], arguments: dict[str, Any]) -> Any:
    """The request object out of keyword arguments; those that are no parameter are members of the body."""
    made: dict[str, Any] = {}
    try:
        for group, (kind, names) in operation.groups.items():
            values = {name: arguments.pop(name) for name in names if name in arguments}
            if values or group in operation.required_groups:
                made[group] = kind(**values)
        if operation.body is not None and (arguments or operation.body_required):
            made["request"] = operation.body(**arguments)
        else:
            made.update(arguments)
        return operation.request(**made)
    except TypeError as error:
        raise TypeError(f"{operation.name}: {error}") from None


def _user_agent(api: Api) -> str:
    python = platform.python_version()
    return f"{api.distribution}/{api.distribution_version} lang/python#{python} md/pyimpl#{platform.python_implementation()}"


class Client(_Core):
    """Blocking client; safe to use from several threads."""

    def __init__(
        self,
        api: Api,
        protocol: WireProtocol,
        auth: Auth,
        *,
        security: Any,
        server_url: str | None,
        timeout: Timeout | float | None,
        transport: Transport | None,
    ) -> None:
        super().__init__(api, protocol, auth, security=security, server_url=server_url, timeout=timeout)
        self._transport: Transport = SocketTransport() if transport is None else transport

    def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        call = self._prepare(operation, request, arguments)
        sent = self._seal(call, self._auth.identify(operation, self._security))
        try:
            response = self._transport.send(sent, call.timeout)
        except TransportError as error:
            error.attempts = 1
            raise
        return self._finish(operation, response)

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
        security: Any,
        server_url: str | None,
        timeout: Timeout | float | None,
        transport: AsyncTransport | None,
    ) -> None:
        super().__init__(api, protocol, auth, security=security, server_url=server_url, timeout=timeout)
        self._transport: AsyncTransport = _asyncio_transport() if transport is None else transport

    async def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        call = self._prepare(operation, request, arguments)
        sent = self._seal(call, await self._auth.identify_async(operation, self._security))
        try:
            response = await self._transport.send(sent, call.timeout)
        except TransportError as error:
            error.attempts = 1
            raise
        return self._finish(operation, response)

    async def aclose(self) -> None:
        """Close every connection; a second call does nothing."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()


def _asyncio_transport() -> AsyncTransport:
    from .transport import AsyncioTransport  # asyncio is slow to import, and blocking clients have no use for it

    return AsyncioTransport()


class Group:
    """Operations that share a tag, on a blocking client."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        return self._client._invoke(operation, request, arguments)  # noqa: SLF001  (one class in two parts)


class AsyncGroup:
    """Operations that share a tag, on an asyncio client."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        return await self._client._invoke(operation, request, arguments)  # noqa: SLF001  (one class in two parts)
