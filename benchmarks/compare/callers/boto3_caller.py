"""A caller with mistakes: lines that end in `# wrong` should not pass a type checker."""

from __future__ import annotations

import boto3

client = boto3.client("cognito-identity", region_name="us-east-1")
result = client.list_identity_pools(MaxResults=5)  # arguments
pools = result["IdentityPools"]  # members
print([pool["IdentityPoolName"] for pool in pools])
client.list_identity_pools(MaxResult=5)  # wrong
client.list_identity_pools(MaxResults="five")  # wrong
client.list_identity_pools()  # wrong
client.list_identity_pool(MaxResults=5)  # wrong
print(result["IdentityPool"])  # wrong
print(pools[0]["IdentityPoolName"] + 1)  # wrong
