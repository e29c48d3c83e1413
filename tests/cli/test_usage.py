"""The command as a program: its help, its exit codes, its streams."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.diagnostics import CODES, ExitCode
from tests.cli.commands import PETS, ROOT, generate


def program(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_help_lists_commands_and_exit_codes() -> None:
    ended = generate("--help")

    assert ended.code == 0
    assert ended.err == ""
    assert all(f"\n  {command}  " in ended.out for command in ("check", "inspect", "run"))
    listed = re.findall(r"^ +(\d+) +\S", ended.out.partition("Exit codes:")[2], re.MULTILINE)
    assert [int(code) for code in listed] == list(ExitCode)
    assert {code.exit_code for code in CODES.values()} <= set(ExitCode)


@pytest.mark.parametrize("command", ["run", "check", "inspect"])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_each_command_has_help(command: str, flag: str) -> None:
    ended = generate(command, flag)

    assert ended.code == 0
    assert ended.out.startswith(f"Usage: generate {command} [OPTIONS]")
    assert all(re.search(rf"^  .*{option}\b.*  \S", ended.out, re.MULTILINE) for option in ("--project", "--output"))


def test_version() -> None:
    assert generate("--version").out == f"generate, version {__version__}\n"


def test_run_is_the_default_command() -> None:
    by_default = generate(str(PETS), "--output", "one/sdk", "--format", "json")
    by_name = generate("run", str(PETS), "--output", "two/sdk", "--format", "json")

    assert by_default.code == by_name.code == 0
    assert Path("one/sdk/.sdkpress.json").read_bytes() == Path("two/sdk/.sdkpress.json").read_bytes()


def test_options_may_come_first() -> None:
    assert generate("--output", "sdk", str(PETS)).code == 0


def test_usage_errors_name_the_help_of_their_command() -> None:
    ended = generate("check", "--outptu", "x")

    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("error[CFG011]: no such option '--outptu'")
    assert "`generate check --help`" in ended.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_at_the_other_end_of_stdout() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "generator", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )

    assert ended.returncode == 4
    assert ended.stderr.startswith(b"error[IO004]: No space left on device\n")


def test_nobody_at_the_other_end_of_stdout() -> None:
    with program("inspect", "plan", str(PETS), "--output", "sdk") as process:
        assert process.stdout is not None
        process.stdout.close()

        assert process.wait() == 4
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_a_terminal_that_knows_no_letters_but_ascii(pets: Path) -> None:
    document = pets / "specs" / "pets" / "openapi.yaml"
    document.write_text(document.read_text(encoding="utf-8").replace("Löwen", "Kätzchen"), encoding="utf-8")

    out, err = program("check", PYTHONIOENCODING="ascii").communicate()

    assert rb"K\xe4tzchen" in out
    assert err == b"run `generate` to bring it up to date\n"
