"""Components that extend one another: which are options, and which values lead to them."""

from __future__ import annotations

from pathlib import Path

from generator.graph.model import Choice, Named
from tests.cases.stages import run, write_document

DOCUMENT = """
paths:
  /pets:
    get:
      operationId: getPet
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind}
    Stone: {description: A pet and nothing more., allOf: [{$ref: '#/components/schemas/Pet'}]}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
"""


def test_what_adds_nothing_to_the_base_is_the_base(tmp_path: Path) -> None:
    found = run(write_document(tmp_path, DOCUMENT))

    pet = found.api.types["/components/schemas/Pet"]
    assert isinstance(pet, Choice)
    base, cat = Named("/components/schemas/Pet/discriminator"), Named("/components/schemas/Cat")
    assert set(pet.options) == {base, cat}
    assert pet.tag is not None
    assert {value: pet.options[index] for value, index in pet.tag.values} == {"Pet": base, "Stone": base, "Cat": cat}
