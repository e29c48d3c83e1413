"""What a test of one operation is made of, and the values that such tests share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

__all__ = [
    "CHANGED",
    "CHANGED_WIRE",
    "CREATED",
    "CREATED_WIRE",
    "IDENTITY_ID",
    "LOGINS",
    "OIDC_ARN",
    "OTHER_IDENTITY_ID",
    "POOL_ARN",
    "POOL_ID",
    "ROLE_ARN",
    "SAML_ARN",
    "USER_POOL",
    "OperationCase",
]

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
