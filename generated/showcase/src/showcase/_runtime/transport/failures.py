"""What the system reports, as errors of this package: in words that name host and port, never a value that was sent."""

from __future__ import annotations

from ..errors import ConnectError, ConnectTimeout, DNSError, ReadTimeout, ResponseError, WriteTimeout
from ..http import Origin


def describe(error: OSError) -> str:
    """The system's words for `error`."""
    return error.strerror or str(error) or type(error).__name__


def is_timeout(error: OSError) -> bool:
    """Whether a limit of ours ran out; the kernel giving up on a peer (ETIMEDOUT) is a broken connection."""
    return isinstance(error, TimeoutError) and error.errno is None


def read_timeout(limit: float | None) -> ReadTimeout:
    """The error for a reply that does not come, or does not go on."""
    return ReadTimeout(f"no byte of the reply arrived{_for(limit)}")


def write_timeout(limit: float | None, *, request_sent: bool = True) -> WriteTimeout:
    """The error for a server that does not take the request."""
    return WriteTimeout(f"the server took no byte of the request{_for(limit)}", request_sent=request_sent)


def connect_timeout(origin: Origin, limit: float | None) -> ConnectTimeout:
    """The error for a connection that was not there in time."""
    within = "in time" if limit is None else f"within {limit:g} seconds"
    return ConnectTimeout(f"no connection to {origin.host}:{origin.port} {within}")


def unknown_host(origin: Origin, error: OSError | UnicodeError) -> DNSError:
    """The error for a name without an address."""
    why = describe(error) if isinstance(error, OSError) else "it is not a valid name"
    return DNSError(f"the host name {origin.host} cannot be resolved: {why}")


def refused(origin: Origin, error: OSError) -> ConnectError:
    """The error for a connection that was not accepted."""
    failure = ConnectError(f"cannot connect to {origin.host}:{origin.port}: {describe(error)}")
    failure.__cause__ = error
    return failure


def no_address(origin: Origin, last: OSError | None) -> Exception:
    """The error after the last address failed with `last`; a timeout stays one, for the caller knows the limits."""
    if last is None:
        return DNSError(f"the host name {origin.host} has no address")
    return last if isinstance(last, TimeoutError) else refused(origin, last)


def too_large(limit: int) -> ResponseError:
    """The error for a body of more than `limit` bytes."""
    return ResponseError(f"the body of the reply is larger than the limit of {limit} bytes")


def _for(limit: float | None) -> str:
    return "" if limit is None else f" for {limit:g} seconds"
