"""The session in the project's README, from the first `generate init` to the check in CI: run here as it stands there.

`SDKPRESS_UPDATE_EXPECTED=1` writes what the commands print now into the README.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import ROOT, generate, replace

README = ROOT / "README.md"
PETSHOP = Path(__file__).with_name("petshop.yaml")
_SESSION = re.compile(r"(?<=<!-- session begins -->\n).*?(?=<!-- session ends -->)", re.DOTALL)
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```\n)", re.DOTALL)
_STEP = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_SECONDS = re.compile(r"(?<= in )\d+\.\d\d(?= s)|(?<=\()\d+\.\d\d(?= s\))")


@pytest.fixture
def repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, as an empty repository of git with the pet shop's document, as it is meant."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A maintainer")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "maintainer@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    subprocess.run(["git", "init", "--quiet"], check=True)
    shutil.copyfile(PETSHOP, project / "petshop.yaml")
    replace(project / "petshop.yaml", "schemas/Pett", "schemas/Pet")
    return project


def test_the_session(repository: Path) -> None:
    readme = README.read_text(encoding="utf-8")
    (session,) = _SESSION.findall(readme)
    shown = [step["output"] for block in _BLOCK.findall(session) for step in _STEP.finditer(block)]
    commands = [step["command"] for block in _BLOCK.findall(session) for step in _STEP.finditer(block)]
    printed = [_run(command, repository) for command in commands]
    if os.environ.get("SDKPRESS_UPDATE_EXPECTED"):
        README.write_text(_SESSION.sub(lambda found: _updated(found[0], iter(printed)), readme), encoding="utf-8")
        return
    for command, text, whole in zip(commands, shown, printed, strict=True):
        assert _tells(text, whole), f"the README shows for {command}\n{text}\nand it prints\n{whole}"


def _tells(shown: str, printed: str) -> bool:
    """Whether that is what was printed, but for the seconds; `...` stands for lines left out."""
    pattern = ".*".join(re.escape(part) for part in _SECONDS.sub("0", shown).split("...\n"))
    return re.fullmatch(pattern, _SECONDS.sub("0", printed), re.DOTALL) is not None


def _run(command: str, repository: Path) -> str:
    """What a command prints, and how it ends where that is not well."""
    words = shlex.split(command, comments=True)
    if words[0] == "git":
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout
    if words[0] == "$EDITOR":
        _edit(repository / words[1])
        return ""
    if words[0] != "generate":
        pytest.fail(f"the README runs {command!r}")
    ended = generate(*words[1:])
    return ended.out + ended.err + (f"exit code {ended.code}\n" if ended.code else "")


def _edit(document: Path) -> None:
    """A parameter that every call must give, and one more member of pets."""
    parameter = "        - {name: id, in: path, required: true, schema: {type: string}}\n"
    currency = "        - {name: currency, in: query, required: true, schema: {type: string, enum: [EUR, USD]}}\n"
    replace(document, parameter, parameter + currency)
    replace(document, "{name: {type: string}}", "{name: {type: string}, price: {type: number}}")


def _updated(session: str, printed: Iterator[str]) -> str:
    """The session with what was printed, wherever it does not tell that already."""

    def step(found: re.Match[str]) -> str:
        whole = next(printed)
        return found[0] if _tells(found["output"], whole) else f"$ {found['command']}\n{whole}"

    return _BLOCK.sub(lambda block: _STEP.sub(step, block[0]), session)
