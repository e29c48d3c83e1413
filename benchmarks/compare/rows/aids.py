"""What surrounds the calls of a program: hooks, tests, logs, secrets."""

from __future__ import annotations

import contextlib
import io
import logging
import traceback
from dataclasses import replace
from typing import Any

from benchmarks.compare.clients.peer import Lacking, Options, Peer
from benchmarks.compare.replies import CREDENTIALS, IDENTITY_ID, NO_POOLS, POOL_ID, error
from benchmarks.compare.row import Cell, row
from benchmarks.compare.server import Reply, Request, Server
from benchmarks.compare.surroundings import environment, recorded_waits

LOGIN = "canary-login-token"
_CANARIES = {
    LOGIN: "login token",
    "canary-secret-key": "SecretKey",
    "canary-session-token": "SessionToken",
    "canary-own-secret": "own secret",
    "canary-own-token": "own session token",
}


def _leaks(text: str) -> str:
    found = [name for canary, name in _CANARIES.items() if canary in text]
    return f"shown: {', '.join(found)}" if found else "none shown"


def _get_credentials(peer: Peer, url: str) -> Any:
    with peer.connect(Options(url=url, attempts=1)) as connection:
        return connection.call("GetCredentialsForIdentity", IdentityId=IDENTITY_ID, Logins={"example.com": LOGIN})


@row("secrets in the repr of a result (GetCredentialsForIdentity)", "none shown")
def repr_of_result(peer: Peer) -> str:
    with Server(CREDENTIALS) as server:
        return _leaks(repr(_get_credentials(peer, server.url)))


@row("secrets in the repr of a request (Logins)", "none shown")
def repr_of_request(peer: Peer) -> str:
    given: dict[str, Any] = {"identity_id": IDENTITY_ID, "logins": {"example.com": LOGIN}}
    if peer.name == "aws-sdk":
        from aws_sdk_cognito_identity.models import GetCredentialsForIdentityInput

        return _leaks(repr(GetCredentialsForIdentityInput(**given)))
    if peer.name == "sdkpress":
        from sdk.models.shared import GetCredentialsForIdentityInput

        return _leaks(repr(GetCredentialsForIdentityInput(**given)))
    raise Lacking("no request objects: dicts and arguments")


@row("secrets in DEBUG logs: a call with tokens, keys from the environment", "none shown")
def debug_logs(peer: Peer) -> str | Cell:
    with Server(CREDENTIALS) as server:
        text = _logged(lambda: _two_calls(peer, server.url))
    return Cell("nothing is logged", good=True) if not text else _leaks(text)


def _two_calls(peer: Peer, url: str) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "canary-own-secret"}
    with (
        environment(**keys, AWS_SESSION_TOKEN="canary-own-token"),  # noqa: S106  (what must not be seen)
        peer.connect(Options(url=url, keys=False, attempts=1)) as connection,
    ):
        connection.call("GetCredentialsForIdentity", IdentityId=IDENTITY_ID, Logins={"example.com": LOGIN})
        connection.call("ListIdentityPools", MaxResults=5)


def _logged(work: Any) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        work()
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
    return stream.getvalue()


@row("DEBUG logs tell of a call", "operation and status", r"operation and status")
def logs_tell(peer: Peer) -> str:
    with Server(error("ResourceNotFoundException", 404)) as server, peer.connect(Options(url=server.url)) as made:

        def call() -> None:
            with contextlib.suppress(Exception):
                made.call("DescribeIdentityPool", IdentityPoolId=POOL_ID)

        text = _logged(call)
    lines = [line for line in text.splitlines() if not line.startswith("Using selector")]
    if not lines:
        raise Lacking("nothing is logged")
    told = [
        word
        for word, signs in (("operation", ("DescribeIdentityPool", "describe_identity_pool")), ("status", ("404",)))
        if any(sign in text for sign in signs)
    ]
    return " and ".join(told) or "neither"


@row("secrets in the traceback of a failed call", "none shown")
def traceback_shows(peer: Peer) -> str:
    with Server(error("NotAuthorizedException")) as server:
        try:
            _get_credentials(peer, server.url)
        except Exception as raised:  # noqa: BLE001  (any client may raise anything)
            whole = traceback.TracebackException.from_exception(raised)
            return _leaks("".join(whole.format()))
    return "no exception"


@row("a hook, over a call of three attempts", "called for each attempt")
def hooks(peer: Peer) -> str:
    calls: list[None] = []

    def script(_request: Request, number: int) -> Reply:
        return Reply(status=429, body=b"") if number < 3 else NO_POOLS  # noqa: PLR2004

    options = Options(hook=lambda: calls.append(None))
    with (
        Server(script) as server,
        recorded_waits(),
        peer.connect(replace(options, url=server.url)) as connection,
    ):
        connection.call("ListIdentityPools", MaxResults=5)
    return "called for each attempt" if len(calls) == 3 else f"called {len(calls)} times"  # noqa: PLR2004


@row("a stub for tests comes with it", "answers without a network")
def stub(peer: Peer) -> str:
    return peer.stubbed()


@row("the stub refuses an answer that the model does not allow", "refused", r"refused.*")
def strict_stub(peer: Peer) -> str:
    return peer.stubbed_wrongly()


@row("an application id in the User-Agent (AWS_SDK_UA_APP_ID)", "sent")
def application_id(peer: Peer) -> str:
    with (
        environment(AWS_SDK_UA_APP_ID="my-application"),
        Server(NO_POOLS) as server,
        peer.connect(Options(url=server.url)) as connection,
    ):
        connection.call("ListIdentityPools", MaxResults=5)
        agent = server.requests[0].headers.get("user-agent", "")
    return "sent" if "app/my-application" in agent else "not sent"


@row("presigned URLs", "made")
def presigned(peer: Peer) -> str:
    with peer.connect(Options(url="http://127.0.0.1:9")) as connection:
        native: Any = getattr(connection, "native", None)
        if make := getattr(native, "generate_presigned_url", None):
            url = make("list_identity_pools", Params={"MaxResults": 5})
        elif presign := getattr(native, "presign", None):
            url = presign(native.list_identity_pools, max_results=5).url
        else:
            raise Lacking("none")
        return "made" if "X-Amz-Signature" in url else "made without one"
