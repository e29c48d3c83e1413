"""Names survive new siblings from run to run, until somebody lets one go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import generate, replace, tree

LABEL = "attributes of /components/schemas/Pet"


@pytest.fixture
def crowded(pets: Path) -> Path:
    """A member has appeared in front of another one whose name is derived alike."""
    document = pets / "specs" / "pets" / "openapi.yaml"
    replace(
        document, "      properties:\n        Name:", "      properties:\n        name: {type: integer}\n        Name:"
    )
    return pets


def manifest(project: Path) -> Path:
    return project / "generated" / "pets" / ".sdkpress.json"


def names(project: Path) -> Any:
    return json.loads(manifest(project).read_text(encoding="utf-8"))["names"]


def test_the_older_one_keeps_its_name(crowded: Path) -> None:
    assert generate("check").code == 1
    assert generate().code == 0
    assert names(crowded)[LABEL] == {"Kind": "kind", "Name": "name", "name": "name_2"}
    before = tree(crowded)
    for arguments in ((), ("check",), ("--no-cache",), ("check", "--no-cache")):
        assert generate(*arguments).code == 0
        assert tree(crowded) == before


def test_without_the_manifest_the_first_one_has_it(crowded: Path) -> None:
    assert generate("specs/pets/openapi.yaml", "--output", "fresh").code == 0
    kept = json.loads(Path("fresh/.sdkpress.json").read_text(encoding="utf-8"))["names"]
    assert kept[LABEL] == {"Kind": "kind", "name": "name", "Name": "name_2"}


def test_deleting_an_entry_lets_a_name_go(crowded: Path) -> None:
    assert generate().code == 0
    content = json.loads(manifest(crowded).read_text(encoding="utf-8"))
    del content["names"][LABEL]
    manifest(crowded).write_text(json.dumps(content), encoding="utf-8")
    assert generate("check").code == 1
    assert generate().code == 0
    assert names(crowded)[LABEL] == {"Kind": "kind", "name": "name", "Name": "name_2"}


def test_why_and_lint_see_the_same_names(crowded: Path) -> None:
    assert generate().code == 0
    models = crowded / "generated/pets/src/pets/models/shared.py"
    line = next(
        number
        for number, text in enumerate(models.read_text(encoding="utf-8").splitlines(), 1)
        if text.strip().startswith("name_2:")
    )
    assert "#/components/schemas/Pet/properties/name\n" in generate("why", f"{models}:{line}").out


@pytest.mark.parametrize("table", ['"names"', '{"models": []}', '{"models": {"a": 1}}', "[]"])
def test_a_table_of_names_that_is_none_is_refused(crowded: Path, table: str) -> None:
    content = json.loads(manifest(crowded).read_text(encoding="utf-8"))
    content["names"] = json.loads(table)
    manifest(crowded).write_text(json.dumps(content), encoding="utf-8")
    ended = generate()
    assert ended.code == 5
    assert "error[OUT005]: the manifest has " in ended.err
