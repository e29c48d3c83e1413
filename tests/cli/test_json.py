"""`--format json` prints one object, whatever happens, and programs can rely on its shape."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import PETS, Ended, generate, replace

FILES = {"written": int, "unchanged": int, "deleted": int}
TEXT_OR_NONE = (str, type(None))
NUMBER_OR_NONE = (int, type(None))
PLACE = {
    "file": TEXT_OR_NONE,
    "pointer": TEXT_OR_NONE,
    "line": NUMBER_OR_NONE,
    "column": NUMBER_OR_NONE,
    "end_line": NUMBER_OR_NONE,
    "end_column": NUMBER_OR_NONE,
}
DIAGNOSTIC = {
    "code": str,
    "severity": str,
    "message": str,
    **PLACE,
    "help": str,
    "effect": str,
    "related": [{"label": str, **PLACE}],
}
SHAPE = {
    "exit_code": int,
    "diagnostics": [DIAGNOSTIC],
    "targets": [
        {
            "name": str,
            "output": str,
            "exit_code": int,
            "operations": {
                "documented": int,
                "generated": int,
                "skipped": [{"pointer": str, "code": str, "message": str}],
            },
            "models": int,
            "files": FILES,
            "differences": [{"path": str, "kind": str}],
            "diagnostics": [DIAGNOSTIC],
            "seconds": float,
        }
    ],
}


def follows(value: Any, shape: Any) -> bool:
    """Whether a value has this shape: the keys of a mapping, the items of a list, the type of a scalar."""
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and list(value) == list(shape)
            and all(follows(value[key], shape[key]) for key in shape)
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(follows(item, shape[0]) for item in value)
    return isinstance(value, shape)


def result(ended: Ended) -> dict[str, Any]:
    """The object, which is all of stdout."""
    value: dict[str, Any] = json.loads(ended.out)
    assert follows(value, SHAPE), value
    assert value["exit_code"] == ended.code
    assert ended.out.isascii()
    return value


def test_a_first_run() -> None:
    ended = generate(str(PETS), "--output", "out/pets", "--format", "json")

    [target] = result(ended)["targets"]
    files = sum(path.is_file() for path in Path("out/pets").rglob("*")) - 1  # without the manifest
    assert ended.err == ""
    assert (target["name"], target["output"], target["exit_code"]) == ("pets", "out/pets", 0)
    assert target["operations"] == {"documented": 3, "generated": 3, "skipped": []}
    assert target["models"] == 3
    assert target["files"] == {"written": files, "unchanged": 0, "deleted": 0}
    assert target["differences"] == []
    assert {found["severity"] for found in target["diagnostics"]} == {"note"}


def test_a_diagnostic_has_its_place(pets: Path) -> None:
    diagnostics = result(generate("--format", "json"))["targets"][0]["diagnostics"]

    [pattern] = [found for found in diagnostics if found["code"] == "SPEC042"]
    lines = (pets / "specs" / "pets" / "openapi.yaml").read_text(encoding="utf-8").splitlines()
    assert pattern["file"] == "specs/pets/openapi.yaml"
    assert pattern["pointer"] == "/paths/~1pets~1{id}/delete/parameters/0/schema/pattern"
    assert pattern["line"] == pattern["end_line"]
    marked = lines[pattern["line"] - 1][pattern["column"] - 1 : pattern["end_column"] - 1]
    assert marked == r"'^\p{L}+$'"
    [protocol] = [found for found in diagnostics if found["code"] == "GEN001"]
    assert [protocol[name] for name in PLACE] == [None] * len(PLACE)


def test_a_skipped_operation_is_counted(pets: Path) -> None:
    replace(
        pets / "specs" / "pets" / "openapi.yaml",
        "schema: {$ref: '#/components/schemas/Pet'}\n      responses:",
        "schema: {$ref: '#/components/schemas/Pet'}\n      x-ignore: true\n      responses:",
    )

    ended = generate("--format", "json")

    operations = result(ended)["targets"][0]["operations"]
    assert ended.code == 0
    assert (operations["documented"], operations["generated"]) == (3, 2)
    [skipped] = operations["skipped"]
    assert skipped["pointer"].startswith("/paths/~1pets/post")
    assert result(ended)["targets"][0]["files"]["deleted"] == 1


def test_a_refused_document(pets: Path) -> None:
    replace(
        pets / "specs" / "pets" / "openapi.yaml", "Kind: {$ref: '#/components/schemas/Kind'}", "Kind: {$ref: '#/Knd'}"
    )

    ended = generate("--format", "json", "--strict")

    [target] = result(ended)["targets"]
    assert ended.code == target["exit_code"] == 1
    assert target["files"] == {"written": 0, "unchanged": 0, "deleted": 0}
    [warning] = [found for found in target["diagnostics"] if found["severity"] == "warning"]
    assert warning["code"] == "REF002"
    assert warning["file"] == "specs/pets/openapi.yaml"
    assert "warning[REF002]" in ended.err


def test_related_places(pets: Path) -> None:
    replace(pets / "specs" / "pets" / "openapi.yaml", "    Kind:\n", "    Pet:\n")

    ended = generate("check", "--format", "json")

    [target] = result(ended)["targets"]
    [duplicate] = target["diagnostics"]
    assert ended.code == 3
    assert duplicate["code"] == "SPEC010"
    [first] = duplicate["related"]
    assert (first["label"], first["file"]) == ("first written here", duplicate["file"])
    assert first["line"] < duplicate["line"]


@pytest.mark.parametrize("command", [[], ["check"]])
def test_a_refused_configuration(pets: Path, command: list[str]) -> None:
    (pets / "specs" / "pets" / "sdk.toml").write_text('\n  package = "class"\n', encoding="utf-8")

    ended = generate(*command, "--format", "json")

    value = result(ended)
    assert ended.code == 2
    assert value["targets"] == []
    [error] = value["diagnostics"]
    assert (error["code"], error["file"], error["line"], error["column"]) == ("CFG004", "specs/pets/sdk.toml", 2, 3)
    assert "error[CFG004]" in ended.err


def test_check(pets: Path) -> None:
    assert result(generate("check", "--format", "json"))["targets"][0]["differences"] == []
    (pets / "generated" / "pets" / "README.md").write_text("My own.\n", encoding="utf-8")
    (pets / "generated" / "pets" / "docs" / "README.md").unlink()

    ended = generate("check", "--format", "json")

    [target] = result(ended)["targets"]
    assert ended.code == 1
    assert target["differences"] == [
        {"path": "README.md", "kind": "edited"},
        {"path": "docs/README.md", "kind": "missing"},
    ]


def test_several_targets_in_one_object(pets: Path) -> None:
    (pets / "specs" / "zoo").mkdir()
    (pets / "specs" / "zoo" / "openapi.json").write_text("[]", encoding="utf-8")

    ended = generate("--format", "json")

    value = result(ended)
    assert [(target["name"], target["exit_code"]) for target in value["targets"]] == [("pets", 0), ("zoo", 3)]
    assert ended.code == 3


def test_control_characters_are_spelled_out(pets: Path) -> None:
    replace(pets / "specs" / "pets" / "openapi.yaml", "'#/components/schemas/Kind'", r'"#/components/\u001b[2J\u202e"')

    ended = generate("--format", "json")

    assert ended.code == 0
    assert not re.search(r"[^\n\x20-\x7e]", ended.out)
    assert r"\\x1b[2J\\u202e" in ended.out
