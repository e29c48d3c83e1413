"""What other files define is called as they call it, what operations share as the component that it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.graph.model import Record
from tests.cases.stages import run

DOCUMENT = """\
openapi: 3.1.0
info: {{title: T, version: "1"}}
paths:
  /pets:
    get:
      operationId: getPet
      responses:
        "200": {{description: One., content: {{application/json: {{schema: {{$ref: "{reference}"}}}}}}}}
"""


@pytest.mark.parametrize(
    ("reference", "text", "name"),
    [
        ("schemas.yaml#/Pet", "Pet: {type: object, properties: {name: {type: string}}}", "Pet"),
        ("Pet.yaml", "{type: object, properties: {name: {type: string}}}", "Pet"),
        (
            "all.yaml#/components/schemas/Pet",
            "components: {schemas: {Pet: {type: object, properties: {a: {}}}}}",
            "Pet",
        ),
        ("deep.yaml#/some/where", "some: {where: {type: object, properties: {a: {}}}}", "getPet response"),
    ],
)
def test_the_name_of_a_definition_in_another_file(tmp_path: Path, reference: str, text: str, name: str) -> None:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT.format(reference=reference), encoding="utf-8")
    (tmp_path / reference.split("#", maxsplit=1)[0]).write_text(text, encoding="utf-8")

    api = run(tmp_path / "openapi.yaml").api

    assert [record.source_name for record in api.types.values() if isinstance(record, Record)] == [name]


SHARED = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{$ref: "#/components/parameters/state"}, {$ref: "#/components/parameters/Size"}]
      responses: {"200": {$ref: "#/components/responses/Pets"}}
    post:
      operationId: addPet
      requestBody: {$ref: "#/components/requestBodies/Pet"}
      responses: {"204": {description: Done.}}
components:
  parameters:
    state: {name: s, in: query, schema: {type: array, items: {type: string, enum: [well, ill]}}}
    Size: {name: z, in: query, schema: {type: string, enum: [big, small]}}
  requestBodies:
    Pet: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
  responses:
    Pets:
      description: All.
      content: {application/json: {schema: {type: object, properties: {size: {$ref: "#/components/schemas/Size"}}}}}
  schemas:
    Size: {type: string, enum: [s, l]}
"""


def test_what_operations_share_is_not_called_after_the_first_of_them(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(SHARED, encoding="utf-8")

    api = run(tmp_path / "openapi.yaml").api

    names = sorted(type_.source_name for type_ in api.types.values())
    assert names == ["Pet request", "Pets response", "Size", "Size parameter", "state item"]
