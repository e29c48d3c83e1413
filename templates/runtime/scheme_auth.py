"""Which security schemes a call authenticates with, and where it goes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol, get_args, get_type_hints

from .errors import CredentialsError
from .retry import Retries
from .servers import Servers

if TYPE_CHECKING:
    from .clock import Clock
    from .draft import Draft
    from .errors import APIError
    from .http import AsyncTransport, Transport
    from .operation import Api, Operation

__all__ = ["Applied", "SchemeAuth", "Source"]


class Applied(Protocol):
    """Something that a request can be authenticated with."""

    def apply(self, draft: Draft) -> None:
        """Add it to the request."""
        ...


class Source(Protocol):
    """What a scheme opens that has to get something first: a token, a challenge."""

    def get(self, transport: Transport) -> Applied:
        """What the next attempt is authenticated with; may send requests of its own."""
        ...

    async def get_async(self, transport: AsyncTransport) -> Applied:
        """`get`, without blocking the event loop."""
        ...

    def refused(self, error: APIError, applied: Applied) -> bool:
        """Whether another attempt may succeed after the server refused `applied`."""
        ...


_Identity = list[tuple[Applied, "Source | None"]]


class SchemeAuth:
    """Authentication by the schemes of the API's description: the first alternative of an operation for which
    everything is given. What the user does not give at all, the environment may.

    Args:
        api: The API.
        clock: Tells when a token ends.
        servers: Which servers are called; the first ones, without it.
    """

    def __init__(self, api: Api, clock: Clock, servers: Servers | None = None) -> None:
        self._api = api
        self._clock = clock
        self._servers = servers or Servers(api)
        self._transport: Any = None
        self._from_environment: Any = None
        self._sources: dict[int, tuple[Any, Source]] = {}

    def attach(self, transport: Transport | AsyncTransport) -> None:
        """Send requests for tokens through the client's own transport."""
        self._transport = transport

    def app_id(self) -> str | None:
        """None: only AWS has a place where it may be set."""
        return None

    def retries(self) -> Retries:
        """The defaults; there is no other place to look in."""
        return Retries()

    def base_url(self, operation: Operation[Any]) -> str:
        """The chosen server of the operation or of the API's description.

        Raises:
            ConfigurationError: There is none, or none with a host.
        """
        return self._servers.url(operation)

    def identify(self, operation: Operation[Any], security: Any) -> _Identity:
        """What a call is authenticated with; may get a token.

        Raises:
            CredentialsError: No alternative is complete, or a token is refused.
            TransportError: The server of the tokens could not be asked.
        """
        found: _Identity = []
        for scheme in self._chosen(operation, security):
            source = self._source(scheme)
            found.append((scheme, None) if source is None else (source.get(self._transport), source))
        return found

    async def identify_async(self, operation: Operation[Any], security: Any) -> _Identity:
        """`identify`, without blocking the event loop."""
        found: _Identity = []
        for scheme in self._chosen(operation, security):
            source = self._source(scheme)
            found.append((scheme, None) if source is None else (await source.get_async(self._transport), source))
        return found

    def repair(self, error: APIError, operation: Operation[Any], security: Any, identity: _Identity) -> bool:
        """Whether the same request may succeed with a new token, or with the answer to a challenge."""
        # Each is told, whatever another says.
        answers = [source.refused(error, applied) for applied, source in identity if source is not None]
        return any(answers)

    def authenticate(self, draft: Draft, identity: _Identity, *, has_server: bool) -> None:
        """Add what the schemes add."""
        for applied, _ in identity:
            applied.apply(draft)

    def _chosen(self, operation: Operation[Any], security: Any) -> list[Any]:
        if not operation.security:
            return []
        if security is None:
            security = self._environment()
        for alternative in operation.security:
            found = (getattr(security, self._api.schemes.get(key, ""), None) for key in alternative)
            given = [scheme for scheme in found if scheme is not None]
            if len(given) == len(alternative):
                return given
        wanted = " or ".join(" with ".join(alternative) for alternative in operation.security)
        raise CredentialsError(f"{operation.name} needs {wanted}: pass security= to the client")

    def _environment(self) -> Any:
        """The Security object that the environment describes, which is read once, at the first call that needs it."""
        kind = self._api.security
        if self._from_environment is None and kind is not None:
            self._from_environment = kind(
                **{
                    name: _from_environment(scheme)
                    for name, hint in get_type_hints(kind).items()
                    for scheme in get_args(hint)
                    if hasattr(scheme, "__environment__")
                }
            )
        return self._from_environment

    def _source(self, scheme: Any) -> Source | None:
        open_ = getattr(scheme, "open", None)
        if open_ is None:
            return None
        known = self._sources.get(id(scheme))
        if known is None or known[0] is not scheme:
            # Kept with the scheme, so that its id is not another's; two threads that get here at once share one source.
            known = self._sources.setdefault(id(scheme), (scheme, open_(self._clock, self._servers)))
        return known[1]


def _from_environment(kind: Any) -> Any:
    """A scheme as the environment describes it, None where it lacks something that the scheme needs."""
    values = {name: os.environ[variable] for name, variable in kind.__environment__ if os.environ.get(variable)}
    try:
        return kind(**values) if values else None
    except TypeError:
        return None
