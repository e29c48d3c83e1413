"""Transports that send through httpx2: for HTTP/2, SOCKS, Unix sockets, and everything that is made for its clients.

They keep the contract of this package's own transports as far as httpx2 can be told to: what is signed is what is sent,
errors are the same, no redirect is followed and no cookie sent. What differs: `max_connections` counts those of all
origins together; `timeout.connect` holds for connection and handshake each; `timeout.total` bounds a blocking call at
each wait, so that the head of a reply may come in trickles for longer; names in NO_PROXY are read httpx2's way; bytes
that a server sends after a reply are not noticed. A call costs several times as much. The loggers of httpx2, `httpx2`
and `httpcore2`, write URLs and the headers of replies where they are switched on.
"""

from __future__ import annotations

import asyncio
import os
import threading
import warnings
import weakref
from contextlib import aclosing, closing
from typing import TypedDict, TypeVar, Unpack

try:
    import httpx2
except ImportError as error:
    raise ImportError(
        "Httpx2Transport needs httpx2, which is not installed: install this package with its extra `httpx2`"
    ) from error

from ..errors import ClientClosed, ConfigurationError, ConnectionLost, SDKError
from ..http import AsyncStreamedResponse, HTTPRequest, HTTPResponse, StreamedResponse, Timeout
from . import lane, tls
from .httpx2_exchange import FAILURES, Exchange
from .loops import PerLoop
from .options import ENVIRONMENT, ClientCertificate, Verify

_MAX_RESPONSE_BYTES = 64 * 1024 * 1024


class Httpx2Options(TypedDict, total=False):
    """What a client of httpx2 is made with, where none is given.

    Attributes:
        max_connections: Connections at the same time; further calls wait for `timeout.pool`.
        verify: True for the system's certificate authorities, the path of a PEM file or directory for those alone,
            False to accept any certificate; or a function that is asked for one of these at the first need.
        client_certificate: A PEM file with certificate and key, or the paths of both, and the key's password.
        proxy: URL of a proxy (http, https, socks5); None to use none; "environment", the default, for those that the
            environment's variables name.
        http2: Whether HTTP/2 is spoken where the server does; needs httpx2's extra of that name.
    """

    max_connections: int
    verify: Verify
    client_certificate: ClientCertificate
    proxy: str | None
    http2: bool


C = TypeVar("C", httpx2.Client, httpx2.AsyncClient)


def _make(kind: type[C], options: Httpx2Options) -> C:
    count = options.get("max_connections", 10)
    proxy = options.get("proxy", ENVIRONMENT)
    verify = tls.make_context(options.get("verify", True), options.get("client_certificate"))
    try:
        return kind(
            limits=httpx2.Limits(
                max_connections=count, max_keepalive_connections=count, keepalive_expiry=lane.MAX_IDLE_SECONDS
            ),
            verify=verify,
            proxy=None if proxy == ENVIRONMENT else proxy,
            trust_env=proxy == ENVIRONMENT,
            http2=options.get("http2", False),
        )
    except ImportError as error:
        raise ConfigurationError("http2=True needs httpx2[http2], and a SOCKS proxy httpx2[socks]") from error
    except (ValueError, httpx2.InvalidURL):
        # Without what httpx2 says: it may quote the URL, which may hold a password.
        raise ConfigurationError("the proxy must be a URL such as http://host:port or socks5://host:port") from None


def _check(client: object, options: Httpx2Options) -> None:
    for name in options:
        if name not in Httpx2Options.__annotations__:
            raise TypeError(f"there is no option {name!r}")
    if client is not None and options:
        raise ConfigurationError(f"a client of your own has its own connections: give {', '.join(options)} to it")


class Httpx2Transport:
    """Sends requests through a blocking client of httpx2. Safe to use from several threads, and across a fork.

    Args:
        client: A client of your own: its transports, proxies and event hooks are used; its default headers, cookies,
            authentication and redirects are not. Who made it closes it. A fork ends its use here: each process
            makes one.
        max_response_bytes: The largest body taken in, before and after its content coding is undone.
        options: What the client is made with, where none is given.

    Raises:
        ConfigurationError: Options are given beside a client.
    """

    def __init__(
        self,
        client: httpx2.Client | None = None,
        *,
        max_response_bytes: int = _MAX_RESPONSE_BYTES,
        **options: Unpack[Httpx2Options],
    ) -> None:
        _check(client, options)
        self._given = client is not None
        self._client = client
        self._options = options
        self._max_response_bytes = max_response_bytes
        self._closed = self._used = self._inherited = False
        self._lock = threading.Lock()
        _transports.add(self)

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Send `request` once and return the whole reply.

        Raises:
            RequestError: The request cannot be written as HTTP/1.1; nothing was sent.
            TransportError: No complete reply arrived.
            ResponseError: The reply is too large, or its content coding is broken.
        """
        client = self._open()
        exchange = Exchange(request, timeout, self._max_response_bytes, is_async=False)
        try:
            return _send(client, exchange)
        except ConnectionLost as lost:
            if not exchange.may_resend(lost):
                raise
            return _send(client, exchange)

    def open(self, request: HTTPRequest, timeout: Timeout) -> StreamedResponse:
        """Send `request` once and return its reply as soon as the head is there. See `SocketTransport.open`."""
        from .httpx2_body import opened  # most programs open no streams

        client = self._open()
        exchange = Exchange(request, timeout, self._max_response_bytes, is_async=False)
        try:
            return opened(_begin(client, exchange), exchange, self._max_response_bytes)
        except ConnectionLost as lost:
            if not exchange.may_resend(lost):
                raise
            return opened(_begin(client, exchange), exchange, self._max_response_bytes)

    def close(self) -> None:
        """Close every connection, but for those of a client that was given; a second call does nothing."""
        with self._lock:
            self._closed = True
            if self._client is not None and not self._given:
                self._client.close()

    def forget(self) -> None:
        """Drop what a parent process owns; its connections stay as they are."""
        self._lock = threading.Lock()
        if self._given:
            self._inherited = self._used
        else:
            with warnings.catch_warnings():
                # The sockets here are second descriptors of the parent's: to close them says nothing to anybody.
                warnings.simplefilter("ignore", ResourceWarning)
                self._client = None

    def _open(self) -> httpx2.Client:
        if self._closed:
            raise ClientClosed
        if self._inherited:
            raise ConfigurationError("the httpx2 client was used before a fork: make one in each process")
        self._used = True
        client = self._client
        if client is None:
            with self._lock:
                client = self._client
                if client is None:
                    client = self._client = _make(httpx2.Client, self._options)
        return client


class AsyncHttpx2Transport:
    """Sends requests through an asyncio client of httpx2; each event loop has one of its own.

    Args:
        client: A client of your own, which belongs to one event loop; see `Httpx2Transport`.
        max_response_bytes: The largest body taken in, before and after its content coding is undone.
        options: What clients are made with, where none is given.

    Raises:
        ConfigurationError: Options are given beside a client.
    """

    def __init__(
        self,
        client: httpx2.AsyncClient | None = None,
        *,
        max_response_bytes: int = _MAX_RESPONSE_BYTES,
        **options: Unpack[Httpx2Options],
    ) -> None:
        _check(client, options)
        self._given = client
        self._options = options
        self._max_response_bytes = max_response_bytes
        self._closed = False
        self._clients: PerLoop[httpx2.AsyncClient] = PerLoop()

    async def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Send `request` once and return the whole reply; cancelling it closes the connection it was using.

        Raises:
            RequestError: The request cannot be written as HTTP/1.1; nothing was sent.
            TransportError: No complete reply arrived.
            ResponseError: The reply is too large, or its content coding is broken.
        """
        client = await self._open()
        exchange = Exchange(request, timeout, self._max_response_bytes, is_async=True)
        try:
            async with asyncio.timeout(timeout.total):
                try:
                    return await _send_async(client, exchange)
                except ConnectionLost as lost:
                    if not exchange.may_resend(lost):
                        raise
                    return await _send_async(client, exchange)
        except TimeoutError as error:
            if isinstance(error, SDKError):
                raise
            raise exchange.too_late() from error

    async def open(self, request: HTTPRequest, timeout: Timeout) -> AsyncStreamedResponse:
        """Send `request` once and return its reply as soon as the head is there. See `SocketTransport.open`."""
        from .httpx2_body import opened_async  # most programs open no streams

        client = await self._open()
        exchange = Exchange(request, timeout, self._max_response_bytes, is_async=True)
        try:
            async with asyncio.timeout(timeout.total):
                try:
                    response = await _begin_async(client, exchange)
                except ConnectionLost as lost:
                    if not exchange.may_resend(lost):
                        raise
                    response = await _begin_async(client, exchange)
                return await opened_async(response, exchange, self._max_response_bytes)
        except TimeoutError as error:
            if isinstance(error, SDKError):
                raise
            raise exchange.too_late() from error

    async def aclose(self) -> None:
        """Close every connection of the running loop, but for those of a client that was given."""
        self._closed = True
        await self._clients.end()
        await asyncio.sleep(0)  # the loop closes a connection's socket in its next turn

    def __del__(self) -> None:
        clients = getattr(self, "_clients", ())  # missing where the constructor was called wrongly
        if any(not client.is_closed for client in clients):
            warnings.warn(f"{type(self).__name__} was not closed; await its aclose()", ResourceWarning, stacklevel=2)

    async def _open(self) -> httpx2.AsyncClient:
        if self._closed:
            raise ClientClosed
        if self._given is not None:
            return self._given
        client = self._clients.find()
        if client is None:
            client = _make(httpx2.AsyncClient, self._options)
            await self._clients.keep(client, httpx2.AsyncClient.aclose)
        return client


def _send(client: httpx2.Client, exchange: Exchange) -> HTTPResponse:
    request = exchange.begin()
    if client.is_closed:
        raise ClientClosed
    try:
        with closing(client.send(request, stream=True, auth=None, follow_redirects=False)) as response:
            if exchange.expect(response):
                for piece in response.iter_raw():
                    exchange.take(piece)
    except SDKError:
        raise
    except FAILURES as error:
        raise exchange.failure(error) from error
    return exchange.finish(response)


async def _send_async(client: httpx2.AsyncClient, exchange: Exchange) -> HTTPResponse:
    request = exchange.begin()
    if client.is_closed:
        raise ClientClosed
    try:
        async with aclosing(await client.send(request, stream=True, auth=None, follow_redirects=False)) as response:
            if exchange.expect(response):
                async with aclosing(response.aiter_raw()) as pieces:
                    async for piece in pieces:
                        exchange.take(piece)
    except SDKError:
        raise
    except FAILURES as error:
        raise exchange.failure(error) from error
    return exchange.finish(response)


def _begin(client: httpx2.Client, exchange: Exchange) -> httpx2.Response:
    request = exchange.begin()
    if client.is_closed:
        raise ClientClosed
    try:
        return client.send(request, stream=True, auth=None, follow_redirects=False)
    except FAILURES as error:
        raise exchange.failure(error) from error


async def _begin_async(client: httpx2.AsyncClient, exchange: Exchange) -> httpx2.Response:
    request = exchange.begin()
    if client.is_closed:
        raise ClientClosed
    try:
        return await client.send(request, stream=True, auth=None, follow_redirects=False)
    except FAILURES as error:
        raise exchange.failure(error) from error


_transports: weakref.WeakSet[Httpx2Transport] = weakref.WeakSet()


def _forget_all() -> None:
    for transport in _transports:
        transport.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
