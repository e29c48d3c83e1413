"""Which of its servers an API is called on: chosen by name or position, the variables of its URL filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .errors import ConfigurationError
from .operation import Api, Operation, Server

__all__ = ["Servers"]

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_AUTHORITY = re.compile(r"[^/]*//[^/]*")
_IN_AUTHORITY = re.compile(r"[A-Za-z0-9._:\[\]-]*")
_DOT_SEGMENT = re.compile(r"(?:^|/)\.\.?(?:/|$)")


class Servers:
    """The servers of an API as one client calls them.

    Args:
        api: The API.
        choice: One of its servers: its position, name or URL as in the description. None for the first.
        values: What stands for variables of URLs, by their names; None for the default.
        server_url: What is called in place of any of them.

    Raises:
        ConfigurationError: There is no such server, it takes no such value, or both it and `server_url` are given.
    """

    def __init__(
        self,
        api: Api,
        choice: str | int | None = None,
        values: Mapping[str, str | None] | None = None,
        server_url: str | None = None,
    ) -> None:
        self._values = {name: value for name, value in (values or {}).items() if value is not None}
        self._name = choice if isinstance(choice, str) else None
        if server_url is not None and (choice is not None or self._values):
            raise ConfigurationError("server_url stands for itself: pass it, or a server and its variables")
        self._chosen = _chosen(api.servers, choice)
        if self._chosen is not None:
            _check(self._chosen, self._values)  # an error belongs to the line that passed it
        self._given = server_url
        self._base: str | None = None

    def base(self) -> str:
        """What relative URLs of the description are relative to (OpenAPI 3.1, section 4.5).

        Raises:
            ConfigurationError: There is none, its URL has no host, or a variable has no value.
        """
        return self._absolute(self._filled(self._chosen), None) if self._given is None else self._given

    def url(self, operation: Operation[Any]) -> str:
        """Where an operation is called. Its own servers go before the API's: that of the chosen name, else the first.

        Raises:
            ConfigurationError: There is none, its URL has no host, or a variable has no value.
        """
        own = operation.servers
        if not own:
            if self._base is None:
                self._base = self._absolute(self._filled(self._chosen), None)
            return self._base
        named = (server for server in own if server.name is not None and server.name == self._name)
        url = self._filled(next(named, own[0]))
        return self._absolute(url, None if "://" in url or self._chosen is None else self._filled(self._chosen))

    def _filled(self, server: Server | None) -> str:
        if server is None:
            raise ConfigurationError("the API names no server: pass server_url=")
        url = server.url
        _check(server, self._values)
        for name in _variables(server):
            value = self._values.get(name, server.variables.get(name))
            if value is None:
                raise ConfigurationError(f"the server {server.url!r} needs a value for {name!r}, or pass server_url=")
            url = url.replace(f"{{{name}}}", value)
        return url

    def _absolute(self, url: str, base: str | None) -> str:
        """A URL with its host; that of an operation's server is relative to the API's (RFC 3986, section 5)."""
        if "://" not in url and base is not None and "://" in base:
            from urllib.parse import urljoin  # few documents have relative servers

            return urljoin(base, url)
        if "://" not in url:
            raise ConfigurationError(f"the API's server {url!r} has no host: pass server_url=")
        return url


def _chosen(servers: tuple[Server, ...], choice: str | int | None) -> Server | None:
    if choice is None:
        return servers[0] if servers else None
    if isinstance(choice, int) and 0 <= choice < len(servers):
        return servers[choice]
    by_name = (server for server in servers if choice == server.name)
    by_url = (server for server in servers if choice == server.url)
    found = next(by_name, None) or next(by_url, None)
    if found is None:
        known = ", ".join(repr(server.name or server.url) for server in servers)
        raise ConfigurationError(f"there is no server {choice!r}: it is one of {known}, or 0 to {len(servers) - 1}")
    return found


def _variables(server: Server) -> list[str]:
    return list(dict.fromkeys(_PLACEHOLDER.findall(server.url)))


def _check(server: Server, values: Mapping[str, Any]) -> None:
    """Refuse values that a server does not take, or that would lead elsewhere than its URL says."""
    authority = _AUTHORITY.match(server.url)
    for name in _variables(server):
        value, allowed = values.get(name), server.values.get(name)
        if value is None:
            continue
        if allowed and value not in allowed:
            raise ConfigurationError(f"{name!r} of the server's URL is one of {', '.join(map(repr, allowed))}")
        if not isinstance(value, str):
            raise ConfigurationError(f"{name!r} of the server's URL is a str")
        if authority is not None and f"{{{name}}}" in authority[0]:
            # The end of the host's name stays where it is: `{tenant}.example.com` is below example.com.
            if not _IN_AUTHORITY.fullmatch(value):
                raise ConfigurationError(f"{name!r} is part of a host's name: letters, digits, dots, hyphens, a port")
        elif not server.url.startswith(f"{{{name}}}") and _DOT_SEGMENT.search(value):
            raise ConfigurationError(f"{name!r} of the server's URL holds a segment `.` or `..`")
