"""A path is accepted only if it names the same file below any directory, on any platform."""

import os
import string
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output.paths import MAX_PATH_CHARACTERS, clashes, path_fault, symlinks_on_the_way


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "../../../../tmp/pwn",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "/etc/cron.d/x",
        "//server/share",
        "a\\b",
        "..\\x",
        "\\\\srv\\s",
        "C:\\x",
        "C:x",
        "file.py:stream",
        "a\0b",
        "a\nb",
        "a\x7fb",
        "what?.py",
        "a.py ",
        "a.py.",
        "....//x",
        "aux.py",
        "src/NUL",
        "com1.tar.gz",
        ".git/hooks/pre-commit",
        ".GIT/config",
        "src/__pycache__/x.pyc",
        "\ud800.py",
        "a" * 256,
        "\N{SNOWMAN}" * 86,
        "/".join(["d" * 60] * 4),
    ],
)
def test_unsafe_paths_are_refused(path: str) -> None:
    assert path_fault(path) is not None


@pytest.mark.parametrize(
    "path",
    [
        "a",
        ".gitignore",
        ".sdkpress.json",
        "..%2fetc",
        "...x",
        "auxiliary.py",
        "src/com.py",
        "src/sdk/größe.py",
        "a b/c",
        "~/x",
        "\N{SNOWMAN}" * 85,
        "/".join(["d" * 59] * 4),
    ],
)
def test_ordinary_paths_are_accepted(path: str) -> None:
    assert path_fault(path) is None


_SEGMENTS = st.sampled_from(["a", "B.py", "..", ".", "", "C:", "con", "x" * 300]) | st.text(
    st.sampled_from(string.ascii_letters + "./\\: ~é\0\n\N{SNOWMAN}"), max_size=12
)


@given(st.lists(_SEGMENTS, max_size=6).map("/".join))
def test_an_accepted_path_stays_below_every_root(path: str) -> None:
    if path_fault(path) is not None:
        return
    assert os.path.normpath(f"/root/of/it/{path}") == f"/root/of/it/{path}"
    assert PurePosixPath("/root", path).parts[:2] == ("/", "root")
    windows = PureWindowsPath("D:\\root", path)
    assert windows.parts[:2] == ("D:\\", "root")
    assert windows.relative_to("D:\\root").as_posix() == path
    assert len(path) <= MAX_PATH_CHARACTERS


@given(st.text(st.characters(exclude_categories=("C", "Z", "P", "S")), min_size=1, max_size=20))
def test_letters_of_any_script_are_accepted(name: str) -> None:
    assert path_fault(f"_{name}.py") is None


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["User.py", "user.py"], [("User.py", "user.py")]),
        (["Models/a.py", "models/b.py"], [("Models", "models")]),
        (["caf\u00e9.py", "cafe\u0301.py"], [("cafe\u0301.py", "caf\u00e9.py")]),
        (["STRASSE.py", "straße.py"], [("STRASSE.py", "straße.py")]),
        (["docs", "docs/a.md"], [("docs", "docs")]),
        (["docs/a/b", "docs/A"], [("docs/A", "docs/a")]),
        (["a/b.py", "a/c.py", "ab.py", "a.py"], []),
    ],
)
def test_paths_that_some_disk_would_merge_clash(paths: list[str], expected: list[tuple[str, str]]) -> None:
    assert list(clashes(paths)) == expected


def test_a_link_is_found_wherever_it_is_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "broken").symlink_to("nowhere")
    paths = ["link/a.py", "link/b.py", "real/broken", "real/absent/a.py"]
    assert symlinks_on_the_way(tmp_path, paths) == {
        "link/a.py": tmp_path / "link",
        "link/b.py": tmp_path / "link",
        "real/broken": tmp_path / "real" / "broken",
    }
