"""Replies by their status: several successes of different types, and error documents as what they are documented as."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

DOCUMENT = Path(__file__).parents[1] / "cases" / "documented-replies" / "openapi.yaml"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("replies")
    write_files(root, run(DOCUMENT, package="replies_client").files())
    with imported(root, "replies_client") as module:
        yield module


@pytest.fixture
def client(package: ModuleType, server: Recorder) -> Iterator[Any]:
    with package.SDK(server_url=server.url, retries=0) as client:
        yield client


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, {"id": "1"}, "Job(id='1')"),
        (202, {"poll": "/jobs/1"}, "StartJobResponse(poll='/jobs/1')"),
        (203, {"id": "1"}, repr('{"id": "1"}')),
        (206, {"id": "2"}, "Job(id='2')"),
    ],
)
def test_the_status_decides_what_is_read(client: Any, server: Recorder, status: int, body: Any, expected: str) -> None:
    server.answers(status, body)

    assert repr(client.start_job().result) == expected


@pytest.mark.parametrize(
    ("status", "body", "name", "data"),
    [
        (404, {"title": "Gone", "status": 404}, "ProblemError", "Problem(title='Gone', status=404)"),
        (404, ["not", "a", "problem"], "ProblemError", "['not', 'a', 'problem']"),
        (409, {"since": "2024-02-29"}, "ConflictError", "StartJobError409(since=datetime.date(2024, 2, 29))"),
        (422, {"title": "Wrong"}, "UnprocessableEntityError", "Problem(title='Wrong')"),
        (422, ["a", "b"], "UnprocessableEntityError", "['a', 'b']"),
        (418, {"title": "Teapot"}, "APIError", "{'title': 'Teapot'}"),
    ],
)
def test_error_documents_are_typed(
    package: ModuleType, client: Any, server: Recorder, status: int, body: Any, name: str, data: str
) -> None:
    server.answers(status, body)

    with pytest.raises(package.models.errors.APIError) as caught:
        client.start_job()

    assert (type(caught.value).__name__, repr(caught.value.details or caught.value.data)) == (name, data)
    assert caught.value.status_code == status


def test_one_class_of_errors_may_have_a_document_for_each_operation(
    package: ModuleType, client: Any, server: Recorder
) -> None:
    server.answers(409, {"queue": 3})

    with pytest.raises(package.models.errors.ConflictError) as caught:
        client.last_job()

    assert caught.value.details.queue == 3
