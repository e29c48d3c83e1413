"""What a program finds in its log: who, when, why again; never more than it may show."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import Any

import pytest

import sdk
from sdk.models import errors
from tests.clients.callers import Connect, key_pair
from tests.clients.held_clock import HeldClock
from tests.clients.stub import Reply, Stub
from tests.clients.test_hooks import ARGUMENTS, OPERATION, REFUSED, THROTTLED, Scripted


def client_of(connect: Connect, server: Stub, **options: Any) -> Any:
    settings: dict[str, Any] = {"server_url": server.url, "region": "us-east-1", "security": key_pair()}
    return connect(**{**settings, "clock": HeldClock(), "retries": 2, **options})


def lines(caplog: pytest.LogCaptureFixture, server: Stub, level: int) -> list[str]:
    """The lines of one level, without what differs from run to run."""
    records = [record for record in caplog.records if record.name == "sdk" and record.levelno == level]
    call_id = server.requests[0].header("amz-sdk-invocation-id") if server.requests else None
    return [record.getMessage().replace(f"[{call_id}]", "[id]").replace(server.url, "URL") for record in records]


def test_a_call_and_its_retry_are_lines_at_info(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sdk")
    with Scripted(THROTTLED, Reply()) as server:
        client_of(connect, server)(OPERATION, **ARGUMENTS)
        assert lines(caplog, server, logging.INFO) == [
            "ListIdentityPools at URL: attempt 1 of 3: TooManyRequestsException status 400 request id id-1 in 0.000 s, "
            "again in 1.000 s [id]",
            "ListIdentityPools at URL: status 200 request id id-1 in 1.000 s, 2 attempts [id]",
        ]
        assert lines(caplog, server, logging.DEBUG) == []


def test_a_call_that_fails(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sdk")
    with Scripted(REFUSED) as server:
        with pytest.raises(errors.NotAuthorizedException):
            client_of(connect, server)(OPERATION, **ARGUMENTS)
        assert lines(caplog, server, logging.INFO) == [
            "ListIdentityPools at URL: NotAuthorizedException status 400 request id id-1 in 0.000 s, 1 attempt [id]"
        ]


def test_a_call_that_nobody_answers_says_why(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sdk")
    with Stub() as server:
        pass
    with pytest.raises(errors.ConnectError) as caught:
        client_of(connect, server, retries=0)(OPERATION, **ARGUMENTS)

    [line] = lines(caplog, server, logging.INFO)
    assert f"ListIdentityPools at URL: ConnectError ({caught.value.message.replace(server.url, 'URL')})" in line


def test_request_headers_and_result_are_lines_at_debug(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sdk")
    with Scripted(Reply.of({"NextToken": "n"})) as server:
        client_of(connect, server)(OPERATION, **ARGUMENTS, extra_headers={"X-Key": "hidden"})
        request, attempt, reply, result = lines(caplog, server, logging.DEBUG)

    assert "request ListIdentityPoolsRequest(request=ListIdentityPoolsInput(max_results=1)) [id]" in request
    assert "attempt 1 of 3: POST /, 16 bytes, headers {Content-Type: application/x-amz-json-1.1, " in attempt
    assert "X-Amz-Target: AWSCognitoIdentityService.ListIdentityPools, X-Key: ***, User-Agent: openapi/" in attempt
    assert "Authorization" not in attempt
    assert "status 200 request id id-1 in 0.000 s; 18 bytes, headers {Content-Type: " in reply
    assert "list_identity_pools_response=ListIdentityPoolsResponse(next_token='n')" in result


def test_reply_headers_that_are_not_known_to_be_harmless_show_their_names(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "sdk")
    cookie = (("Set-Cookie", "session=hidden"), ("X-Whatever", "hidden"), ("Retry-After", "7"))
    with Scripted(Reply(b"{}", 200, cookie)) as server:
        client_of(connect, server)(OPERATION, **ARGUMENTS)

    assert "{Set-Cookie: ***, X-Whatever: ***, Retry-After: 7, " in caplog.text
    assert "hidden" not in caplog.text


@pytest.mark.parametrize("code", ["A\nERROR forged", "A\u202eB", "A" * 300])
def test_what_a_server_writes_cannot_forge_a_line(
    code: str, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Scripted(Reply.of({"code": code}, 400)) as server:
        with pytest.raises(errors.APIError):
            client_of(connect, server)(OPERATION, **ARGUMENTS)

    messages = [record.getMessage() for record in caplog.records if record.name == "sdk"]
    assert messages
    assert all(message.isprintable() for message in messages)
    assert max(map(len, messages)) < 1000


def test_a_long_result_is_cut(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sdk")
    pools = [{"IdentityPoolId": "us-east-1:1", "IdentityPoolName": "x" * 50} for _ in range(60)]
    with Scripted(Reply.of({"IdentityPools": pools})) as server:
        client_of(connect, server)(OPERATION, **ARGUMENTS)
        result = lines(caplog, server, logging.DEBUG)[-1]

    assert 2000 < len(result) < 2200
    assert "characters) [id]" in result


def test_nothing_is_logged_at_warning(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with Scripted(THROTTLED) as server:
        with pytest.raises(errors.TooManyRequestsException):
            client_of(connect, server)(OPERATION, **ARGUMENTS)

    assert [record for record in caplog.records if record.name.startswith("sdk")] == []


def test_the_package_leaves_output_to_the_program(connect: Connect, stub: Stub) -> None:
    client_of(connect, stub)(OPERATION, **ARGUMENTS)
    client_of(connect, stub)(OPERATION, **ARGUMENTS)

    assert [type(handler) for handler in logging.getLogger("sdk").handlers] == [logging.NullHandler]
    assert logging.getLogger("sdk").level == logging.NOTSET


def test_a_program_without_logging_does_not_import_it(stub: Stub) -> None:
    """Nor what only hooks and logs need."""
    program = (
        "import sys, sdk\n"
        f"with sdk.SDK(server_url={stub.url!r}, region='us-east-1') as client:\n"
        "    client.get_id(identity_pool_id='us-east-1:0')\n"
        "print(*[name for name in ('logging', 'opentelemetry', 'sdk._runtime.call_log', 'sdk._runtime.watched_call')"
        " if name in sys.modules])"
    )
    source = str(sdk.__path__[0]).rpartition("/")[0]
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {source!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == ""
