"""The generated client against ministack, which implements twenty of the operations and pages its lists."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sdk.models import errors, operations, shared
from tests.clients.callers import Caller, Connect, key_pair
from tests.clients.operation_case import IDENTITY_ID, OIDC_ARN, ROLE_ARN, SAML_ARN, USER_POOL
from tests.clients.operation_cases import CASES

MISSING = {"delete_identities", "get_open_id_token_for_developer_identity", "lookup_developer_identity"}
ACCOUNT = "000000000000"
SETTINGS: dict[str, Any] = {
    "identity_pool_name": "A pool",
    "allow_unauthenticated_identities": True,
    "allow_classic_flow": True,
    "supported_login_providers": {"graph.facebook.com": "7346241598935552"},
    "developer_provider_name": "login.example",
    "open_id_connect_provider_ar_ns": [OIDC_ARN],
    "cognito_identity_providers": [
        shared.CognitoIdentityProvider(provider_name=USER_POOL, client_id="client", server_side_token_check=False)
    ],
    "saml_provider_ar_ns": [SAML_ARN],
    "identity_pool_tags": {"stage": "test", "städte": "東京"},
}
ROLES = {"authenticated": ROLE_ARN, "unauthenticated": ROLE_ARN}
ROLE_MAPPINGS = {
    USER_POOL: shared.RoleMapping(
        type=shared.RoleMappingType.RULES,
        ambiguous_role_resolution=shared.AmbiguousRoleResolutionType.DENY,
        rules_configuration=shared.RulesConfigurationType(
            rules=[
                shared.MappingRule(
                    claim="groups",
                    match_type=shared.MappingRuleMatchType.STARTS_WITH,
                    value="readers",
                    role_arn=ROLE_ARN,
                )
            ]
        ),
    )
}


@pytest.fixture
def ministack(connect: Connect, ministack_url: str) -> Caller:
    """A client of ministack's."""
    return connect(server_url=ministack_url, security=key_pair(), region="us-east-1")


@pytest.fixture
def pool(ministack: Caller) -> shared.IdentityPool:
    """A pool that exists."""
    created: shared.IdentityPool = ministack("create_identity_pool", **SETTINGS).identity_pool
    return created


def arn(pool: shared.IdentityPool) -> str:
    return f"arn:aws:cognito-identity:us-east-1:{ACCOUNT}:identitypool/{pool.identity_pool_id}"


def test_create_and_describe_keep_every_value(ministack: Caller) -> None:
    result = ministack("create_identity_pool", **SETTINGS)

    assert type(result) is operations.CreateIdentityPoolResponse
    assert (result.status_code, result.content_type, result.attempts) == (200, "application/x-amz-json-1.1", 1)
    assert result.request_id
    pool = result.identity_pool
    assert pool == shared.IdentityPool(identity_pool_id=pool.identity_pool_id, **SETTINGS)
    assert ministack("describe_identity_pool", identity_pool_id=pool.identity_pool_id).identity_pool == pool


def test_update_replaces_values(ministack: Caller, pool: shared.IdentityPool) -> None:
    changed = shared.IdentityPool(
        identity_pool_id=pool.identity_pool_id,
        identity_pool_name="Another name",
        allow_unauthenticated_identities=False,
        allow_classic_flow=False,
        supported_login_providers={},
        developer_provider_name="other.example",
        open_id_connect_provider_ar_ns=[],
        cognito_identity_providers=[],
        saml_provider_ar_ns=[],
        identity_pool_tags={"stage": "live"},
    )

    updated = ministack("update_identity_pool", operations.UpdateIdentityPoolRequest(request=changed)).identity_pool

    assert updated == changed
    assert ministack("describe_identity_pool", identity_pool_id=pool.identity_pool_id).identity_pool == changed


def test_pages_of_pools(connect: Connect, ministack_url: str, request: pytest.FixtureRequest) -> None:
    # A region of its own for each client, because the list has all of a region's pools.
    region = "eu-north-1" if "blocking" in request.node.name else "eu-south-1"
    call = connect(server_url=ministack_url, security=key_pair(), region=region)
    names = ["first", "second", "third"]
    for name in names:
        call("create_identity_pool", identity_pool_name=name, allow_unauthenticated_identities=False)

    first = call("list_identity_pools", max_results=2).list_identity_pools_response
    second = call("list_identity_pools", max_results=2, next_token=first.next_token).list_identity_pools_response

    assert [len(page.identity_pools) for page in (first, second)] == [2, 1]
    assert first.next_token is not None
    assert second.next_token is None
    assert sorted(each.identity_pool_name for each in first.identity_pools + second.identity_pools) == names


def test_deleted_pool_is_gone(ministack: Caller, pool: shared.IdentityPool) -> None:
    result = ministack("delete_identity_pool", identity_pool_id=pool.identity_pool_id)

    assert type(result) is operations.DeleteIdentityPoolResponse
    with pytest.raises(errors.ResourceNotFoundException):
        ministack("describe_identity_pool", identity_pool_id=pool.identity_pool_id)


def test_roles(ministack: Caller, pool: shared.IdentityPool) -> None:
    set_ = ministack(
        "set_identity_pool_roles",
        identity_pool_id=pool.identity_pool_id,
        roles=ROLES,
        role_mappings=ROLE_MAPPINGS,
    )
    read = ministack("get_identity_pool_roles", identity_pool_id=pool.identity_pool_id)

    assert type(set_) is operations.SetIdentityPoolRolesResponse
    assert read.get_identity_pool_roles_response == shared.GetIdentityPoolRolesResponse(
        identity_pool_id=pool.identity_pool_id, roles=ROLES, role_mappings=ROLE_MAPPINGS
    )


def test_principal_tags(ministack: Caller, pool: shared.IdentityPool) -> None:
    values: dict[str, Any] = {
        "identity_pool_id": pool.identity_pool_id,
        "identity_provider_name": USER_POOL,
        "use_defaults": False,
        "principal_tags": {"department": "custom:department"},
    }

    set_ = ministack("set_principal_tag_attribute_map", **values).set_principal_tag_attribute_map_response
    read = ministack(
        "get_principal_tag_attribute_map",
        identity_pool_id=pool.identity_pool_id,
        identity_provider_name=USER_POOL,
    ).get_principal_tag_attribute_map_response

    assert set_ == shared.SetPrincipalTagAttributeMapResponse(**values)
    assert read == shared.GetPrincipalTagAttributeMapResponse(**values)


def test_tags(ministack: Caller, pool: shared.IdentityPool) -> None:
    def tags() -> Any:
        return ministack("list_tags_for_resource", resource_arn=arn(pool)).list_tags_for_resource_response.tags

    tagged = ministack("tag_resource", resource_arn=arn(pool), tags={"a": "1", "städte": "東京", "c": ""})
    assert tagged.tag_resource_response == shared.TagResourceResponse()
    assert tags() == {"a": "1", "städte": "東京", "c": ""}

    untagged = ministack("untag_resource", resource_arn=arn(pool), tag_keys=["a", "c"])
    assert untagged.untag_resource_response == shared.UntagResourceResponse()
    assert tags() == {"städte": "東京"}


def test_identity(connect: Connect, ministack_url: str, ministack: Caller, pool: shared.IdentityPool) -> None:
    logins = {"graph.facebook.com": "facebook-token"}
    before = datetime.now(UTC) - timedelta(seconds=2)
    public = connect(server_url=ministack_url)

    identity_id = public("get_id", identity_pool_id=pool.identity_pool_id, logins=logins).get_id_response.identity_id
    again = public("get_id", identity_pool_id=pool.identity_pool_id, logins=logins).get_id_response.identity_id
    described = ministack("describe_identity", identity_id=identity_id).identity_description
    listed = ministack("list_identities", identity_pool_id=pool.identity_pool_id, max_results=60, hide_disabled=True)

    assert again == identity_id
    assert (described.identity_id, described.logins) == (identity_id, ["graph.facebook.com"])
    assert before <= described.creation_date <= described.last_modified_date <= datetime.now(UTC)
    assert listed.list_identities_response == shared.ListIdentitiesResponse(
        identity_pool_id=pool.identity_pool_id, identities=[described]
    )


def test_credentials_of_an_identity_sign_further_calls(
    connect: Connect, ministack_url: str, pool: shared.IdentityPool
) -> None:
    public = connect(server_url=ministack_url)
    identity_id = public("get_id", identity_pool_id=pool.identity_pool_id).get_id_response.identity_id
    issued = public("get_credentials_for_identity", identity_id=identity_id).get_credentials_for_identity_response

    assert issued.identity_id == identity_id
    assert issued.credentials.access_key_id.startswith("ASIA")
    assert datetime.now(UTC) < issued.credentials.expiration < datetime.now(UTC) + timedelta(hours=2)
    security = key_pair(
        issued.credentials.access_key_id, issued.credentials.secret_key, issued.credentials.session_token
    )
    guest = connect(server_url=ministack_url, security=security, region="us-east-1")
    assert guest("describe_identity", identity_id=identity_id).identity_description.identity_id == identity_id


def test_token_of_an_identity(connect: Connect, ministack_url: str, pool: shared.IdentityPool) -> None:
    public = connect(server_url=ministack_url)
    identity_id = public("get_id", identity_pool_id=pool.identity_pool_id).get_id_response.identity_id

    issued = public("get_open_id_token", identity_id=identity_id).get_open_id_token_response

    claims = json.loads(base64.urlsafe_b64decode(issued.token.split(".")[1] + "=="))
    assert issued.identity_id == identity_id
    assert (claims["sub"], claims["aud"]) == (identity_id, pool.identity_pool_id)


def test_merge_and_unlink(ministack: Caller, pool: shared.IdentityPool) -> None:
    merged = ministack(
        "merge_developer_identities",
        source_user_identifier="user-1",
        destination_user_identifier="user-2",
        developer_provider_name="login.example",
        identity_pool_id=pool.identity_pool_id,
    )
    unlinked_developer = ministack(
        "unlink_developer_identity",
        identity_id=IDENTITY_ID,
        identity_pool_id=pool.identity_pool_id,
        developer_provider_name="login.example",
        developer_user_identifier="user-1",
    )
    unlinked = ministack(
        "unlink_identity", identity_id=IDENTITY_ID, logins={"graph.facebook.com": "t"}, logins_to_remove=["x"]
    )

    assert merged.merge_developer_identities_response.identity_id.startswith("us-east-1:")
    assert type(unlinked_developer) is operations.UnlinkDeveloperIdentityResponse
    assert type(unlinked) is operations.UnlinkIdentityResponse


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        (
            "update_identity_pool",
            {"identity_pool_id": IDENTITY_ID, "identity_pool_name": "x", "allow_unauthenticated_identities": True},
        ),
        ("list_identities", {"identity_pool_id": IDENTITY_ID, "max_results": 1}),
        ("get_id", {"identity_pool_id": IDENTITY_ID}),
        ("get_open_id_token", {"identity_id": IDENTITY_ID}),
        ("describe_identity", {"identity_id": IDENTITY_ID}),
        ("set_identity_pool_roles", {"identity_pool_id": IDENTITY_ID, "roles": ROLES}),
    ],
)
def test_unknown_resource_is_a_typed_error(method: str, arguments: dict[str, Any], ministack: Caller) -> None:
    with pytest.raises(errors.ResourceNotFoundException) as caught:
        ministack(method, **arguments)

    error = caught.value
    assert (error.code, error.status_code, error.attempts) == ("ResourceNotFoundException", 400, 1)
    assert IDENTITY_ID in error.message
    assert error.request_id
    assert error.retryable is False


def test_invalid_parameter_is_a_typed_error(ministack: Caller) -> None:
    with pytest.raises(errors.InvalidParameterException) as caught:
        ministack("tag_resource", resource_arn="no-arn", tags={})

    assert caught.value.code == "InvalidParameterException"
    assert "ARN" in caught.value.message


@pytest.mark.parametrize("case", [case for case in CASES if case.method in MISSING], ids=lambda case: case.method)
def test_unknown_operation_keeps_its_code(case: Any, ministack: Caller) -> None:
    with pytest.raises(errors.APIError) as caught:
        ministack(case.method, **case.arguments)

    assert type(caught.value) is errors.APIError
    assert (caught.value.code, caught.value.status_code, caught.value.retryable) == ("InvalidAction", 400, False)
    assert case.name in caught.value.message
