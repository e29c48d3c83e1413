"""Type checkers have nothing to say about the generator, the runtime and the generated code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GENERATED = sorted(path.parent for path in ROOT.glob("generated/*/src/*/py.typed"))


def run(*command: str, cwd: Path = ROOT) -> str:
    result = subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def test_mypy_on_the_generator() -> None:
    assert run("mypy", "--strict", "-p", "generator") == ""


def test_mypy_on_the_runtime() -> None:
    assert run("mypy", "--strict", "--config-file", "../pyproject.toml", "-p", "runtime", cwd=ROOT / "templates") == ""


@pytest.mark.parametrize("package", GENERATED, ids=lambda path: path.parent.parent.name)
def test_mypy_on_generated_code(package: Path) -> None:
    assert (
        run("mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml"), "-p", package.name, cwd=package.parent)
        == ""
    )


def test_pyright_on_everything() -> None:
    assert run("pyright", "--pythonpath", sys.executable) == ""
