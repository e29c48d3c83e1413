"""Examples of values that are one of several types."""

from __future__ import annotations

from pathlib import Path

from tests.cases.stages import run

DOCUMENT = Path(__file__).parents[1] / "cases" / "unions" / "openapi.yaml"


def test_an_example_has_the_tag_of_its_kind() -> None:
    operations = {operation.page.title: operation.page.example for operation in run(DOCUMENT).plan.operations}

    [example] = [text for text in operations.values() if "shared.Cat(" in text]
    assert 'pet_type="cat"' in example
