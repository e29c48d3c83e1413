"""What the four clients have in common, as far as rows need it: calls by the service's own names."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self

KEYS = ("AKIDEXPLICIT", "explicit-secret")


class Lacking(Exception):
    """The client has no such thing; the text says what it has instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a client is made with.

    Attributes:
        url: Server, None for the service's own.
        region: None for whatever the client finds.
        keys: Whether access keys are given in code.
        attempts: In all, None for the client's default.
        seconds: Limit of a call, by whatever setting comes nearest to that.
        fips: Whether to call the FIPS endpoint.
        dual_stack: Whether to call the dual stack endpoint.
        retry_mode: None for the client's default.
        strict: Whether requests are checked as strictly as the client can.
        hook: Called once for each request that is sent, by whatever the client calls a hook.
    """

    url: str | None = None
    region: str | None = "us-east-1"
    keys: bool = True
    attempts: int | None = None
    seconds: float | None = None
    fips: bool = False
    dual_stack: bool = False
    retry_mode: str | None = None
    strict: bool = False
    hook: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What an exception tells; None for what it doesn't."""

    code: str | None = None
    message: str | None = None
    status: int | None = None
    request_id: str | None = None


class Connection(ABC):
    """A client, made."""

    @abstractmethod
    def call(self, operation: str, **members: Any) -> Any:
        """Call an operation by the service's names; results and exceptions are the client's own."""

    @abstractmethod
    def close(self) -> None:
        """Close it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncConnection(ABC):
    """A client for asyncio, made."""

    @abstractmethod
    def call(self, operation: str, **members: Any) -> Awaitable[Any]:
        """As with a blocking client, to be awaited."""

    @abstractmethod
    async def close(self) -> None:
        """Close it."""


class Peer(ABC):
    """One of the clients that are compared."""

    name: str
    distribution: str
    module: str
    """What a user imports."""
    roots: tuple[str, ...]
    """Packages whose exceptions are the client's own."""
    log_names: tuple[str, ...]
    """Loggers that a user would switch on."""

    @abstractmethod
    def connect(self, options: Options) -> Connection:
        """Make a client."""

    @abstractmethod
    def failure(self, error: BaseException) -> Failure:
        """What an exception of the client tells."""

    @abstractmethod
    def at(self, result: Any, *path: str | int) -> Any:
        """What stands in a result, by the service's names."""

    @abstractmethod
    def items(self, connection: Any, operation: str, key: str, **members: Any) -> Iterator[Any]:
        """The items of all pages, by the client's own means."""

    def request_id(self, result: Any) -> str | None:
        """The request id of a result."""
        raise Lacking("none")

    def attempts(self, result: Any) -> int:
        """How many requests a result took."""
        raise Lacking("not told")

    async def open_async(self, options: Options) -> AsyncConnection:
        """Make a client for asyncio."""
        raise Lacking("no asyncio client")

    def to_json(self, result: Any) -> str:
        """A result as JSON text under the service's names."""
        raise Lacking("none")

    def stubbed(self) -> str:
        """What a call answers that goes to the stub of the package."""
        raise Lacking("none")

    def stubbed_wrongly(self) -> str:
        """What becomes of an answer that the model does not allow."""
        raise Lacking("no stub")

    def without_retries(self, connection: Any, operation: str, **members: Any) -> Any:
        """A call that is not tried again, of a client whose calls are."""
        raise Lacking("no such option of a call")

    def is_own(self, error: BaseException) -> bool:
        """Whether an exception's class is one of the client's."""
        return type(error).__module__.partition(".")[0] in self.roots


def snake(name: str) -> str:
    """`IdentityPoolId` as `identity_pool_id`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
