"""Results that go on."""

from __future__ import annotations

import itertools
from typing import Any

from benchmarks.compare.clients.peer import Options, Peer
from benchmarks.compare.replies import IDENTITY_ID, POOL_ID
from benchmarks.compare.row import row
from benchmarks.compare.server import Reply, Request, Server

_PAGES = 3
_ENDLESS = 40


def _page(key: str, item: Any) -> Any:
    def script(request: Request, number: int) -> Reply:
        asked = request.document.get("NextToken")
        assert asked == (None if number == 1 else f"token-{number - 1}")
        more = {"NextToken": f"token-{number}"} if number < _PAGES else {}
        return Reply(body={key: [item, item]} | more)

    return script


def _items(peer: Peer, operation: str, key: str, item: Any, **members: Any) -> str:
    with Server(_page(key, item)) as server, peer.connect(Options(url=server.url)) as connection:
        found = sum(1 for _ in peer.items(connection, operation, key, **members))
        return f"{found} items of {len(server.requests)} pages"


ALL = ("6 items of 3 pages",)


@row("ListIdentityPools", *ALL)
def list_identity_pools(peer: Peer) -> str:
    item = {"IdentityPoolId": POOL_ID, "IdentityPoolName": "pool"}
    return _items(peer, "ListIdentityPools", "IdentityPools", item, MaxResults=2)


@row("ListIdentities", *ALL)
def list_identities(peer: Peer) -> str:
    item = {"IdentityId": IDENTITY_ID}
    return _items(peer, "ListIdentities", "Identities", item, IdentityPoolId=POOL_ID, MaxResults=2)


@row("LookupDeveloperIdentity", *ALL)
def lookup_developer_identity(peer: Peer) -> str:
    key = "DeveloperUserIdentifierList"
    return _items(peer, "LookupDeveloperIdentity", key, "user", IdentityPoolId=POOL_ID, IdentityId=IDENTITY_ID)


@row("a service that gives the same token again and again", "ends with an exception", r"ends with \w+")
def repeated_token(peer: Peer) -> str:
    body = {"IdentityPools": [{"IdentityPoolId": POOL_ID}], "NextToken": "the-same"}
    with Server(Reply(body=body)) as server, peer.connect(Options(url=server.url)) as connection:
        try:
            items = peer.items(connection, "ListIdentityPools", "IdentityPools", MaxResults=1)
            for _ in itertools.islice(items, _ENDLESS):
                pass
        except Exception as raised:
            if not server.requests:
                raise
            return f"ends with {type(raised).__name__}"
        return "goes on for ever"
