"""A request in the making: what a protocol wrote down, before it is addressed and authenticated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .errors import RequestError
from .http import HTTPRequest, Origin

if TYPE_CHECKING:
    from .buckets import Bucket
    from .call import Attempt
    from .uploads import Upload

__all__ = ["Draft"]


@dataclass(slots=True, repr=False)
class Draft:
    """Parts of a request.

    Attributes:
        method: HTTP method.
        path: Encoded path; below the server's own path once the draft is addressed.
        host: Value of the Host header, empty until the draft is addressed.
        scheme: `http` or `https`, once the draft is addressed.
        query: `name=value` each, percent-encoded.
        headers: Names and values in the order in which they are sent.
        cookies: Names and values.
        body: The body.
        wire_headers: Headers of the protocol's own that the caller gave.
        attempt: Which attempt of the call this is for.
        upload: What is sent in place of `body`, read while it is sent.
        bucket: The bucket of S3 that it is about; None for all others.
        keeps_coding: See `HTTPRequest`.
    """

    method: str
    path: str
    host: str = ""
    scheme: str = ""
    query: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    cookies: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    wire_headers: list[tuple[str, str]] = field(default_factory=list)
    attempt: Attempt | None = None
    upload: Upload | None = None
    bucket: Bucket | None = None
    keeps_coding: bool = False

    def copy(self) -> Draft:
        """A draft for one attempt: authentication adds to it, and the next attempt begins anew."""
        return replace(self, query=self.query[:], headers=self.headers[:], cookies=self.cookies[:])

    def __repr__(self) -> str:
        # Path, headers, cookies and body are where secrets travel.
        return f"Draft({self.method} {self.host})"

    @property
    def target(self) -> str:
        """Path and query as they go on the wire (RFC 3986, section 3.4)."""
        return f"{self.path}?{'&'.join(self.query)}" if self.query else self.path

    def address(self, origin: Origin, prefix: str) -> None:
        """Put the draft below a server's URL: its path is appended to the server's as it is (OpenAPI 3.1, 4.8.8)."""
        self.host, self.scheme = origin.authority, origin.scheme
        self.path = prefix + self.path

    def add_headers(self, extra: Mapping[str, str], source: str = "extra_headers") -> None:
        """Add the caller's headers.

        Args:
            extra: Names and values.
            source: Where they come from, for the message.

        Raises:
            RequestError: One of them is there already, or is the client's: sent twice, it would mean two things.
        """
        taken = {"user-agent", *(name.lower() for name, _ in self.headers)}
        for name, value in extra.items():
            if name.lower() in taken:
                raise RequestError(f"{source} holds {name!r}, which the client sets itself")
            self.headers.append((name, value))

    def finish(self, origin: Origin) -> HTTPRequest:
        """The request, once everything is there."""
        if self.cookies:
            self.headers.append(("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies)))
        number = 1 if self.attempt is None else self.attempt.number
        return HTTPRequest(
            self.method, origin, self.target, self.headers, self.body, number, self.upload, self.keeps_coding
        )
