"""Server URLs, read once and strictly: what a call is sent to must be what it seems to be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from .errors import ConfigurationError, RequestError
from .http import Origin

__all__ = ["prefixed", "split_server_url"]

# One expression for the whole, because URL parsers differ over what is not a URL: a line break, a backslash, two ports.
_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[a-z0-9/._~!$&'()*+,;=:@%-]*)?",
    re.IGNORECASE | re.ASCII,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HIGHEST_PORT = 65535


@lru_cache(maxsize=128)
def split_server_url(url: str, source: str = "the server URL") -> tuple[Origin, str]:
    """The origin of a server's URL, and its path without the slash at the end.

    Args:
        url: What to read.
        source: Where it comes from, for the message, which never shows the URL: it may hold a password.

    Raises:
        ConfigurationError: It is not an absolute http or https URL of nothing but a host, a port and a path.
    """
    match = _URL.fullmatch(url)
    port = 0 if match is None else int(match["port"] or _DEFAULT_PORTS[match["scheme"].lower()])
    if match is None or not 0 < port <= _HIGHEST_PORT:
        raise ConfigurationError(
            f"{source} is not written like https://host or http://localhost:4566/path "
            "(no user name, query, fragment, white space or backslash)"
        )
    origin = Origin(match["scheme"].lower(), match["host"].strip("[]").lower(), port)
    return origin, (match["path"] or "").rstrip("/")


_LABEL = re.compile(r"\{([\w.]+)\}")
_HOST_LABEL = re.compile(r"[A-Za-z0-9-]{1,63}")  # RFC 1123, section 2.1, as far as it decides what a label is made of
_ADDRESS = re.compile(r"[0-9.]+|.*:.*")


def prefixed(origin: Origin, prefix: str, request: Any) -> Origin:
    """`origin` with a prefix before its host; an address has no names below it, and stays.

    Args:
        origin: What the server's URL leads to.
        prefix: Labels; `{group.name}` stands for an attribute inside of `request`.
        request: The request object.

    Raises:
        RequestError: An attribute is no label of a host name.
    """
    if _ADDRESS.fullmatch(origin.host):
        return origin
    host = _LABEL.sub(lambda label: _label(request, label[1]), prefix) + origin.host
    return Origin(origin.scheme, host.lower(), origin.port)


def _label(request: Any, way: str) -> str:
    group, _, name = way.partition(".")
    value = getattr(getattr(request, group, None), name, None)
    if not isinstance(value, str) or not _HOST_LABEL.fullmatch(value):
        raise RequestError(f"{name} becomes a part of the host's name: 1 to 63 letters, digits and hyphens")
    return str(value)
