"""What other programs call: a shell that completes, pre-commit, and GitHub's runner."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.cli import cli
from tests.cli.commands import ROOT, generate, replace

BIN = Path(sys.executable).parent


def completed(words: str, *, shell: str = "bash", kinds: bool = False) -> list[str]:
    """What a shell is told for a line that ends where the cursor is; `kinds` keeps what kind of word each is."""
    variables = {"_GENERATE_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    environment = {**os.environ, **variables, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from generator.cli import main; main()"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stderr == ""
    return [line if kinds else line.partition(",")[2] for line in ended.stdout.splitlines()]


def test_commands_are_completed() -> None:
    assert completed("generate im") == ["import"]
    assert {"check", "init", "import", "run"} <= set(completed("generate "))


def test_options_are_completed() -> None:
    assert "--check" in completed("generate import --c")
    assert "--strict" in completed("generate check --s")


def test_targets_are_completed(pets: Path) -> None:
    (pets / "specs" / "zoo").mkdir()
    (pets / "specs" / "zoo" / "openapi.yaml").touch()
    (pets / "specs" / "notes").mkdir()

    assert completed("generate check ") == ["pets", "zoo"]
    assert completed("generate check pets ") == ["zoo"]
    assert completed("generate mock z") == ["zoo"]
    assert completed("generate --project elsewhere z", kinds=True) == ["file,z"]
    assert completed("generate z") == ["zoo"]
    assert {"check", "pets"} <= set(completed("generate "))


def test_documents_are_completed_as_files() -> None:
    assert completed("generate check api.y", kinds=True) == completed("generate api.y", kinds=True) == ["file,api.y"]


def test_codes_are_completed() -> None:
    assert "REF002" in completed("generate explain ref")
    assert all(code.startswith("REF") for code in completed("generate explain REF"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str) -> None:
    ended = generate("completion", shell)
    assert ended.code == 0
    assert f"_GENERATE_COMPLETE={shell}_complete" in ended.out
    program = shutil.which(shell)
    if program is not None:
        syntax = subprocess.run(
            [program, "-n"], input=ended.out, capture_output=True, text=True, timeout=60, check=False
        )
        assert (syntax.returncode, syntax.stderr) == (0, "")


def test_an_unknown_shell() -> None:
    ended = generate("completion", "tcsh")
    assert ended.code == 2
    assert "'tcsh'" in ended.err


def test_the_hooks_of_pre_commit_are_commands() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    assert [hook["id"] for hook in hooks] == ["generate-check", "generate"]
    for hook in hooks:
        program, *words = shlex.split(hook["entry"])
        assert program == "generate"
        assert (words or ["run"])[0] in cli.commands
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)


def test_what_the_action_runs(pets: Path, project: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_bytes())
    check = action["runs"]["steps"][-1]
    assert check["env"] == {name.upper(): f"${{{{ inputs.{name} }}}}" for name in ("targets", "project")}
    assert set(action["inputs"]) == {"targets", "project", "python-version"}
    assert "${{" not in check["run"]

    def ended(targets: str) -> int:
        environment = {
            **os.environ,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "TARGETS": targets,
            "PROJECT": ".",
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]]  # as the runner calls it
        return subprocess.run(
            command, env=environment, cwd=project, capture_output=True, timeout=100, check=False
        ).returncode

    assert ended("") == 0
    assert ended("pets") == 0
    assert ended("pets; touch was-run") == 2
    assert not (project / "was-run").exists()
    replace(project / "specs/pets/openapi.yaml", "title: ", "title: New ")
    assert ended("pets") == 1
