"""Writing changes what is ours and out of date, and nothing else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import ExitCode, Refusal
from generator.output.manifest import MANIFEST, Manifest, read_manifest
from generator.output.survey import State, survey
from generator.output.write import WriteResult, write_package

Files = dict[str, bytes]
Tree = Callable[[Path], Files]
INPUTS = {"document": "sha256:" + "1" * 64}


def _refused(root: Path, files: Files, code: str, exit_code: ExitCode = ExitCode.CONFLICT) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        write_package(root, files, INPUTS)
    assert {found.code for found in refusal.value.diagnostics} == {code}
    assert refusal.value.exit_code is exit_code
    return refusal.value


def test_a_new_package_is_written_whole(root: Path, tree: Tree, old: Files) -> None:
    result = write_package(root, old, INPUTS)
    assert result == WriteResult(written=tuple(sorted(old)), unchanged=(), deleted=())
    found = {path: content for path, content in tree(root.parent).items() if not path.endswith("/")}
    assert found.pop(f"pets/{MANIFEST}") == Manifest.of(old, INPUTS).text()
    assert found == {f"pets/{path}": content for path, content in old.items()}


def test_an_empty_directory_is_as_good_as_none(root: Path, old: Files) -> None:
    (root / "__pycache__").mkdir(parents=True)
    assert write_package(root, old, INPUTS).written == tuple(sorted(old))


def test_a_second_run_touches_nothing(root: Path, old: Files) -> None:
    write_package(root, old, INPUTS)
    before = {path: (root / path).stat() for path in (*old, MANIFEST, "src")}
    assert write_package(root, old, INPUTS) == WriteResult(written=(), unchanged=tuple(sorted(old)), deleted=())
    assert {path: (root / path).stat() for path in before} == before
    assert list(root.parent.iterdir()) == [root]


def test_a_changed_package_is_changed_where_it_differs(root: Path, tree: Tree, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    untouched = (root / "src/sdk/__init__.py").stat()
    assert write_package(root, new, INPUTS) == WriteResult(
        written=("README.md", "src/sdk/client.py", "src/sdk/types/cats.py"),
        unchanged=("src/sdk/__init__.py",),
        deleted=("src/sdk/models/pets.py",),
    )
    assert (root / "src/sdk/__init__.py").stat() == untouched
    found = tree(root)
    assert {path: content for path, content in found.items() if not path.endswith("/")} == {
        **new,
        MANIFEST: Manifest.of(new, INPUTS).text(),
    }
    assert [path for path in found if path.endswith("/")] == ["src/", "src/sdk/", "src/sdk/types/"]


def test_new_inputs_alone_rewrite_the_manifest_alone(root: Path, old: Files) -> None:
    write_package(root, old, INPUTS)
    assert write_package(root, old, {"document": "other"}).written == ()
    manifest = read_manifest(root)
    assert manifest is not None
    assert manifest.inputs == {"document": "other"}


def test_missing_files_come_back(root: Path, old: Files) -> None:
    write_package(root, old, INPUTS)
    (root / "README.md").unlink()
    assert write_package(root, old, INPUTS).written == ("README.md",)
    assert (root / "README.md").read_bytes() == old["README.md"]


def test_a_stale_file_that_is_already_gone_is_no_loss(root: Path, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    (root / "src/sdk/models/pets.py").unlink()
    assert write_package(root, new, INPUTS).deleted == ()


def test_a_stale_path_that_is_no_file_any_more_is_left_alone(root: Path, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    place = root / "src/sdk/models/pets.py"
    place.unlink()
    place.mkdir()
    assert write_package(root, new, INPUTS).deleted == ()
    assert place.is_dir()


def test_an_edit_that_says_what_we_would_say_is_taken(root: Path, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    (root / "README.md").write_bytes(new["README.md"])
    assert "README.md" in write_package(root, new, INPUTS).unchanged


def test_hand_edited_files_are_all_reported_and_kept(root: Path, tree: Tree, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    (root / "README.md").write_text("mine", encoding="utf-8")
    (root / "src/sdk/models/pets.py").write_text("mine too", encoding="utf-8")
    before = tree(root.parent)
    refusal = _refused(root, new, "OUT002")
    assert tree(root.parent) == before
    places = [found.location.file for found in refusal.diagnostics if found.location]
    assert places == [(root / "README.md").as_posix(), (root / "src/sdk/models/pets.py").as_posix()]
    assert all("overlay" in found.help and "git checkout -- " in found.help for found in refusal.diagnostics)


@pytest.mark.parametrize("make", ["file", "directory", "pipe", "parent"])
def test_foreign_things_in_the_way_are_reported_and_kept(root: Path, make: str, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    place = root / "src/sdk/types/cats.py"
    if make == "parent":
        place.parent.write_text("a file", encoding="utf-8")
    else:
        place.parent.mkdir()
    if make == "file":
        place.write_text("mine", encoding="utf-8")
    elif make == "directory":
        place.mkdir()
    elif make == "pipe":
        os.mkfifo(place)
    refusal = _refused(root, new, "OUT003")
    assert [found.location.file for found in refusal.diagnostics if found.location] == [place.as_posix()]
    assert (root / "README.md").read_bytes() == old["README.md"]


def test_foreign_files_elsewhere_are_left_alone(root: Path, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    (root / "NOTES.md").write_text("mine", encoding="utf-8")
    (root / "src/sdk/models/mine.py").write_text("mine", encoding="utf-8")
    (root / "venv").symlink_to("/usr")
    write_package(root, new, INPUTS)
    assert (root / "NOTES.md").read_text(encoding="utf-8") == "mine"
    assert (root / "src/sdk/models/mine.py").read_text(encoding="utf-8") == "mine"
    assert not (root / "src/sdk/models/pets.py").exists()
    assert (root / "venv").is_symlink()


def test_the_interpreters_cache_does_not_keep_a_directory(root: Path, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    cache = root / "src/sdk/models/__pycache__"
    cache.mkdir()
    (cache / "pets.cpython-311.pyc").write_bytes(b"x")
    write_package(root, new, INPUTS)
    assert not (root / "src/sdk/models").exists()


def test_a_linked_cache_is_not_emptied(root: Path, tmp_path: Path, old: Files, new: Files) -> None:
    write_package(root, old, INPUTS)
    (tmp_path / "precious.pyc").write_bytes(b"x")
    (root / "src/sdk/models/__pycache__").symlink_to(tmp_path)
    write_package(root, new, INPUTS)
    assert (tmp_path / "precious.pyc").exists()


def test_a_file_moves_where_only_its_case_changed(root: Path) -> None:
    write_package(root, {"Pets.md": b"x"}, INPUTS)
    write_package(root, {"pets.md": b"x"}, INPUTS)
    assert sorted(os.listdir(root)) == [MANIFEST, "pets.md"]


def test_a_file_found_by_a_new_spelling_may_be_the_stale_one(root: Path) -> None:
    """Where the disk ignores case both names lead to one file, which goes with its old name: it is written again."""
    write_package(root, {"Pets.md": b"x"}, INPUTS)
    (root / "pets.md").write_bytes(b"x")
    manifest = read_manifest(root)
    assert manifest is not None
    assert {found.path: found.state for found in survey(root, manifest, {"pets.md": b"x"})} == {
        "Pets.md": State.EXTRA,
        "pets.md": State.CHANGED,
    }


def test_a_directory_with_somebodys_work_is_refused(root: Path, tree: Tree, old: Files) -> None:
    root.mkdir(parents=True)
    for number in range(7):
        (root / f"thesis{number}.tex").write_text("years", encoding="utf-8")
    before = tree(root.parent)
    refusal = _refused(root, old, "OUT001")
    assert "thesis0.tex" in refusal.diagnostics[0].help
    assert "2 more" in refusal.diagnostics[0].help
    assert tree(root.parent) == before


@pytest.mark.parametrize("kind", ["/", "home", "tilde", "working", "dot", "repository", "worktree", "file"])
def test_places_nobody_means_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, old: Files
) -> None:
    home, working, repository, worktree = (tmp_path / name for name in ("home", "working", "repository", "worktree"))
    for place in (home, working, repository / ".git", worktree):
        place.mkdir(parents=True)
    (worktree / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(working)
    places = {"/": Path("/"), "tilde": Path("~"), "dot": Path(), "file": tmp_path / "file"}
    refusal = _refused(places.get(kind, tmp_path / kind), old, "OUT006")
    assert "of its own" in refusal.diagnostics[0].help
    assert os.listdir(home) == os.listdir(working) == []


def test_a_linked_root_is_followed_once(tmp_path: Path, old: Files) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_package(tmp_path / "link", old, INPUTS)
    assert (tmp_path / "real" / "README.md").read_bytes() == old["README.md"]
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("path", ["src/sdk/types", "README.md", "src"])
def test_links_inside_are_not_followed(root: Path, tmp_path: Path, path: str, new: Files) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / path).parent.mkdir(parents=True)
    (root / path).symlink_to(outside)
    (root / MANIFEST).write_bytes(Manifest({}, {}).text())
    refusal = _refused(root, new, "OUT004")
    assert refusal.diagnostics[0].location is not None
    assert refusal.diagnostics[0].location.file == (root / path).as_posix()
    assert list(outside.iterdir()) == []


def test_a_manifest_cannot_have_foreign_files_deleted(root: Path, old: Files, new: Files) -> None:
    important = root.parent.parent / "important"
    important.write_text("years", encoding="utf-8")
    write_package(root, old, INPUTS)
    (root / MANIFEST).write_bytes(Manifest.of(old | {"../../important": b"years"}, INPUTS).text())
    _refused(root, new, "OUT005")
    assert important.exists()
    assert (root / "README.md").read_bytes() == old["README.md"]


@pytest.mark.parametrize("path", ["../x", "/x", "a\\b", "", MANIFEST, "readme.md", "README.md/x"])
def test_unsafe_paths_are_a_fault_of_the_generator(root: Path, path: str, old: Files) -> None:
    _refused(root, old | {path: b""}, "OUT007", ExitCode.INTERNAL)
    assert not root.parent.exists()
