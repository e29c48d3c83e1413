"""Pages that are counted, that have URLs, or whose cursor is in their last item: against a server that has them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorded, Recorder

PACKAGE = "page_styles"
DOCUMENT = Path(__file__).parent / "pages.yaml"
COUNT, SIZE = 5, 2
ROOT = Path(__file__).parents[2]


def things(start: int) -> list[dict[str, int]]:
    return [{"id": number} for number in range(start, min(start + SIZE, COUNT))]


def reply(start: int, **meta: Any) -> Any:
    return {"data": {"items": things(start)}, "meta": meta}


def served(request: Recorded) -> tuple[Any, dict[str, str]]:
    """One page of the five things."""
    target = urlsplit(request.target)
    asked = {name: values[0] for name, values in parse_qs(target.query).items()}
    number = int(next(iter(asked.values()), "0")) if "limit" not in asked else int(asked.get("offset", 0))
    pages = -(-COUNT // SIZE)
    match target.path.removeprefix("/v2"):
        case "/offset":
            return things(number), {}
        case "/offset-total":
            return reply(number, total=COUNT), {}
        case "/offset-fern":
            return reply(number, more=number + SIZE < COUNT), {}
        case "/page":
            return reply((int(asked.get("page", 1)) - 1) * SIZE, pages=pages), {}
        case "/page-zero":
            return reply(number * SIZE), {}
        case "/cursor":
            return reply(int(asked["after"]) + 1 if "after" in asked else 0), {}
        case "/search":
            start = int(request.json.get("from", 0)) if request.body else 0
            return reply(start, next=str(start + SIZE) if start + SIZE < COUNT else None), {}
        case "/url/me":
            start = int(asked.get("from", 0))
            return reply(start, next=f"?from={start + SIZE}&x=a%20b" if start + SIZE < COUNT else None), {}
        case _:
            start = int(asked.get("from", 0))
            link = f'<http://{request.headers["host"]}/v2/link?from={start + SIZE}>; title="a, b"; rel="last next"'
            return things(start), {"Link": f'</v2/link>; rel="first", {link}'} if start + SIZE < COUNT else {}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("styles")
    found = run(DOCUMENT, package=PACKAGE)
    assert "GEN013" not in found.codes()
    write_files(directory, found.files())
    return directory


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        recorder.answers_by(served)
        yield recorder


CALLS: dict[str, tuple[Callable[[Any], Any], list[str]]] = {
    "offset": (
        lambda c: c.by_offset(limit=2),
        ["?limit=2", "?offset=2&limit=2", "?offset=4&limit=2", "?offset=5&limit=2"],
    ),
    "offset with total": (lambda c: c.by_offset_with_total(), ["", "?offset=2", "?offset=4"]),
    "offset with more": (lambda c: c.by_offset_of_fern(), ["", "?offset=2", "?offset=4"]),
    "page": (lambda c: c.by_page(), ["", "?page=2", "?page=3"]),
    "page from zero": (lambda c: c.by_page_from_zero(), ["", "?page=1", "?page=2", "?page=3"]),
    "cursor of the last item": (lambda c: c.by_last_item(), ["", "?after=1", "?after=3", "?after=4"]),
    "url": (lambda c: c.by_url(owner="me"), ["", "?from=2&x=a%20b", "?from=4&x=a%20b"]),
    "link": (lambda c: c.by_link(), ["", "?from=2", "?from=4"]),
    "body": (lambda c: c.by_search(words="w"), ["", "", ""]),
}


@pytest.mark.parametrize(("call", "targets"), CALLS.values(), ids=CALLS)
def test_all_items(sdk: ModuleType, server: Recorder, call: Callable[[Any], Any], targets: list[str]) -> None:
    with sdk.SDK(server_url=server.url) as client:
        found = [thing.id for thing in call(client)]

    assert found == list(range(COUNT))
    assert [urlsplit(request.target)._replace(path="").geturl() for request in server.requests] == targets


@pytest.mark.parametrize(("call", "targets"), CALLS.values(), ids=CALLS)
def test_all_items_with_asyncio(
    sdk: ModuleType, server: Recorder, call: Callable[[Any], Any], targets: list[str]
) -> None:
    async def read() -> list[int]:
        async with sdk.AsyncSDK(server_url=server.url) as client:
            return [thing.id async for thing in await call(client)]

    assert asyncio.run(read()) == list(range(COUNT))
    assert len(server.requests) == len(targets)


def test_going_on_later(sdk: ModuleType, server: Recorder) -> None:
    with sdk.SDK(server_url=server.url) as client:
        by_offset, by_url, by_link = client.by_offset(), client.by_url(owner="me"), client.by_link()

        assert [thing.id for thing in client.by_offset(offset=by_offset.next_position)] == [2, 3, 4]
        assert [thing.id for thing in client.by_url(owner="me", resume_url=by_url.next_token)] == [2, 3, 4]
        assert [thing.id for thing in client.by_link(resume_url=by_link.next_token)] == [2, 3, 4]
        assert (by_offset.next_token, by_url.next_position) == (None, None)
        assert [[thing.id for thing in page.items] for page in by_link.pages()] == [[0, 1], [2, 3], [4]]
        with pytest.raises(sdk.models.errors.RequestError, match="no URLs"):
            client.by_offset(resume_url="/v2/link")


@pytest.mark.parametrize(
    "url",
    [
        "http://other.invalid/v2/url/me",
        "http://127.0.0.1:1/v2/url/me",
        "//other.invalid/x",
        "https://user@127.0.0.1/",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_the_next_page_is_never_asked_for_elsewhere(sdk: ModuleType, server: Recorder, url: str) -> None:
    server.answers_by(lambda _: (reply(0, next=url), {}))

    with sdk.SDK(server_url=server.url) as client, pytest.raises(sdk.models.errors.PaginationError):
        list(client.by_url(owner="me"))
    assert len(server.requests) == 1


def test_a_line_break_in_a_url_is_no_header(sdk: ModuleType, server: Recorder) -> None:
    server.answers_by(lambda _: (reply(0, next="/v2/x y?a=\r\nX-Evil: 1"), {}))

    with sdk.SDK(server_url=server.url) as client:
        client.by_url(owner="me").next()
    assert " " not in server.requests[1].target
    assert "x-evil" not in server.requests[1].headers


def test_a_server_that_ignores_what_is_asked_for(sdk: ModuleType, server: Recorder) -> None:
    server.answers_by(lambda _: (things(0), {}))

    with sdk.SDK(server_url=server.url) as client, pytest.raises(sdk.models.errors.PaginationError):
        list(client.by_offset())
    assert len(server.requests) == 2


def test_a_circle_of_several_pages(sdk: ModuleType, server: Recorder) -> None:
    following = {"": "/v2/link?from=1", "from=1": "/v2/link?from=2", "from=2": "/v2/link?from=3"}

    def circle(request: Recorded) -> tuple[Any, dict[str, str]]:
        target = following.get(urlsplit(request.target).query, "/v2/link?from=1")
        return things(0), {"Link": f"<{target}>; rel=next"}

    server.answers_by(circle)
    with sdk.SDK(server_url=server.url) as client, pytest.raises(sdk.models.errors.PaginationError):
        list(client.by_link())
    assert len(server.requests) < 12


def test_a_page_may_be_gone_on_from_twice(sdk: ModuleType, server: Recorder) -> None:
    with sdk.SDK(server_url=server.url) as client:
        first = client.by_link()
        assert first.next().items == first.next().items


def test_the_stub_has_pages_that_are_counted(sdk: ModuleType) -> None:
    stub = import_module(f"{PACKAGE}.testing").Stub()
    client = stub.client()

    assert len(list(client.by_offset())) == len(client.by_offset().items)
    for name, call in (("by_offset", client.by_offset), ("by_page", client.by_page), ("by_search", client.by_search)):
        stub.on(name).pages(3, items=2)
        assert len(list(call())) == 6
    with pytest.raises(TypeError, match="answer"):
        stub.on("by_link").pages(2)


def test_types(root: Path, mypy: Callable[[str, Path], str]) -> None:
    program = f"""from {PACKAGE} import SDK
from {PACKAGE}.models import shared
things: list[shared.Thing] = list(SDK().by_offset(limit=2))
more: list[shared.Thing] = [thing for page in SDK().by_url(owner="me").pages() for thing in page.items]
position: int | None = SDK().by_offset_with_total().next_position
SDK().by_link(resume_url=SDK().by_link().next_token or "")
"""
    assert mypy(program, root) == ""
