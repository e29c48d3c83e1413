"""`generate check` says what differs and how to mend it, and writes nothing."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.commands import PETS, generate, replace, tree

SECONDS = r"\d+\.\d\d s"
PAGE = "docs/operations/remove_pet.md"


@pytest.fixture
def document(pets: Path) -> Path:
    return pets / "specs" / "pets" / "openapi.yaml"


@pytest.fixture
def package(pets: Path) -> Path:
    return pets / "generated" / "pets"


def test_up_to_date(pets: Path) -> None:
    before = tree(pets)

    ended = generate("check")

    assert ended.code == 0
    assert re.fullmatch(rf"pets: 3 operations, 3 models: up to date \({SECONDS}\)\n", ended.out)
    assert ended.err == ""
    assert tree(pets) == before


def test_an_edited_description_is_shown_with_the_command_that_mends_it(cognito: Path) -> None:
    words = cognito / "specs" / "cognito-identity" / "overlay.yaml"
    replace(words, "Deletes an identity pool, for good.", "Deletes an identity pool, and that is that.")
    before = tree(cognito)

    ended = generate("check")

    assert ended.code == 1
    assert "changed: src/sdk/client.py\n--- a/src/sdk/client.py\n+++ b/src/sdk/client.py\n@@ " in ended.out
    assert re.search(r"^-        \"{3}Deletes an identity pool, for good\.", ended.out, re.MULTILINE)
    assert re.search(r"^\+        \"{3}Deletes an identity pool, and that is that\.", ended.out, re.MULTILINE)
    assert re.search(
        rf"^cognito-identity: 23 operations, \d+ models: out of date: 4 changed \({SECONDS}\)$", ended.out, re.MULTILINE
    )
    assert ended.err == "run `generate` to bring it up to date\n"
    assert tree(cognito) == before


def test_a_missing_file(pets: Path, package: Path) -> None:
    (package / PAGE).unlink()

    ended = generate("check")

    assert ended.code == 1
    assert f"missing: {PAGE}\n--- /dev/null\n+++ b/{PAGE}\n" in ended.out
    assert ": out of date: 1 missing (" in ended.out


def test_an_extra_file(pets: Path, document: Path) -> None:
    document.write_text(
        re.sub(r"  /pets/\{id\}:\n(    .*\n)+", "", document.read_text(encoding="utf-8")), encoding="utf-8"
    )

    ended = generate("check")

    assert ended.code == 1
    assert f"extra: {PAGE}\n--- a/{PAGE}\n+++ /dev/null\n" in ended.out


def test_a_file_edited_by_hand(pets: Path, package: Path) -> None:
    client = package / "src" / "pets" / "client.py"
    client.write_text(client.read_text(encoding="utf-8") + "# My own.\n", encoding="utf-8")

    ended = generate("check")

    assert ended.code == 1
    assert "edited: src/pets/client.py\n" in ended.out
    assert "\n-# My own.\n" in ended.out
    assert ended.err == (
        "move the edits into an overlay, sdk.toml or a template, and restore the edited files\n"
        "run `generate` to bring it up to date\n"
    )


def test_nothing_was_generated_yet(pets: Path) -> None:
    shutil.rmtree(pets / "generated")

    ended = generate("check")

    assert ended.code == 1
    assert re.search(r": out of date: \d+ missing \(", ended.out)
    assert not (pets / "generated").exists()


def test_a_change_without_any_effect_on_the_files_is_one_of_the_manifest(pets: Path, document: Path) -> None:
    document.write_text(document.read_text(encoding="utf-8") + "# A comment.\n", encoding="utf-8")

    ended = generate("check")

    assert ended.code == 1
    assert ended.out.startswith("changed: .sdkpress.json\n")
    assert generate().code == generate("check").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["pets"],
        ["pets", "--project", "."],
        ["--project", "../project"],
        [str(PETS), "--output", "a new/sdk", "--package", "cats", "--distribution", "dogs"],
    ],
)
def test_the_command_it_names_is_complete(pets: Path, document: Path, arguments: list[str]) -> None:
    replace(document, "Adds a pet.", "Adds one pet.")

    ended = generate("check", *arguments)

    assert ended.code == 1
    command = re.fullmatch(r"run `generate (.+)` to bring it up to date\n", ended.err)
    assert command
    assert generate(*shlex.split(command[1])).code == 0
    assert generate("check", *arguments).code == 0


def test_only_named_targets_are_looked_at(pets: Path) -> None:
    shutil.copytree(pets / "specs" / "pets", pets / "specs" / "zoo")

    assert generate("check", "pets").code == 0
    assert generate("check", "zoo").code == generate("check").code == 1


def test_control_characters_of_a_file_do_not_reach_the_terminal(pets: Path, package: Path) -> None:
    readme = package / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "\x1b[2J\x0cend \u202e\x9b\n", encoding="utf-8")

    ended = generate("check")

    assert "\n-\\x1b[2J\\x0cend \\u202e\\x9b\n" in ended.out
    assert not re.search(r"[^\n\x20-\x7e]", ended.out.encode("ascii", "ignore").decode())


def test_a_link_in_the_package_is_refused(pets: Path, package: Path, tmp_path: Path) -> None:
    (package / PAGE).rename(tmp_path / "page.md")
    (package / PAGE).symlink_to(tmp_path / "page.md")

    ended = generate("check")

    assert ended.code == 5
    assert "error[OUT004]" in ended.err
    assert f"--> generated/pets/{PAGE}" in ended.err
    assert re.fullmatch(rf"pets: nothing compared: 1 error, 0 warnings \({SECONDS}\)\n", ended.out)
