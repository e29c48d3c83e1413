"""Proxies: the one that is given, or those named by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and the exceptions in NO_PROXY.

An https origin is reached through a CONNECT tunnel, an http one by asking for its whole URL (RFC 9112, section 3.2).
The variables are read once, when a transport is made. SOCKS and TLS to the proxy itself are refused. No message shows a
password: none shows the variable's value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import ConfigurationError, ConnectError, ProxyError, TransportError
from ..http import HTTPRequest, Origin
from .head import authority, encode
from .options import ENVIRONMENT
from .reply import MAX_HEAD_BYTES, Reply

_DEFAULT_PORT = 80
AUTHENTICATION_REQUIRED = 407
_SUCCESSES = range(200, 300)
_SERVER_ERRORS = range(500, 600)


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy.

    Attributes:
        origin: Where it listens.
        authorization: The value of Proxy-Authorization, or None.
    """

    origin: Origin
    authorization: str | None = field(default=None, repr=False)

    def encode(self, request: HTTPRequest) -> Iterable[bytes]:
        """The bytes of `request` on a connection made through this proxy."""
        if request.origin.scheme == "https":
            return encode(request)
        credentials = () if self.authorization is None else (("Proxy-Authorization", self.authorization),)
        return encode(request, f"http://{authority(request.origin)}", credentials)

    def check(self, origin: Origin, status: int) -> None:
        """Make sure that `status` is not the proxy's own refusal of a forwarded request.

        Raises:
            ProxyError: It is.
        """
        if status == AUTHENTICATION_REQUIRED:
            raise self.refusal(origin, status)

    def unreachable(self, error: ConnectError) -> ProxyError:
        """`error`, from connecting to the proxy, as one that says so."""
        return ProxyError(f"the proxy cannot be used: {error.message}")

    def refusal(self, origin: Origin, status: int) -> ProxyError:
        """The error for a proxy that answered `status` instead of connecting."""
        return refusal(f"the proxy {self.origin.authority}", origin, status)


class Tunnel:
    """The talk that opens a tunnel through a proxy (RFC 9110, section 9.3.6), without input or output of its own.

    Attributes:
        request: What to write first.
    """

    __slots__ = ("_origin", "_proxy", "_reply", "request")

    def __init__(self, proxy: Proxy, origin: Origin) -> None:
        self._proxy = proxy
        self._origin = origin
        self._reply = Reply("CONNECT", MAX_HEAD_BYTES)
        host = f"[{origin.host}]" if ":" in origin.host else origin.host
        head = f"CONNECT {host}:{origin.port} HTTP/1.1\r\nHost: {host}:{origin.port}\r\n"
        if proxy.authorization is not None:
            head += f"Proxy-Authorization: {proxy.authorization}\r\n"
        self.request = f"{head}\r\n".encode("ascii")

    def feed(self, data: bytes) -> bool:
        """Take in what the proxy answered; True when the tunnel is open.

        Raises:
            ProxyError: It will not be.
        """
        try:
            done = self._reply.feed(data)
        except TransportError as error:
            raise self.broken(error.message) from error
        if done and self._reply.status_code not in _SUCCESSES:
            raise self._proxy.refusal(self._origin, self._reply.status_code)
        return done

    def broken(self, why: str) -> ProxyError:
        """The error for a proxy that does not answer as one."""
        return ProxyError(f"the proxy {self._proxy.origin.authority} gave no answer: {why}")


class Proxies:
    """Which proxy leads to an origin."""

    def __init__(self, by_scheme: Mapping[str, tuple[str, str]], exceptions: tuple[str, ...]) -> None:
        self._by_scheme = by_scheme
        self._exceptions = exceptions
        self._found: dict[Origin, Proxy | None] = {}

    def find(self, origin: Origin) -> Proxy | None:
        """The proxy for `origin`, or None to connect directly.

        Raises:
            ConfigurationError: The variable does not name an http:// proxy.
        """
        if origin not in self._found:
            named = self._by_scheme.get(origin.scheme)
            is_direct = named is None or any(_matches(pattern, origin) for pattern in self._exceptions)
            self._found[origin] = None if named is None or is_direct else _parse(*named)
        return self._found[origin]


def refusal(proxy: str, origin: Origin, status: int) -> ProxyError:
    """The error for `proxy`, in words, that answered `status` instead of connecting to `origin`."""
    hint = "; it wants user and password in the proxy's URL" if status == AUTHENTICATION_REQUIRED else ""
    return ProxyError(
        f"{proxy} does not connect to {origin.authority}: status {status}{hint}", retryable=status in _SERVER_ERRORS
    )


def choose(proxy: str | None) -> Proxies | None:
    """What a transport's option asks for.

    Args:
        proxy: A proxy's URL, None for no proxy, or `ENVIRONMENT`.

    Raises:
        ConfigurationError: It is none of these.
    """
    if proxy is None:
        return None
    if proxy == ENVIRONMENT:
        return from_environment()
    if "://" not in proxy:  # a variable may do without, but this one may be a misspelt word
        raise _unusable("proxy=")
    _parse("proxy=", proxy)  # an error belongs to the line that passed it
    return Proxies(dict.fromkeys(("http", "https"), ("proxy=", proxy)), ())


def from_environment(environment: Mapping[str, str] = os.environ) -> Proxies | None:
    """The proxies that `environment` names, or None where it names none."""
    by_scheme: dict[str, tuple[str, str]] = {}
    for scheme in ("http", "https"):
        names = [f"{scheme}_proxy", f"{scheme}_proxy".upper(), "all_proxy", "ALL_PROXY"]
        if "REQUEST_METHOD" in environment:
            # In a CGI program HTTP_PROXY is what the client sent as its header Proxy (CVE-2016-5385).
            names = [name for name in names if name != "HTTP_PROXY"]
        for name in names:
            if value := environment.get(name):
                by_scheme[scheme] = (name, value)
                break
    if not by_scheme:
        return None
    listed = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    return Proxies(by_scheme, tuple(pattern.lower() for pattern in re.split(r"[\s,]+", listed) if pattern))


def _parse(variable: str, value: str) -> Proxy:
    # Here, because few programs have a proxy.
    from base64 import b64encode
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(value if "://" in value else f"http://{value}")
    try:
        port = parts.port or _DEFAULT_PORT
    except ValueError:
        port = 0
    if parts.scheme != "http" or not parts.hostname or not port:
        raise _unusable(variable)
    authorization = None
    if parts.username is not None:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = f"Basic {b64encode(credentials.encode()).decode('ascii')}"
    return Proxy(Origin("http", parts.hostname, port), authorization)


def _unusable(variable: str) -> ConfigurationError:
    return ConfigurationError(
        f"{variable} must name a proxy as http://host:port; proxy=None does without, and Httpx2Transport knows others"
    )


def _matches(pattern: str, origin: Origin) -> bool:
    if pattern == "*":
        return True
    if "/" in pattern:
        return _is_in_network(origin.host, pattern)
    bracketed = re.fullmatch(r"\[(.+)\](?::(\d+))?", pattern)
    if bracketed:
        host, port = bracketed[1], bracketed[2]
    elif pattern.count(":") == 1:
        host, _, port = pattern.partition(":")
    else:
        host, port = pattern, None
    host = host.removeprefix("*").removeprefix(".")
    return (origin.host == host or origin.host.endswith(f".{host}")) and port in (None, str(origin.port))


def _is_in_network(host: str, network: str) -> bool:
    from ipaddress import ip_address, ip_network  # here, because few programs list networks

    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False
