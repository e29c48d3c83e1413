"""Credentials of a Cognito identity pool, for calls of any AWS service: those of a user, or of a guest.

It needs a blocking client of Cognito Identity and no credentials, for the two operations are public. What comes back is
read by its names on the wire, so that it works with any client of that API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import APIError, CredentialsError
from .refresh import RefreshingCredentials
from .sources.documents import Spelling, read_credentials, read_object

if TYPE_CHECKING:
    from ..http import HTTPResponse
    from .credentials import Credentials

__all__ = ["IdentityClient", "IdentityPoolSource", "identity_pool_credentials"]

_SPELLING = Spelling(secret="SecretKey")  # noqa: S106  (what it is called, and not what it is)
_UNKNOWN_IDENTITY = "ResourceNotFoundException"


class _Result(Protocol):
    @property
    def raw_response(self) -> HTTPResponse: ...


class IdentityClient(Protocol):
    """The operations of Cognito Identity that hand out credentials."""

    def get_id(self, *, identity_pool_id: str, logins: dict[str, str] | None = None) -> _Result:
        """Find or make an identity."""
        ...

    def get_credentials_for_identity(
        self, *, identity_id: str, logins: dict[str, str] | None = None, custom_role_arn: str | None = None
    ) -> _Result:
        """Get its credentials."""
        ...


class IdentityPoolSource:
    """Credentials of one identity of a pool; the identity is found once and kept.

    Args:
        client: A blocking client.
        identity_pool_id: The pool.
        logins: Gives the user's tokens by provider, anew for each load because they end too; None for a guest.
        identity_id: The identity, where it is known.
        custom_role_arn: Which role to take, where the token allows for several.
    """

    def __init__(
        self,
        client: IdentityClient,
        identity_pool_id: str,
        *,
        logins: Callable[[], Mapping[str, str]] | None = None,
        identity_id: str | None = None,
        custom_role_arn: str | None = None,
    ) -> None:
        self._client = client
        self._pool = identity_pool_id
        self._logins = logins
        self._role = custom_role_arn
        self.identity_id = identity_id

    def load(self) -> Credentials:
        """Get new credentials, of a new identity where the one from before has been deleted.

        Raises:
            CredentialsError: The pool refuses; its cause is the error of the call.
        """
        logins = None if self._logins is None else dict(self._logins())
        had_identity = self.identity_id is not None
        try:
            return self._credentials(logins)
        except APIError as error:
            if not had_identity or error.code != _UNKNOWN_IDENTITY:
                raise self._refused(error) from error
        self.identity_id = None
        try:
            return self._credentials(logins)
        except APIError as error:
            raise self._refused(error) from error

    def describe(self) -> str:
        """Name the pool."""
        return f"the identity pool {self._pool}"

    def _credentials(self, logins: dict[str, str] | None) -> Credentials:
        where = self.describe()
        if self.identity_id is None:
            made = self._client.get_id(identity_pool_id=self._pool, logins=logins)
            self.identity_id = _identity(read_object(made.raw_response.body, where), where)
        got = self._client.get_credentials_for_identity(
            identity_id=self.identity_id, custom_role_arn=self._role, logins=logins
        )
        reply = read_object(got.raw_response.body, where)
        parts = reply.get("Credentials")
        # Where logins of two identities meet, the service merges them into one.
        self.identity_id = _identity(reply, where)
        return read_credentials(parts if isinstance(parts, dict) else {}, where, _SPELLING)

    def _refused(self, error: APIError) -> CredentialsError:
        return CredentialsError(f"{self.describe()} gives no credentials: {error}")


def _identity(reply: Mapping[str, Any], where: str) -> str:
    identity = reply.get("IdentityId")
    if not isinstance(identity, str) or not identity:
        raise CredentialsError(f"{where}: IdentityId is missing")
    return identity


def identity_pool_credentials(
    client: IdentityClient, identity_pool_id: str, *, logins: Callable[[], Mapping[str, str]] | None = None
) -> RefreshingCredentials:
    """A provider of a pool's credentials, renewed before they end.

    Args:
        client: A blocking client of Cognito Identity; an asyncio client may use the provider all the same.
        identity_pool_id: The pool.
        logins: Gives the user's tokens by provider; None for a guest.
    """
    return RefreshingCredentials(IdentityPoolSource(client, identity_pool_id, logins=logins).load)
