"""Credentials that a program prints: what is accepted, how it fails, and that nothing of it is shown."""

from __future__ import annotations

import json
import shlex
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from runtime.aws.chain import resolve_credentials
from runtime.aws.credentials import Credentials
from runtime.aws.sources.process import ProcessSource, run
from runtime.errors import CredentialsError
from tests.runtime.aws.fakes import write

DOCUMENT = {"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "secret"}


def command(tmp_path: Path, code: str) -> str:
    """A command line that runs some Python."""
    script = tmp_path / "a program.py"
    script.write_text(code, encoding="utf-8")
    return shlex.join([sys.executable, "-S", "-E", str(script)])


def printing(tmp_path: Path, output: object) -> str:
    text = output if isinstance(output, str) else json.dumps(output)
    return command(tmp_path, f"import sys; sys.stderr.write('CANARY-stderr'); print({text!r})")


def test_what_the_program_prints(tmp_path: Path) -> None:
    assert run(printing(tmp_path, DOCUMENT), "here") == Credentials("AKID", "secret")
    whole = {"SessionToken": "token", "Expiration": "2026-01-02T03:04:05Z", "AccountId": "123456789012", "More": 1}
    assert ProcessSource(printing(tmp_path, DOCUMENT | whole)).load() == Credentials(
        "AKID", "secret", "token", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "123456789012"
    )


def test_named_by_a_profile(no_files: dict[str, str], tmp_path: Path) -> None:
    write(no_files, config=f"[profile p]\ncredential_process = {printing(tmp_path, DOCUMENT)}\n")
    assert resolve_credentials(no_files, "p") == Credentials("AKID", "secret")


def test_no_shell_takes_part(tmp_path: Path) -> None:
    line = command(
        tmp_path, f'import sys; print({json.dumps(DOCUMENT)!r}[:-1] + \', "AccountId": "%s"}}\' % sys.argv[1])'
    )
    assert run(f"{line} $HOME;ls", "here").account_id == "$HOME;ls"


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("CANARY", "what came is not a JSON object"),
        ("", "not a JSON object"),
        ('["CANARY"]', "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        (DOCUMENT | {"Version": 2}, "Version is not 1"),
        (DOCUMENT | {"Version": True}, "Version is not 1"),
        ({"AccessKeyId": "A", "SecretAccessKey": "CANARY"}, "Version is not 1"),
        ({"Version": 1, "SecretAccessKey": "CANARY"}, "AccessKeyId is missing"),
        (DOCUMENT | {"SecretAccessKey": ""}, "SecretAccessKey is missing"),
        (DOCUMENT | {"SecretAccessKey": 17}, "SecretAccessKey is not text"),
        (DOCUMENT | {"SecretAccessKey": "CANARY\n"}, "secret_access_key holds white space"),
        (DOCUMENT | {"Expiration": "CANARY"}, "Expiration is not a time"),
        (DOCUMENT | {"Expiration": True}, "Expiration is not a time"),
        (DOCUMENT | {"Expiration": "9999-12-31T23:59:59-12:00"}, "Expiration is not a time"),
    ],
)
def test_what_is_refused(tmp_path: Path, output: object, message: str) -> None:
    assert_silent(printing(tmp_path, output), message)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/nowhere/CANARY", r"the program cannot be run \(No such file or directory\)"),
        ("tool 'CANARY", "it is not a command"),
        (" ", "it is not a command"),
        ("to\0ol CANARY", "it is not a command"),
    ],
)
def test_no_command(line: str, message: str) -> None:
    assert_silent(line, message)


def test_a_program_that_fails(tmp_path: Path) -> None:
    assert_silent(command(tmp_path, "import sys; print('CANARY'); sys.exit('CANARY')"), "failed with status 1")


def test_a_program_that_hangs_is_killed(tmp_path: Path) -> None:
    # It waits for a pipe that nobody writes to; were it not killed, the test would not end.
    line = command(tmp_path, "import os; print('CANARY', flush=True); os.read(os.pipe()[0], 1)")
    begin = monotonic()
    assert_silent(line, "did not end within 0.3 seconds", seconds=0.3)
    assert monotonic() - begin < 10


def assert_silent(line: str, message: str, seconds: float = 60.0) -> None:
    """The error says where and why, and neither it nor what it carries holds the command or its output."""
    with pytest.raises(CredentialsError, match=f"^here: .*{message}") as caught:
        run(line, "here", seconds)
    error: BaseException | None = caught.value
    while error is not None:
        assert "CANARY" not in "".join(traceback.format_exception_only(error)) + repr(vars(error)) + repr(error.args)
        error = error.__context__
