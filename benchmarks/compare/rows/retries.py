"""What is tried again, how often and how soon. Waits are written down, not waited for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.compare.clients.peer import Lacking, Options, Peer
from benchmarks.compare.replies import NO_POOLS, error
from benchmarks.compare.row import row
from benchmarks.compare.server import Reply, Request, Script, Server
from benchmarks.compare.surroundings import environment, recorded_waits


def _attempts(peer: Peer, script: Script | Reply) -> str:
    with Server(script) as server, peer.connect(Options(url=server.url)) as connection, recorded_waits():
        try:
            connection.call("ListIdentityPools", MaxResults=5)
            ended = "then answered"
        except Exception as raised:  # noqa: BLE001  (any client may raise anything)
            ended = f"then {type(raised).__name__}"
        return f"{len(server.requests)} attempt{'s'[: len(server.requests) - 1]}, {ended}"


def _third_time(reply: Reply) -> Callable[[Request, int], Reply]:
    return lambda _request, number: reply if number < 3 else NO_POOLS  # noqa: PLR2004


THIRD = ("3 attempts, then answered",)
ONCE = ("1 attempt", r"1 attempt, then .+")


@row("500 twice, then 200", *THIRD)
def server_error(peer: Peer) -> str:
    return _attempts(peer, _third_time(error("InternalErrorException", 500)))


@row("503 with an HTML page twice, then 200", *THIRD)
def unavailable(peer: Peer) -> str:
    return _attempts(peer, _third_time(Reply(status=503, body=b"<html/>", headers=(("Content-Type", "text/html"),))))


@row("TooManyRequestsException with status 400 twice, then 200", *THIRD)
def too_many(peer: Peer) -> str:
    return _attempts(peer, _third_time(error("TooManyRequestsException")))


@row("ThrottlingException with status 400 twice, then 200", *THIRD)
def throttling(peer: Peer) -> str:
    return _attempts(peer, _third_time(error("ThrottlingException")))


@row("429 without a body twice, then 200", *THIRD)
def status_429(peer: Peer) -> str:
    return _attempts(peer, _third_time(Reply(status=429, body=b"")))


@row("connection closed without an answer twice, then 200", *THIRD)
def dropped(peer: Peer) -> str:
    return _attempts(peer, _third_time(Reply(drop=True)))


@row("ResourceNotFoundException: no use in trying again", *ONCE)
def not_found(peer: Peer) -> str:
    return _attempts(peer, error("ResourceNotFoundException"))


@row("429 with x-amz-retry-after: 2500 (milliseconds)", "waits 2.5 s")
def retry_after(peer: Peer) -> str:
    slow = Reply(status=429, body=b"", headers=(("x-amz-retry-after", "2500"),))
    script: Script = lambda _request, number: slow if number == 1 else NO_POOLS  # noqa: E731
    with Server(script) as server, peer.connect(Options(url=server.url)) as connection, recorded_waits() as waits:
        connection.call("ListIdentityPools", MaxResults=5)
    return f"waits {max(waits):.1f} s" if max(waits) == 2.5 else "waits as without it"  # noqa: PLR2004


@row("a service that is down: requests for 60 calls", "quota ends retries", r".*\(quota ends retries\)")
def quota(peer: Peer) -> str:
    with Server(error("InternalErrorException", 500)) as server, peer.connect(Options(url=server.url)) as connection:
        with recorded_waits():
            for _ in range(60):
                with contextlib.suppress(Exception):
                    connection.call("ListIdentityPools", MaxResults=5)
        sent = len(server.requests)
    if sent == 60:  # noqa: PLR2004
        return "60 (no retries)"
    return f"{sent} ({'quota ends retries' if sent < 180 else 'no quota'})"  # noqa: PLR2004


@row("retry mode `adaptive` in code", "accepted")
def adaptive(peer: Peer) -> str:
    with Server(NO_POOLS) as server, peer.connect(Options(url=server.url, retry_mode="adaptive")) as connection:
        connection.call("ListIdentityPools", MaxResults=5)
    return "accepted"


@row("AWS_RETRY_MODE=legacy (5 attempts, no quota), 500 for ever", "5 attempts", r"5 attempts, then .+")
def legacy(peer: Peer) -> str:
    with environment(AWS_RETRY_MODE="legacy"):
        return _attempts(peer, error("InternalErrorException", 500))


@row("AWS_MAX_ATTEMPTS=4, 500 for ever", "4 attempts", r"4 attempts, then .+")
def attempts_by_environment(peer: Peer) -> str:
    with environment(AWS_MAX_ATTEMPTS="4"):
        return _attempts(peer, error("InternalErrorException", 500))


@row("one call without retries, of a client with them; 429 for ever", "1 attempt")
def without_retries(peer: Peer) -> str:
    with (
        Server(Reply(status=429, body=b"")) as server,
        peer.connect(Options(url=server.url, attempts=3)) as connection,
        recorded_waits(),
    ):
        try:
            peer.without_retries(connection, "ListIdentityPools", MaxResults=5)
        except Lacking:
            raise
        except Exception:  # noqa: BLE001  (that it fails is known)
            return f"{len(server.requests)} attempt{'s'[: len(server.requests) - 1]}"
    return "answered"


_SKEW = timedelta(hours=3)


def _strict_clock(request: Request, _number: int) -> Reply:
    """A service whose clock is three hours ahead of ours, and that refuses what is off by five minutes."""
    now = datetime.now(UTC) + _SKEW
    signed = datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if abs(now - signed) < timedelta(minutes=5):
        return Reply(body=NO_POOLS.body, clock=_SKEW)
    return error("InvalidSignatureException", message="Signature expired", clock=_SKEW)


@row("this machine's clock is 3 hours slow: two calls", "answered after 2 and 1 attempts")
def skew(peer: Peer) -> str:
    counts = []
    with Server(_strict_clock) as server, peer.connect(Options(url=server.url)) as connection, recorded_waits():
        for _ in range(2):
            before = len(server.requests)
            try:
                connection.call("ListIdentityPools", MaxResults=5)
            except Exception as raised:  # noqa: BLE001  (any client may raise anything)
                return f"fails: {peer.failure(raised).code or type(raised).__name__}"
            counts.append(len(server.requests) - before)
    return f"answered after {counts[0]} and {counts[1]} attempts"
