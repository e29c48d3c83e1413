"""The operations on identities, with every member they can send and every member their replies can hold."""

from __future__ import annotations

from typing import Any

from sdk.models import shared
from tests.clients.operation_case import (
    CHANGED,
    CHANGED_WIRE,
    CREATED,
    CREATED_WIRE,
    IDENTITY_ID,
    LOGINS,
    OTHER_IDENTITY_ID,
    POOL_ID,
    ROLE_ARN,
    OperationCase,
)

__all__ = ["IDENTITY_CASES"]

_IDENTITY_WIRE: dict[str, Any] = {
    "IdentityId": IDENTITY_ID,
    "Logins": ["accounts.google.com"],
    "CreationDate": CREATED_WIRE,
    "LastModifiedDate": CHANGED_WIRE,
}
_IDENTITY = shared.IdentityDescription(
    identity_id=IDENTITY_ID, logins=["accounts.google.com"], creation_date=CREATED, last_modified_date=CHANGED
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

IDENTITY_CASES = (*_IDENTITIES, *_DEVELOPER_IDENTITIES, *_PUBLIC)
