"""The same document makes the same bytes, whatever the process that generates is told by its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.cli.commands import PETS, ROOT, tree

COGNITO = ROOT / "specs" / "cognito-identity"
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
TURKISH = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}


def generate(
    directory: Path, *arguments: str, flags: tuple[str, ...] = (), variables: Mapping[str, str] = MappingProxyType({})
) -> None:
    """The command in a process of its own, in a directory that it can call its home."""
    directory.mkdir(parents=True, exist_ok=True)
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    own = {"PYTHONPATH": str(ROOT), "HOME": str(directory / "home"), "PYTHONHASHSEED": "0"}
    subprocess.run(
        [sys.executable, *flags, "-m", "generator", *arguments],
        cwd=directory,
        env={**inherited, **own, **variables},
        check=True,
        capture_output=True,
    )


def changed(one: Path, other: Path) -> list[str]:
    """The paths of what differs between two directories."""
    before, after = tree(one), tree(other)
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small package, generated without anything special."""
    directory = tmp_path_factory.mktemp("usual")
    generate(directory, str(PETS), "--output", "pets", "--no-cache")
    assert (directory / "pets" / "src" / "pets" / "client.py").is_file()
    return directory / "pets"


@pytest.mark.parametrize(
    ("flags", "variables"),
    [
        ((), {"PYTHONHASHSEED": "1", **ASCII}),
        ((), {"PYTHONHASHSEED": "2", **TURKISH, "TZ": "Pacific/Kiritimati"}),
        (("-OO",), {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "COLUMNS": "20", "FORCE_COLOR": "1"}),
    ],
    ids=["ascii", "turkish", "optimized"],
)
def test_the_environment_changes_nothing(
    usual: Path, tmp_path: Path, flags: tuple[str, ...], variables: dict[str, str]
) -> None:
    generate(tmp_path, str(PETS), "--output", "pets", flags=flags, variables=variables)

    assert changed(tmp_path / "pets", usual) == []


def test_the_working_directory_and_the_spelling_of_paths_change_nothing(usual: Path, tmp_path: Path) -> None:
    document = tmp_path / "documents" / "a b" / "pets.yaml"
    document.parent.mkdir(parents=True)
    document.write_bytes(PETS.read_bytes())
    output = tmp_path / "elsewhere" / "pets"

    generate(tmp_path / "deep" / "down", "../../documents/a b/pets.yaml", "--output", str(output))

    assert changed(output, usual) == []


def test_the_cache_changes_nothing(usual: Path, tmp_path: Path) -> None:
    generate(tmp_path, str(PETS), "--output", "first/pets")
    kept = tmp_path / "home" / ".cache" / "sdkpress"
    assert list((kept / "validation").iterdir())
    assert list((kept / "formatted").iterdir())

    generate(tmp_path, str(PETS), "--output", "second/pets")

    assert changed(tmp_path / "first" / "pets", usual) == []
    assert changed(tmp_path / "second" / "pets", usual) == []


def test_a_large_document_too(tmp_path: Path) -> None:
    for name, variables in (("one", {}), ("other", {**TURKISH, "PYTHONHASHSEED": "4", "TZ": "Asia/Kathmandu"})):
        project = tmp_path / name
        (project / "specs").mkdir(parents=True)
        (project / "specs" / COGNITO.name).symlink_to(COGNITO)
        generate(project, variables={"XDG_CACHE_HOME": str(tmp_path / "cache"), **variables})

    generated = [tmp_path / name / "generated" / COGNITO.name for name in ("one", "other")]
    assert len(tree(generated[0])) > 50
    assert changed(*generated) == []
