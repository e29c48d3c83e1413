"""Types as arguments: what type checkers take for a class is a class."""

from __future__ import annotations

from pathlib import Path

from tests.cases.stages import run, write_document

DOCUMENT = """
paths:
  /state:
    get:
      operationId: getState
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/State'}}}}
        '206': {description: d, content: {application/json: {schema: {type: string}}}}
        default: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/State'}}}}
  /states:
    get:
      operationId: getStates
      responses:
        '200': {description: d, content: {application/jsonl: {schema: {$ref: '#/components/schemas/State'}}}}
components:
  schemas:
    State: {type: string, enum: [on, off]}
"""


def test_an_enumeration_is_its_class(tmp_path: Path) -> None:
    files = run(write_document(tmp_path, DOCUMENT)).files()
    operations = files["src/example/_operations.py"].decode()

    assert "output=shared.State" in operations
    assert "item=shared.State" in operations
    assert "_m.Open" not in operations
    assert "_m.Open[shared.State]" in files["src/example/models/operations.py"].decode()
