"""The manifest is believed only after each entry was checked; what it says is the same for the same package."""

import json
from pathlib import Path

import pytest

from generator.diagnostics import ExitCode, Refusal
from generator.output.digest import digest
from generator.output.manifest import MANIFEST, Manifest, read_manifest

NAME = "sha256:" + "0" * 64


def _write(root: Path, files: object, inputs: object = None, schema: object = 1) -> None:
    content = {"schema": schema, "files": files, "inputs": {} if inputs is None else inputs}
    (root / MANIFEST).write_text(json.dumps(content), encoding="utf-8")


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    manifest = Manifest.of({"b.py": b"x", "a/ü.py": b""}, {"document": NAME})
    (tmp_path / MANIFEST).write_bytes(manifest.text())
    assert read_manifest(tmp_path) == manifest
    assert (
        manifest.files["b.py"]
        == digest(b"x")
        == "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    )


def test_the_text_does_not_depend_on_order() -> None:
    first = Manifest({"a": NAME, "b": NAME}, {"x": "1", "y": "2"})
    second = Manifest({"b": NAME, "a": NAME}, {"y": "2", "x": "1"})
    assert first.text() == second.text()
    assert first.text().endswith(b"}\n")
    assert list(json.loads(second.text())["files"]) == ["a", "b"]


@pytest.mark.parametrize("place", ["", "absent", "a_file"])
def test_no_manifest_is_no_fault(tmp_path: Path, place: str) -> None:
    (tmp_path / "a_file").write_text("x", encoding="utf-8")
    assert read_manifest(tmp_path / place) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<<<<<<< HEAD\n{}\n=======\n",
        "[]",
        "{}",
        "null",
        '{"schema": 2, "files": {}, "inputs": {}}',
        '{"schema": 1, "inputs": {}}',
        '{"schema": 1, "files": {}}',
        '{"schema": 1, "files": ["a.py"], "inputs": {}}',
        "[" * 100_000,
        "\xff",
    ],
)
def test_damage_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="latin-1")
    with pytest.raises(Refusal) as refusal:
        read_manifest(tmp_path)
    assert refusal.value.exit_code is ExitCode.CONFLICT
    assert refusal.value.diagnostics[0].code == "OUT005"
    assert "git checkout" in refusal.value.diagnostics[0].help


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../../important", ".."),
        ("/etc/passwd", "absolute"),
        ("C:\\x", "portable"),
        ("a/../../b", ".."),
        (".git/config", "reserved"),
        (MANIFEST, "itself"),
        ("link/passwd", "symbolic link"),
        ("link", "symbolic link"),
    ],
)
def test_entries_that_lead_elsewhere_are_refused(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "link").symlink_to("/etc")
    _write(tmp_path, {"fine.py": NAME, path: NAME})
    with pytest.raises(Refusal, match=reason):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("files", "inputs"),
    [
        ({"a.py": "md5:0"}, {}),
        ({"a.py": NAME + "\n"}, {}),
        ({"a.py": NAME.upper()}, {}),
        ({"a.py": None}, {}),
        ({"a.py": NAME, "A.py": NAME}, {}),
        ({"a": NAME, "a/b": NAME}, {}),
        ({}, {"overlays": ["x"]}),
        ({}, []),
    ],
)
def test_entries_without_meaning_are_refused(tmp_path: Path, files: object, inputs: object) -> None:
    _write(tmp_path, files, inputs)
    with pytest.raises(Refusal, match="OUT005"):
        read_manifest(tmp_path)


def test_a_linked_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pets").mkdir()
    _write(tmp_path, {})
    (tmp_path / "pets" / MANIFEST).symlink_to(tmp_path / MANIFEST)
    with pytest.raises(Refusal, match="OUT005"):
        read_manifest(tmp_path / "pets")
