"""A redirect is a result where no other success is documented; it is never followed."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import PRELUDE, run
from tests.rest.recorder import Recorder

LOCATION = "headers: {Location: {required: true, schema: {type: string, format: uri}}}"
DOCUMENT = f"""{PRELUDE}paths:
  /sign-in:
    get:
      operationId: signIn
      responses:
        "302": {{description: Sign in there., {LOCATION}}}
        "400": {{$ref: "#/components/responses/Problem"}}
        default: {{$ref: "#/components/responses/Problem"}}
  /latest:
    get:
      operationId: getLatest
      responses: {{3XX: {{description: It is there., {LOCATION}}}}}
  /thing:
    get:
      operationId: getThing
      responses:
        "200": {{description: It., content: {{text/plain: {{schema: {{type: string}}}}}}}}
        "302": {{description: It is there., {LOCATION}}}
  /file:
    get:
      operationId: getFile
      responses:
        "303":
          description: It is there.
          content: {{application/octet-stream: {{schema: {{type: string, format: binary}}}}}}
components:
  responses:
    Problem:
      description: It went wrong.
      content: {{application/json: {{schema: {{type: object, properties: {{message: {{type: string}}}}}}}}}}
"""
THERE = {"Location": "https://login.example/?state=a%20b"}


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("redirects")
    (root / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    write_files(root, run(root / "openapi.yaml", package="redirects_client").files())
    with imported(root, "redirects_client") as module:
        yield module


def test_it_is_a_result(sdk: ModuleType) -> None:
    with Recorder() as server, sdk.SDK(server_url=server.url) as client:
        server.answers(302, b"<a href=...>Found</a>", "text/html", THERE)
        result = client.sign_in()
        assert (result.status_code, result.location) == (302, THERE["Location"])
        server.answers(307, None, headers=THERE)
        assert (client.get_latest().status_code, client.get_latest().location) == (307, THERE["Location"])
        assert len(server.requests) == 3  # nobody followed


def test_it_is_a_result_of_the_asyncio_client(sdk: ModuleType) -> None:
    async def main(url: str) -> Any:
        async with sdk.AsyncSDK(server_url=url) as client:
            return await client.sign_in()

    with Recorder() as server:
        server.answers(302, None, headers=THERE)
        assert asyncio.run(main(server.url)).location == THERE["Location"]


@pytest.mark.parametrize(("call", "status"), [("sign_in", 303), ("sign_in", 400), ("get_thing", 302)])
def test_other_statuses_are_errors_as_ever(sdk: ModuleType, call: str, status: int) -> None:
    with Recorder() as server, sdk.SDK(server_url=server.url, retries=0) as client:
        server.answers(status, {"message": "no"}, headers=THERE)
        with pytest.raises(sdk.models.errors.APIError) as caught:
            getattr(client, call)()
        assert caught.value.status_code == status


def test_a_success_that_is_not_documented_is_one(sdk: ModuleType) -> None:
    with Recorder() as server, sdk.SDK(server_url=server.url) as client:
        server.answers(200, {"anything": 1})
        assert client.sign_in().status_code == 200
        assert client.sign_in().location is None


def test_no_stream_begins_with_it(sdk: ModuleType) -> None:
    with Recorder() as server, sdk.SDK(server_url=server.url) as client:
        server.answers(303, b"there", "application/octet-stream")
        with pytest.raises(sdk.models.errors.APIError):
            client.get_file_stream()


def test_the_stub_redirects(sdk: ModuleType) -> None:
    stub = importlib.import_module(f"{sdk.__name__}.testing").Stub()
    stub.on("sign_in").reply(location=THERE["Location"])
    with stub.client() as client:
        assert (client.sign_in().status_code, client.sign_in().location) == (302, THERE["Location"])
        assert client.get_latest().status_code == 302
        assert isinstance(client.get_latest().location, str)
