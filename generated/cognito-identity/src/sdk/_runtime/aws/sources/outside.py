"""What sources see of the world: variables, a profile's name, the time, and a way to send small requests.

It refuses to wait long: every request has a limit of seconds, and what answers may only be small.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from ...errors import ConfigurationError, CredentialsError, SDKError, TransportError
from ...http import HTTPRequest, HTTPResponse, Origin, Timeout, Transport
from ...url import split_server_url
from ..trust import ca_bundle

if TYPE_CHECKING:
    from ...transport import SocketTransport

__all__ = ["Outside", "split_url"]

_MAX_REPLY_BYTES = 256 * 1024
_FIRST_SERVER_ERROR = 500


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, repr=False)
class Outside:
    """The surroundings of the sources.

    Attributes:
        environ: The environment's variables; an empty one counts as unset.
        profile: The profile that was named in code.
        region: The region that was named in code.
        transport: What requests are sent through; None to make a transport for each load, and close it.
        clock: The time, in UTC.
    """

    environ: Mapping[str, str]
    profile: str | None = None
    region: str | None = None
    transport: Transport | None = None
    clock: Callable[[], datetime] = _utc_now

    def send(
        self, request: HTTPRequest, where: str, *, seconds: float, attempts: int = 1, is_local: bool = False
    ) -> HTTPResponse:
        """Send a request, again at once where no reply or a server's failure came back.

        Args:
            request: What to send.
            where: Who is asked, for the message.
            seconds: Limit of the connection and of each wait for the reply; an attempt takes twice as long at most.
            attempts: How often the request is sent at most.
            is_local: Whether it goes to this machine or its host, which no proxy can reach.

        Raises:
            CredentialsError: No reply came; its cause is the transport's error.
        """
        transport = self._open(is_local=is_local) if self.transport is None else self.transport
        # A reply that trickles in is not cut by the limit of a single wait, but by twice as much.
        timeout = Timeout(connect=seconds, read=seconds, write=seconds, pool=seconds, total=2 * seconds)
        try:
            return _persist(transport, request, timeout, attempts)
        except SDKError as error:
            raise CredentialsError(f"{where}: {error.message}") from error
        finally:
            if transport is not self.transport:
                transport.close()

    def _open(self, *, is_local: bool) -> SocketTransport:
        # Here, because key pairs that are written down need no network.
        from ...transport import SocketTransport
        from ...transport.options import ENVIRONMENT

        return SocketTransport(
            verify=partial(ca_bundle, self.environ, self.profile),
            max_response_bytes=_MAX_REPLY_BYTES,
            proxy=None if is_local else ENVIRONMENT,
        )


def _persist(transport: Transport, request: HTTPRequest, timeout: Timeout, attempts: int) -> HTTPResponse:
    while True:
        attempts -= 1
        try:
            response = transport.send(request, timeout)
        except TransportError as error:
            if not attempts or not error.retryable:
                raise
            continue
        if not attempts or response.status_code < _FIRST_SERVER_ERROR:
            return response


def split_url(url: str, source: str) -> tuple[Origin, str]:
    """The origin of an http(s) URL, and its path and query as they are written.

    Args:
        url: What to read.
        source: Where it comes from, for the message, which never shows the URL.

    Raises:
        ConfigurationError: It is no http(s) URL.
    """
    place, mark, query = url.partition("?")
    origin, _ = split_server_url(place, source)
    if not (query.isascii() and query.isprintable()) or " " in query or "#" in query:
        raise ConfigurationError(f"{source} has a query with characters that must be percent-encoded")
    return origin, f"/{place.partition('://')[2].partition('/')[2]}{mark}{query}"
