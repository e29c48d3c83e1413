"""Authentication of AWS services: where a call goes and who signs it.

An operation without authentication never reaches the credential chain. A prepared Authorization value (`api_key`) is
sent as it is, with the signature's headers as the caller gave them; in every other case those headers are the signer's,
and the caller's are dropped.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from ..errors import ConfigurationError, CredentialsError
from ..model import Model
from .credentials import Credentials, CredentialsProvider
from .endpoints import resolve_endpoint
from .partitions import find_partition
from .profiles import load_profile
from .region import resolve_region, split_fips
from .retry_settings import resolve_retries
from .sigv4 import sign
from .skew import measured_skew

if TYPE_CHECKING:
    from datetime import datetime

    from ..clock import Clock
    from ..draft import Draft
    from ..errors import APIError
    from ..http import AsyncTransport, Origin, Transport
    from ..operation import Api, Operation
    from ..retry import Retries
    from .refresh import RefreshingCredentials

__all__ = ["AwsAuth", "SigV4", "default_credentials"]

# What a call is authenticated with: credentials, a prepared Authorization value, or nothing.
_Identity = Credentials | str | None
if TYPE_CHECKING:
    _Given = Credentials | CredentialsProvider
else:
    _Given = Any  # a model's annotations are read at run time, and functions are no part of them


class SigningScope(TypedDict):
    """Arguments of `sign` that are the same for all requests to a place."""

    region: str
    service: str
    path_as_sent: bool


class SigV4(Model, kw_only=True):
    """AWS Signature Version 4: a key pair to sign with, what supplies one, or a prepared Authorization value.

    Without any, the usual places are looked in: environment, profile, container, instance.
    """

    __sensitive__: ClassVar[frozenset[str]] = frozenset(
        {"api_key", "secret_access_key", "session_token", "credentials"}
    )

    api_key: str | None = None
    """A complete Authorization value, sent as it is."""
    access_key_id: str | None = None
    """Access key id."""
    secret_access_key: str | None = None
    """Secret access key."""
    session_token: str | None = None
    """Session token of temporary credentials."""
    credentials: _Given | None = None
    """Credentials, or a function that is asked for them before each signed call. One that gets them from elsewhere
    belongs into a `RefreshingCredentials`, which asks it when they end, and never on the event loop."""

    def source(self) -> _Given | str | None:
        """What was given, None where nothing was.

        Raises:
            CredentialsError: Half a key pair is given, or one beside `credentials`.
        """
        if self.api_key:
            return self.api_key
        if not self.access_key_id and not self.secret_access_key:
            return self.credentials
        if self.credentials is not None:
            raise CredentialsError("a key pair and credentials are both given; drop one of them")
        if not self.access_key_id or not self.secret_access_key:
            missing = "access_key_id" if self.secret_access_key else "secret_access_key"
            raise CredentialsError(f"{missing} is missing: a key pair is access_key_id and secret_access_key")
        return Credentials(self.access_key_id, self.secret_access_key, self.session_token)


def default_credentials(region: str | None) -> RefreshingCredentials:
    """The credentials of a client that was given none: those of the usual places.

    Args:
        region: The client's region, where roles are assumed too.
    """
    from . import chain  # here, because who gives credentials needs none of the places

    return chain.default_credentials(region=region)


# Differences below this are the resolution of the Date header and the time on the way, not another clock.
_NOISE = timedelta(seconds=30)
_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"})


class AwsAuth:
    """The endpoint and the signature of one service.

    Args:
        api: The API; its settings name the service.
        region: Region to call and to sign for; None looks in the environment and the profile.
        clock: Tells the time of signing.
        server_url: The server that the user named, if so.
        use_fips: Whether the endpoint meets FIPS 140; None looks in the environment and the profile.
        use_dual_stack: Whether it speaks IPv4 and IPv6, likewise.

    Raises:
        ConfigurationError: An endpoint of one kind is asked for, and a server is named.
    """

    def __init__(
        self,
        api: Api,
        region: str | None,
        clock: Clock,
        server_url: str | None = None,
        *,
        use_fips: bool | None = None,
        use_dual_stack: bool | None = None,
    ) -> None:
        if server_url is not None and (use_fips or use_dual_stack):
            kind = "use_fips" if use_fips else "use_dual_stack"
            raise ConfigurationError(f"server_url names an endpoint, and {kind} asks for one; drop one of them")
        self._use_fips, self._use_dual_stack = use_fips, use_dual_stack
        self._settings = api.settings
        self._variants = api.endpoint_variants
        self._signing_regions = api.signing_regions
        self._schemes = api.schemes
        self._explicit_region = region
        self._clock = clock
        self._skew = timedelta()
        self._region: str | None = None
        self._base_url: str | None = None
        self._defaults: dict[str | None, RefreshingCredentials] = {}
        self.bucket_regions: dict[str, str] = {}  # learned from S3's redirects

    def region(self, *, has_server: bool) -> str:
        """The region, found at the first need.

        Args:
            has_server: Whether the user named the server. Then the region decides the signature only, and has a
                default.

        Raises:
            ConfigurationError: There is none.
        """
        if self._region is None:
            default = self._settings["default_region"] if has_server else None
            self._region = resolve_region(self._explicit_region, os.environ, default=default)
        return self._region

    def base_url(self, operation: Operation[Any]) -> str:
        """The URL of the service in the region, looked for once.

        Raises:
            ConfigurationError: There is no region, or a setting is wrong.
        """
        if self._base_url is None:
            self._base_url = self.url_in(self.region(has_server=False))
        return self._base_url

    def url_in(self, region: str) -> str:
        """The URL of the service in a region.

        Raises:
            ConfigurationError: A setting is wrong.
        """
        return resolve_endpoint(
            endpoint_prefix=self._settings["endpoint_prefix"],
            service_id=self._settings["service_id"],
            region=region,
            environ=os.environ,
            use_fips=self._use_fips,
            use_dualstack=self._use_dual_stack,
            variants=self._variants,
        )

    def access_point(self, draft: Draft, origin: Origin, *, has_server: bool) -> Origin:
        """Where an access point of S3 is (see `at_access_point`)."""
        from .access_points import at_access_point  # few calls go to one

        return at_access_point(self, draft, origin, has_server=has_server)

    def attach(self, transport: Transport | AsyncTransport) -> None:
        """Nothing: credentials come from outside the API, under time limits of their own."""

    def retries(self) -> Retries:
        """How calls are tried again where the user does not say: as the environment or the profile does.

        Raises:
            ConfigurationError: A setting is wrong.
        """
        return resolve_retries(os.environ)

    def identify(self, operation: Operation[Any], security: Any) -> _Identity:
        """What a call is authenticated with; may wait for credentials.

        Raises:
            CredentialsError: The operation must be signed and there are no credentials.
        """
        source = self._source(operation, security)
        return _checked(source()) if callable(source) else source

    async def identify_async(self, operation: Operation[Any], security: Any) -> _Identity:
        """`identify`, without waiting on the event loop.

        Raises:
            CredentialsError: The operation must be signed and there are no credentials.
        """
        source = self._source(operation, security)
        if not callable(source):
            return source
        found: Any = getattr(source, "get_async", source)()
        return _checked(await found if hasattr(found, "__await__") else found)

    def app_id(self) -> str | None:
        """The application's name: `AWS_SDK_UA_APP_ID`, else `sdk_ua_app_id` of the profile, None where neither is set.

        It is worth no error: a profile that is missing or malformed is for those to report who need something of it.
        """
        name = os.environ.get("AWS_SDK_UA_APP_ID")
        if name:
            return name
        try:
            return load_profile(os.environ).get("sdk_ua_app_id")
        except ConfigurationError:
            return None

    def repair(self, error: APIError, operation: Operation[Any], security: Any, identity: _Identity) -> bool:
        """Whether the same request, signed anew, may succeed: with the clock corrected, or with credentials renewed.

        Args:
            error: What the service answered.
            operation: The operation that was refused.
            security: What was given to the client.
            identity: What the refused call was authenticated with.
        """
        skew = measured_skew(error, self._clock.now())
        if skew is not None and abs(skew - self._skew) >= _NOISE:
            self._skew = skew
            return True
        if error.code not in _EXPIRED or not isinstance(identity, Credentials):
            return False
        source = self._source(operation, security)
        forget = getattr(source, "invalidate", None)
        if forget is not None:
            forget(identity)
        return callable(source)

    def authenticate(self, draft: Draft, identity: _Identity, *, has_server: bool) -> None:
        """Sign the draft, or add the prepared value.

        Args:
            draft: What is to be sent.
            identity: What `identify` returned.
            has_server: Whether the user named the server.

        Raises:
            RequestError: A header of the signature is given, or an upload would be sent that cannot be signed.
        """
        if isinstance(identity, str):
            draft.headers += [*draft.wire_headers, ("Authorization", identity)]
        elif identity is not None:
            is_s3 = self._settings.get("signature") == "s3"
            if is_s3 or draft.upload is not None:
                from .payload import add_hash  # other requests are hashed while they are signed

                add_hash(draft, is_s3=is_s3)
            draft.headers += sign(
                method=draft.method,
                host=draft.host,
                target=draft.target,
                headers=draft.headers,
                body=draft.body,
                credentials=identity,
                now=self.now(),
                **self.signing(draft, has_server=has_server),
            )
        draft.headers += _attempt_headers(draft)

    def now(self) -> datetime:
        """The service's time, as far as it is known to differ from this machine's."""
        return self._clock.now() + self._skew

    def signing(self, draft: Draft, *, has_server: bool) -> SigningScope:
        """What is signed for.

        Args:
            draft: What is to be sent.
            has_server: Whether the user named the server.

        Raises:
            ConfigurationError: There is no region.
        """
        return {
            "region": (draft.bucket and draft.bucket.region) or self.signing_region(has_server=has_server),
            "service": self._settings["signing_name"],
            "path_as_sent": self._settings.get("signature") == "s3",
        }

    def signing_region(self, *, has_server: bool) -> str:
        """The region that is signed for.

        Args:
            has_server: Whether the user named the server.

        Raises:
            ConfigurationError: There is none.
        """
        region = split_fips(self.region(has_server=has_server))[0]
        if has_server or not self._signing_regions:
            return region
        return self._signing_regions.get(find_partition(region).id, region)  # a service with one endpoint for all

    def _source(self, operation: Operation[Any], security: Any) -> _Given | str | None:
        if not operation.security:
            return None
        given = self._given(operation, security)
        source = None if given is None else given.source()
        if source is not None:
            return source
        region = self._explicit_region
        if region not in self._defaults:
            # Of two threads that get here at once, both go on with what the first one made: one renewal serves all.
            self._defaults.setdefault(region, default_credentials(region))
        return self._defaults[region]

    def _given(self, operation: Operation[Any], security: Any) -> SigV4 | None:
        for alternative in operation.security:
            for key in alternative:
                scheme = getattr(security, self._schemes.get(key, ""), None)
                if isinstance(scheme, SigV4):
                    return scheme
        return None


def _checked(found: object) -> Credentials:
    if isinstance(found, Credentials):
        return found
    if hasattr(found, "__await__"):
        getattr(found, "close", lambda: None)()  # or Python warns that nobody waited
        raise CredentialsError("credentials is an asynchronous function, which only the asyncio client can call")
    raise CredentialsError(f"credentials returned a {type(found).__name__} in place of Credentials")


def _attempt_headers(draft: Draft) -> list[tuple[str, str]]:
    """What AWS's services learn of retries. They come after the signature: they are not part of it."""
    attempt = draft.attempt
    if attempt is None:
        return []
    facts = f"attempt={attempt.number}" + ("" if attempt.limit is None else f"; max={attempt.limit}")
    if attempt.number > 1 and attempt.expires is not None:
        facts = f"ttl={attempt.expires:%Y%m%dT%H%M%SZ}; {facts}"
    return [("amz-sdk-invocation-id", attempt.call_id), ("amz-sdk-request", facts)]
