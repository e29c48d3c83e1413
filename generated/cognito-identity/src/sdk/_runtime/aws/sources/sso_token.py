"""The token that `aws sso login` leaves in `~/.aws/sso/cache`, renewed while its session lasts.

Renewing is CreateToken of IAM Identity Center's OIDC API with the grant `refresh_token`; the file is written again for
all tools that read it. Of a profile with a start URL of its own and no `sso_session` nothing can be renewed: the
command leaves no refresh token for those.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from hashlib import sha1
from typing import Any
from uuid import uuid4

import msgspec

from ...errors import CredentialsError
from ...http import HTTPRequest
from ..profiles import expand_home
from .documents import read_file, read_object, read_time
from .outside import Outside
from .service import locate

__all__ = ["SignedOut", "read_sso_token"]

# As in botocore: a token is renewed while it still holds, so that a failure does no harm yet.
_EARLY = timedelta(minutes=15)
_LONGEST = 366 * 24 * 3600  # seconds; more than any session lasts, and no more than a time can be
_SECONDS = 20.0
_ATTEMPTS = 2
_SUCCESS, _FIRST_SERVER_ERROR = 200, 500
_NEEDED = ("clientId", "clientSecret", "refreshToken")


class SignedOut(Exception):
    """There is no token that holds, and none can be got without the user."""


def read_sso_token(session: str | None, start_url: str, region: str, where: str, outside: Outside) -> str:
    """The token, renewed where it ends soon.

    Args:
        session: Name of the `[sso-session]`, None for a profile that has none.
        start_url: Where the user signed on; the name of the token where there is no session.
        region: Region of IAM Identity Center.
        where: Whose token it is, for the message.
        outside: The surroundings.

    Raises:
        SignedOut: The user has to sign on (again).
        CredentialsError: It has ended, and cannot be renewed right now.
        ConfigurationError: The endpoint is not valid.
    """
    name = sha1((session or start_url).encode(), usedforsecurity=False).hexdigest()
    path = expand_home(f"~/.aws/sso/cache/{name}.json", outside.environ)
    try:
        document = read_object(read_file(path, where), where)
        token = _text(document, "accessToken")
        ends = read_time(document.get("expiresAt", 0), f"expiresAt of {path}")
    except CredentialsError as error:
        raise SignedOut(error.message) from None
    if token is None:
        raise SignedOut(f"the file {path} holds no token")
    has_ended = ends <= outside.clock()
    if session is not None and ends - outside.clock() <= _EARLY:
        try:
            renewed = _renew(document, region, where, outside)
        except CredentialsError:
            if has_ended:
                raise
            renewed = None
        if renewed is not None:
            _keep(path, renewed)
            return str(renewed["accessToken"])
    if has_ended:
        raise SignedOut(f"{where} has expired")
    return token


def _renew(document: Mapping[str, Any], region: str, where: str, outside: Outside) -> dict[str, Any] | None:
    """The document with a new token; None where the session is over, or never could be renewed."""
    known = {name: _text(document, name) for name in _NEEDED}
    if None in known.values() or not _is_registered(document, outside):
        return None
    origin, path = locate("oidc", "SSO OIDC", region, outside)
    body = msgspec.json.encode({**known, "grantType": "refresh_token"})
    request = HTTPRequest("POST", origin, f"{path}/token", [("Content-Type", "application/json")], body)
    response = outside.send(request, where, seconds=_SECONDS, attempts=_ATTEMPTS)
    if response.status_code >= _FIRST_SERVER_ERROR:
        raise CredentialsError(f"{where} could not be renewed (status {response.status_code})")
    if response.status_code != _SUCCESS:
        return None
    reply = read_object(response.body, where)
    token, seconds = _text(reply, "accessToken"), reply.get("expiresIn")
    if token is None or not isinstance(seconds, int) or isinstance(seconds, bool) or seconds <= 0:
        raise CredentialsError(f"{where} could not be renewed: what came is no token")
    ends = (outside.clock() + timedelta(seconds=min(seconds, _LONGEST))).strftime("%Y-%m-%dT%H:%M:%SZ")
    # The old refresh token stays where no new one comes (RFC 6749, section 6).
    refresh = _text(reply, "refreshToken") or document["refreshToken"]
    return {**document, "accessToken": token, "expiresAt": ends, "refreshToken": refresh}


def _is_registered(document: Mapping[str, Any], outside: Outside) -> bool:
    """Whether the command's own secret is still good."""
    try:
        return read_time(document.get("registrationExpiresAt"), "registrationExpiresAt") > outside.clock()
    except CredentialsError:
        return False


def _text(document: Mapping[str, Any], name: str) -> str | None:
    value = document.get(name)
    is_usable = isinstance(value, str) and value.isascii() and value.isprintable() and value.strip()
    return value if is_usable else None


def _keep(path: str, document: dict[str, Any]) -> None:
    """Write the file, readable for its owner alone; one that cannot be written stays, and is renewed the next time."""
    part = f"{path}.{uuid4().hex}"
    with suppress(OSError):
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(document))
            os.replace(part, path)
        except OSError:
            os.unlink(part)
