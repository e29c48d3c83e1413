"""`[operations]` of sdk.toml: which operations are generated, and which types go with the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import OperationFilter
from tests.cases.stages import Stages, run, write_document

DOCUMENT = """
paths:
  /pets:
    get: {operationId: listPets, tags: [pets], responses: {'200': {$ref: '#/components/responses/Pet'}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getPet, tags: [pets, read], responses: {'200': {$ref: '#/components/responses/Pet'}}}
    delete: {tags: [admin], responses: {'204': {description: Done.}}}
  /shops:
    get: {operationId: listShops, x-speakeasy-group: shops, responses: {'200': {$ref: '#/components/responses/Shop'}}}
    put: {operationId: putShop, x-ignore: true, responses: {'204': {description: Done.}}}
components:
  responses:
    Pet: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
    Shop: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    Shop: {type: object, properties: {name: {type: string}}}
"""
DELETE = "delete /pets/{id}"
ALL = ["listPets", "getPet", DELETE, "listShops"]


def chosen(directory: Path, *, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> Stages:
    return run(write_document(directory, DOCUMENT), operations=OperationFilter(include, exclude))


def names(stages: Stages) -> list[str]:
    return [operation.source_name for operation in stages.api.operations]


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ((), (), ALL),
        (("getPet",), (), ["getPet"]),
        (("list*",), (), ["listPets", "listShops"]),
        (("/pets/*",), (), ["getPet", DELETE]),
        (("/pets/{id}",), (), ["getPet", DELETE]),
        (("/pets",), (), ["listPets"]),
        (("tag:pets",), (), ["listPets", "getPet"]),
        (("tag:read", "tag:shops"), (), ["getPet", "listShops"]),
        ((), ("tag:admin", "list*"), ["getPet"]),
        (("/pets*",), ("tag:admin",), ["listPets", "getPet"]),
        (("LISTPETS", "listPets"), (), ["listPets"]),
    ],
)
def test_what_is_left(tmp_path: Path, include: tuple[str, ...], exclude: tuple[str, ...], expected: list[str]) -> None:
    found = chosen(tmp_path, include=include, exclude=exclude)

    assert names(found) == expected
    assert len(found.api.operations) + len(found.api.skipped) == 5


def test_types_that_nothing_mentions_any_more_are_gone(tmp_path: Path) -> None:
    found = chosen(tmp_path, exclude=("listShops",))

    assert "class Pet(" in found.files()["src/example/models/shared.py"].decode()
    assert "Shop" not in found.files()["src/example/models/shared.py"].decode()


def test_the_skipped_say_who_asked_for_it(tmp_path: Path) -> None:
    found = chosen(tmp_path, include=("/pets", "putShop"))

    assert {skipped.at: skipped.code for skipped in found.api.skipped} == {
        "/paths/~1pets~1{id}/get": "GEN012",
        "/paths/~1pets~1{id}/delete": "GEN012",
        "/paths/~1shops/get": "GEN012",
        "/paths/~1shops/put": "GEN010",
    }


def test_a_pattern_that_fits_nothing_is_a_mistake(tmp_path: Path) -> None:
    found = chosen(tmp_path, include=("getPet", "/nothing/*"), exclude=("tag:nothing", "delete /pets/{id}"))

    assert found.messages("CFG013") == [
        "no operation fits '/nothing/*'",
        "no operation fits 'delete /pets/{id}'",
        "no operation fits 'tag:nothing'",
    ]
    assert found.report.has_errors
