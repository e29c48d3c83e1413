"""Runs the command in this process and tells how it ended; reads directories, so that two of them can be compared."""

from __future__ import annotations

import io
import stat
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import main

ROOT = Path(__file__).parents[2]
PETS = Path(__file__).with_name("pets.yaml")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def generate(*arguments: str, terminal: bool = False) -> Ended:
    """`generate` with these arguments, in the working directory."""
    out, err = (Terminal(), Terminal()) if terminal else (io.StringIO(), io.StringIO())
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        main(arguments)
    assert isinstance(end.value.code, int)
    return Ended(code=end.value.code, out=out.getvalue(), err=err.getvalue())


def isolate(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """An environment that says nothing, with `home` as the directory of the user, cache included."""
    for name in ("NO_COLOR", "FORCE_COLOR", "GENERATE_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


def tree(top: Path) -> dict[str, bytes | str]:
    """Everything below a directory: the bytes of files, the targets of links, the kinds of all else."""
    return {place.relative_to(top).as_posix(): _content(place) for place in sorted(top.rglob("*"))}


def replace(path: Path, old: str, new: str) -> None:
    """Edit a file as a person would: what is replaced is there, once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def _content(place: Path) -> bytes | str:
    if place.is_symlink():
        return f"-> {place.readlink()}"
    return place.read_bytes() if place.is_file() else stat.filemode(place.lstat().st_mode)
