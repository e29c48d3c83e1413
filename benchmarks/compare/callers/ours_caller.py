"""A caller with mistakes: lines that end in `# wrong` should not pass a type checker."""

from __future__ import annotations

from sdk import SDK

client = SDK(region="us-east-1")
result = client.list_identity_pools(max_results=5)  # arguments
pools = result.list_identity_pools_response.identity_pools  # members
print([pool.identity_pool_name for pool in pools or ()])
client.list_identity_pools(max_result=5)  # wrong
client.list_identity_pools(max_results="five")  # wrong
client.list_identity_pools()  # wrong
client.list_identity_pool(max_results=5)  # wrong
print(result.identity_pool)  # wrong
print((pools or [])[0].identity_pool_name + 1)  # wrong
