"""Names and groups that a document asks for in extensions that other generators made known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.stages import Stages, run, write_document

DONE = "responses: {'204': {description: Done.}}"
Understand = Callable[..., Stages]


@pytest.fixture
def understand(tmp_path: Path) -> Understand:
    return lambda text, **options: run(write_document(tmp_path, text), **options)


def members(stages: Stages) -> dict[str, object]:
    return {str(name): str(value) for name, value in stages.plan.models.enums[0].members}


@pytest.mark.parametrize("extension", ["x-speakeasy-name-override", "x-fern-sdk-method-name"])
def test_a_method(understand: Understand, extension: str) -> None:
    found = understand(f"paths: {{/a: {{get: {{operationId: getTest, {extension}: getRandomTest, {DONE}}}}}}}")

    assert [str(operation.method) for operation in found.plan.operations] == ["get_random_test"]


def test_a_pin_goes_before_a_preference_and_a_preference_before_what_is_derived(understand: Understand) -> None:
    text = f"""
paths:
  /a: {{get: {{operationId: find, {DONE}}}}}
  /b: {{get: {{operationId: findB, x-speakeasy-name-override: find, {DONE}}}}}
  /c: {{get: {{operationId: findC, x-speakeasy-name-override: find, {DONE}}}}}
"""
    found = understand(text, pins={"/paths/~1c/get": "every_c"})

    assert [str(operation.method) for operation in found.plan.operations] == ["find_2", "find", "every_c"]


def test_methods_of_the_same_name_in_two_groups(understand: Understand) -> None:
    found = understand(f"""
paths:
  /a: {{get: {{operationId: a, tags: [t], x-speakeasy-group: first.ones, x-speakeasy-name-override: get, {DONE}}}}}
  /b: {{get: {{operationId: b, tags: [t], x-fern-sdk-group-name: [second], x-fern-sdk-method-name: get, {DONE}}}}}
  /c: {{get: {{operationId: c, tags: [t], {DONE}}}}}
  /d: {{get: {{operationId: d, tags: [t], x-speakeasy-group: '', {DONE}}}}}
""")

    names = {str(operation.group): str(operation.method) for operation in found.plan.operations}
    assert names == {"first_ones": "get", "second": "get", "t": "c", "None": "d"}
    assert "NAME001" not in found.codes()


@pytest.mark.parametrize(
    "extension",
    [
        "x-enum-varnames: [firstOne, second]",
        "x-enumNames: [firstOne, second]",
        "x-speakeasy-enums: [firstOne, second]",
        "x-speakeasy-enums: {a: firstOne, b: second}",
        "x-fern-enum: {a: {name: firstOne}, b: {name: second}}",
        "x-ms-enum: {name: E, values: [{value: b, name: second}, {value: a, name: firstOne}]}",
    ],
)
def test_members(understand: Understand, extension: str) -> None:
    parameter = f"{{name: q, in: query, schema: {{type: string, enum: [a, b], {extension}}}}}"
    found = understand(f"paths: {{/a: {{get: {{operationId: a, parameters: [{parameter}], {DONE}}}}}}}")

    assert members(found) == {"FIRST_ONE": '"a"', "SECOND": '"b"'}


@pytest.mark.parametrize("extension", ["x-enum-varnames: [one]", "x-enum-varnames: [1, 2]", "x-ms-enum: {name: E}"])
def test_names_that_fit_no_members_are_not_taken(understand: Understand, extension: str) -> None:
    parameter = f"{{name: q, in: query, schema: {{type: string, enum: [a, b], {extension}}}}}"
    found = understand(f"paths: {{/a: {{get: {{operationId: a, parameters: [{parameter}], {DONE}}}}}}}")

    assert list(members(found)) == ["A", "B"]


def test_types_and_arguments(understand: Understand) -> None:
    found = understand(f"""
paths:
  /a:
    post:
      operationId: a
      parameters: [{{name: X-Ref, in: header, x-speakeasy-name-override: reference, schema: {{type: string}}}}]
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/pkg.v1.R'}}}}}}}}
      {DONE}
components:
  schemas:
    pkg.v1.R: {{type: object, x-speakeasy-name-override: Receipt, properties: {{a: {{type: string}}}}}}
""")

    names = {str(record.name) for record in found.plan.models.records}
    assert "Receipt" in names
    assert "reference" in found.files()["src/example/models/operations.py"].decode()


def test_arguments_and_header_fields_by_our_own_extension(understand: Understand) -> None:
    found = understand("""
paths:
  /a:
    get:
      operationId: a
      parameters: [{name: x-amz-version-id, in: header, x-name: VersionId, schema: {type: string}}]
      responses:
        "204":
          description: Done.
          headers: {x-amz-expiration: {x-name: Expiration, schema: {type: string}}}
""")

    (operation,) = found.plan.operations
    assert [str(argument.name) for argument in operation.arguments] == ["version_id"]
    assert [str(header.property) for header in operation.reply_headers] == ["expiration"]


@pytest.mark.parametrize("extension", ["x-ignore", "x-speakeasy-ignore", "x-fern-ignore", "x-internal"])
def test_operations_that_are_left_out(understand: Understand, extension: str) -> None:
    found = understand(
        f"paths: {{/a: {{get: {{operationId: a, {extension}: true, {DONE}}}, put: {{operationId: b, {DONE}}}}}}}"
    )

    assert [operation.source_name for operation in found.api.operations] == ["b"]
    assert [skipped.message for skipped in found.api.skipped] == [f"left out as `{extension}` asks"]
