"""Every bad input ends with a message that says what is wrong, where, and what to do; and nothing is written.

Each folder here is one bad input: files, the arguments in `command.txt`, and in `expected.txt` the exit code and all of
stderr. After a change of messages, SDKPRESS_UPDATE_EXPECTED=1 makes this module write the expectations instead of
comparing them; the rules about what a message must have are checked all the same.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import time
from pathlib import Path

import pytest

from generator.codes import CODES
from tests.cli.commands import Ended, generate, isolate, tree
from tests.errors.inputs import MADE, SECRET

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/command.txt"))
UPDATE = "SDKPRESS_UPDATE_EXPECTED"
CPU_SECONDS = 5.0

# What is wrong with these is no part of a file's text.
PLACELESS = {"SPEC001", "CFG006"} | {code for code in CODES if code.startswith(("IO", "OUT"))}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all cases: many have the same document, whose verdict is kept here."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def directory(request: pytest.FixtureRequest, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the case's files, in the working directory."""
    case: Path = request.param
    isolate(monkeypatch, home)
    work = tmp_path / "outside" / "work"
    shutil.copytree(case, work, ignore=shutil.ignore_patterns("command.txt", "expected.txt"))
    monkeypatch.chdir(work)
    if case.name in MADE:
        MADE[case.name](work)
    return work


@pytest.mark.parametrize(
    ("case", "directory"), [(case, case) for case in CASES], indirect=["directory"], ids=[case.name for case in CASES]
)
def test_bad_input(case: Path, directory: Path) -> None:
    before = tree(directory.parent)
    arguments = shlex.split((case / "command.txt").read_text(encoding="utf-8"))

    started = time.process_time()
    ended = generate(*arguments)
    spent = time.process_time() - started

    compare(case / "expected.txt", ended, directory)
    assert tree(directory.parent) == before
    assert spent < CPU_SECONDS
    check_message(ended)
    if not case.name.startswith("command-"):
        check_places(ended)


def compare(golden: Path, ended: Ended, directory: Path) -> None:
    actual = f"exit code {ended.code}\n\n{ended.err}".replace(str(directory.parent), "<outside>")
    if os.environ.get(UPDATE):
        golden.write_text(actual, encoding="utf-8")
    assert actual == golden.read_text(encoding="utf-8")


def check_message(ended: Ended) -> None:
    """Each finding has a registered code and a way out; nothing is shown that must not be."""
    found = re.findall(r"^error\[(\w+)\]: ", ended.err, re.MULTILINE)
    assert found
    assert ended.code == max(CODES[code].exit_code for code in found)
    for block in blocks(ended):
        assert re.match(r"(error|warning)\[\w+\]: \S", block), block
        assert re.search(r"^ += help: \S", block, re.MULTILINE), block
    assert "Traceback" not in ended.err
    assert not re.search(r"[^\n\x20-\x7e\xa0-\uffff]|[\u202a-\u202e\u2066-\u2069]", ended.err)
    assert SECRET not in ended.err
    assert "root:" not in ended.err
    assert ended.out == "" or re.fullmatch(r"\w+: nothing (written|compared): .*\n", ended.out)


def check_places(ended: Ended) -> None:
    """Each finding about a text says where in it, and shows the line with a mark below."""
    for block in blocks(ended):
        if block.partition("[")[2].partition("]")[0] not in PLACELESS:
            assert re.search(r"^ +--> \S+:\d+:\d+", block, re.MULTILINE), block
            assert re.search(r"^ *\d+ \| .*\n +\| +\^", block, re.MULTILINE), block


def blocks(ended: Ended) -> list[str]:
    return [block for block in ended.err.split("\n\n") if block]


def test_every_made_input_has_a_folder() -> None:
    assert set(MADE) <= {case.name for case in CASES}
