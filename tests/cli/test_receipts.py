"""A run after which nothing changed is not repeated, and any change is seen."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import ROOT, generate, replace


@pytest.fixture
def done(pets: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose last run left a receipt; the stages can't be gone through any more."""
    assert generate("check").code == 0
    monkeypatch.setattr("generator.pipeline.prepare", _repeated)
    return pets


class RepeatedError(Exception):
    """The stages were gone through."""


def _repeated(*_: object) -> None:
    raise RepeatedError


def _is_repeated(*arguments: str) -> bool:
    ended = generate(*arguments)
    assert ended.code in {0, 70}
    return "RepeatedError" in ended.err


@pytest.mark.parametrize("arguments", [(), ("check",), ("check", "--format", "json"), ("--verbose",)])
def test_nothing_is_repeated_where_nothing_changed(done: Path, arguments: tuple[str, ...]) -> None:
    assert not _is_repeated(*arguments)
    assert _is_repeated(*arguments, "--no-cache")


def _append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def _edit_and_hide_it(package: Path) -> None:
    """As somebody would who wants an edit of a generated file to pass."""
    from generator.output.digest import digest

    client = package / "src" / "pets" / "client.py"
    _append(client)
    manifest = package / ".sdkpress.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["files"]["src/pets/client.py"] = digest(client.read_bytes())
    manifest.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _make_link(package: Path) -> None:
    client = package / "src" / "pets" / "client.py"
    shutil.copyfile(client, package / "elsewhere.py")
    client.unlink()
    client.symlink_to(package / "elsewhere.py")


CHANGES: dict[str, Callable[[Path], None]] = {
    "document": lambda project: _append(project / "specs/pets/openapi.yaml"),
    "new overlay": lambda project: (project / "specs/pets/overlay.yaml").write_text("overlay: 1.0.0\n", "utf-8")
    and None,
    "configuration": lambda project: (project / "specs/pets/sdk.toml").write_text('class = "Pets"\n', "utf-8") and None,
    "generated file": lambda project: _append(project / "generated/pets/src/pets/client.py"),
    "generated file with its manifest": lambda project: _edit_and_hide_it(project / "generated/pets"),
    "deleted file": lambda project: (project / "generated/pets/README.md").unlink(),
    "deleted manifest": lambda project: (project / "generated/pets/.sdkpress.json").unlink(),
    "link": lambda project: _make_link(project / "generated/pets"),
    "interrupted run": lambda project: (project / "generated/.pets.sdkpress").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_seen(done: Path, change: Callable[[Path], None]) -> None:
    change(done)

    assert _is_repeated("check")


def test_a_change_of_the_generator_is_seen(done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("__pycache__", "*_cache"))
    monkeypatch.setattr("generator.runtime_source.templates_root", lambda: tmp_path / "templates")
    assert not _is_repeated("check")

    with (tmp_path / "templates" / "runtime" / "model.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert _is_repeated("check")


def test_another_library_is_seen(done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "black-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))

    assert _is_repeated("check")


def test_a_file_that_was_not_there_is_seen_when_it_is(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(pets / "specs/pets/openapi.yaml", "\npaths:\n", "\npaths:\n  /elsewhere:\n    $ref: 'elsewhere.yaml'\n")
    generate()
    monkeypatch.setattr("generator.pipeline.prepare", _repeated)
    assert not _is_repeated()

    (pets / "specs/pets/elsewhere.yaml").write_text("{}\n", encoding="utf-8")

    assert _is_repeated()


def test_what_was_found_is_told_again(pets: Path) -> None:
    replace(pets / "specs/pets/openapi.yaml", "\npaths:\n", "\npaths:\n  /elsewhere:\n    $ref: 'elsewhere.yaml'\n")
    ended, again = generate(), generate()

    assert "warning[REF" in ended.err
    assert again.err == ended.err
    counts = [re.sub(r"\(.*", "", one.out) for one in (ended, again)]
    assert counts[0] == counts[1]
    json_first, json_again = (json.loads(generate("--format", "json", *more).out) for more in (("--no-cache",), ()))
    for told in (json_first, json_again):
        del told["targets"][0]["seconds"]
    assert json_first == json_again


def test_what_failed_leaves_no_receipt(pets: Path) -> None:
    replace(pets / "specs/pets/openapi.yaml", "\npaths:\n", "\npaths:\n  /elsewhere:\n    $ref: 'elsewhere.yaml'\n")

    assert [generate("--strict").code, generate("check").code, generate("--strict").code] == [1, 1, 1]
