"""Header fields that a document describes are properties of the result."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import PRELUDE, run
from tests.rest.recorder import Recorder

DOCUMENT = f"""{PRELUDE}paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200":
          description: Some.
          headers:
            X-Total: {{schema: {{type: integer}}}}
            X-Colour: {{schema: {{$ref: "#/components/schemas/Colour"}}}}
            X-Sizes: {{schema: {{type: array, items: {{type: integer}}}}}}
            X-Limits: {{content: {{application/json: {{schema: {{$ref: "#/components/schemas/Limits"}}}}}}}}
            # Names that are taken, and one that is the same in Python.
            headers: {{schema: {{type: string}}}}
            thing: {{schema: {{type: string}}}}
            x_total: {{schema: {{type: string}}}}
            Content-Type: {{schema: {{type: string}}}}
            Rate: {{$ref: "#/components/headers/Rate"}}
          content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing"}}}}}}
        "202": {{description: Later., headers: {{Retry-After: {{schema: {{type: integer}}}}}}}}
components:
  headers:
    Rate: {{description: "How often: \\"\\"\\" import os", deprecated: true, schema: {{type: number}}}}
  schemas:
    Thing: {{type: object, properties: {{id: {{type: string}}}}}}
    Colour: {{type: string, enum: [red]}}
    Limits: {{type: object, properties: {{most: {{type: integer}}}}}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reply_headers")
    (folder / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    stages = run(folder / "openapi.yaml", package="headed")
    write_files(folder, stages.files())
    assert len(stages.messages("NAME001")) == 3
    return folder


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, "headed") as module:
        yield module


def test_they_are_typed(sdk: ModuleType) -> None:
    fields = {
        "x-total": "3",
        "X-Colour": "red",
        "x-sizes": "1, 2",
        "X-Limits": '{"most": 5}',
        "headers": "h",
        "thing": "t",
        "rate": "1.5",
    }
    with Recorder() as server, sdk.SDK(server_url=server.url) as client:
        server.answers_by(lambda _: ({"id": "a"}, fields))
        result = client.list_things()
    shared = sdk.models.shared
    assert result.x_total == 3
    assert result.x_colour is shared.Colour.RED
    assert result.x_sizes == [1, 2]
    assert result.x_limits == shared.Limits(most=5)
    assert (result.headers_, result.thing_2, result.rate) == ("h", "t", 1.5)
    assert result.x_total_2 is None
    assert result.retry_after is None
    # The facts of every result, and its body, are where they always are.
    assert (result.thing.id, result.headers["rate"], result.content_type) == ("a", "1.5", "application/json")


def test_the_page_lists_them(root: Path) -> None:
    page = (root / "docs" / "operations" / "list_things.md").read_text(encoding="utf-8")
    assert "| `result.x_sizes` | `list[int]` | `X-Sizes` |  |" in page
    assert "Content-Type" not in page


def test_the_readme_shows_one_of_them(root: Path) -> None:
    assert "typed attributes too (`result.x_total`);" in (root / "README.md").read_text(encoding="utf-8")


# --- the stub -------------------------------------------------------------------------------------------------------


@pytest.fixture
def stub(sdk: ModuleType) -> Any:
    return importlib.import_module(f"{sdk.__name__}.testing").Stub()


def test_a_stub_makes_them_up(sdk: ModuleType, stub: Any) -> None:
    shared = sdk.models.shared
    with stub.client() as client:
        result = client.list_things()
        again = client.list_things()

    assert isinstance(result.x_total, int)
    assert result.x_colour is shared.Colour.RED
    assert [type(size) for size in result.x_sizes] == [int, int]
    assert isinstance(result.x_limits, shared.Limits)
    assert isinstance(result.rate, float)
    assert result.content_type == "application/json"
    assert [again.x_total, again.x_limits, again.thing] == [result.x_total, result.x_limits, result.thing]
    assert again.request_id != result.request_id


def test_a_test_decides_what_they_are(sdk: ModuleType, stub: Any) -> None:
    limits = sdk.models.shared.Limits(most=2)
    stub.on("list_things").reply(id="b", x_total=7, x_sizes=[1, 2], x_limits=limits, x_colour="blue", rate=None)
    with stub.client() as client:
        result = client.list_things()

    assert (result.thing.id, result.x_total, result.x_sizes, result.x_limits) == ("b", 7, [1, 2], limits)
    assert (result.x_colour, result.rate, result.thing_2) == ("blue", None, "thing_2")

    stub.on("list_things").reply({"id": "c"}, x_total=8)
    with stub.client() as client:
        result = client.list_things()
    assert (result.thing.id, result.x_total) == ("c", 8)


def test_mistakes_belong_to_the_line_that_made_them(stub: Any) -> None:
    route = stub.on("list_things")
    with pytest.raises(TypeError, match="x_total: "):
        route.reply(x_total="many")
    with pytest.raises(TypeError, match="no member 'x_totals'; did you mean 'x_total'"):
        route.reply(x_totals=1)
    with pytest.raises(ValueError, match="thing_2: header fields hold printable ASCII"):
        route.reply(thing_2="a\r\nX: y")
    with pytest.raises(TypeError, match="a body or its members"):
        route.reply({"id": "c"}, id="d", x_total=1)
