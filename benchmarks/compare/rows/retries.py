"""What is tried again, how often and how soon. Waits are written down, not waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from ..clients.peer import Options, Peer
from ..replies import NO_POOLS, error
from ..row import row
from ..server import Reply, Request, Script, Server
from ..surroundings import recorded_waits


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
                try:
                    connection.call("ListIdentityPools", MaxResults=5)
                except Exception:  # noqa: BLE001, S110  (that it fails is known)
                    pass
        sent = len(server.requests)
    if sent == 60:  # noqa: PLR2004
        return "60 (no retries)"
    return f"{sent} ({'quota ends retries' if sent < 180 else 'no quota'})"  # noqa: PLR2004


def _modes(peer: Peer, mode: str) -> str:
    with Server(NO_POOLS) as server, peer.connect(Options(url=server.url, retry_mode=mode)) as connection:
        connection.call("ListIdentityPools", MaxResults=5)
    return "accepted"


@row("retry mode `adaptive`", "accepted")
def adaptive(peer: Peer) -> str:
    return _modes(peer, "adaptive")


@row("retry mode `legacy`", "accepted")
def legacy(peer: Peer) -> str:
    return _modes(peer, "legacy")


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
