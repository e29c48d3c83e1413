"""Secrets go to the server and to nobody else: not into `repr`, messages, tracebacks or logs.

Each secret is a canary of its own, so that a leak says which one it was.
"""

from __future__ import annotations

import copy
import io
import logging
import pickle
import pprint
import traceback
from pathlib import Path
from typing import Any

import pytest
import rich.console

import sdk
from sdk.models import errors, operations, shared
from tests.clients.callers import Connect
from tests.clients.operation_case import IDENTITY_ID, POOL_ID
from tests.clients.stub import Reply, Stub

CANARIES = {
    name: f"canary-{name}-canary"
    for name in ("api-key", "secret-key", "session-token", "login", "reply-secret", "reply-session", "reply-token")
}
API_KEY, SECRET_KEY, SESSION_TOKEN, LOGIN, REPLY_SECRET, REPLY_SESSION, REPLY_TOKEN = CANARIES.values()

LOGINS = {"accounts.google.com": LOGIN}
PREPARED = shared.Security(hmac=shared.SchemeHmac(api_key=API_KEY))
PAIR = shared.Security(
    hmac=shared.SchemeHmac(access_key_id="AKID", secret_access_key=SECRET_KEY, session_token=SESSION_TOKEN)
)
CREDENTIALS_REPLY = Reply.of(
    {
        "IdentityId": IDENTITY_ID,
        "Credentials": {
            "AccessKeyId": "ASIA",
            "SecretKey": REPLY_SECRET,
            "SessionToken": REPLY_SESSION,
            "Expiration": 1767323045,
        },
    }
)
TOKEN_REPLY = Reply.of({"IdentityId": IDENTITY_ID, "Token": REPLY_TOKEN})
HEADERS = {"x_amz_security_token": SESSION_TOKEN, "x_amz_credential": API_KEY, "x_amz_signature": SECRET_KEY}

each_security = pytest.mark.parametrize("security", [PREPARED, PAIR], ids=["api_key", "key pair"])


def leaks(*texts: object) -> list[str]:
    """The canaries that the texts show."""
    return [name for name, canary in CANARIES.items() if any(canary in str(text) for text in texts)]


def renderings(value: object) -> list[str]:
    """The ways in which programs show a value."""
    return [repr(value), str(value), repr([value]), f"{value}", pprint.pformat(value)]


def rendering_by_rich(value: object) -> str:
    """What rich shows: it asks objects for more than their `repr`."""
    file = io.StringIO()
    rich.console.Console(file=file, width=200).print(value)
    return file.getvalue()


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


REQUESTS = [
    operations.GetIdRequest(request=shared.GetIdInput(identity_pool_id=POOL_ID, logins=LOGINS)),
    operations.GetCredentialsForIdentityRequest(
        request=shared.GetCredentialsForIdentityInput(identity_id=IDENTITY_ID, logins=LOGINS)
    ),
    operations.GetOpenIdTokenRequest(request=shared.GetOpenIdTokenInput(identity_id=IDENTITY_ID, logins=LOGINS)),
    operations.UnlinkIdentityRequest(
        request=shared.UnlinkIdentityInput(identity_id=IDENTITY_ID, logins=LOGINS, logins_to_remove=[])
    ),
    operations.GetOpenIdTokenForDeveloperIdentityRequest(
        headers=operations.GetOpenIdTokenForDeveloperIdentityHeaders(**HEADERS),
        request=shared.GetOpenIdTokenForDeveloperIdentityInput(identity_pool_id=POOL_ID, logins=LOGINS),
    ),
]


@pytest.mark.parametrize("value", [PREPARED, PAIR, *REQUESTS], ids=lambda value: type(value).__name__)
def test_what_a_call_is_given(value: Any) -> None:
    assert leaks(*renderings(value), *renderings(copy.deepcopy(value))) == []


@pytest.mark.parametrize("value", [PREPARED, PAIR, *REQUESTS], ids=lambda value: type(value).__name__)
def test_what_a_call_is_given_in_a_pretty_terminal(value: Any) -> None:
    assert leaks(rendering_by_rich(value)) == []


def test_result_in_a_pretty_terminal(stub: Stub) -> None:
    stub.replies["GetCredentialsForIdentity"] = CREDENTIALS_REPLY
    with sdk.SDK(server_url=stub.url) as client:
        result = client.get_credentials_for_identity(identity_id=IDENTITY_ID)

    assert leaks(rendering_by_rich(result)) == []


def test_hidden_values_are_there() -> None:
    assert PAIR.hmac is not None
    assert PAIR.hmac.secret_access_key == SECRET_KEY
    assert repr(PAIR) == (
        "Security(hmac=SchemeHmac(access_key_id='AKID', secret_access_key=**********, session_token=**********))"
    )


@each_security
def test_client(security: shared.Security, connect: Connect) -> None:
    assert leaks(*renderings(connect(security=security, region="us-east-1").client)) == []


def call_everything(call: Any) -> list[Any]:
    """The operations that take or return secrets."""
    return [
        call("get_id", identity_pool_id=POOL_ID, logins=LOGINS),
        call("get_credentials_for_identity", identity_id=IDENTITY_ID, logins=LOGINS),
        call("get_open_id_token", identity_id=IDENTITY_ID, logins=LOGINS),
        call("get_open_id_token_for_developer_identity", identity_pool_id=POOL_ID, logins=LOGINS),
        call("unlink_identity", identity_id=IDENTITY_ID, logins=LOGINS, logins_to_remove=[]),
        call("list_identity_pools", max_results=1),
    ]


@each_security
def test_results_and_logs(
    security: shared.Security, connect: Connect, stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    stub.replies["GetCredentialsForIdentity"] = CREDENTIALS_REPLY
    stub.replies["GetOpenIdToken"] = stub.replies["GetOpenIdTokenForDeveloperIdentity"] = TOKEN_REPLY
    call = connect(security=security, server_url=stub.url, region="us-east-1")

    results = call_everything(call)

    assert results[1].get_credentials_for_identity_response.credentials.secret_key == REPLY_SECRET
    assert results[1].get_credentials_for_identity_response.credentials.session_token == REPLY_SESSION
    assert results[2].get_open_id_token_response.token == REPLY_TOKEN
    shown = [text for result in results for text in renderings(result)]
    assert leaks(*shown, *renderings(call.client), caplog.text) == []


# Replies that make a call fail, with secrets in them anywhere but in the message.
FAILURES = {
    "error": Reply.of({"__type": "NotAuthorizedException", "message": "no", "Token": REPLY_TOKEN}, 400),
    "error without a message": Reply.of({"__type": "Unknown", "Logins": LOGINS, "Token": REPLY_TOKEN}, 400),
    "json that is no error": Reply.of([LOGIN, REPLY_TOKEN], 500),
    "cut short": Reply(TOKEN_REPLY.body[:-1]),
    "cut short in a value": Reply(TOKEN_REPLY.body[:-4]),
    "not UTF-8": Reply(TOKEN_REPLY.body[:-1] + b"\xff}"),
    "a string": Reply.of(REPLY_TOKEN),
    "a number beyond reading": Reply(b'{"Token": "' + REPLY_TOKEN.encode() + b'", "IdentityId": NaN}'),
}


@pytest.mark.parametrize("reply", FAILURES.values(), ids=FAILURES)
@each_security
def test_failed_calls(
    reply: Reply, security: shared.Security, connect: Connect, stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    operations_ = ("GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity")
    stub.replies.update(dict.fromkeys(operations_, reply))
    call = connect(security=security, server_url=stub.url, region="us-east-1")

    for method, arguments in (
        ("get_open_id_token", {"identity_id": IDENTITY_ID}),
        ("get_open_id_token_for_developer_identity", {"identity_pool_id": POOL_ID}),
    ):
        with pytest.raises(errors.SDKError) as caught:
            call(method, **arguments, logins=LOGINS)
        assert_silent(caught.value)

    assert len(stub.requests) == len(operations_)
    assert leaks(caplog.text) == []


@each_security
def test_calls_that_nobody_answers(
    security: shared.Security, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    with Stub() as stub:
        url = stub.url  # refuses connections from here on
    call = connect(security=security, server_url=url, region="us-east-1")

    with pytest.raises(errors.ConnectError) as caught:
        call("get_open_id_token_for_developer_identity", identity_pool_id=POOL_ID, logins=LOGINS)

    assert_silent(caught.value)
    assert leaks(caplog.text) == []


@pytest.mark.parametrize(
    "hmac",
    [
        shared.SchemeHmac(api_key=f"{API_KEY}\r\nX-Injected: 1"),
        shared.SchemeHmac(api_key=f" {API_KEY}"),
        shared.SchemeHmac(api_key=f"{API_KEY}\u20ac"),
        shared.SchemeHmac(access_key_id="AKID", secret_access_key=f"{SECRET_KEY}\n"),
        shared.SchemeHmac(access_key_id="AKID", secret_access_key=SECRET_KEY, session_token=f"{SESSION_TOKEN}\n"),
        shared.SchemeHmac(secret_access_key=SECRET_KEY, session_token=SESSION_TOKEN),
    ],
    ids=["line break", "blank", "euro", "secret with line break", "token with line break", "half a pair"],
)
def test_unusable_security(hmac: shared.SchemeHmac, connect: Connect, stub: Stub) -> None:
    call = connect(security=shared.Security(hmac=hmac), server_url=stub.url, region="us-east-1")

    with pytest.raises(errors.SDKError) as caught:
        call("get_open_id_token_for_developer_identity", identity_pool_id=POOL_ID, logins=LOGINS)

    assert stub.requests == []
    assert_silent(caught.value)


@pytest.mark.parametrize(
    "arguments",
    [
        {"logins": LOGINS, "identity_pool_id": POOL_ID, "tokn": LOGIN},
        {"logins": LOGINS},
        {"logins": {"accounts.google.com": [LOGIN, object()]}, "identity_pool_id": POOL_ID},
    ],
    ids=["unknown", "missing", "not JSON"],
)
def test_unusable_arguments(arguments: dict[str, Any], connect: Connect, stub: Stub) -> None:
    call = connect(security=PAIR, server_url=stub.url, region="us-east-1")

    with pytest.raises((errors.RequestError, TypeError)) as caught:
        call("get_open_id_token_for_developer_identity", **arguments)

    assert stub.requests == []
    assert_silent(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f"[default]\naws_access_key_id = AKID\naws_secret_access_key {SECRET_KEY}\n",
        f"{SECRET_KEY}\n",
        f"[default]\naws_access_key_id = AKID\naws_secret_access_key = {SECRET_KEY} {SESSION_TOKEN}\n",
        f"[default]\naws_secret_access_key = {SECRET_KEY}\n",
    ],
    ids=["no delimiter", "no section", "blank", "half a pair"],
)
def test_unusable_profile(text: str, home: Path, connect: Connect, stub: Stub) -> None:
    directory = home / ".aws"
    directory.mkdir()
    (directory / "credentials").write_text(text)

    with pytest.raises(errors.ConfigurationError) as caught:
        connect(server_url=stub.url, region="us-east-1")("list_identity_pools", max_results=1)

    assert stub.requests == []
    assert_silent(caught.value)


def test_password_in_a_server_url(connect: Connect) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        sdk.SDK(server_url=f"https://user:{SECRET_KEY}@host")

    assert_silent(caught.value)


def assert_silent(error: BaseException) -> None:
    """No way of showing an exception shows a canary; a copy in another process is no different."""
    shown = [str(error), repr(error), *traceback.format_exception(error), *traceback.format_exception_only(error)]
    assert leaks(*shown, *renderings(pickle.loads(pickle.dumps(error)))) == []
