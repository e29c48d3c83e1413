"""Authentication of AWS services: where a call goes and who signs it.

An operation without authentication never reaches the credential chain. A prepared Authorization value (`api_key`) is sent as it is,
with the signature's headers as the caller gave them; in every other case those headers are the signer's, and the caller's are dropped.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import CredentialsError
from ..model import Model
from .credentials import Credentials, resolve_credentials
from .endpoints import resolve_endpoint
from .region import resolve_region, split_fips
from .sigv4 import sign
from .skew import measured_skew

if TYPE_CHECKING:
    from ..clock import Clock
    from ..draft import Draft
    from ..errors import APIError
    from ..operation import Api, Operation

__all__ = ["AwsAuth", "SigV4"]


class SigV4(Model, kw_only=True):
    """AWS Signature Version 4: a key pair to sign with, or a prepared Authorization value.

    Without either, the usual places are looked in: the environment, then the shared configuration files.
    """

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"api_key", "secret_access_key", "session_token"})

    api_key: str | None = None
    """A complete Authorization value, sent as it is."""
    access_key_id: str | None = None
    """Access key id."""
    secret_access_key: str | None = None
    """Secret access key."""
    session_token: str | None = None
    """Session token of temporary credentials."""

    def credentials(self) -> Credentials | None:
        """The key pair, None where none is given.

        Raises:
            CredentialsError: Half of one is given.
        """
        if not self.access_key_id and not self.secret_access_key:
            return None
        if not self.access_key_id or not self.secret_access_key:
            missing = "access_key_id" if self.secret_access_key else "secret_access_key"
            raise CredentialsError(f"{missing} is missing: a key pair is access_key_id and secret_access_key")
        return Credentials(self.access_key_id, self.secret_access_key, self.session_token)


# Differences below this are the resolution of the Date header and the time on the way, not another clock.
_NOISE = timedelta(seconds=30)


class AwsAuth:
    """The endpoint and the signature of one service.

    Args:
        api: The API; its settings name the service.
        region: Region to call and to sign for; None looks in the environment and the profile.
        clock: Tells the time of signing.
    """

    def __init__(self, api: Api, region: str | None, clock: Clock) -> None:
        self._settings = api.settings
        self._variants = api.endpoint_variants
        self._schemes = api.schemes
        self._explicit_region = region
        self._clock = clock
        self._skew = timedelta()
        self._region: str | None = None
        self._base_url: str | None = None
        self._found: Credentials | None = None

    def region(self, *, has_server: bool) -> str:
        """The region, found at the first need.

        Args:
            has_server: Whether the user named the server. Then the region decides the signature only, and has a default.

        Raises:
            ConfigurationError: There is none.
        """
        if self._region is None:
            default = self._settings["default_region"] if has_server else None
            self._region = resolve_region(self._explicit_region, os.environ, default=default)
        return self._region

    def base_url(self) -> str:
        """The URL of the service in the region, looked for once.

        Raises:
            ConfigurationError: There is no region, or a setting is wrong.
        """
        if self._base_url is None:
            self._base_url = resolve_endpoint(
                endpoint_prefix=self._settings["endpoint_prefix"],
                service_id=self._settings["service_id"],
                region=self.region(has_server=False),
                environ=os.environ,
                variants=self._variants,
            )
        return self._base_url

    def authenticate(self, operation: Operation[Any], draft: Draft, security: Any, *, has_server: bool) -> None:
        """Sign the draft, or add the prepared value.

        Raises:
            CredentialsError: The operation must be signed and there are no credentials.
        """
        given = self._given(operation, security)
        if given is not None and given.api_key:
            draft.headers += [*draft.wire_headers, ("Authorization", given.api_key)]
        elif operation.security:
            draft.headers += sign(
                method=draft.method,
                host=draft.host,
                target=draft.target,
                headers=draft.headers,
                body=draft.body,
                credentials=self._credentials(given),
                region=split_fips(self.region(has_server=has_server))[0],
                service=self._settings["signing_name"],
                now=self._clock.now() + self._skew,
            )
        draft.headers += _attempt_headers(draft)

    def repair(self, error: APIError) -> bool:
        """Whether the same request, signed anew, may succeed: the clock was wrong, and is corrected from now on."""
        skew = measured_skew(error, self._clock.now())
        if skew is None or abs(skew - self._skew) < _NOISE:
            return False
        self._skew = skew
        return True

    def _given(self, operation: Operation[Any], security: Any) -> SigV4 | None:
        for alternative in operation.security:
            for key in alternative:
                scheme = getattr(security, self._schemes.get(key, ""), None)
                if isinstance(scheme, SigV4):
                    return scheme
        return None

    def _credentials(self, given: SigV4 | None) -> Credentials:
        explicit = None if given is None else given.credentials()
        if explicit is not None:
            return explicit
        if self._found is None:
            self._found = resolve_credentials(os.environ)
        return self._found


def _attempt_headers(draft: Draft) -> list[tuple[str, str]]:
    """What AWS's services learn of retries. They come after the signature: they are not part of it."""
    attempt = draft.attempt
    if attempt is None:
        return []
    facts = f"attempt={attempt.number}; max={attempt.limit}"
    if attempt.number > 1 and attempt.expires is not None:
        facts = f"ttl={attempt.expires:%Y%m%dT%H%M%SZ}; {facts}"
    return [("amz-sdk-invocation-id", attempt.call_id), ("amz-sdk-request", facts)]
