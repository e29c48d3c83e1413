"""The graph of a document that a test writes down: the rules are seen at the body of one operation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pytest

from generator.graph.model import Record, TypeRef
from tests.cases.stages import Stages, run, write_document

Understand = Callable[[str], Stages]

_BODY = """\
paths:
  /subject:
    post:
      operationId: sendSubject
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Subject"}
      responses:
        "204": {description: Done.}
components:
  schemas:
"""


@pytest.fixture
def understand(tmp_path: Path) -> Understand:
    """Runs the stages over a document."""
    return lambda text: run(write_document(tmp_path, text))


@pytest.fixture
def schemas(understand: Understand) -> Understand:
    """Runs the stages over a document whose one operation sends the schema `Subject`; the text holds the schemas."""
    return lambda text: understand(_BODY + indent(dedent(text), "    "))


@pytest.fixture
def subject(schemas: Understand) -> Callable[[str], TypeRef]:
    """The type of the schema `Subject`."""

    def type_of(text: str) -> TypeRef:
        body = schemas(text).api.operations[0].body
        assert body is not None
        return body.type

    return type_of


def id_of(name: str) -> str:
    """The id of a component."""
    return f"/components/schemas/{name}"


def members(stages: Stages, name: str) -> dict[str, tuple[TypeRef, bool]]:
    """Type and presence of each member of a component that is a record."""
    record = stages.api.types[id_of(name)]
    assert isinstance(record, Record)
    return {field.name: (field.type, field.required) for field in record.fields}
