"""The example that the client's surface was asked for with: it runs, and goes on the wire, as it was written.

`seed_example.py.txt` is that example to the letter. It may be filled in, never changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sdk.models import operations, shared
from tests.clients.stub import Stub

EXAMPLE = (Path(__file__).parents[1] / "data" / "seed_example.py.txt").read_text("utf-8")
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-east-1/cognito-identity/aws4_request, "
    "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + 64 * "0"
)
BODY = {
    "AllowClassicFlow": True,
    "AllowUnauthenticatedIdentities": False,
    "CognitoIdentityProviders": [
        {"ClientId": "magni", "ProviderName": "expedita", "ServerSideTokenCheck": False},
        {"ClientId": "dolor", "ProviderName": "consequatur", "ServerSideTokenCheck": True},
    ],
    "DeveloperProviderName": "occaecati",
    "IdentityPoolName": "veniam",
    "IdentityPoolTags": {"sint": "laudantium", "explicabo": "maiores", "ducimus": "et"},
    "OpenIdConnectProviderARNs": ["omnis", "ut", "libero"],
    "SamlProviderARNs": ["qui", "sit", "quasi"],
    "SupportedLoginProviders": {"voluptate": "ut"},
}


def filled_in(*replacements: tuple[str, str]) -> str:
    """The example with a credential and with a body for its last `if`."""
    text = EXAMPLE + "    handled = res.identity_pool\n"
    for old, new in (("YOUR_API_KEY_HERE", AUTHORIZATION), *replacements):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def run(text: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    try:
        exec(compile(text, "seed_example.py.txt", "exec"), namespace)
    finally:
        namespace["s"].close()
    return namespace


def given_to_the_constructor(url: str) -> str:
    return filled_in(("sdk.SDK()", f"sdk.SDK(server_url={url!r})"))


def given_after_construction(url: str) -> str:
    return filled_in(("sdk.SDK()", f"sdk.SDK()\ns.config_server_url({url!r})"))


@pytest.mark.parametrize("example", [given_to_the_constructor, given_after_construction])
def test_example_creates_a_pool(example: Any, moto_url: str) -> None:
    namespace = run(example(moto_url))

    pool = namespace["handled"]
    assert isinstance(namespace["res"], operations.CreateIdentityPoolResponse)
    assert isinstance(pool, shared.IdentityPool)
    assert pool.identity_pool_id.startswith("us-east-1:")
    assert pool.identity_pool_name == "veniam"
    assert pool.allow_unauthenticated_identities is False
    assert pool.developer_provider_name == "occaecati"
    assert pool.identity_pool_tags == BODY["IdentityPoolTags"]
    assert pool.open_id_connect_provider_ar_ns == ["omnis", "ut", "libero"]
    assert pool.saml_provider_ar_ns == ["qui", "sit", "quasi"]
    assert pool.supported_login_providers == {"voluptate": "ut"}
    assert pool.cognito_identity_providers == [
        shared.CognitoIdentityProvider(client_id="magni", provider_name="expedita", server_side_token_check=False),
        shared.CognitoIdentityProvider(client_id="dolor", provider_name="consequatur", server_side_token_check=True),
    ]


def test_example_runs_without_a_change_where_the_environment_names_the_server(
    moto_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY", moto_url)

    assert run(filled_in())["handled"].identity_pool_name == "veniam"


@pytest.mark.parametrize("example", [given_to_the_constructor, given_after_construction])
def test_example_on_the_wire(example: Any, stub: Stub) -> None:
    run(example(stub.url))

    sent = stub.only
    assert (sent.method, sent.target) == ("POST", "/")
    assert sent.json == BODY
    assert sent.header("Host") == stub.host
    assert sent.header("Content-Type") == "application/x-amz-json-1.1"
    assert sent.header("X-Amz-Target") == "AWSCognitoIdentityService.CreateIdentityPool"
    assert sent.header("Authorization") == AUTHORIZATION
    assert {name: sent.header(name) for name, _ in sent.headers if name.lower().startswith("x-amz-")} == {
        "X-Amz-Algorithm": "repudiandae",
        "X-Amz-Content-Sha256": "praesentium",
        "X-Amz-Credential": "tempora",
        "X-Amz-Date": "est",
        "X-Amz-Security-Token": "aut",
        "X-Amz-Signature": "dignissimos",
        "X-Amz-SignedHeaders": "et",
        "X-Amz-Target": "AWSCognitoIdentityService.CreateIdentityPool",
    }


def test_another_target_than_the_operation_s_own_is_not_sent(stub: Stub) -> None:
    run(
        filled_in(
            ("sdk.SDK()", f"sdk.SDK(server_url={stub.url!r})"),
            ("AWSCognitoIdentityService.CreateIdentityPool", "AWSCognitoIdentityService.DeleteIdentityPool"),
        )
    )

    assert stub.only.header("X-Amz-Target") == "AWSCognitoIdentityService.CreateIdentityPool"


def test_with_a_key_pair_the_given_signature_headers_give_way_to_the_client_s(stub: Stub) -> None:
    pair = 'access_key_id="AKIDEXAMPLE", secret_access_key="secret"'
    run(filled_in(("sdk.SDK()", f"sdk.SDK(server_url={stub.url!r})"), (f'api_key="{AUTHORIZATION}"', pair)))

    sent = stub.only
    assert sent.json == BODY
    assert (sent.header("Authorization") or "").startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert sent.header("X-Amz-Date") != "est"
    assert sent.header("X-Amz-Security-Token") is None
    assert sent.header("X-Amz-Signature") is None
