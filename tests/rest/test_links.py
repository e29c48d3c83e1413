"""Links: results tell of the arguments of the calls that follow."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import Stages, run
from tests.rest.recorder import Recorder

PACKAGE = "links_client"
DOCUMENT = Path(__file__).parent / "links.yaml"
ONE, TWO, THREE = (f"{n}2345678-1234-4123-8123-123456789012" for n in (1, 2, 3))


@pytest.fixture(scope="module")
def found() -> Stages:
    return run(DOCUMENT, package=PACKAGE)


@pytest.fixture(scope="module")
def root(found: Stages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("links")
    write_files(directory, found.files())
    return directory


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        recorder.answers_by(lambda _: ({"id": ONE, "friends": [{"id": TWO}]}, {"X-Id": THREE}))
        yield recorder


def test_what_follows(sdk: ModuleType, server: Recorder) -> None:
    with sdk.SDK(server_url=server.url) as client:
        result = client.users.add_user(name="Ann", lang="en")
        assert result.links == {
            "GetUser": {"id": UUID(ONE), "lang": "en", "x_who": "by Ann"},
            "FirstFriend": {"id": UUID(TWO)},
            "Version": {"id": UUID(THREE), "version": 3},
        }
        for arguments in result.links.values():
            client.users.get_user(**arguments)

    assert [request.target for request in server.requests[1:]] == [
        f"/v2/users/{ONE}?lang=en",
        f"/v2/users/{TWO}",
        f"/v2/users/{THREE}?version=3",
    ]


def test_what_the_exchange_does_not_tell_is_left_out(sdk: ModuleType, server: Recorder) -> None:
    server.answers_by(lambda _: ({"id": ONE, "friends": []}, {}))

    async def call() -> Any:
        async with sdk.AsyncSDK(server_url=server.url) as client:
            return (await client.users.add_user()).links

    assert asyncio.run(call()) == {"GetUser": {"id": UUID(ONE)}}


def test_a_link_that_leads_nowhere_costs_the_link_only(found: Stages) -> None:
    assert found.messages("GEN014") == [
        "the link 'Nowhere' leads to no operation of this client",
        "the link 'Elsewhere' leads to no operation of this client",
        "the link 'Unknown' gives 'nick', which getUser does not take",
    ]


def test_the_page_of_the_operation_lists_them(root: Path) -> None:
    (page,) = (path for path in root.rglob("add_user.md"))

    assert '| `GetUser` | `client.users.get_user(**result.links["GetUser"])` |' in page.read_text()
