"""Members of a body whose names are taken by parameters or options: their arguments have an underscore more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import PRELUDE, run
from tests.rest.recorder import Recorder

DOCUMENT = f"""{PRELUDE}paths:
  /jobs/{{id}}:
    put:
      operationId: putJob
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: "#/components/schemas/Job"}}}}}}
      responses: {{"204": {{description: Done.}}}}
components:
  schemas:
    Job:
      type: object
      required: [name]
      properties:
        name: {{type: string}}
        id: {{type: string}}
        timeout: {{type: integer, description: Seconds.}}
"""
PROGRAM = """
from spread import SDK
from spread.models import shared

with SDK(server_url="http://localhost") as client:
    client.put_job(id="a", name="n", id_="b", timeout_=3, timeout=1.5)
    client.put_job(id="a", request=shared.Job(name="n", timeout=3))
    client.put_job(id="a", name="n", timeout_="long")  # type: ignore[call-overload]
    client.put_job(id="a")  # type: ignore[call-overload]
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spread")
    (folder / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    write_files(folder, run(folder / "openapi.yaml", package="spread").files())
    return folder


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, "spread") as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def client(sdk: ModuleType, server: Recorder) -> Iterator[Any]:
    with sdk.SDK(server_url=server.url) as made:
        yield made


def test_one_by_one_or_all_at_once(sdk: ModuleType, server: Recorder, client: Any) -> None:
    shared, operations = sdk.models.shared, sdk.models.operations
    job = shared.Job(name="n", id="b", timeout=3)
    client.put_job(id="a", name="n", id_="b", timeout_=3, timeout=5)
    client.put_job(id="a", request=job)
    client.put_job(operations.PutJobRequest(path_params=operations.PutJobPathParams(id="a"), request=job))
    assert [request.target for request in server.requests] == ["/v2/jobs/a"] * 3
    assert [request.json for request in server.requests] == [{"name": "n", "id": "b", "timeout": 3}] * 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"id": "a", "timeout_": 3}, "PutJob: missing name"),
        ({"id": "a"}, "PutJob: missing name"),
        ({"id": "a", "name": "n", "timeout__": 3}, "PutJob: there is no argument timeout__, did you mean timeout_?"),
        ({"id": "a", "request": None, "name": "n"}, "PutJob: there is no argument name"),
    ],
)
def test_what_is_wrong_with_names(client: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        client.put_job(**arguments)
    assert str(caught.value).lower() == message.lower()


def test_a_wrong_value_is_told_by_its_place_in_the_body(sdk: ModuleType, client: Any) -> None:
    with pytest.raises(sdk.models.errors.RequestError, match=r"request\.timeout: "):
        client.put_job(id="a", name="n", timeout_="long")


def test_type_checkers_know_both_forms(root: Path, mypy: Callable[[str, Path], str]) -> None:
    assert mypy(PROGRAM, root) == ""


def test_the_page_lists_the_arguments(root: Path) -> None:
    page = (root / "docs" / "operations" / "put_job.md").read_text(encoding="utf-8")
    assert "| `timeout_` | `int` |  | Seconds. |" in page
    assert (
        "| `request` | `shared.Job` |  | All members of the body at once, in place of the arguments for them. |" in page
    )
