"""An installed generator needs nothing of this working copy."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.commands import PETS, ROOT, tree

pytestmark = pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is missing")

BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
RUN = "import generator.cli; print(generator.cli.__file__); generator.cli.main()"


def python(code: str, *arguments: str, cwd: Path, path: Path | None = None) -> str:
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    result = subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        cwd=cwd,
        env={**inherited, "HOME": str(cwd), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(path or "")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("wheel")
    python(BUILD, str(directory), cwd=ROOT)
    [built] = directory.glob("*.whl")
    return built


def test_the_wheel_carries_the_generator_and_its_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {name: archive.read(name) for name in archive.namelist()}

    expected = {
        f"{target}/{path.relative_to(ROOT / source).as_posix()}": path.read_bytes()
        for source, target in (("generator", "generator"), ("templates", "generator/templates"))
        for path in (ROOT / source).rglob("*")
        if path.is_file() and not any(part == "__pycache__" or part.endswith("_cache") for part in path.parts)
    }
    assert "generator/templates/runtime/client.py" in expected
    information = {name for name in carried if ".dist-info/" in name}
    assert {name: carried[name] for name in carried.keys() - information} == expected
    assert {Path(name).name for name in information} >= {"METADATA", "entry_points.txt", "LICENSE"}
    assert b"generate = generator.cli:main" in carried[next(name for name in information if "entry_points" in name)]


def test_the_installed_generator_makes_the_same_package(wheel: Path, tmp_path: Path) -> None:
    installed, here = tmp_path / "installed", tmp_path / "here"
    here.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)

    from_wheel = python(RUN, str(PETS), "--output", "wheel/pets", cwd=here, path=installed)
    from_copy = python(RUN, str(PETS), "--output", "copy/pets", cwd=here, path=ROOT)

    assert Path(from_wheel.splitlines()[0]).is_relative_to(installed)
    assert Path(from_copy.splitlines()[0]).is_relative_to(ROOT)
    assert (here / "wheel" / "pets" / "src" / "pets" / "_runtime" / "client.py").is_file()
    assert tree(here / "wheel") == tree(here / "copy")
