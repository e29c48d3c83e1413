"""Projects to run the command in: one with a small target, one with Amazon Cognito Identity, both generated already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.commands import PETS, ROOT, generate, isolate


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests, so that a document is validated once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def environment(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said by the environment, and the working directory is empty."""
    isolate(monkeypatch, home)
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")


@pytest.fixture(scope="session")
def generated_pets(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("pets")
    (project / "specs" / "pets").mkdir(parents=True)
    shutil.copy(PETS, project / "specs" / "pets" / "openapi.yaml")
    return _generated(project, home)


@pytest.fixture(scope="session")
def generated_cognito(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("cognito")
    shutil.copytree(ROOT / "specs" / "cognito-identity", project / "specs" / "cognito-identity")
    return _generated(project, home)


def _generated(project: Path, home: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        isolate(patch, home)
        ended = generate("--project", str(project))
    assert ended.code == 0, ended.err
    return project


@pytest.fixture
def pets(generated_pets: Path) -> Path:
    """The working directory, as a project with one small target that is up to date."""
    return Path(shutil.copytree(generated_pets, Path.cwd(), dirs_exist_ok=True))


@pytest.fixture
def cognito(generated_cognito: Path) -> Path:
    """The working directory, as a project with Amazon Cognito Identity, which is up to date."""
    return Path(shutil.copytree(generated_cognito, Path.cwd(), dirs_exist_ok=True))
