"""Paths whose variables and parameters do not fit each other: what is asked for, what is sent, what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from generator.graph.model import Place, Scalar, ScalarKind
from tests.cases.installing import imported, write_files
from tests.cases.stages import Stages, run, write_document
from tests.rest.recorder import Recorder

PACKAGE = "path_templates"
DONE = 'responses: {"204": {description: Done.}}'
DOCUMENT = f"""
paths:
  /files/{{id}}:
    parameters:
      - {{name: file_id, in: path, required: true, schema: {{type: integer}}}}
    get: {{operationId: getFile, {DONE}}}
    delete: {{operationId: deleteFile, {DONE}}}
  /users/{{user}}/keys/{{key}}:
    get:
      operationId: getKey
      parameters: [{{name: astray, in: path, required: true, schema: {{type: string}}}}]
      {DONE}
  /convert?to={{to}}:
    post:
      operationId: convert
      parameters: [{{name: to, in: query, schema: {{type: string}}}}]
      {DONE}
  /odd{{/{{}}:
    get: {{operationId: odd, {DONE}}}
  /objects/{{Key+}}#acl:
    get:
      operationId: getAcl
      parameters: [{{name: Key, in: path, required: true, schema: {{type: string}}}}]
      {DONE}
  /objects/{{Key}}#tags={{tag}}:
    get:
      operationId: getTag
      parameters:
        - {{name: Key, in: path, required: true, schema: {{type: string}}}}
        - {{name: tag, in: path, required: true, schema: {{type: string}}}}
      {DONE}
"""


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return run(write_document(tmp_path_factory.mktemp("paths"), DOCUMENT), package=PACKAGE)


@pytest.fixture(scope="module")
def sdk(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("package")
    write_files(root, stages.files())
    with imported(root, PACKAGE) as module:
        yield module


def test_no_path_is_sent_with_braces(sdk: ModuleType) -> None:
    with Recorder() as server, sdk.SDK(server_url=server.url) as client:
        client.get_file(id=7)
        client.delete_file(id=8)
        client.get_key(user="a b", key="k")
        client.convert(to="x")
        client.odd()
        client.get_acl(key="a:b")
        client.get_tag(key="k", tag="t")

    assert [request.target.removeprefix("/v2") for request in server.requests] == [
        "/files/7",
        "/files/8",
        "/users/a%20b/keys/k",
        "/convert?to=x",
        "/odd%7B/%7B%7D",
        "/objects/a:b",
        "/objects/k",
    ]


def test_every_variable_is_a_parameter(stages: Stages) -> None:
    for bound in stages.bound.operations:
        inputs = {each.name for each in bound.inputs if each.place is Place.PATH}
        assert set(re.findall(r"\{(.*?)\}", bound.path)) <= inputs

    user, key = stages.api.operations[2].inputs
    assert [(each.name, each.required, each.type) for each in (user, key)] == [
        ("user", True, Scalar(ScalarKind.STRING)),
        ("key", True, Scalar(ScalarKind.STRING)),
    ]


def test_both_sides_are_named_once_and_where_they_are_written(stages: Stages) -> None:
    found = [each for each in stages.report.diagnostics if each.code == "SPEC039"]

    assert {(each.message, each.location.line if each.location else None) for each in found} == {
        ("the path has no {file_id}, and {id} has no parameter: /files/{id}", 7),
        ("the path has no {astray} for the parameter: /users/{user}/keys/{key}", 13),
        ("{user} in the path has no parameter: /users/{user}/keys/{key}", 10),
        ("{key} in the path has no parameter: /users/{user}/keys/{key}", 10),
        ("a brace that belongs to no variable of the path: /odd{/{}", 20),
    }
    assert all(each.effect and each.help for each in found)
