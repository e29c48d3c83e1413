"""The generated client against moto, which implements ten of the operations in code that knows nothing of us."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sdk.models import errors, operations, shared
from tests.clients.callers import Caller, Connect, key_pair
from tests.clients.operation_case import OIDC_ARN, SAML_ARN, USER_POOL
from tests.clients.operation_cases import CASES

IMPLEMENTED = {
    "create_identity_pool",
    "delete_identity_pool",
    "describe_identity_pool",
    "get_credentials_for_identity",
    "get_id",
    "get_open_id_token",
    "get_open_id_token_for_developer_identity",
    "list_identities",
    "list_identity_pools",
    "update_identity_pool",
}
SETTINGS: dict[str, Any] = {
    "identity_pool_name": "A pool, with =+@.- signs",
    "allow_unauthenticated_identities": True,
    "supported_login_providers": {"graph.facebook.com": "7346241598935552"},
    "developer_provider_name": "login.example",
    "open_id_connect_provider_ar_ns": [OIDC_ARN],
    "cognito_identity_providers": [
        shared.CognitoIdentityProvider(provider_name=USER_POOL, client_id="client", server_side_token_check=True)
    ],
    "saml_provider_ar_ns": [SAML_ARN],
    "identity_pool_tags": {"stage": "test", "städte": "東京"},
}


@pytest.fixture
def moto(connect: Connect, moto_url: str) -> Caller:
    """A client of moto's."""
    return connect(server_url=moto_url, security=key_pair(), region="us-east-1")


@pytest.fixture
def pool_id(moto: Caller) -> str:
    """A pool that exists."""
    created = moto("create_identity_pool", identity_pool_name="pool", allow_unauthenticated_identities=True)
    return str(created.identity_pool.identity_pool_id)


def test_create_keeps_every_value(moto: Caller) -> None:
    result = moto("create_identity_pool", **SETTINGS)

    assert type(result) is operations.CreateIdentityPoolResponse
    assert (result.status_code, result.attempts) == (200, 1)
    assert result.request_id == result.headers["x-amzn-requestid"]
    pool = result.identity_pool
    assert pool == shared.IdentityPool(identity_pool_id=pool.identity_pool_id, **SETTINGS)


def test_describe_returns_what_was_created(moto: Caller) -> None:
    created = moto("create_identity_pool", **SETTINGS).identity_pool

    assert moto("describe_identity_pool", identity_pool_id=created.identity_pool_id).identity_pool == created


def test_unset_members_come_back_as_none(moto: Caller, pool_id: str) -> None:
    pool = moto("describe_identity_pool", identity_pool_id=pool_id).identity_pool

    # moto writes null where nothing was set.
    assert (pool.supported_login_providers, pool.saml_provider_ar_ns, pool.allow_classic_flow) == (None, None, None)
    assert pool.identity_pool_tags == {}


def test_update_replaces_values(moto: Caller) -> None:
    pool = moto("create_identity_pool", **SETTINGS).identity_pool
    pool.allow_unauthenticated_identities = False
    pool.supported_login_providers = {"accounts.google.com": "client"}
    pool.identity_pool_tags = {"stage": "live"}

    updated = moto("update_identity_pool", operations.UpdateIdentityPoolRequest(request=pool)).identity_pool

    assert updated == pool
    assert moto("describe_identity_pool", identity_pool_id=pool.identity_pool_id).identity_pool == pool


def test_list_has_the_region_s_pools(connect: Connect, moto_url: str) -> None:
    call = connect(server_url=moto_url, security=key_pair(), region="ap-south-1")
    pool = call(
        "create_identity_pool", identity_pool_name="listed", allow_unauthenticated_identities=False
    ).identity_pool

    listed = call("list_identity_pools", max_results=60).list_identity_pools_response

    assert pool.identity_pool_id.startswith("ap-south-1:")
    assert listed.next_token is None
    short = shared.IdentityPoolShortDescription(identity_pool_id=pool.identity_pool_id, identity_pool_name="listed")
    assert short in listed.identity_pools
    assert all(each.identity_pool_id.startswith("ap-south-1:") for each in listed.identity_pools)


def test_deleted_pool_is_gone(moto: Caller, pool_id: str) -> None:
    result = moto("delete_identity_pool", identity_pool_id=pool_id)

    assert type(result) is operations.DeleteIdentityPoolResponse
    assert (result.status_code, result.raw_response.body) == (200, b"")
    with pytest.raises(errors.ResourceNotFoundException):
        moto("describe_identity_pool", identity_pool_id=pool_id)


def test_identity_and_its_credentials(connect: Connect, moto_url: str, pool_id: str) -> None:
    public = connect(server_url=moto_url)

    identity_id = public("get_id", identity_pool_id=pool_id).get_id_response.identity_id
    issued = public("get_credentials_for_identity", identity_id=identity_id).get_credentials_for_identity_response

    assert issued.identity_id == identity_id
    assert issued.credentials.access_key_id == "TESTACCESSKEY12345"
    assert issued.credentials.secret_key == "ABCSECRETKEY"
    assert issued.credentials.session_token == "ABC12345"
    assert issued.credentials.expiration.tzinfo is UTC
    assert abs((issued.credentials.expiration - datetime.now(UTC)).total_seconds()) < 3600


def test_tokens_of_an_identity(connect: Connect, moto_url: str, pool_id: str, moto: Caller) -> None:
    identity_id = connect(server_url=moto_url)("get_id", identity_pool_id=pool_id).get_id_response.identity_id

    public = moto("get_open_id_token", identity_id=identity_id).get_open_id_token_response
    developer = moto(
        "get_open_id_token_for_developer_identity",
        identity_pool_id=pool_id,
        identity_id=identity_id,
        logins={"login.example": "user-1"},
        token_duration=60,
    ).get_open_id_token_for_developer_identity_response

    assert public.identity_id == developer.identity_id == identity_id
    assert public.token
    assert developer.token


def test_developer_identity_is_made_where_none_is_given(moto: Caller, pool_id: str) -> None:
    made = moto(
        "get_open_id_token_for_developer_identity", identity_pool_id=pool_id, logins={"login.example": "user-1"}
    ).get_open_id_token_for_developer_identity_response

    assert made.identity_id.startswith("us-east-1:")


def test_list_identities_has_those_that_were_made(moto: Caller, pool_id: str) -> None:
    made = [moto("get_id", identity_pool_id=pool_id).get_id_response.identity_id for _ in range(3)]

    listed = moto("list_identities", identity_pool_id=pool_id, max_results=10).list_identities_response

    assert listed.identity_pool_id == pool_id
    assert listed.identities == [shared.IdentityDescription(identity_id=identity_id) for identity_id in made]


@pytest.mark.parametrize("method", ["describe_identity_pool", "delete_identity_pool"])
def test_unknown_pool_is_a_typed_error(method: str, moto: Caller) -> None:
    unknown = "us-east-1:00000000-0000-0000-0000-000000000000"

    with pytest.raises(errors.ResourceNotFoundException) as caught:
        moto(method, identity_pool_id=unknown)

    error = caught.value
    assert (error.code, error.status_code, error.attempts) == ("ResourceNotFoundException", 400, 1)
    assert error.message == unknown
    assert error.request_id
    assert error.request_id == error.headers["X-AMZN-REQUESTID"]
    assert error.retryable is False
    assert str(error) == f"ResourceNotFoundException: {unknown} (status 400, request id {error.request_id})"


def test_error_that_the_document_does_not_name_keeps_its_code(moto: Caller) -> None:
    with pytest.raises(errors.APIError) as caught:
        moto("create_identity_pool", identity_pool_name="?!", allow_unauthenticated_identities=False)

    error = caught.value
    assert type(error) is errors.APIError
    assert (error.code, error.status_code, error.retryable) == ("ValidationException", 400, False)
    assert "identityPoolName" in error.message


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.method not in IMPLEMENTED], ids=lambda case: case.method
)
def test_page_of_a_broken_server_is_an_error_with_an_excerpt(case: Any, moto: Caller) -> None:
    with pytest.raises(errors.APIError) as caught:
        moto(case.method, **case.arguments)

    error = caught.value
    assert type(error) is errors.APIError
    assert (error.code, error.status_code, error.retryable) == ("500", 500, True)
    assert error.data is None
    assert "500 Internal Server Error" in error.message
    assert "<" not in error.message
    assert len(error.message) <= 200
    assert error.raw_response is not None
    assert error.raw_response.body.lstrip().startswith(b"<!doctype html>")
