"""Inputs that don't lie in the folders beside this module: no editor, disk or version control would keep them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.source import MAX_BYTES
from tests.cli.commands import generate

SECRET = "do-not-show-this"
_DEEP = 100_000
_YAML = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\nx-data: '
_JSON = '{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}, "x-data": %s}'


def _too_large(directory: Path) -> None:
    with (directory / "openapi.json").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)


def _alias_bomb(directory: Path) -> None:
    levels = [f"x-{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 10)]
    (directory / "openapi.yaml").write_text(f"{_YAML}none\nx-0: &l0 [lol]\n{''.join(levels)}", encoding="utf-8")


def _generated(directory: Path) -> Path:
    assert generate("pets").code == 0
    return directory / "generated" / "pets"


def _edited(directory: Path) -> None:
    edited = _generated(directory) / "src" / "pets" / "client.py"
    edited.write_text(edited.read_text(encoding="utf-8") + "# My own.\n", encoding="utf-8")


def _foreign_file(directory: Path) -> None:
    package = _generated(directory)
    manifest = package / ".sdkpress.json"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if '"README.md"' not in line), encoding="utf-8")
    (package / "README.md").write_text("My own.\n", encoding="utf-8")


def _symbolic_link(directory: Path) -> None:
    models = _generated(directory) / "src" / "pets" / "models"
    models.rename(directory / "elsewhere")
    models.symlink_to(directory / "elsewhere")


def _outside(directory: Path) -> None:
    (directory.parent / "secret.yaml").write_text(f"Pets: {{const: {SECRET}}}\n", encoding="utf-8")


def _through_a_link(directory: Path) -> None:
    _outside(directory)
    (directory / "link.yaml").symlink_to("../secret.yaml")


MADE: Mapping[str, Callable[[Path], object]] = {
    "file-is-a-dangling-link": lambda directory: (directory / "link.yaml").symlink_to("nowhere.yaml"),
    "file-is-a-pipe": lambda directory: os.mkfifo(directory / "pipe.yaml"),
    "file-too-large": _too_large,
    "json-deep": lambda directory: (directory / "openapi.json").write_text(_JSON % ("[" * _DEEP + "]" * _DEEP)),
    "json-huge-integer": lambda directory: (directory / "openapi.json").write_text(_JSON % ("9" * 5_000)),
    "output-edited": _edited,
    "output-foreign-file": _foreign_file,
    "output-repository": lambda directory: (directory / "out" / ".git").mkdir(parents=True),
    "output-symbolic-link": _symbolic_link,
    "ref-outside": _outside,
    "ref-through-a-link": _through_a_link,
    "text-nul": lambda directory: (directory / "openapi.yaml").write_bytes(b"openapi: 3.1.0\ninfo: Pe\0ts\n"),
    "text-not-utf8": lambda directory: (directory / "openapi.yaml").write_bytes(b"openapi: 3.1.0\n# Caf\xe9\n"),
    "yaml-alias-bomb": _alias_bomb,
    "yaml-deep": lambda directory: (directory / "openapi.yaml").write_text(_YAML + "[" * _DEEP + "]" * _DEEP),
    "yaml-huge-integer": lambda directory: (directory / "openapi.yaml").write_text(f"{_YAML}{'9' * 5_000}\n"),
}
"""By the name of the folder: what is added to its files."""
