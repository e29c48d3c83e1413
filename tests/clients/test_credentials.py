"""The public module of credentials: what it offers works with a client."""

from __future__ import annotations

import sdk
from sdk.credentials import Credentials, RefreshingCredentials, identity_pool_credentials
from sdk.models import shared
from tests.clients.stub import Reply, Stub

POOL = "us-east-1:00000000-0000-4000-8000-000000000000"


def security(provider: object) -> shared.Security:
    return shared.Security(hmac=shared.SchemeHmac(credentials=provider))  # type: ignore[arg-type]


def test_a_function_is_asked_for_credentials(stub: Stub) -> None:
    with sdk.SDK(security(lambda: Credentials("AKIDFUNCTION", "secret")), server_url=stub.url) as client:
        client.list_identity_pools(max_results=1)

    assert "Credential=AKIDFUNCTION/" in (stub.only.header("Authorization") or "")


def test_a_provider_is_asked_once_while_its_credentials_last(stub: Stub) -> None:
    asked = []

    def load() -> Credentials:
        asked.append(1)
        return Credentials("AKIDLOADED", "secret")

    with sdk.SDK(security(RefreshingCredentials(load)), server_url=stub.url) as client:
        client.list_identity_pools(max_results=1)
        client.list_identity_pools(max_results=1)

    assert asked == [1]


def test_an_identity_pool_gives_credentials(stub: Stub) -> None:
    stub.replies["GetId"] = Reply.of({"IdentityId": "us-east-1:1"})
    stub.replies["GetCredentialsForIdentity"] = Reply.of(
        {
            "IdentityId": "us-east-1:1",
            "Credentials": {
                "AccessKeyId": "ASIAPOOL",
                "SecretKey": "secret",
                "SessionToken": "token",
                "Expiration": 4102444800,
            },
        }
    )
    with sdk.SDK(server_url=stub.url) as public:
        provider = identity_pool_credentials(public, POOL)
        with sdk.SDK(security(provider), server_url=stub.url) as client:
            client.list_identity_pools(max_results=1)

    *public_calls, signed = stub.requests
    assert [request.operation for request in public_calls] == ["GetId", "GetCredentialsForIdentity"]
    assert all(request.header("Authorization") is None for request in public_calls)
    assert "Credential=ASIAPOOL/" in (signed.header("Authorization") or "")
    assert signed.header("X-Amz-Security-Token") == "token"
