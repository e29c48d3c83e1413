"""OAuth 2.0 (RFC 6749) as far as a program can go without a browser: a token that is given, or one that the client gets
and renews by itself with a client secret, a password or a refresh token.
"""

from __future__ import annotations

import asyncio
import json
import threading
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from urllib.parse import quote, urlencode, urljoin

from .errors import CredentialsError
from .http import HTTPRequest, HTTPResponse, Timeout
from .security import Bearer, Scheme
from .url import split_server_url

if TYPE_CHECKING:
    from .clock import Clock
    from .draft import Draft
    from .errors import APIError
    from .http import AsyncTransport, Origin, Transport
    from .servers import Servers

__all__ = ["OAuth2"]

# A token is renewed this long before its end, so that it does not end on its way.
_MARGIN = timedelta(seconds=30)
_TIMEOUT = Timeout(connect=10, read=30, write=30, pool=30, total=60)
_OK, _UNAUTHORIZED = 200, 401
_LONGEST = 1e9  # seconds; 30 years, which no client lives


class OAuth2(Scheme, kw_only=True):
    """A token of OAuth 2.0, or what the client gets one with.

    Of what is given, the first of these is used: `token`; `refresh_token`; `username` with `password`; `client_id` with
    `client_secret`.
    """

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"token", "client_secret", "refresh_token", "password"})
    # Where tokens are got, where they are renewed, and where the server says where that is.
    __urls__: ClassVar[tuple[str | None, str | None, str | None]] = (None, None, None)

    token: str | None = None
    """A token that is there already; it is not renewed."""
    client_id: str | None = None
    """The client's name at the authorization server."""
    client_secret: str | None = None
    """Its secret."""
    refresh_token: str | None = None
    """A refresh token (RFC 6749, section 6)."""
    username: str | None = None
    """User name, for the password grant (section 4.3)."""
    password: str | None = None
    """Password."""
    scopes: tuple[str, ...] = ()
    """Scopes to ask for; none asks for what the server gives by default."""
    token_url: str | None = None
    """Where tokens come from, in place of the URL in the API's description."""
    client_authentication: Literal["basic", "body"] = "basic"
    """Whether the client shows its secret in a header, or among the parameters (section 2.3.1)."""

    def open(self, clock: Clock, servers: Servers) -> _Tokens:
        """Where the client gets tokens for this scheme."""
        return _Tokens(self, clock, servers)

    def apply(self, draft: Draft) -> None:
        """Add a token that is given."""
        Bearer(token=self.token or "").apply(draft)


@dataclass(frozen=True, slots=True, repr=False)
class _Token:
    """A token and its end, None where the server does not tell it."""

    value: str
    ends: datetime | None

    def apply(self, draft: Draft) -> None:
        """Add the token."""
        draft.headers.append(("Authorization", f"Bearer {self.value}"))


class _Tokens:
    """The tokens of one scheme: one at a time, renewed before it ends, by one thread or task for all."""

    def __init__(self, scheme: OAuth2, clock: Clock, servers: Servers) -> None:
        self._scheme = scheme
        self._servers = servers
        self._clock = clock
        self._refresh_token = scheme.refresh_token
        self._token: _Token | None = None if scheme.token is None else _Token(scheme.token, None)
        self._lock = threading.Lock()
        self._task: asyncio.Task[_Token] | None = None
        self._told: str | None = None  # the URL for tokens that the server's metadata has

    def get(self, transport: Transport) -> _Token:
        """The token, got now where there is none that lasts.

        Raises:
            CredentialsError: Nothing is given to get one with, or the server refuses.
            TransportError: The server could not be asked.
        """
        with self._lock:
            if not self._lasts():
                if (asked := self._question()) is not None:
                    self._hear(transport.send(asked, _TIMEOUT))
                self._take(transport.send(self._request(), _TIMEOUT))
            assert self._token is not None
            return self._token

    async def get_async(self, transport: AsyncTransport) -> _Token:
        """`get`, without blocking the event loop."""
        if self._lasts():
            assert self._token is not None
            return self._token
        task = self._task
        if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
            task = self._task = asyncio.ensure_future(self._get(transport))
            # All who wait may be cancelled: then nobody asks for its failure, and nobody is to be told.
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
        # Shielded: a call that is cancelled takes nothing away from those that wait for the same token.
        return await asyncio.shield(task)

    async def _get(self, transport: AsyncTransport) -> _Token:
        if (asked := self._question()) is not None:
            self._hear(await transport.send(asked, _TIMEOUT))
        return self._take(await transport.send(self._request(), _TIMEOUT))

    def refused(self, error: APIError, applied: Any) -> bool:
        """Forget the token that the server refused; whether another can be had."""
        if error.status_code != _UNAUTHORIZED or self._scheme.token is not None:
            return False
        if self._token is applied:  # else another call renewed it meanwhile
            self._token = None
        return True

    def _lasts(self) -> bool:
        token = self._token
        return token is not None and (token.ends is None or self._clock.now() < token.ends - _MARGIN)

    def _question(self) -> HTTPRequest | None:
        """The request for the server's metadata (OpenID Connect Discovery 1.0, section 4; RFC 8414, section 3), None
        where it is known where tokens come from.
        """
        _, url = self._grant()
        metadata_url = self._scheme.__urls__[2]
        if url is not None or metadata_url is None:
            return None
        place = _place(self._absolute(metadata_url), "metadata URL")
        return HTTPRequest("GET", *place, [("Accept", "application/json")], b"")

    def _hear(self, response: HTTPResponse) -> None:
        """Take in the server's metadata."""
        url = _document(response).get("token_endpoint")
        if response.status_code != _OK or not isinstance(url, str):
            raise CredentialsError(
                f"the authorization server does not say where tokens come from (status {response.status_code})",
                raw_response=response,
            )
        is_safe = self._absolute(str(self._scheme.__urls__[2])).lower().startswith("https:")
        if is_safe and not url.lower().startswith("https:"):
            raise CredentialsError("the authorization server names a URL for tokens that is not https")
        self._told = url

    def _request(self) -> HTTPRequest:
        """The request for a token (RFC 6749, sections 4.3.2, 4.4.2 and 6)."""
        scheme = self._scheme
        form, url = self._grant()
        if url is None:
            raise CredentialsError("the API's description does not say where tokens come from: give token_url")
        if scheme.scopes:
            form["scope"] = " ".join(scheme.scopes)
        headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        if scheme.client_id is not None:
            if scheme.client_authentication == "basic" and scheme.client_secret is not None:
                # Both are encoded as in a form before they are joined (section 2.3.1).
                pair = f"{quote(scheme.client_id, safe='')}:{quote(scheme.client_secret, safe='')}"
                headers.append(("Authorization", f"Basic {b64encode(pair.encode()).decode()}"))
            else:
                form["client_id"] = scheme.client_id
                if scheme.client_secret is not None:
                    form["client_secret"] = scheme.client_secret
        place = _place(self._absolute(url), "token_url")
        return HTTPRequest("POST", *place, headers, urlencode(form).encode("ascii"))

    def _absolute(self, url: str) -> str:
        return url if "://" in url else urljoin(self._servers.base(), url)

    def _grant(self) -> tuple[dict[str, str], str | None]:
        """The parameters that say why a token is due, and where to ask."""
        scheme = self._scheme
        token_url, refresh_url, _ = scheme.__urls__
        token_url = scheme.token_url or token_url or self._told
        if self._refresh_token is not None:
            url = scheme.token_url or refresh_url or token_url
            return {"grant_type": "refresh_token", "refresh_token": self._refresh_token}, url
        if scheme.username is not None and scheme.password is not None:
            form = {"grant_type": "password", "username": scheme.username, "password": scheme.password}
            return form, token_url
        if scheme.client_id is not None and scheme.client_secret is not None:
            return {"grant_type": "client_credentials"}, token_url
        raise CredentialsError("give a token, a refresh_token, username and password, or client_id and client_secret")

    def _take(self, response: HTTPResponse) -> _Token:
        """Keep what the server gave (section 5.1)."""
        document = _document(response)
        value = document.get("access_token")
        if response.status_code != _OK or not isinstance(value, str):
            code = document.get("error")
            reason = f": {code}" if isinstance(code, str) and code.isascii() and code.isprintable() else ""
            if code == "invalid_grant" and self._refresh_token != self._scheme.refresh_token:
                self._refresh_token = self._scheme.refresh_token  # the one that was given in between has ended
            raise CredentialsError(
                f"no token was given (status {response.status_code}{reason[:80]})", raw_response=response
            )
        seconds = _lifetime(document.get("expires_in"))
        refresh = document.get("refresh_token")
        if isinstance(refresh, str):
            self._refresh_token = refresh
        ends = None if seconds is None else self._clock.now() + timedelta(seconds=seconds)
        self._token = _Token(value, ends)
        return self._token


def _place(url: str, what: str) -> tuple[Origin, str]:
    """Where a request goes."""
    address, _, query = url.partition("?")
    origin, _ = split_server_url(address, what)
    path = address.partition("://")[2].partition("/")[2]  # with a slash at its end, which some servers want
    return origin, f"/{path}" + (f"?{query}" if query else "")


def _lifetime(told: Any) -> float | None:
    """Seconds (section 5.1), which some servers send as text or with a fraction; None where it is no such thing."""
    try:
        seconds = float(told)
    except (TypeError, ValueError, OverflowError):
        return None
    return min(seconds, _LONGEST) if seconds >= 0 else None  # not a number is not above zero either


def _document(response: HTTPResponse) -> dict[str, Any]:
    try:
        document = json.loads(response.body)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
