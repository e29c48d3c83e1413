"""A whole session with secrets everywhere, watched and logged by all that can watch and log: none of them is seen.

Each secret is a canary of its own, so that a leak says which one it was; and each is shown to have travelled, so that
silence means something.
"""

from __future__ import annotations

import itertools
import json
import logging
import shlex
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sdk.hooks import AttemptEnd, AttemptStart, Event, Hooks
from sdk.models import errors, shared
from tests.clients.callers import Connect, key_pair
from tests.clients.held_clock import HeldClock
from tests.clients.metadata import CONTAINER, metadata_service
from tests.clients.operation_case import IDENTITY_ID, POOL_ID
from tests.clients.stub import Recorded, Reply, Stub
from tests.clients.test_hooks import Recorder
from tests.clients.test_secrets import rendering_by_rich, renderings

NAMES = (
    "secret-key",
    "session-token",
    "prepared",
    "login",
    "extra-header",
    "hook-header",
    "reply-secret",
    "reply-session",
    "reply-token",
    "cookie",
    "error-data",
    "container-token",
    "instance-session",
)
CANARIES = {name: f"canary-{name}-canary" for name in NAMES}
LOGINS = {"accounts.google.com": CANARIES["login"]}
EXTRA = {"X-Api-Key": CANARIES["extra-header"]}
COOKIE = ("Set-Cookie", f"session={CANARIES['cookie']}; Secure")
_JSON = ("Content-Type", "application/x-amz-json-1.1")


def reply(document: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(document).encode(), status, (_JSON, ("x-amzn-RequestId", "id-1"), COOKIE))


DATA = {"Logins": LOGINS, "Token": CANARIES["error-data"]}
CREDENTIALS = {
    "IdentityId": IDENTITY_ID,
    "Credentials": {
        "AccessKeyId": "ASIA",
        "SecretKey": CANARIES["reply-secret"],
        "SessionToken": CANARIES["reply-session"],
    },
}
EXPIRED = reply({"__type": "ExpiredTokenException", "message": "expired", **DATA}, 400)
THROTTLED = reply({"__type": "TooManyRequestsException", "message": "slowly", **DATA}, 400)
REFUSED = reply({"__type": "NotAuthorizedException", "message": "no", **DATA}, 400)
TOKEN = reply({"IdentityId": IDENTITY_ID, "Token": CANARIES["reply-token"]})


class Scripts(Stub):
    """Answers each operation with one prepared reply after the other; the last one stays."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = {
            "GetCredentialsForIdentity": [THROTTLED, reply(CREDENTIALS)],
            "GetOpenIdToken": [Reply(b"", 503), TOKEN],
            "GetOpenIdTokenForDeveloperIdentity": [EXPIRED, TOKEN],
            "GetId": [REFUSED],
            "UnlinkIdentity": [Reply(TOKEN.body[:-4])],
            "ListIdentityPools": [reply({"IdentityPools": []})],
            "DescribeIdentityPool": [Reply(f"<html>{'x' * 9}</html>".encode(), 500)],
            "ListIdentities": [Reply(TOKEN.body[:-4])],
        }

    def answer(self, request: Recorded) -> Reply:
        self.requests.append(request)
        script = self.scripts[request.operation]
        return script.pop(0) if len(script) > 1 else script[0]


class Meter(Recorder):
    """Sees everything, and adds a header that nobody else may see."""

    def __init__(self) -> None:
        super().__init__(headers={"X-Gateway-Token": CANARIES["hook-header"]})


class Audit(Hooks):
    """Reads what it is not shown by `repr`, as an audit does."""

    def __init__(self) -> None:
        self.seen = ""

    def before_attempt(self, event: AttemptStart) -> None:
        self.seen += str(event.request.headers) + str(event.request.body)

    def after_attempt(self, event: AttemptEnd) -> None:
        self.seen += str(event.request.headers)
        if event.response is not None:
            self.seen += str(event.response.headers.raw) + str(event.response.body)


@contextmanager
def from_code(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[shared.Security | None]:
    yield key_pair("AKID", CANARIES["secret-key"], CANARIES["session-token"])


@contextmanager
def prepared(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[shared.Security | None]:
    yield shared.Security(hmac=shared.SchemeHmac(api_key=CANARIES["prepared"]))


def documents(token: str) -> Iterator[dict[str, str]]:
    """Credentials, and other ones each time they are renewed."""
    for number in itertools.count(1):
        yield {
            "AccessKeyId": f"ASIA{number}",
            "SecretAccessKey": CANARIES["secret-key"],
            token: CANARIES["session-token"],
            "Expiration": "2999-01-01T00:00:00Z",
        }


@contextmanager
def from_process(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[shared.Security | None]:
    script, output = home / "program.py", json.dumps({"Version": 1, **next(documents("SessionToken"))})
    script.write_text(f"import sys; sys.stderr.write({CANARIES['secret-key']!r}); print({output!r})")
    (home / ".aws").mkdir()
    command = shlex.join([sys.executable, "-S", "-E", str(script)])
    (home / ".aws" / "config").write_text(f"[default]\ncredential_process = {command}\n")
    yield None


@contextmanager
def from_container(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[shared.Security | None]:
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", CANARIES["container-token"])
    with metadata_service(documents("Token"), session="") as url:
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{url}{CONTAINER}")
        yield None


@contextmanager
def from_instance(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[shared.Security | None]:
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    with metadata_service(documents("Token"), session=CANARIES["instance-session"]) as url:
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)
        yield None


SOURCES = (from_code, prepared, from_process, from_container, from_instance)
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("get_id", {"identity_pool_id": POOL_ID, "logins": LOGINS}),
    ("get_credentials_for_identity", {"identity_id": IDENTITY_ID, "logins": LOGINS}),
    ("get_open_id_token", {"identity_id": IDENTITY_ID, "logins": LOGINS}),
    ("unlink_identity", {"identity_id": IDENTITY_ID, "logins": LOGINS, "logins_to_remove": []}),
    ("get_open_id_token_for_developer_identity", {"identity_pool_id": POOL_ID, "logins": LOGINS}),
    ("list_identity_pools", {"max_results": 1}),
    ("describe_identity_pool", {"identity_pool_id": POOL_ID}),
    ("list_identities", {"identity_pool_id": POOL_ID, "max_results": 1}),
    ("list_identities", {"identity_pool_id": POOL_ID, "max_results": 1, "extra_headers": {"Host": CANARIES["login"]}}),
    ("list_identities", {"max_results": 1, "logins": LOGINS}),
)


def session(call: Any) -> list[object]:
    """Every call; what came of each."""
    outcomes: list[object] = []
    for method, arguments in CALLS:
        try:
            outcomes.append(call(method, **{"extra_headers": EXTRA, **arguments}))
        except (errors.SDKError, TypeError) as error:
            outcomes.append(error)
    return outcomes


def shown(outcomes: list[object], events: list[Event], records: list[logging.LogRecord]) -> Iterator[str]:
    """Whatever a program would print, log or send to a collector of errors."""
    for outcome in outcomes:
        yield from (*renderings(outcome), rendering_by_rich(outcome))
        if isinstance(outcome, BaseException):
            yield "".join(traceback.format_exception(outcome))
    for event in events:
        yield from (*renderings(event), rendering_by_rich(event))
    for record in records:
        yield logging.Formatter().format(record)
        yield str(vars(record))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_a_session_shows_no_secret(
    source: Any, connect: Connect, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    meter, audit = Meter(), Audit()
    with source(home, monkeypatch) as security, Scripts() as server:
        call = connect(
            security=security,
            server_url=server.url,
            region="us-east-1",
            clock=HeldClock(),
            retries=2,
            hooks=[meter, audit],
        )
        outcomes = session(call)

    kinds = [type(outcome).__name__ for outcome in outcomes]
    assert kinds == [
        "NotAuthorizedException",
        "GetCredentialsForIdentityResponse",
        "GetOpenIdTokenResponse",
        "UnlinkIdentityResponse",
        "APIError" if source in (from_code, prepared) else "GetOpenIdTokenForDeveloperIdentityResponse",
        "ListIdentityPoolsResponse",
        "APIError",
        "DecodeError",
        "RequestError",
        "TypeError",
    ]
    texts = list(shown(outcomes, meter.events, caplog.records))
    assert [name for name, canary in CANARIES.items() if any(canary in text for text in texts)] == []

    assert sum(record.name == "sdk" and record.levelno == logging.DEBUG for record in caplog.records) > 30
    for name in ("login", "extra-header", "hook-header", "reply-secret", "reply-session", "cookie", "error-data"):
        assert CANARIES[name] in audit.seen, name
    signed = next(request for request in server.requests if request.operation == "ListIdentityPools")
    if source is prepared:
        assert signed.header("Authorization") == CANARIES["prepared"]
    else:
        assert signed.header("X-Amz-Security-Token") == CANARIES["session-token"]


@pytest.mark.parametrize("wrong", ["not JSON", "no key"])
@pytest.mark.parametrize("source", [from_container, from_instance], ids=lambda source: source.__name__)
def test_credentials_that_cannot_be_read_are_not_shown(
    source: Any,
    wrong: str,
    connect: Connect,
    home: Path,
    stub: Stub,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    answer: Any = CANARIES["secret-key"] if wrong == "not JSON" else {"SecretAccessKey": CANARIES["secret-key"]}
    monkeypatch.setattr(sys.modules[__name__], "documents", lambda token: itertools.repeat({"Token": answer}))
    seen = Recorder()
    with source(home, monkeypatch) as security:
        call = connect(security=security, server_url=stub.url, region="us-east-1", hooks=[seen])
        outcomes = session(call)

    assert sum(isinstance(outcome, errors.CredentialsError) for outcome in outcomes) == 5
    texts = list(shown(outcomes, seen.events, caplog.records))
    assert [name for name, canary in CANARIES.items() if any(canary in text for text in texts)] == []
