"""Requests that are signed ahead of time: a URL that lets whoever holds it do one thing, for a while.

Every client of AWS imports this, and few presign: how it is signed is in `query_signature.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..arguments import options_of, request_of, spoken
from ..errors import RequestError
from .credentials import Credentials

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..client import AsyncClient, Client
    from ..draft import Draft
    from ..http import Origin
    from .auth import AwsAuth

__all__ = ["PresignedRequest", "presign", "presign_async"]

_LONGEST = 604_800  # a week, which is as long as AWS takes any


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
    from .query_signature import sign_target  # few programs presign

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
