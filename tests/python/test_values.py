"""Types as arguments: what type checkers take for a class is a class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cases.installing import write_files
from tests.cases.stages import PRELUDE, run, write_document

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


KINDS = f"""{PRELUDE}paths:
  /lamp:
    get:
      operationId: getLamp
      responses:
        '200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Lamp'}}}}}}}}
components:
  schemas:
    Lamp:
      type: object
      required: [state, level]
      properties:
        state: {{type: string, enum: [on, off]}}
        level: {{type: integer, enum: [0, 1]}}
"""

READER = """
from example import SDK
from example.models import shared


def state(client: SDK) -> str:
    return client.get_lamp().lamp.state


def level(client: SDK) -> int:
    return client.get_lamp().lamp.level + 1


def lamps() -> list[shared.Lamp]:
    return [shared.Lamp(state="on", level=0), shared.Lamp(state=shared.LampState.ON, level=shared.LampLevel.VALUE_0)]


shared.Lamp(state=1, level="0")  # type: ignore[arg-type]
"""


def test_a_value_of_an_enumeration_is_a_string_or_an_integer(tmp_path: Path, mypy: Callable[[str, Path], str]) -> None:
    root = tmp_path / "package"
    write_files(root, run(write_document(tmp_path, KINDS)).files())

    assert mypy(READER, root) == ""
