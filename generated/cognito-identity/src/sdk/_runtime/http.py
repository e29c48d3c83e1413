"""What goes to a transport and what comes back: plain values, shared by the blocking and the asyncio client.

A transport moves bytes. It refuses to know about operations, retries or authentication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from .errors import RequestError

if TYPE_CHECKING:
    from .uploads import Upload

__all__ = [
    "AsyncStreamedResponse",
    "AsyncTransport",
    "HTTPRequest",
    "HTTPResponse",
    "Headers",
    "Origin",
    "StreamedResponse",
    "Timeout",
    "Transport",
]


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port: what a connection is made to (RFC 6454, section 4).

    Attributes:
        scheme: `http` or `https`.
        host: Lower-case host name or address, IPv6 without brackets.
        port: Always a number; the scheme's default where the URL named none.
    """

    scheme: str
    host: str
    port: int

    def __hash__(self) -> int:
        return hash(self.host)  # enough to tell most apart, and asked for several times per call

    @property
    def authority(self) -> str:
        """Value of the Host header: the port is left out where it is the scheme's default (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


class Headers(Mapping[str, str]):
    """Header fields of a reply: a case-insensitive mapping, several fields of one name joined by `, ` (RFC 9110,
    5.3).
    """

    __slots__ = ("_folded", "_raw", "_undecoded")

    def __init__(self, raw: Iterable[tuple[str, str]], undecoded: list[tuple[bytes, bytes]] | None = None) -> None:
        self._raw: tuple[tuple[str, str], ...] = tuple(raw)
        self._undecoded = undecoded  # as they arrived, instead of `raw`: Latin-1 text, decoded on first use
        self._folded: dict[str, str] | None = None

    @property
    def raw(self) -> tuple[tuple[str, str], ...]:
        """Names and values as they arrived, in their order."""
        fields = self._undecoded
        if fields is not None:
            self._raw = tuple([(name.decode("latin-1"), value.decode("latin-1")) for name, value in fields])
            self._undecoded = None
        return self._raw

    def _fold(self) -> dict[str, str]:
        # On first use: most replies are read without looking at more than their body.
        folded = self._folded
        if folded is None:
            folded = {}
            for name, value in self.raw:
                key = name.lower()
                folded[key] = f"{folded[key]}, {value}" if key in folded else value
            self._folded = folded
        return folded

    def __getitem__(self, name: str) -> str:
        return self._fold()[name.lower()]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._fold()

    def __iter__(self) -> Iterator[str]:
        return iter(self._fold())

    def __len__(self) -> int:
        return len(self._fold())

    def __repr__(self) -> str:
        # Names only: values may be cookies or tokens.
        return f"Headers({', '.join(self)})"


@dataclass(slots=True)
class HTTPRequest:
    """One request, ready to be sent.

    Attributes:
        method: `GET`, `POST` ...
        origin: Where to connect to.
        target: Path and query as they go on the wire, beginning with `/`.
        headers: Names and values in the order they are sent, without Host and Content-Length, which the transport adds.
        body: The body; empty for none.
        attempt: Which attempt of its call this is; it does not travel.
        upload: What is sent in place of `body`, read while it is sent.
        keeps_coding: Whether the body of a success stays in its content coding, which is the stored thing's own.
    """

    method: str
    origin: Origin
    target: str
    headers: list[tuple[str, str]]
    body: bytes = b""
    attempt: int = 1
    upload: Upload | None = None
    keeps_coding: bool = False

    def __repr__(self) -> str:
        # Without path and query: both may hold what must not be shown.
        return f"HTTPRequest({self.method} {self.origin.scheme}://{self.origin.authority})"


@dataclass(slots=True)
class HTTPResponse:
    """One reply, its body read to the end and its content coding undone."""

    status_code: int
    headers: Headers
    body: bytes
    reason: str = ""

    def __repr__(self) -> str:
        return f"HTTPResponse({self.status_code}, {len(self.body)} bytes)"


@dataclass(frozen=True, slots=True)
class Timeout:
    """Limits in seconds; None means no limit.

    Attributes:
        connect: For name resolution, connection and TLS handshake together.
        read: For each wait for bytes of the reply.
        write: For each wait to write bytes of the request.
        pool: For a free connection.
        total: For the whole call, all attempts together.
    """

    connect: float | None = 10.0
    read: float | None = 60.0
    write: float | None = 60.0
    pool: float | None = 60.0
    total: float | None = None

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise RequestError(f"timeout.{name} is {value!r}; it takes a number of seconds above 0, or None")

    @classmethod
    def of(cls, value: Timeout | float | None) -> Timeout:
        """A `Timeout` as it is; a number as the limit of the whole call; None as the defaults."""
        if isinstance(value, Timeout):
            return value
        return cls() if value is None else cls(total=float(value))


class StreamedResponse(Protocol):
    """One reply whose body is read as it arrives, its content coding undone.

    Attributes:
        head: Status and header fields; its body is empty.
    """

    head: HTTPResponse

    def read(self) -> bytes:
        """Wait for the next piece of the body; `b""` at its end, where the stream closes itself.

        Raises:
            TransportError: The body broke off, or did not go on in time.
            ResponseError: Its content coding is broken, or the stream was closed before its end.
        """
        ...

    def read_all(self) -> bytes:
        """The rest of the body.

        Raises:
            TransportError: As `read`.
            ResponseError: As `read`; or it is larger than the transport takes in at once.
        """
        ...

    def close(self) -> None:
        """Read no more; a second call does nothing."""
        ...


class AsyncStreamedResponse(Protocol):
    """The asyncio twin of `StreamedResponse`."""

    head: HTTPResponse

    async def read(self) -> bytes:
        """Like `StreamedResponse.read`; where it is cancelled, nothing is lost."""
        ...

    async def read_all(self) -> bytes:
        """Like `StreamedResponse.read_all`."""
        ...

    async def aclose(self) -> None:
        """Read no more; a second call does nothing."""
        ...


@runtime_checkable
class Transport(Protocol):
    """What the blocking client sends through. Implementations are safe to use from several threads.

    One that has a method `open` too, which takes the same and returns a `StreamedResponse` once the head is there, is
    asked for streams; without it, a stream is read to its end before its first piece is handed over.
    """

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Send `request` once and return the whole reply.

        `timeout.total` is what is left of the call's limit, and bounds this attempt too.

        Raises:
            TransportError: No complete reply arrived.
        """
        ...

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        ...


@runtime_checkable
class AsyncTransport(Protocol):
    """What the asyncio client sends through; for streams as `Transport`, with a coroutine `open`."""

    async def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Like `Transport.send`; cancelling it leaves no connection behind in an unknown state."""
        ...

    async def aclose(self) -> None:
        """Close every connection; a second call does nothing."""
        ...
