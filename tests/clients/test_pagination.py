"""Results that go on: iteration, pages, resuming, and servers that lead in a circle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

import sdk
from sdk.models import errors, operations, shared
from tests.clients.stub import Recorded, Reply, Stub

SECURITY = shared.Security(hmac=shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret"))
POOL = "us-east-1:00000000-0000-4000-8000-000000000000"
# Method, its arguments, the member that holds the items, and two items.
OPERATIONS: dict[str, tuple[dict[str, Any], str, list[Any]]] = {
    "list_identity_pools": ({"max_results": 2}, "IdentityPools", [{"IdentityPoolId": "a"}, {"IdentityPoolId": "b"}]),
    "list_identities": (
        {"identity_pool_id": POOL, "max_results": 2},
        "Identities",
        [{"IdentityId": "a"}, {"IdentityId": "b"}],
    ),
    "lookup_developer_identity": ({"identity_pool_id": POOL}, "DeveloperUserIdentifierList", ["a", "b"]),
}


class Book(Stub):
    """Answers with pages; the token of a page is its number."""

    def __init__(self, member: str, pages: list[list[Any]], *, endless: bool = False) -> None:
        super().__init__()
        self.member, self.pages, self.endless = member, pages, endless

    def answer(self, request: Recorded) -> Reply:
        self.requests.append(request)
        number = int(request.json.get("NextToken", "0"))
        more = number + 1 < len(self.pages) or self.endless
        token = {"NextToken": str(min(number + 1, len(self.pages) - 1))} if more else {}
        return Reply.of({self.member: self.pages[number], **token})


def client(server: Book) -> sdk.SDK:
    return sdk.SDK(SECURITY, server_url=server.url, region="us-east-1")


@pytest.mark.parametrize("method", OPERATIONS)
def test_iterating_goes_through_every_page(method: str) -> None:
    arguments, member, items = OPERATIONS[method]
    with Book(member, [items, [], items]) as server, client(server) as caller:
        found = list(getattr(caller, method)(**arguments))

    assert len(found) == 4
    assert [request.json.get("NextToken") for request in server.requests] == [None, "1", "2"]
    assert all(
        {**request.json, "NextToken": ""} == {**server.requests[0].json, "NextToken": ""} for request in server.requests
    )


@pytest.mark.parametrize("method", OPERATIONS)
def test_iterating_with_asyncio(method: str) -> None:
    arguments, member, items = OPERATIONS[method]

    async def main(url: str) -> tuple[int, int]:
        async with sdk.AsyncSDK(SECURITY, server_url=url, region="us-east-1") as caller:
            found = [item async for item in await getattr(caller, method)(**arguments)]
            pages = [page async for page in (await getattr(caller, method)(**arguments)).pages_async()]
            return len(found), len(pages)

    with Book(member, [items, [], items]) as server:
        assert asyncio.run(main(server.url)) == (4, 3)


@pytest.mark.parametrize("way", [list, lambda result: list(result.pages()), lambda result: result.next()])
@pytest.mark.parametrize("count", [1, 2])
def test_a_result_of_asyncio_says_how_it_goes_on(way: Callable[[Any], Any], count: int) -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]

    async def main(url: str) -> None:
        async with sdk.AsyncSDK(SECURITY, server_url=url, region="us-east-1") as caller:
            result = await caller.list_identity_pools(**arguments)
            with pytest.raises(errors.PaginationError, match=r"async for.*pages_async.*await result.next_async"):
                way(result)

    with Book(member, [items] * count) as server:
        asyncio.run(main(server.url))
    assert len(server.requests) == 1


async def _iterated(result: Any) -> None:
    async for _ in result:
        pass


async def _paged(result: Any) -> None:
    async for _ in result.pages_async():
        pass


@pytest.mark.parametrize("way", [_iterated, _paged, lambda result: result.next_async()])
def test_a_result_of_the_blocking_client_says_how_it_goes_on(way: Callable[[Any], Any]) -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]
    with Book(member, [items, items]) as server, client(server) as caller:
        result = caller.list_identity_pools(**arguments)
        with pytest.raises(errors.PaginationError, match=r"`for item in result`, `result.pages\(\)`"):
            asyncio.run(way(result))

    assert len(server.requests) == 1


def test_nothing_is_fetched_before_it_is_needed() -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]
    with Book(member, [items] * 50) as server, client(server) as caller:
        iterator = iter(caller.list_identity_pools(**arguments))
        first = [next(iterator) for _ in range(3)]

    assert [pool.identity_pool_id for pool in first] == ["a", "b", "a"]
    assert len(server.requests) == 2


def test_page_by_page() -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]
    with Book(member, [items, items[:1]]) as server, client(server) as caller:
        first = caller.list_identity_pools(**arguments)
        second = first.next()

        assert (len(first.items), first.next_token) == (2, "1")
        assert second is not None
        assert (len(second.items), second.next_token, second.next()) == (1, None, None)
        assert [len(page.items) for page in first.pages()] == [2, 1]


def test_going_on_later_with_a_kept_token() -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]
    with Book(member, [items, items[:1]]) as server, client(server) as caller:
        token = caller.list_identity_pools(**arguments).next_token
        rest = list(caller.list_identity_pools(**arguments, next_token=token))

    assert len(rest) == 1


def test_options_of_the_call_hold_for_every_page() -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]
    with Book(member, [items, items]) as server, client(server) as caller:
        list(caller.list_identity_pools(**arguments, extra_headers={"X-Trace": "1"}))

    assert [request.header("X-Trace") for request in server.requests] == ["1", "1"]


def test_a_request_object_is_left_as_it_was() -> None:
    _, member, items = OPERATIONS["list_identity_pools"]
    request = operations.ListIdentityPoolsRequest(request=shared.ListIdentityPoolsInput(max_results=2))
    with Book(member, [items, items]) as server, client(server) as caller:
        assert len(list(caller.list_identity_pools(request))) == 4

    assert request.request.next_token is None


def test_a_token_that_comes_again_is_an_error() -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]
    with Book(member, [items, items], endless=True) as server, client(server) as caller:
        with pytest.raises(errors.PaginationError, match="token"):
            list(islice(caller.list_identity_pools(**arguments), 10))  # a client that goes on fails here, and ends

    assert len(server.requests) == 2


def test_a_result_from_nowhere_cannot_go_on() -> None:
    arguments, member, items = OPERATIONS["list_identity_pools"]
    with Book(member, [items]) as server, client(server) as caller:
        page = caller.list_identity_pools(**arguments)
        made = operations.ListIdentityPoolsResponse(
            raw_response=page.raw_response, list_identity_pools_response=page.list_identity_pools_response
        )

    assert made == page
    with pytest.raises(errors.PaginationError):
        made.next()
