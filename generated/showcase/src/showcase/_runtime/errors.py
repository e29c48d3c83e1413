"""Every exception a client raises, in one tree.

    SDKError
     +-- ConfigurationError        the client cannot be used as configured (no region, malformed profile ...)
     |    +-- CredentialsError     no usable credentials for an operation that must be signed
     +-- RequestError              the arguments of a call cannot be sent (also a ValueError)
     +-- TransportError            no complete reply arrived
     |    +-- ConnectError         no connection could be made: nothing was sent
     |    |    +-- DNSError
     |    |    +-- ConnectTimeout
     |    |    +-- TLSError
     |    |    +-- ProxyError
     |    +-- ConnectionLost       the connection broke; the request may have been sent
     |    |    +-- IncompleteRead  it broke inside the reply
     |    +-- ProtocolError        what arrived is not HTTP/1.1, or contradicts itself
     |    +-- ReadTimeout
     |    +-- WriteTimeout
     |    +-- PoolTimeout          no connection became free in time
     |    +-- DeadlineExceeded     the whole call took longer than `timeout.total`
     |    +-- ClientClosed         the client was closed before the call
     +-- ResponseError             a reply arrived but cannot be read
     |    +-- DecodeError          its body is not what the API documents
     |    +-- PaginationError      its pages do not lead to an end
     +-- APIError                  the server answered with an error; documented errors have a subclass each

Messages never hold header values, credentials or bodies beyond a short, escaped excerpt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

if TYPE_CHECKING:
    from .http import Headers, HTTPResponse

__all__ = [
    "APIError",
    "ClientClosed",
    "ConfigurationError",
    "ConnectError",
    "ConnectTimeout",
    "ConnectionLost",
    "CredentialsError",
    "DNSError",
    "DeadlineExceeded",
    "DecodeError",
    "IncompleteRead",
    "PaginationError",
    "PoolTimeout",
    "ProtocolError",
    "ProxyError",
    "ReadTimeout",
    "RequestError",
    "ResponseError",
    "SDKError",
    "TLSError",
    "TransportError",
    "Violation",
    "WriteTimeout",
]


class SDKError(Exception):
    """Base of all errors. Every attribute exists on every error; what does not apply is None.

    Attributes:
        message: What went wrong, in one line.
        code: The error code of the API, such as `ResourceNotFoundException`, or None.
        status_code: HTTP status of the reply, or None where there was none.
        headers: Headers of the reply (case-insensitive mapping), empty where there was none.
        request_id: The id by which the API's operators find the request, or None.
        operation: The operation, as the API calls it, or None where the call had not begun.
        attempts: How many requests were sent for the call.
        retryable: Whether the same call may succeed later.
        raw_response: The reply as it arrived, or None.
    """

    default_retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        raw_response: HTTPResponse | None = None,
        request_id: str | None = None,
        attempts: int = 0,
        retryable: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.raw_response = raw_response
        self.request_id = request_id
        self.operation: str | None = None
        self.attempts = attempts
        self.retryable = self.default_retryable if retryable is None else retryable

    @property
    def status_code(self) -> int | None:
        """HTTP status of the reply, or None where there was none."""
        return None if self.raw_response is None else self.raw_response.status_code

    @property
    def headers(self) -> Headers:
        """Headers of the reply; empty where there was none."""
        if self.raw_response is None:
            from .http import Headers  # here, because http.py imports this module

            return Headers(())
        return self.raw_response.headers

    def __str__(self) -> str:
        details = [self.message] if self.message else []
        if self.code is not None:
            details.insert(0, f"{self.code}:" if self.message else self.code)
        facts = [
            f"{label} {value}"
            for label, value in (("status", self.status_code), ("request id", self.request_id))
            if value is not None
        ]
        if facts:
            details.append(f"({', '.join(facts)})")
        return " ".join(details)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception's own pickling calls the class with `args` alone, which loses the attributes.
        return (type(self), (self.message,), self.__dict__.copy())


class ConfigurationError(SDKError):
    """The client cannot be used as it is configured; the message says what to set."""


class CredentialsError(ConfigurationError):
    """No usable credentials were found for an operation that must be authenticated."""


class Violation(NamedTuple):
    """A value that cannot be sent.

    Attributes:
        path: The way to it: `rules[0].claim`, `tags['name']`.
        message: What is wrong. The value itself is never in it, as any may be a secret.
        constraint: The keyword of JSON Schema that is violated, such as `type`, `required` or `maxLength`.
    """

    path: str
    message: str
    constraint: str


class RequestError(SDKError, ValueError):
    """The arguments of a call cannot be sent; nothing was sent.

    Attributes:
        violations: Every value that is not as the API describes it; empty where something else is wrong.
    """

    def __init__(self, message: str = "", *, violations: tuple[Violation, ...] = (), **attributes: Any) -> None:
        super().__init__(message, **attributes)
        self.violations = violations


class TransportError(SDKError):
    """No complete reply arrived. `request_sent` says whether the server may have seen the request."""

    default_retryable = True

    def __init__(self, message: str = "", *, request_sent: bool = True, **attributes: Any) -> None:
        super().__init__(message, **attributes)
        self.request_sent = request_sent


class ConnectError(TransportError):
    """No connection could be made, so nothing was sent."""

    def __init__(self, message: str = "", *, request_sent: bool = False, **attributes: Any) -> None:
        super().__init__(message, request_sent=request_sent, **attributes)


class DNSError(ConnectError):
    """The host's name could not be resolved."""


class ConnectTimeout(ConnectError, TimeoutError):
    """The connection, its TLS handshake included, was not there within `timeout.connect`."""


class TLSError(ConnectError):
    """The TLS handshake failed: wrong host, expired or untrusted certificate, not a TLS server. Never retried."""

    default_retryable = False


class ProxyError(ConnectError):
    """The proxy refused to connect."""


class ConnectionLost(TransportError):
    """The connection broke before the reply was complete; the server may have acted on the request."""


class IncompleteRead(ConnectionLost):
    """The connection ended inside the reply's body."""


class ProtocolError(TransportError):
    """What arrived is not a valid HTTP/1.1 reply (RFC 9112)."""

    default_retryable = False


class ReadTimeout(TransportError, TimeoutError):
    """No byte arrived for `timeout.read` seconds."""


class WriteTimeout(TransportError, TimeoutError):
    """No byte could be written for `timeout.write` seconds."""


class PoolTimeout(TransportError, TimeoutError):
    """Every connection stayed busy for `timeout.pool` seconds."""

    def __init__(self, message: str = "", *, request_sent: bool = False, **attributes: Any) -> None:
        super().__init__(message, request_sent=request_sent, **attributes)


class DeadlineExceeded(TransportError, TimeoutError):
    """The call, all attempts together, took longer than `timeout.total` seconds."""

    default_retryable = False


class ClientClosed(TransportError):
    """The client was closed; make a new one."""

    default_retryable = False

    def __init__(self, message: str = "the client is closed", *, request_sent: bool = False, **attributes: Any) -> None:
        super().__init__(message, request_sent=request_sent, **attributes)


class ResponseError(SDKError):
    """A reply arrived, but it cannot be read as what the API documents."""


class DecodeError(ResponseError):
    """The reply's body is not what the API documents; the message says where."""


class PaginationError(ResponseError):
    """The server leads from page to page without an end, or a page is not one that a client of this kind fetched."""


class APIError(SDKError):
    """The server answered with an error. Documented errors have a subclass each, named after their code.

    Attributes:
        data: The decoded error document, plain dicts and lists, or None.
        details: The same in the type that the API documents for it; None where it documents none, or where it is not
            of that type.
        throttled: Whether the server refused because it is asked too much.
    """

    def __init__(
        self, message: str = "", *, data: Any = None, details: Any = None, throttled: bool = False, **attributes: Any
    ) -> None:
        super().__init__(message, **attributes)
        self.data = data
        self.details = details
        self.throttled = throttled
