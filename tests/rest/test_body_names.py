"""Bodies that are one argument, called as the document wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run, write_document
from tests.rest.recorder import Recorder

DOCUMENT = """
paths:
  /pictures/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put:
      operationId: putPicture
      requestBody:
        required: true
        description: The picture's bytes. More of it.
        x-name: pictureData
        content: {image/png: {schema: {type: string, format: binary}}}
      responses: {"204": {description: Done.}}
    patch:
      operationId: tagPicture
      requestBody:
        x-name: id
        content: {application/json: {schema: {type: array, items: {type: integer}}}}
      responses: {"204": {description: Done.}}
    post:
      operationId: sharePicture
      requestBody:
        x-name: share
        content: {application/json: {schema: {type: object, properties: {to: {type: string}}}}}
      responses: {"204": {description: Done.}}
"""
PROGRAM = """
from bodies import SDK

with SDK(server_url="http://localhost") as client:
    client.put_picture(id="a", picture_data=b"1")
    client.tag_picture(id="a", request=[1])
    client.share_picture(id="a", to="you")
    client.put_picture(id="a", picture_data=5)  # type: ignore[call-overload]
    client.put_picture(id="a")  # type: ignore[call-overload]
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bodies")
    write_files(folder, run(write_document(folder, DOCUMENT), package="bodies").files())
    return folder


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, "bodies") as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def client(sdk: ModuleType, server: Recorder) -> Iterator[Any]:
    with sdk.SDK(server_url=server.url) as made:
        yield made


@pytest.mark.parametrize("name", ["picture_data", "request"])
def test_a_body_has_the_name_that_the_document_wants(client: Any, server: Recorder, name: str) -> None:
    client.put_picture(id="a", **{name: b"png"})
    assert server.request.body == b"png"


def test_the_request_object_goes_on_calling_it_request(sdk: ModuleType, client: Any, server: Recorder) -> None:
    operations = sdk.models.operations
    path = operations.PutPicturePathParams(id="a")
    client.put_picture(operations.PutPictureRequest(path_params=path, request=b"png"))
    assert server.request.body == b"png"


def test_a_name_that_is_taken_is_not_given_twice(client: Any, server: Recorder) -> None:
    client.tag_picture(id="a", request=[1])
    assert (server.request.body, server.request.target) == (b"[1]", "/v2/pictures/a")


def test_members_go_on_being_arguments(client: Any, server: Recorder) -> None:
    client.share_picture(id="a", to="you")
    assert server.request.body == b'{"to":"you"}'


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"id": "a"}, "putPicture: missing picture_data"),
        ({"id": "a", "picture_data": b"", "request": b""}, "putPicture: there is no argument picture_data"),
        (
            {"id": "a", "picture_date": b""},
            "putPicture: missing picture_data; there is no argument picture_date, did you",
        ),
    ],
)
def test_wrong_names_are_told(client: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        client.put_picture(**arguments)
    assert str(caught.value).startswith(message)


def test_a_wrong_value_is_told_by_the_name(sdk: ModuleType, client: Any) -> None:
    with pytest.raises(sdk.models.errors.RequestError, match="was not sent: picture_data: "):
        client.put_picture(id="a", picture_data=5)


def test_type_checkers_know_the_name(root: Path, mypy: Callable[[str, Path], str]) -> None:
    assert mypy(PROGRAM, root) == ""


def test_the_page_and_the_docstring_say_it(root: Path, sdk: ModuleType) -> None:
    page = (root / "docs" / "operations" / "put_picture.md").read_text(encoding="utf-8")
    assert "| `picture_data` | `Upload \\| bytes` | yes | The picture's bytes. More of it. |" in page
    assert "picture_data: The picture's bytes.\n" in sdk.SDK.put_picture.__doc__
    assert "request: Everything at once, instead of keyword arguments. By keyword: Body" in sdk.SDK.tag_picture.__doc__
