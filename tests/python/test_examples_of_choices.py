"""Examples of values that are one of several types, or must have one of several members."""

from __future__ import annotations

from pathlib import Path

from tests.cases.stages import run, write_document

DOCUMENT = Path(__file__).parents[1] / "cases" / "unions" / "openapi.yaml"


def test_an_example_has_the_tag_of_its_kind() -> None:
    operations = {operation.page.title: operation.page.example for operation in run(DOCUMENT).plan.operations}

    [example] = [text for text in operations.values() if "shared.Cat(" in text]
    assert 'pet_type="cat"' in example


def test_an_example_has_what_the_first_alternative_asks_for_and_what_only_requests_hold(tmp_path: Path) -> None:
    document = write_document(
        tmp_path,
        """
        paths:
          /a:
            post:
              operationId: send
              requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Sent"}}}}
              responses:
                "200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Sent"}}}}
        components:
          schemas:
            Sent:
              type: object
              required: [secret]
              properties:
                first: {type: string}
                second: {type: string}
                secret: {type: string, writeOnly: true}
                hidden: {type: string, writeOnly: true}
              anyOf: [{required: [second]}, {required: [first]}]
        """,
    )
    [operation] = run(document).plan.operations

    example = operation.page.example
    assert [name for name in ("first", "second", "secret", "hidden") if f"{name}=" in example] == ["second", "secret"]
