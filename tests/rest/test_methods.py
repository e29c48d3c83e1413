"""Methods of OpenAPI 3.2: QUERY, and any other under `additionalOperations`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

DOCUMENT = """openapi: 3.2.0
info: {title: Files, version: "1"}
paths:
  /files/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    query:
      operationId: searchFile
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [words], properties: {words: {type: string}}}}}
      responses: {"200": {$ref: "#/components/responses/Count"}}
    additionalOperations:
      COPY:
        operationId: copyFile
        parameters: [{name: Destination, in: header, required: true, schema: {type: string}}]
        responses: {"200": {$ref: "#/components/responses/Count"}}
      syncAll: {operationId: syncFile, responses: {"200": {$ref: "#/components/responses/Count"}}}
      "COPY /x HTTP/1.1": {operationId: smuggle, responses: {"200": {description: Done.}}}
components:
  responses:
    Count:
      description: How many.
      content: {application/json: {schema: {$ref: "#/components/schemas/Found"}}}
  schemas:
    Found: {type: object, properties: {count: {type: integer}}}
"""


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("methods")
    (root / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    stages = run(root / "openapi.yaml", package="methods_client")
    assert stages.messages("SPEC038") == ["'COPY /x HTTP/1.1' is not an HTTP method"]
    write_files(root, stages.files())
    with imported(root, "methods_client") as module:
        yield module


@pytest.mark.parametrize("transport", ["SocketTransport", "Httpx2Transport"])
def test_each_method_is_sent_as_it_is_written(sdk: ModuleType, transport: str) -> None:
    sender = getattr(importlib.import_module(f"{sdk.__name__}.transports"), transport)()
    with Recorder() as server, sdk.SDK(server_url=server.url, transport=sender) as client:
        server.answers(200, {"count": 2})
        found = [client.search_file(id="a", words="w"), client.copy_file(id="a", destination="/b")]
        found.append(client.sync_file(id="a"))
        assert [result.found.count for result in found] == [2, 2, 2]
        assert [request.method for request in server.requests] == ["QUERY", "COPY", "syncAll"]
        assert server.requests[0].json == {"words": "w"}
        assert server.requests[1].headers["destination"] == "/b"


def test_a_lost_query_is_sent_again_and_a_lost_copy_is_not(sdk: ModuleType) -> None:
    operations = importlib.import_module(f"{sdk.__name__}._operations")
    protocol = importlib.import_module(f"{sdk.__name__}._runtime.protocols.rest_json").RestJson()
    lane = importlib.import_module(f"{sdk.__name__}._runtime.transport.lane")
    assert protocol.is_repeatable(operations.SEARCH_FILE)
    assert not protocol.is_repeatable(operations.COPY_FILE)
    assert "QUERY" in lane.IDEMPOTENT


def test_the_stub_tells_them_apart(sdk: ModuleType) -> None:
    stub = importlib.import_module(f"{sdk.__name__}.testing").Stub()
    stub.on("search_file").reply(count=1)
    stub.on("copy_file").reply(count=2)
    stub.on("sync_file").reply(count=3)
    with stub.client() as client:
        counts = [
            client.search_file(id="a", words="w").found.count,
            client.copy_file(id="a", destination="/b").found.count,
            client.sync_file(id="a").found.count,
        ]
    assert counts == [1, 2, 3]
