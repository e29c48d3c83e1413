"""Checking says what writing would change, and touches nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.diagnostics import ExitCode, Refusal
from generator.output.check import Difference, compare_package
from generator.output.manifest import MANIFEST
from generator.output.write import write_package

Files = dict[str, bytes]
Tree = Callable[[Path], Files]


def test_what_was_written_does_not_differ(root: Path, old: Files) -> None:
    write_package(root, old, {"document": "x"})
    assert compare_package(root, old, {"document": "x"}) == ()


def test_each_kind_of_difference_is_told(root: Path, old: Files, new: Files, tree: Tree) -> None:
    write_package(root, old, {})
    (root / "src/sdk/client.py").write_bytes(b"A = 3\n")
    before = tree(root.parent)
    assert compare_package(root, new, {}) == (
        Difference("README.md", "changed", "--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-# one\n+# two\n"),
        Difference(
            "src/sdk/client.py",
            "edited",
            "--- a/src/sdk/client.py\n+++ b/src/sdk/client.py\n@@ -1 +1 @@\n-A = 3\n+A = 2\n",
        ),
        Difference(
            "src/sdk/models/pets.py",
            "extra",
            "--- a/src/sdk/models/pets.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-class Pet: ...\n",
        ),
        Difference(
            "src/sdk/types/cats.py",
            "missing",
            "--- /dev/null\n+++ b/src/sdk/types/cats.py\n@@ -0,0 +1 @@\n+class Cat: ...\n",
        ),
    )
    assert tree(root.parent) == before


def test_an_edited_stale_file_counts_as_edited(root: Path, old: Files, new: Files) -> None:
    write_package(root, old, {})
    (root / "src/sdk/models/pets.py").write_bytes(b"mine\n")
    kinds = {found.path: found.kind for found in compare_package(root, new, {})}
    assert kinds["src/sdk/models/pets.py"] == "edited"


def test_an_absent_package_is_missing_whole(root: Path, old: Files) -> None:
    assert [(found.path, found.kind) for found in compare_package(root, old, {})] == [
        (path, "missing") for path in sorted(old)
    ]
    assert not root.parent.exists()


def test_foreign_files_elsewhere_do_not_count(root: Path, old: Files) -> None:
    write_package(root, old, {})
    (root / "NOTES.md").write_bytes(b"mine")
    assert compare_package(root, old, {}) == ()


def test_something_that_is_no_file_counts_as_edited(root: Path, old: Files) -> None:
    write_package(root, old, {})
    (root / "README.md").unlink()
    (root / "README.md").mkdir()
    assert [(found.path, found.kind) for found in compare_package(root, old, {})] == [("README.md", "edited")]


@pytest.mark.parametrize(("inputs", "kind"), [({"document": "y"}, "changed"), (None, "missing")])
def test_the_manifest_is_named_where_it_is_all_that_differs(
    root: Path, old: Files, inputs: dict[str, str] | None, kind: str
) -> None:
    write_package(root, old, {"document": "x"})
    if inputs is None:
        (root / MANIFEST).unlink()
    found = compare_package(root, old, inputs or {"document": "x"})
    assert [(difference.path, difference.kind) for difference in found] == [(MANIFEST, kind)]
    assert '"document": "x"' in found[0].diff


@pytest.mark.parametrize(
    ("old_text", "new_text", "diff"),
    [
        (b"a", b"a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
        (b"a\x0cb\n", b"a\x0cc\n", "@@ -1 +1 @@\n-a\x0cb\n+a\x0cc\n"),
        (b"a\r\n", b"a\n", "@@ -1 +1 @@\n-a\r\n+a\n"),
        (b"", b"a\n", "@@ -0,0 +1 @@\n+a\n"),
    ],
)
def test_a_diff_shows_every_byte_of_text(root: Path, old_text: bytes, new_text: bytes, diff: str) -> None:
    write_package(root, {"a": old_text}, {})
    assert compare_package(root, {"a": new_text}, {})[0].diff == f"--- a/a\n+++ b/a\n{diff}"


def test_bytes_that_are_no_text_are_only_said_to_differ(root: Path) -> None:
    write_package(root, {"a.bin": b"\xff\x00"}, {})
    assert compare_package(root, {"a.bin": b"\xff\x01"}, {})[0].diff == "Binary files a/a.bin and b/a.bin differ\n"


def test_links_and_damage_are_refused_as_they_are_for_writing(root: Path, old: Files) -> None:
    write_package(root, old, {})
    (root / MANIFEST).write_bytes(b"<<<<<<<")
    with pytest.raises(Refusal, match="OUT005"):
        compare_package(root, old, {})
    (root / MANIFEST).unlink()
    (root / "README.md").unlink()
    (root / "README.md").symlink_to("/etc/passwd")
    with pytest.raises(Refusal, match="OUT004"):
        compare_package(root, old, {})
    with pytest.raises(Refusal, match="OUT007"):
        compare_package(root, {"../x": b""}, {})


def test_what_cannot_be_read_is_said(root: Path, old: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(root, old, {})

    def denied(place: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(place))

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(Refusal, match="OUT012") as refusal:
        compare_package(root, old, {})
    assert refusal.value.exit_code is ExitCode.IO
    assert refusal.value.diagnostics[0].location is not None
    assert refusal.value.diagnostics[0].location.file == (root / MANIFEST).as_posix()


_PACKAGES = st.dictionaries(
    st.sampled_from(["a.py", "b.py", "c/d.py", "c/e.py", "f/g/h.py"]), st.sampled_from([b"", b"1\n", b"2\n"])
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_PACKAGES, second=_PACKAGES, edits=_PACKAGES, inputs=st.sampled_from(["x", "y"]))
def test_checking_and_writing_agree(
    tmp_path_factory: pytest.TempPathFactory, tree: Tree, first: Files, second: Files, edits: Files, inputs: str
) -> None:
    """Whatever is on the disk: writing changes something exactly where checking finds something."""
    root = tmp_path_factory.mktemp("agree") / "pets"
    write_package(root, first, {"document": "x"})
    for path, content in edits.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    before = tree(root)
    differences = compare_package(root, second, {"document": inputs})
    assert tree(root) == before
    try:
        result = write_package(root, second, {"document": inputs})
    except Refusal:
        assert "edited" in {found.kind for found in differences}
        assert tree(root) == before
        return
    assert {found.path for found in differences} - {MANIFEST} == {*result.written, *result.deleted}
    assert ((root / MANIFEST).read_bytes() == before[MANIFEST]) == (not differences)
    assert compare_package(root, second, {"document": inputs}) == ()
    ours = {path: content for path, content in tree(root).items() if not path.endswith("/") and path != MANIFEST}
    assert ours == {path: content for path, content in edits.items() if path not in first} | second
