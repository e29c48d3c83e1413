"""A client of a Swagger 2.0 document sends what that specification says, which has other defaults than OpenAPI 3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

DOCUMENT = Path(__file__).parents[1] / "cases" / "swagger" / "openapi.yaml"
PACKAGE = "depot_client"


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("depot")
    write_files(root, run(DOCUMENT, package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def client(sdk: ModuleType, server: Recorder) -> Iterator[Any]:
    security = sdk.models.shared.Security(key=sdk.models.shared.SchemeKey(api_key="k-1"))
    with sdk.SDK(security, server_url=server.url, retries=0) as client:
        yield client


def test_arrays_are_spelled_by_their_collection_format(client: Any, server: Recorder) -> None:
    server.answers(200, {"kind": "Box", "name": "b", "depth": 2})

    found = client.get_item(id="a", fields=["x", "y"], sizes=[1, 2], words=["u", "v"]).item

    request = server.request
    assert request.target == "/v2/items/a?fields=x,y&sizes=1&sizes=2&words=u%7Cv"
    assert request.headers["x-key"] == "k-1"
    assert (type(found).__name__, found.depth) == ("Box", 2)


def test_a_form_member_is_spelled_by_its_collection_format(client: Any, server: Recorder) -> None:
    client.label(title="t", words=["u", "v"], more=["w", "x"])

    request = server.request
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.body == b"title=t&words=u,v&more=w&more=x"


def test_a_file_travels_in_a_multipart_form(client: Any, server: Recorder) -> None:
    client.upload(title="t", picture=b"\x89PNG")

    request = server.request
    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b"\x89PNG" in request.body
