"""The operations on pools, with every member they can send and every member their replies can hold."""

from __future__ import annotations

from typing import Any

from sdk.models import shared
from tests.clients.operation_case import OIDC_ARN, POOL_ARN, POOL_ID, ROLE_ARN, SAML_ARN, USER_POOL, OperationCase

__all__ = ["POOL_CASES"]

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

POOL_CASES = (*_POOLS, *_POOL_SETTINGS)
