"""Replies that more than one row asks for."""

from __future__ import annotations

from typing import Any

from benchmarks.compare.server import Reply

POOL_ID = "us-east-1:00000000-0000-4000-8000-000000000000"
IDENTITY_ID = "us-east-1:00000000-0000-4000-8000-000000000001"
POOLS = Reply(body={"IdentityPools": [{"IdentityPoolId": POOL_ID, "IdentityPoolName": "pool"}]})
NO_POOLS = Reply(body={"IdentityPools": []})
FOUND_ID = Reply(body={"IdentityId": IDENTITY_ID})
CREDENTIALS = Reply(
    body={
        "IdentityId": IDENTITY_ID,
        "Credentials": {
            "AccessKeyId": "ASIAEXAMPLE",
            "SecretKey": "canary-secret-key",
            "SessionToken": "canary-session-token",
            "Expiration": 4102444800,
        },
    }
)


def error(code: str, status: int = 400, message: str = "gone", **more: Any) -> Reply:
    """An error as the service sends it."""
    return Reply(status=status, body={"__type": code, "message": message}, **more)
