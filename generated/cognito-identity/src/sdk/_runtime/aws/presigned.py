"""Requests that are signed ahead of time: a URL that lets whoever holds it do one thing, for a while.

The proof stands in the query instead of the Authorization header (Signature Version 4, "Authenticating requests: using
query parameters"). A body is not part of it where S3 lets it be left out.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..arguments import options_of, request_of, spoken
from ..errors import RequestError
from .credentials import Credentials
from .sigv4 import ALGORITHM, canonical_fields, canonical_path, canonical_query, signing_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..client import AsyncClient, Client
    from ..draft import Draft
    from ..http import Origin
    from .auth import AwsAuth

__all__ = ["PresignedRequest", "presign", "presign_async"]

_LONGEST = 604_800  # a week, which is as long as AWS takes any
_UNSIGNED = "UNSIGNED-PAYLOAD"


@dataclass(frozen=True, slots=True)
class PresignedRequest:
    """A request that is signed already.

    Attributes:
        method: What to send, in capitals.
        url: Where to. Whoever knows it can do what it says, so it is not shown.
        headers: Header fields that must go with it, because they are signed.
        body: What must be its body; S3 takes any.
    """

    method: str
    url: str = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def presign(
    client: Client, method: Callable[..., Any], request: Any, expires_in: int, arguments: dict[str, Any]
) -> PresignedRequest:
    """What a call of a method would send, signed for later.

    Args:
        client: Whose credentials, region and server are used.
        method: A method of it.
        request: The method's request object, None for keyword arguments.
        expires_in: Seconds for which it is good.
        arguments: Keyword arguments of the method.

    Raises:
        RequestError: The arguments are wrong, or the operation is not signed with credentials.
        TypeError: That is no method of a client, or an argument is missing, or there is none of that name.
    """
    auth: Any = client._session.auth  # noqa: SLF001  (a part of it)
    operation, (draft, origin, has_server, _) = _drafted(client, method, request, expires_in, arguments)
    identity = auth.identify(operation, client._security)  # noqa: SLF001
    return _presigned(auth, draft, origin, identity, expires_in, has_server=has_server)


async def presign_async(
    client: AsyncClient, method: Callable[..., Any], request: Any, expires_in: int, arguments: dict[str, Any]
) -> PresignedRequest:
    """`presign`, without waiting for credentials on the event loop.

    Raises:
        RequestError: The arguments are wrong, or the operation is not signed with credentials.
        TypeError: That is no method of a client, or an argument is missing, or there is none of that name.
    """
    auth: Any = client._session.auth  # noqa: SLF001  (a part of it)
    operation, (draft, origin, has_server, _) = _drafted(client, method, request, expires_in, arguments)
    identity = await auth.identify_async(operation, client._security)  # noqa: SLF001
    return _presigned(auth, draft, origin, identity, expires_in, has_server=has_server)


def _drafted(
    client: Client | AsyncClient, method: Callable[..., Any], request: Any, expires_in: int, arguments: dict[str, Any]
) -> tuple[Any, tuple[Draft, Origin, bool, Any]]:
    if not 0 < expires_in <= _LONGEST:
        raise RequestError(f"expires_in is {expires_in}: a signature is good for 1 to {_LONGEST} seconds")
    operation, request, arguments = _called(method, request, arguments)
    options = options_of(arguments)
    if operation.contents:
        operation = spoken(operation, request, arguments)
    request = request_of(operation, request, arguments)
    return operation, client._draft(operation, request, options)  # noqa: SLF001  (a part of it)


class _Listener:
    """Stands for a client, and tells which operation a method calls."""

    def _invoke(self, operation: Any, request: Any, arguments: dict[str, Any]) -> Any:
        return operation, request, arguments


class _AsyncListener:
    async def _invoke(self, operation: Any, request: Any, arguments: dict[str, Any]) -> Any:
        return operation, request, arguments


def _called(method: Callable[..., Any], request: Any, arguments: dict[str, Any]) -> Any:
    function = getattr(method, "__func__", None)
    if function is None or not hasattr(method.__self__, "_invoke"):  # type: ignore[attr-defined]  # just looked at
        raise TypeError("presign takes a method of the client, such as `client.get_object`")
    found = function(_Listener(), request, **arguments)
    if not hasattr(found, "send"):
        return found
    found.close()
    waiting = function(_AsyncListener(), request, **arguments)
    try:
        waiting.send(None)
    except StopIteration as end:
        return end.value
    raise TypeError("presign takes a method that calls an operation")


def _presigned(
    auth: AwsAuth, draft: Draft, origin: Origin, identity: object, expires_in: int, *, has_server: bool
) -> PresignedRequest:
    if not isinstance(identity, Credentials):
        raise RequestError("only an operation that is signed with credentials can be presigned")
    if draft.upload is not None:
        raise RequestError("a presigned request has no body of its own: leave the upload to whoever sends it")
    # Whoever sends it says what they take; a browser would not say the same.
    draft.headers = [field for field in draft.headers if field[0].lower() != "accept"]
    _move_form(draft)
    signing = auth.signing(draft, has_server=has_server)
    target = sign_target(draft, identity, now=auth.now(), expires_in=expires_in, **signing)
    url = f"{origin.scheme}://{origin.authority}{target}"
    return PresignedRequest(draft.method, url, dict(draft.headers), draft.body)


def _move_form(draft: Draft) -> None:
    """Services that take a form take it in the query too, where a URL alone says everything."""
    forms = [field for field in draft.headers if field[1].startswith("application/x-www-form-urlencoded")]
    if forms:
        draft.headers.remove(forms[0])
        draft.query.append(draft.body.decode("ascii"))
        draft.method, draft.body = "GET", b""


def sign_target(
    draft: Draft,
    credentials: Credentials,
    *,
    region: str,
    service: str,
    path_as_sent: bool,
    now: datetime,
    expires_in: int,
) -> str:
    """Path and query of a request with the proof in the query.

    Args:
        draft: The request; all its headers are signed.
        credentials: Whose request it is.
        region: Such as `eu-west-1`.
        service: The service's signing name.
        path_as_sent: The rule of S3, where the body is not signed either.
        now: The time of signing, in UTC.
        expires_in: Seconds from then on.
    """
    timestamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{timestamp[:8]}/{region}/{service}/aws4_request"
    fields = canonical_fields(draft.host, (), draft.headers)
    names = sorted(fields)
    proof = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{credentials.access_key_id}/{scope}",
        "X-Amz-Date": timestamp,
        "X-Amz-Expires": str(expires_in),
        "X-Amz-SignedHeaders": ";".join(names),
    }
    if credentials.session_token:
        proof["X-Amz-Security-Token"] = credentials.session_token
    path, _, query = draft.target.partition("?")
    query = "&".join([*filter(None, [query]), *(f"{name}={quote(value, safe='~')}" for name, value in proof.items())])
    lines = [
        draft.method,
        path if path_as_sent or path == "/" else canonical_path(path),
        canonical_query(query),
        *[f"{name}:{fields[name]}" for name in names],
        "",
        proof["X-Amz-SignedHeaders"],
        _UNSIGNED if path_as_sent else sha256(draft.body).hexdigest(),
    ]
    digest = sha256("\n".join(lines).encode()).hexdigest()
    key = signing_key(credentials.secret_access_key, timestamp[:8], region, service)
    signature = hmac.digest(key, f"{ALGORITHM}\n{timestamp}\n{scope}\n{digest}".encode(), "sha256").hex()
    return f"{path}?{query}&X-Amz-Signature={signature}"
