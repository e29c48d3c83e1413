"""A caller with mistakes: lines that end in `# wrong` should not pass a type checker."""

from __future__ import annotations

from aws_sdk_cognito_identity.client import AsyncCognitoIdentityClient
from aws_sdk_cognito_identity.models import ListIdentityPoolsInput, ListIdentityPoolsOutput


async def main(client: AsyncCognitoIdentityClient) -> ListIdentityPoolsOutput:
    """Call it."""
    result = await client.list_identity_pools(ListIdentityPoolsInput(max_results=5))  # arguments
    pools = result.identity_pools  # members
    print([pool.identity_pool_name for pool in pools or ()])
    await client.list_identity_pools(ListIdentityPoolsInput(max_result=5))  # wrong
    await client.list_identity_pools(ListIdentityPoolsInput(max_results="five"))  # wrong
    await client.list_identity_pools(ListIdentityPoolsInput())  # wrong
    await client.list_identity_pool(ListIdentityPoolsInput(max_results=5))  # wrong
    print(result.identity_pool)  # wrong
    print(pools[0].identity_pool_name + 1)  # wrong
    return result
