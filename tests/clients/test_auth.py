"""Who signs a call, with what, and for where; and that public operations never ask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import sdk
from sdk.models import errors, shared
from tests.clients.callers import Connect, key_pair
from tests.clients.operation_case import OperationCase
from tests.clients.operation_cases import CASES
from tests.clients.stub import Recorded, Stub

LIST: dict[str, Any] = {"max_results": 1}
PUBLIC = [case for case in CASES if not case.signed]
SIGNED = [case for case in CASES if case.signed]

each_public_operation = pytest.mark.parametrize("case", PUBLIC, ids=lambda case: case.method)


def authorization_by_botocore(sent: Recorded, url: str, secret: str, region: str) -> str:
    """What botocore would have signed the same headers and body with."""
    scheme, credential, signed_headers, _ = (sent.header("Authorization") or "").replace(",", "").split()
    assert scheme == "AWS4-HMAC-SHA256"
    key_id = credential.removeprefix("Credential=").partition("/")[0]
    names = signed_headers.removeprefix("SignedHeaders=").split(";")
    request = AWSRequest(sent.method, f"{url}{sent.target}", data=sent.body)
    for name in names:
        request.headers[name] = sent.header(name)
    request.context["timestamp"] = sent.header("X-Amz-Date")
    auth = SigV4Auth(Credentials(key_id, secret), "cognito-identity", region)
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    scope = f"{str(sent.header('X-Amz-Date'))[:8]}/{region}/cognito-identity/aws4_request"
    return (
        f"AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={';'.join(sorted(names))}, Signature={signature}"
    )


def assert_signed(sent: Recorded, stub: Stub, key_id: str, secret: str, region: str = "us-east-1") -> None:
    authorization = sent.header("Authorization")
    assert authorization is not None
    assert f" Credential={key_id}/" in authorization
    assert authorization == authorization_by_botocore(sent, stub.url, secret, region)


def signed_headers(sent: Recorded) -> list[str]:
    return (sent.header("Authorization") or "").split("SignedHeaders=")[1].partition(",")[0].split(";")


@pytest.mark.parametrize("case", SIGNED, ids=lambda case: case.method)
def test_keys_of_the_environment_sign(case: OperationCase, keys: None, stub: Stub) -> None:
    with sdk.SDK(server_url=stub.url) as client:
        getattr(client, case.method)(**case.arguments)

    assert_signed(stub.only, stub, "AKIDINENVIRONMENT", "secret-in-environment")
    assert signed_headers(stub.only) == ["content-type", "host", "x-amz-date", "x-amz-target"]
    assert stub.only.header("X-Amz-Security-Token") is None


def test_token_of_the_environment_is_sent_and_signed(
    keys: None, monkeypatch: pytest.MonkeyPatch, connect: Connect, stub: Stub
) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token-in-environment")
    connect(server_url=stub.url)("list_identity_pools", **LIST)

    assert_signed(stub.only, stub, "AKIDINENVIRONMENT", "secret-in-environment")
    assert stub.only.header("X-Amz-Security-Token") == "token-in-environment"
    assert "x-amz-security-token" in signed_headers(stub.only)


def test_keys_in_code_sign_with_their_token(keys: None, connect: Connect, stub: Stub) -> None:
    security = key_pair("AKIDINCODE", "secret-in-code", "token-in-code")
    connect(security=security, server_url=stub.url, region="eu-west-1")("list_identity_pools", **LIST)

    assert_signed(stub.only, stub, "AKIDINCODE", "secret-in-code", region="eu-west-1")
    assert stub.only.header("X-Amz-Security-Token") == "token-in-code"
    assert "x-amz-security-token" in signed_headers(stub.only)


def test_configured_security_counts_from_the_next_call(keys: None, connect: Connect, stub: Stub) -> None:
    call = connect(server_url=stub.url)

    call("list_identity_pools", **LIST)
    call.client.config_security(key_pair("AKIDINCODE", "secret-in-code"))
    call("list_identity_pools", **LIST)

    before, after = stub.requests
    assert_signed(before, stub, "AKIDINENVIRONMENT", "secret-in-environment")
    assert_signed(after, stub, "AKIDINCODE", "secret-in-code")


def test_api_key_is_the_authorization(keys: None, connect: Connect, stub: Stub) -> None:
    security = shared.Security(hmac=shared.SchemeHmac(api_key="AWS4-HMAC-SHA256 prepared"))
    connect(security=security, server_url=stub.url)("list_identity_pools", **LIST)

    assert stub.only.header("Authorization") == "AWS4-HMAC-SHA256 prepared"
    assert stub.only.header("X-Amz-Date") is None


def test_security_that_says_nothing_leaves_the_environment_to_sign(keys: None, connect: Connect, stub: Stub) -> None:
    connect(security=shared.Security(hmac=shared.SchemeHmac()), server_url=stub.url)("list_identity_pools", **LIST)

    assert_signed(stub.only, stub, "AKIDINENVIRONMENT", "secret-in-environment")


def write_profiles(home: Path) -> None:
    directory = home / ".aws"
    directory.mkdir()
    (directory / "credentials").write_text(
        "[default]\naws_access_key_id = AKIDDEFAULT\naws_secret_access_key = secret-of-default\n"
        "[dev]\naws_access_key_id = AKIDDEV\naws_secret_access_key = secret-of-dev\naws_session_token = token-of-dev\n"
    )
    (directory / "config").write_text(
        "[default]\nregion = eu-central-1\n[profile dev]\nregion = ap-southeast-2\n"
        "[profile only-config]\naws_access_key_id = AKIDCONFIG\naws_secret_access_key = secret-of-config\n"
    )


@dataclass(frozen=True)
class ProfileCase:
    """A profile, and what a call under it is signed with."""

    name: str | None
    key_id: str
    secret: str
    token: str | None
    region: str


@pytest.mark.parametrize(
    "profile",
    [
        ProfileCase(None, "AKIDDEFAULT", "secret-of-default", None, "eu-central-1"),
        ProfileCase("dev", "AKIDDEV", "secret-of-dev", "token-of-dev", "ap-southeast-2"),
        ProfileCase("only-config", "AKIDCONFIG", "secret-of-config", None, "us-east-1"),
    ],
    ids=lambda profile: profile.name or "default",
)
def test_profile_signs(
    profile: ProfileCase, home: Path, monkeypatch: pytest.MonkeyPatch, connect: Connect, stub: Stub
) -> None:
    write_profiles(home)
    if profile.name is not None:
        monkeypatch.setenv("AWS_PROFILE", profile.name)

    connect(server_url=stub.url)("list_identity_pools", **LIST)

    assert_signed(stub.only, stub, profile.key_id, profile.secret, profile.region)
    assert stub.only.header("X-Amz-Security-Token") == profile.token


def test_profile_of_other_files(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, connect: Connect, stub: Stub
) -> None:
    write_profiles(home)
    file = tmp_path / "elsewhere"
    file.write_text("[default]\naws_access_key_id = AKIDELSEWHERE\naws_secret_access_key = secret-elsewhere\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))

    connect(server_url=stub.url, region="us-east-1")("list_identity_pools", **LIST)

    assert_signed(stub.only, stub, "AKIDELSEWHERE", "secret-elsewhere")


@pytest.mark.parametrize("case", SIGNED, ids=lambda case: case.method)
def test_without_credentials_nothing_is_sent(case: OperationCase, stub: Stub) -> None:
    with sdk.SDK(server_url=stub.url) as client, pytest.raises(errors.CredentialsError) as caught:
        getattr(client, case.method)(**case.arguments)

    assert stub.requests == []
    assert "AWS_ACCESS_KEY_ID" in caught.value.message
    assert (caught.value.attempts, caught.value.retryable, caught.value.status_code) == (0, False, None)


@pytest.mark.parametrize("missing", ["access_key_id", "secret_access_key"])
def test_half_a_key_pair_is_not_completed_from_elsewhere(
    missing: str, keys: None, connect: Connect, stub: Stub
) -> None:
    security = key_pair()
    setattr(security.hmac, missing, None)

    with pytest.raises(errors.CredentialsError, match=missing):
        connect(security=security, server_url=stub.url)("list_identity_pools", **LIST)

    assert stub.requests == []


@pytest.fixture
def unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that fail whoever reads them."""
    malformed = tmp_path / "malformed"
    malformed.write_text("this is no setting\n")
    monkeypatch.setenv("HOME", str(malformed))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(malformed))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(malformed))


@each_public_operation
def test_public_operation_never_looks_for_credentials(
    case: OperationCase, unreadable: None, connect: Connect, stub: Stub
) -> None:
    connect(server_url=stub.url)(case.method, **case.arguments)

    assert stub.only.header("Authorization") is None
    assert stub.only.header("X-Amz-Date") is None


def test_signed_operation_looks_where_public_ones_do_not(unreadable: None, connect: Connect, stub: Stub) -> None:
    with pytest.raises(errors.ConfigurationError, match="malformed"):
        connect(server_url=stub.url)("list_identity_pools", **LIST)

    assert stub.requests == []


@each_public_operation
@pytest.mark.parametrize(
    "security",
    [key_pair(session_token="token"), shared.Security(hmac=shared.SchemeHmac(api_key="AWS4-HMAC-SHA256 prepared"))],
    ids=["key pair", "api_key"],
)
def test_public_operation_carries_no_credentials_even_where_there_are_some(
    case: OperationCase, security: shared.Security, keys: None, connect: Connect, stub: Stub
) -> None:
    connect(security=security, server_url=stub.url)(case.method, **case.arguments)

    assert {name.lower() for name, _ in stub.only.headers}.isdisjoint(
        {"authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"}
    )


def test_path_of_the_server_is_kept_and_signed(keys: None, connect: Connect, stub: Stub) -> None:
    connect(server_url=f"{stub.url}/base/path/")("list_identity_pools", **LIST)

    assert stub.only.target == "/base/path/"
    assert_signed(stub.only, stub, "AKIDINENVIRONMENT", "secret-in-environment")
