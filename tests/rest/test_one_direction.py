"""Members that only replies hold are no arguments, and those that only requests hold are asked for."""

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
  /users:
    post:
      operationId: signUp
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: "#/components/schemas/User"}}}}}}}}
      responses:
        "201": {{description: d, content: {{application/json: {{schema: {{$ref: "#/components/schemas/User"}}}}}}}}
  /users/{{id}}:
    put:
      operationId: putUser
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: "#/components/schemas/User"}}}}}}}}
      responses: {{"204": {{description: Done.}}}}
  /teams:
    post:
      operationId: addTeam
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Team"}}}}}}}}
      responses: {{"204": {{description: Done.}}}}
components:
  schemas:
    User:
      type: object
      required: [id, password, hint, extra]
      properties:
        id: {{type: string, readOnly: true}}
        name: {{type: string}}
        password: {{type: string, format: password, writeOnly: true}}
        hint: {{type: [string, "null"], writeOnly: true}}
        extra: {{writeOnly: true}}
    Team:
      type: object
      properties: {{users: {{type: array, items: {{$ref: "#/components/schemas/User"}}}}}}
"""
PROGRAM = """
from accounts import SDK
from accounts.models import shared

with SDK(server_url="http://localhost") as client:
    client.sign_up(password="p", hint=None, extra=1)
    client.sign_up(password="p", hint="h", extra=1, name="n")
    client.sign_up(hint="h", extra=1)  # type: ignore[call-overload]
    client.sign_up(password="p", hint=None, extra=1, id="i")  # type: ignore[call-overload]
    client.put_user(id="i", password="p", hint=None, extra=1)
    client.put_user(id="i", request=shared.User(id="i", password="p", hint=None, extra=1))
    client.put_user(id="i", id_="i", password="p", hint=None, extra=1)  # type: ignore[call-overload]
"""
ALL = {"password": "p", "hint": None, "extra": 1}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accounts")
    (folder / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    found = run(folder / "openapi.yaml", package="accounts")
    assert "NAME001" not in found.codes()  # `id` of the body is no argument: nothing to tell
    write_files(folder, found.files())
    return folder


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, "accounts") as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        recorder.answers(201, {"id": "i", "name": "n"})
        yield recorder


@pytest.fixture
def client(sdk: ModuleType, server: Recorder) -> Iterator[Any]:
    with sdk.SDK(server_url=server.url) as made:
        yield made


def test_what_is_asked_for_is_sent(sdk: ModuleType, server: Recorder, client: Any) -> None:
    user = client.sign_up(**ALL).user
    client.put_user(id="i", **ALL)
    client.put_user(id="i", request=sdk.models.shared.User(id="j", **ALL))

    assert (user.id, user.password) == ("i", None)
    assert [request.json for request in server.requests] == [ALL, ALL, {"id": "j", **ALL}]


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("password", "password: is required, but None"),
        ("hint", "hint: is required, but not set"),
        ("extra", "extra: is required, but None"),
    ],
)
def test_a_body_without_it_is_not_sent(
    sdk: ModuleType, server: Recorder, client: Any, missing: str, message: str
) -> None:
    shared, refused = sdk.models.shared, sdk.models.errors.RequestError
    rest = {name: value for name, value in ALL.items() if name != missing}
    for call in (
        lambda: client.sign_up(**rest),
        lambda: client.put_user(id="i", request=shared.User(**rest)),
        lambda: client.add_team(users=[shared.User(**ALL), shared.User(**rest)]),
    ):
        with pytest.raises(refused) as caught:
            call()
        [violation] = caught.value.violations
        path = violation.path.removeprefix("request.").removeprefix("users[1].")
        assert (f"{path}: {violation.message}", violation.constraint) == (message, "required")

    assert server.requests == []


def test_nothing_is_asked_where_nothing_is_checked(server: Recorder, client: Any) -> None:
    client.sign_up(validate="none")

    assert server.request.json == {}


def test_type_checkers_know_both_directions(root: Path, mypy: Callable[[str, Path], str]) -> None:
    assert mypy(PROGRAM, root) == ""


def test_the_page_lists_what_can_be_given(root: Path) -> None:
    page = (root / "docs" / "operations" / "sign_up.md").read_text(encoding="utf-8")

    assert "| `password` | `str` | yes |" in page
    assert "| `name` | `str` |  |" in page
    assert "| `id` |" not in page
    assert "password=" in page
