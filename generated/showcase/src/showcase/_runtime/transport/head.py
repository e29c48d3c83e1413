"""A request as bytes (RFC 9112, sections 2 to 6), and the guards that keep it one request.

Whatever could end a line early, name a field twice or be read differently by two parsers is refused here, before a
connection is made. Messages name the field and never show its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import RequestError
from ..http import HTTPRequest, Origin

if TYPE_CHECKING:
    from ..uploads import Upload

# Head and body travel in one segment up to here; beyond it, copying the body costs more than a second system call.
SINGLE_WRITE_BYTES = 64 * 1024

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_HOST = re.compile(r"[A-Za-z0-9_:][A-Za-z0-9._~%:\-]*")
_FRAMING = frozenset({"host", "content-length", "transfer-encoding"})
_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_MAX_PORT = 65535


def encode(request: HTTPRequest, prefix: str = "", fields: tuple[tuple[str, str], ...] = ()) -> Iterable[bytes]:
    """The bytes of `request`, in as many pieces as they are best written in.

    Args:
        request: What to send.
        prefix: Put before the target: scheme and authority, where a proxy is asked (RFC 9112, section 3.2.2).
        fields: Further header fields, for the proxy.

    Raises:
        RequestError: The request cannot be written as one valid HTTP/1.1 request.
    """
    head, body = encode_head(request, prefix, fields), request.body
    if request.upload is not None:
        from .upload import Outgoing  # few requests have one

        return Outgoing(head, request.upload)
    if len(body) > SINGLE_WRITE_BYTES:
        return head, body
    return (head + body,)


def encode_head(request: HTTPRequest, prefix: str = "", fields: tuple[tuple[str, str], ...] = ()) -> bytes:
    """The head of `request`, with the empty line that ends it; see `encode`."""
    method, target = request.method, request.target
    if not _is_token(method):
        raise RequestError(f"{method!a} is not an HTTP method")
    if not (target.startswith("/") and target.isascii() and target.isprintable() and " " not in target):
        raise RequestError("the request's target must begin with / and hold neither spaces nor control characters")
    lines = [f"{method} {prefix}{target} HTTP/1.1\r\nHost: {authority(request.origin)}\r\n"]
    for name, value in (*request.headers, *fields):
        # The usual field passes a few C calls; only the unusual one is looked at character by character.
        if not (_is_field_name(name) and value.isascii() and value.isprintable() and value.strip() == value):
            _check_field(name, value)
        lines.append(f"{name}: {value}\r\n")
    if request.upload is not None:
        lines.append("{}: {}\r\n".format(*framing(request.upload)))
    elif request.body or method in _METHODS_WITH_BODY:
        lines.append(f"Content-Length: {len(request.body)}\r\n")
    lines.append("\r\n")
    return "".join(lines).encode("latin-1")


def fields_of(request: HTTPRequest) -> list[tuple[str, str]]:
    """The header fields of `request` as they are sent, unchecked: Host first, Content-Length last."""
    fields = [("Host", authority(request.origin)), *request.headers]
    if request.upload is not None:
        fields.append(framing(request.upload))
    elif request.body or request.method in _METHODS_WITH_BODY:
        fields.append(("Content-Length", str(len(request.body))))
    return fields


def framing(upload: Upload) -> tuple[str, str]:
    """The field that says where a body ends which is read while it is sent (RFC 9112, section 6).

    Raises:
        RequestError: It was sent before and cannot be read again.
    """
    upload.check()
    return ("Transfer-Encoding", "chunked") if upload.size is None else ("Content-Length", str(upload.size))


@lru_cache(maxsize=256)
def authority(origin: Origin) -> str:
    """The value of Host for `origin`.

    Raises:
        RequestError: The origin is not one that HTTP can be spoken to.
    """
    if origin.scheme not in ("http", "https"):
        raise RequestError(f"the scheme {origin.scheme!a} is neither http nor https")
    if not _HOST.fullmatch(origin.host):
        raise RequestError(f"{origin.host!a} is not a host name; write international names in their ASCII form (xn--)")
    if not 0 < origin.port <= _MAX_PORT:
        raise RequestError(f"{origin.port!a} is not a port")
    return origin.authority


@lru_cache(maxsize=512)
def _is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


@lru_cache(maxsize=512)
def _is_field_name(name: str) -> bool:
    return _is_token(name) and name.lower() not in _FRAMING


def _check_field(name: str, value: str) -> None:
    if not _is_token(name):
        raise RequestError(f"{name!a} is not a valid header name")
    if not _is_field_name(name):
        raise RequestError(f"the header {name} is set by the transport and cannot be given")
    if not _VALUE.fullmatch(value):
        raise RequestError(f"the value of the header {name} holds control characters or is not Latin-1 text")
    if value.strip(" \t") != value:
        raise RequestError(f"the value of the header {name} begins or ends with white space")
