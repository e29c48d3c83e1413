"""Each operation with every member it can send and every member its reply can hold.

Pairs of what Python code says and what the wire says; tests hold the wire's half against the service model of botocore.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sdk.models import shared

__all__ = ["CASES", "OperationCase"]

POOL_ID = "us-east-1:11111111-1111-4111-8111-111111111111"
IDENTITY_ID = "us-east-1:22222222-2222-4222-8222-222222222222"
OTHER_IDENTITY_ID = "us-east-1:33333333-3333-4333-8333-333333333333"
POOL_ARN = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{POOL_ID}"
ROLE_ARN = "arn:aws:iam::123456789012:role/reader"
OIDC_ARN = "arn:aws:iam::123456789012:oidc-provider/example.com"
SAML_ARN = "arn:aws:iam::123456789012:saml-provider/example"
USER_POOL = "cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI"
LOGINS = {"accounts.google.com": "google-token", USER_POOL: "user-pool-token"}
CREATED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CHANGED = datetime(2026, 1, 2, 3, 4, 5, 250_000, tzinfo=UTC)
CREATED_WIRE = 1767323045
CHANGED_WIRE = 1767323045.25


@dataclass(frozen=True, kw_only=True)
class OperationCase:
    """One call.

    Attributes:
        name: The operation's name in the API.
        method: The client's method.
        arguments: Keyword arguments of the call.
        sent: The request's body.
        reply: The reply's body; None for an empty one.
        field: The result's attribute that holds the body; None where a success has no body.
        result: What is in it.
        signed: Whether the operation needs credentials.
    """

    name: str
    method: str
    arguments: dict[str, Any]
    sent: dict[str, Any]
    reply: dict[str, Any] | None = None
    field: str | None = None
    result: Any = None
    signed: bool = True


_POOL_ARGUMENTS: dict[str, Any] = {
    "identity_pool_name": "My pool",
    "allow_unauthenticated_identities": True,
    "allow_classic_flow": False,
    "supported_login_providers": {"graph.facebook.com": "7346241598935552"},
    "developer_provider_name": "login.example",
    "open_id_connect_provider_ar_ns": [OIDC_ARN],
    "cognito_identity_providers": [
        shared.CognitoIdentityProvider(provider_name=USER_POOL, client_id="client", server_side_token_check=True),
        shared.CognitoIdentityProvider(),
    ],
    "saml_provider_ar_ns": [SAML_ARN],
    "identity_pool_tags": {"stage": "test", "empty": ""},
}
_POOL_WIRE: dict[str, Any] = {
    "IdentityPoolName": "My pool",
    "AllowUnauthenticatedIdentities": True,
    "AllowClassicFlow": False,
    "SupportedLoginProviders": {"graph.facebook.com": "7346241598935552"},
    "DeveloperProviderName": "login.example",
    "OpenIdConnectProviderARNs": [OIDC_ARN],
    "CognitoIdentityProviders": [{"ProviderName": USER_POOL, "ClientId": "client", "ServerSideTokenCheck": True}, {}],
    "SamlProviderARNs": [SAML_ARN],
    "IdentityPoolTags": {"stage": "test", "empty": ""},
}
_POOL_REPLY = {"IdentityPoolId": POOL_ID, **_POOL_WIRE}
_POOL = shared.IdentityPool(identity_pool_id=POOL_ID, **_POOL_ARGUMENTS)

_IDENTITY_WIRE: dict[str, Any] = {
    "IdentityId": IDENTITY_ID,
    "Logins": ["accounts.google.com"],
    "CreationDate": CREATED_WIRE,
    "LastModifiedDate": CHANGED_WIRE,
}
_IDENTITY = shared.IdentityDescription(
    identity_id=IDENTITY_ID, logins=["accounts.google.com"], creation_date=CREATED, last_modified_date=CHANGED
)

_ROLE_MAPPINGS_WIRE: dict[str, Any] = {
    "accounts.google.com": {"Type": "Token", "AmbiguousRoleResolution": "Deny"},
    USER_POOL: {
        "Type": "Rules",
        "AmbiguousRoleResolution": "AuthenticatedRole",
        "RulesConfiguration": {
            "Rules": [{"Claim": "groups", "MatchType": "Contains", "Value": "readers", "RoleARN": ROLE_ARN}]
        },
    },
}
_ROLE_MAPPINGS = {
    "accounts.google.com": shared.RoleMapping(
        type=shared.RoleMappingType.TOKEN, ambiguous_role_resolution=shared.AmbiguousRoleResolutionType.DENY
    ),
    USER_POOL: shared.RoleMapping(
        type=shared.RoleMappingType.RULES,
        ambiguous_role_resolution=shared.AmbiguousRoleResolutionType.AUTHENTICATED_ROLE,
        rules_configuration=shared.RulesConfigurationType(
            rules=[
                shared.MappingRule(
                    claim="groups", match_type=shared.MappingRuleMatchType.CONTAINS, value="readers", role_arn=ROLE_ARN
                )
            ]
        ),
    ),
}
_ROLES = {"authenticated": ROLE_ARN, "unauthenticated": ROLE_ARN}

_ATTRIBUTE_MAP: dict[str, Any] = {
    "identity_pool_id": POOL_ID,
    "identity_provider_name": USER_POOL,
    "use_defaults": False,
    "principal_tags": {"department": "custom:department"},
}
_ATTRIBUTE_MAP_WIRE = {
    "IdentityPoolId": POOL_ID,
    "IdentityProviderName": USER_POOL,
    "UseDefaults": False,
    "PrincipalTags": {"department": "custom:department"},
}

_POOLS = (
    OperationCase(
        name="CreateIdentityPool",
        method="create_identity_pool",
        arguments=_POOL_ARGUMENTS,
        sent=_POOL_WIRE,
        reply=_POOL_REPLY,
        field="identity_pool",
        result=_POOL,
    ),
    OperationCase(
        name="DescribeIdentityPool",
        method="describe_identity_pool",
        arguments={"identity_pool_id": POOL_ID},
        sent={"IdentityPoolId": POOL_ID},
        reply=_POOL_REPLY,
        field="identity_pool",
        result=_POOL,
    ),
    OperationCase(
        name="UpdateIdentityPool",
        method="update_identity_pool",
        arguments={"identity_pool_id": POOL_ID, **_POOL_ARGUMENTS},
        sent=_POOL_REPLY,
        reply=_POOL_REPLY,
        field="identity_pool",
        result=_POOL,
    ),
    OperationCase(
        name="DeleteIdentityPool",
        method="delete_identity_pool",
        arguments={"identity_pool_id": POOL_ID},
        sent={"IdentityPoolId": POOL_ID},
    ),
    OperationCase(
        name="ListIdentityPools",
        method="list_identity_pools",
        arguments={"max_results": 60, "next_token": "page-2"},
        sent={"MaxResults": 60, "NextToken": "page-2"},
        reply={
            "IdentityPools": [{"IdentityPoolId": POOL_ID, "IdentityPoolName": "My pool"}, {}],
            "NextToken": "page-3",
        },
        field="list_identity_pools_response",
        result=shared.ListIdentityPoolsResponse(
            identity_pools=[
                shared.IdentityPoolShortDescription(identity_pool_id=POOL_ID, identity_pool_name="My pool"),
                shared.IdentityPoolShortDescription(),
            ],
            next_token="page-3",
        ),
    ),
)

_POOL_SETTINGS = (
    OperationCase(
        name="SetIdentityPoolRoles",
        method="set_identity_pool_roles",
        arguments={"identity_pool_id": POOL_ID, "roles": _ROLES, "role_mappings": _ROLE_MAPPINGS},
        sent={"IdentityPoolId": POOL_ID, "Roles": _ROLES, "RoleMappings": _ROLE_MAPPINGS_WIRE},
    ),
    OperationCase(
        name="GetIdentityPoolRoles",
        method="get_identity_pool_roles",
        arguments={"identity_pool_id": POOL_ID},
        sent={"IdentityPoolId": POOL_ID},
        reply={"IdentityPoolId": POOL_ID, "Roles": _ROLES, "RoleMappings": _ROLE_MAPPINGS_WIRE},
        field="get_identity_pool_roles_response",
        result=shared.GetIdentityPoolRolesResponse(
            identity_pool_id=POOL_ID, roles=_ROLES, role_mappings=_ROLE_MAPPINGS
        ),
    ),
    OperationCase(
        name="SetPrincipalTagAttributeMap",
        method="set_principal_tag_attribute_map",
        arguments=_ATTRIBUTE_MAP,
        sent=_ATTRIBUTE_MAP_WIRE,
        reply=_ATTRIBUTE_MAP_WIRE,
        field="set_principal_tag_attribute_map_response",
        result=shared.SetPrincipalTagAttributeMapResponse(**_ATTRIBUTE_MAP),
    ),
    OperationCase(
        name="GetPrincipalTagAttributeMap",
        method="get_principal_tag_attribute_map",
        arguments={"identity_pool_id": POOL_ID, "identity_provider_name": USER_POOL},
        sent={"IdentityPoolId": POOL_ID, "IdentityProviderName": USER_POOL},
        reply=_ATTRIBUTE_MAP_WIRE,
        field="get_principal_tag_attribute_map_response",
        result=shared.GetPrincipalTagAttributeMapResponse(**_ATTRIBUTE_MAP),
    ),
    OperationCase(
        name="TagResource",
        method="tag_resource",
        arguments={"resource_arn": POOL_ARN, "tags": {"stage": "test"}},
        sent={"ResourceArn": POOL_ARN, "Tags": {"stage": "test"}},
        reply={},
        field="tag_resource_response",
        result=shared.TagResourceResponse(),
    ),
    OperationCase(
        name="UntagResource",
        method="untag_resource",
        arguments={"resource_arn": POOL_ARN, "tag_keys": ["stage", "empty"]},
        sent={"ResourceArn": POOL_ARN, "TagKeys": ["stage", "empty"]},
        reply={},
        field="untag_resource_response",
        result=shared.UntagResourceResponse(),
    ),
    OperationCase(
        name="ListTagsForResource",
        method="list_tags_for_resource",
        arguments={"resource_arn": POOL_ARN},
        sent={"ResourceArn": POOL_ARN},
        reply={"Tags": {"stage": "test", "empty": ""}},
        field="list_tags_for_resource_response",
        result=shared.ListTagsForResourceResponse(tags={"stage": "test", "empty": ""}),
    ),
)

_IDENTITIES = (
    OperationCase(
        name="DescribeIdentity",
        method="describe_identity",
        arguments={"identity_id": IDENTITY_ID},
        sent={"IdentityId": IDENTITY_ID},
        reply=_IDENTITY_WIRE,
        field="identity_description",
        result=_IDENTITY,
    ),
    OperationCase(
        name="ListIdentities",
        method="list_identities",
        arguments={"identity_pool_id": POOL_ID, "max_results": 1, "next_token": "page-2", "hide_disabled": True},
        sent={"IdentityPoolId": POOL_ID, "MaxResults": 1, "NextToken": "page-2", "HideDisabled": True},
        reply={"IdentityPoolId": POOL_ID, "Identities": [_IDENTITY_WIRE], "NextToken": "page-3"},
        field="list_identities_response",
        result=shared.ListIdentitiesResponse(identity_pool_id=POOL_ID, identities=[_IDENTITY], next_token="page-3"),
    ),
    OperationCase(
        name="DeleteIdentities",
        method="delete_identities",
        arguments={"identity_ids_to_delete": [IDENTITY_ID, OTHER_IDENTITY_ID]},
        sent={"IdentityIdsToDelete": [IDENTITY_ID, OTHER_IDENTITY_ID]},
        reply={
            "UnprocessedIdentityIds": [
                {"IdentityId": IDENTITY_ID, "ErrorCode": "AccessDenied"},
                {"IdentityId": OTHER_IDENTITY_ID, "ErrorCode": "InternalServerError"},
            ]
        },
        field="delete_identities_response",
        result=shared.DeleteIdentitiesResponse(
            unprocessed_identity_ids=[
                shared.UnprocessedIdentityId(identity_id=IDENTITY_ID, error_code=shared.ErrorCode.ACCESS_DENIED),
                shared.UnprocessedIdentityId(
                    identity_id=OTHER_IDENTITY_ID, error_code=shared.ErrorCode.INTERNAL_SERVER_ERROR
                ),
            ]
        ),
    ),
)

_DEVELOPER_IDENTITIES = (
    OperationCase(
        name="GetOpenIdTokenForDeveloperIdentity",
        method="get_open_id_token_for_developer_identity",
        arguments={
            "identity_pool_id": POOL_ID,
            "identity_id": IDENTITY_ID,
            "logins": {"login.example": "user-1"},
            "principal_tags": {"department": "sales"},
            "token_duration": 86400,
        },
        sent={
            "IdentityPoolId": POOL_ID,
            "IdentityId": IDENTITY_ID,
            "Logins": {"login.example": "user-1"},
            "PrincipalTags": {"department": "sales"},
            "TokenDuration": 86400,
        },
        reply={"IdentityId": IDENTITY_ID, "Token": "open-id-token"},
        field="get_open_id_token_for_developer_identity_response",
        result=shared.GetOpenIdTokenForDeveloperIdentityResponse(identity_id=IDENTITY_ID, token="open-id-token"),
    ),
    OperationCase(
        name="LookupDeveloperIdentity",
        method="lookup_developer_identity",
        arguments={
            "identity_pool_id": POOL_ID,
            "identity_id": IDENTITY_ID,
            "developer_user_identifier": "user-1",
            "max_results": 10,
            "next_token": "page-2",
        },
        sent={
            "IdentityPoolId": POOL_ID,
            "IdentityId": IDENTITY_ID,
            "DeveloperUserIdentifier": "user-1",
            "MaxResults": 10,
            "NextToken": "page-2",
        },
        reply={
            "IdentityId": IDENTITY_ID,
            "DeveloperUserIdentifierList": ["user-1", "user-2"],
            "NextToken": "page-3",
        },
        field="lookup_developer_identity_response",
        result=shared.LookupDeveloperIdentityResponse(
            identity_id=IDENTITY_ID, developer_user_identifier_list=["user-1", "user-2"], next_token="page-3"
        ),
    ),
    OperationCase(
        name="MergeDeveloperIdentities",
        method="merge_developer_identities",
        arguments={
            "source_user_identifier": "user-1",
            "destination_user_identifier": "user-2",
            "developer_provider_name": "login.example",
            "identity_pool_id": POOL_ID,
        },
        sent={
            "SourceUserIdentifier": "user-1",
            "DestinationUserIdentifier": "user-2",
            "DeveloperProviderName": "login.example",
            "IdentityPoolId": POOL_ID,
        },
        reply={"IdentityId": IDENTITY_ID},
        field="merge_developer_identities_response",
        result=shared.MergeDeveloperIdentitiesResponse(identity_id=IDENTITY_ID),
    ),
    OperationCase(
        name="UnlinkDeveloperIdentity",
        method="unlink_developer_identity",
        arguments={
            "identity_id": IDENTITY_ID,
            "identity_pool_id": POOL_ID,
            "developer_provider_name": "login.example",
            "developer_user_identifier": "user-1",
        },
        sent={
            "IdentityId": IDENTITY_ID,
            "IdentityPoolId": POOL_ID,
            "DeveloperProviderName": "login.example",
            "DeveloperUserIdentifier": "user-1",
        },
    ),
)

_PUBLIC = (
    OperationCase(
        name="GetId",
        method="get_id",
        arguments={"account_id": "123456789012", "identity_pool_id": POOL_ID, "logins": LOGINS},
        sent={"AccountId": "123456789012", "IdentityPoolId": POOL_ID, "Logins": LOGINS},
        reply={"IdentityId": IDENTITY_ID},
        field="get_id_response",
        result=shared.GetIdResponse(identity_id=IDENTITY_ID),
        signed=False,
    ),
    OperationCase(
        name="GetCredentialsForIdentity",
        method="get_credentials_for_identity",
        arguments={"identity_id": IDENTITY_ID, "logins": LOGINS, "custom_role_arn": ROLE_ARN},
        sent={"IdentityId": IDENTITY_ID, "Logins": LOGINS, "CustomRoleArn": ROLE_ARN},
        reply={
            "IdentityId": IDENTITY_ID,
            "Credentials": {
                "AccessKeyId": "ASIAEXAMPLE",
                "SecretKey": "temporary-secret",
                "SessionToken": "session-token",
                "Expiration": CHANGED_WIRE,
            },
        },
        field="get_credentials_for_identity_response",
        result=shared.GetCredentialsForIdentityResponse(
            identity_id=IDENTITY_ID,
            credentials=shared.Credentials(
                access_key_id="ASIAEXAMPLE",
                secret_key="temporary-secret",
                session_token="session-token",
                expiration=CHANGED,
            ),
        ),
        signed=False,
    ),
    OperationCase(
        name="GetOpenIdToken",
        method="get_open_id_token",
        arguments={"identity_id": IDENTITY_ID, "logins": LOGINS},
        sent={"IdentityId": IDENTITY_ID, "Logins": LOGINS},
        reply={"IdentityId": IDENTITY_ID, "Token": "open-id-token"},
        field="get_open_id_token_response",
        result=shared.GetOpenIdTokenResponse(identity_id=IDENTITY_ID, token="open-id-token"),
        signed=False,
    ),
    OperationCase(
        name="UnlinkIdentity",
        method="unlink_identity",
        arguments={"identity_id": IDENTITY_ID, "logins": LOGINS, "logins_to_remove": ["accounts.google.com"]},
        sent={"IdentityId": IDENTITY_ID, "Logins": LOGINS, "LoginsToRemove": ["accounts.google.com"]},
        signed=False,
    ),
)

CASES: tuple[OperationCase, ...] = (*_POOLS, *_POOL_SETTINGS, *_IDENTITIES, *_DEVELOPER_IDENTITIES, *_PUBLIC)
