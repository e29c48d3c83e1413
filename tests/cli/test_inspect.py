"""`generate inspect` shows the graph and the plan as JSON, and refuses what `generate` refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.commands import PETS, generate, replace, tree


@pytest.mark.parametrize(("view", "node"), [("graph", "Api"), ("plan", "PackagePlan")])
def test_a_view_of_cognito(cognito: Path, view: str, node: str) -> None:
    before = tree(cognito)

    ended = generate("inspect", view)

    assert ended.code == 0
    assert ended.err == ""
    shown = json.loads(ended.out)
    assert shown["node"] == node
    assert len(shown["operations"]) == 23
    assert generate("inspect", view, "cognito-identity").out == ended.out
    assert tree(cognito) == before


@pytest.mark.parametrize("view", ["graph", "plan"])
def test_the_same_from_everywhere(pets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    here = generate("inspect", view).out
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    assert generate("inspect", view, "--project", "../project").out == here


def test_a_document(tmp_path: Path) -> None:
    ended = generate("inspect", "plan", str(PETS), "--output", "out", "--package", "cats")

    assert ended.code == 0
    assert json.loads(ended.out)["package"] == "cats"
    assert tree(Path.cwd()) == {}


def test_control_characters_do_not_reach_the_terminal(pets: Path) -> None:
    replace(pets / "specs" / "pets" / "openapi.yaml", "Adds a pet.", '"Adds \\u001b[2J \\u202e a pet."')

    ended = generate("inspect", "graph")

    assert not re.search(r"[^\n\x20-\x7e]", ended.out)
    assert "Adds \\u001b[2J \\u202e a pet." in ended.out


def test_warnings_go_to_stderr(pets: Path) -> None:
    replace(pets / "specs" / "pets" / "openapi.yaml", "maximum: 100", "maximum: many")

    ended = generate("inspect", "graph")

    assert ended.code == 0
    assert json.loads(ended.out)
    assert "warning[SPEC030]" in ended.err
    assert "note[GEN001]" not in ended.err
    assert "note[GEN001]" in generate("inspect", "graph", "-v").err


def test_a_refusal_shows_nothing_but_its_reason(pets: Path) -> None:
    replace(pets / "specs" / "pets" / "openapi.yaml", "openapi: 3.1.0", "openapi: 4.0.0")

    ended = generate("inspect", "plan")

    assert ended.code == 3
    assert ended.out == ""
    assert ended.err.startswith("error[SPEC023]: ")
    assert "\n 1 | openapi: 4.0.0\n   |          ^^^^^\n" in ended.err
