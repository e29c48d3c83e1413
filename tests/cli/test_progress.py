"""Colour and progress are for terminals, and nothing of a document can act on one."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from generator.console import Console
from tests.cli.commands import Terminal, generate, replace

ESCAPE = "\x1b"
COLOUR = re.compile(r"\x1b\[[\d;]*m")
CURSOR = re.compile(r"\x1b\[[?\d;]*[A-HJKlh]")


@pytest.fixture
def warned(pets: Path) -> Path:
    """A project with something to say on stderr, and a difference to show on stdout."""
    replace(pets / "specs" / "pets" / "openapi.yaml", "maximum: 100", "maximum: many")
    return pets


@pytest.mark.parametrize(
    ("variables", "color", "terminal", "expected"),
    [
        ({}, "auto", False, False),
        ({}, "auto", True, True),
        ({}, "always", False, True),
        ({}, "never", True, False),
        ({"NO_COLOR": "1"}, "auto", True, False),
        ({"NO_COLOR": ""}, "auto", True, True),
        ({"NO_COLOR": "1"}, "always", False, True),
        ({"FORCE_COLOR": "1"}, "auto", False, True),
        ({"FORCE_COLOR": "1"}, "never", False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", True, False),
    ],
)
def test_when_there_is_colour(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], color: str, terminal: bool, expected: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = Terminal() if terminal else io.StringIO()
    console = Console(color)

    with redirect_stdout(stream):
        assert console.paint_diff("+ new") == ("\x1b[32m+ new\x1b[0m" if expected else "+ new")
    with redirect_stderr(stream):
        assert console.style("error", "error") == ("\x1b[1;31merror\x1b[0m" if expected else "error")


def test_each_stream_is_a_terminal_or_not_by_itself() -> None:
    with redirect_stdout(Terminal()), redirect_stderr(io.StringIO()):
        assert Console("auto").paint_diff("- old") == "\x1b[31m- old\x1b[0m"
        assert Console("auto").style("error", "error") == "error"


def test_colour_changes_no_text(warned: Path) -> None:
    plain, coloured = generate("check"), generate("check", "--color", "always")

    assert ESCAPE not in plain.out + plain.err
    assert COLOUR.search(coloured.out)
    assert COLOUR.search(coloured.err)
    assert COLOUR.sub("", coloured.err) == plain.err
    assert COLOUR.sub("", coloured.out).splitlines()[:-1] == plain.out.splitlines()[:-1]  # but for the seconds


def test_json_is_never_coloured(warned: Path) -> None:
    assert ESCAPE not in generate("check", "--format", "json", "--color", "always").out


def test_usage_errors_are_coloured_on_a_terminal() -> None:
    assert generate("--outptu", terminal=True).err.startswith("\x1b[1;31merror[CFG011]\x1b[0m: ")
    assert generate("nowhere", "--color", "never", terminal=True).err.startswith("error[CFG010]: ")


def test_control_characters_of_a_document_do_not_reach_the_terminal(pets: Path) -> None:
    hostile = r'"\u001b[2J\u001b]0;title\u0007\rLIE \u202e\u009b"'
    document = pets / "specs" / "pets" / "openapi.yaml"
    replace(document, "title: Pets", f"title: {hostile}")
    replace(document, "Adds a pet.", hostile)
    replace(document, "'#/components/schemas/Kind'", hostile)
    replace(document, "maximum: 100", f"maximum: {hostile}")

    ended = generate("check", "-v")

    assert ended.code == 1
    assert re.search(r"warning\[REF\d+\]: .*\\x1b\[2J", ended.err)
    assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]*", ended.out + ended.err)


def test_control_characters_of_a_target_do_not_reach_the_terminal(pets: Path) -> None:
    (pets / "specs" / "pets").rename(pets / "specs" / "p\x1b[2J\u202eets")

    for ended in (generate(), generate("check", "p\x1b[2J\u202eets"), generate("p\x1b[2J")):
        assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]*", ended.out + ended.err)
        assert r"p\x1b[2J" in ended.out + ended.err


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is started after a moment is started at once."""

    class Timer(threading.Timer):
        def __init__(self, _interval: float, function: Callable[[], None]) -> None:
            super().__init__(0, function)

        def start(self) -> None:
            super().start()
            self.finished.wait()

    monkeypatch.setattr("generator.console.threading.Timer", Timer)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_progress_is_shown_on_a_terminal(impatient: None, pets: Path) -> None:
    ended = generate(terminal=True)

    assert "pets: writing 3 operations" in ended.err
    assert CURSOR.search(ended.err)
    assert not CURSOR.search(ended.out)


def test_progress_keeps_its_colour_to_itself(impatient: None, pets: Path) -> None:
    assert COLOUR.search(generate(terminal=True).err)
    assert not COLOUR.search(generate("--color", "never", terminal=True).err)


def test_a_short_run_shows_no_progress(monkeypatch: pytest.MonkeyPatch, pets: Path) -> None:
    monkeypatch.setattr("generator.console._MOMENT", 1_000)

    assert generate(terminal=True).err == ""


def test_a_phase_is_text_and_no_markup(
    impatient: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Console("never").progress() as progress:
        progress("[/] [red]x[/red] \x1b[2J")

    shown = capsys.readouterr().err
    assert "[/] [red]x[/red] \\x1b[2J" in shown
    assert f"{ESCAPE}[2J" not in shown
