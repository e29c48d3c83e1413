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
def project(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, which is empty; the environment says nothing."""
    isolate(monkeypatch, home)
    directory = tmp_path / "project"
    directory.mkdir()
    monkeypatch.chdir(directory)
    return directory


@pytest.fixture(scope="session")
def generated_pets(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("pets")
    (directory / "specs" / "pets").mkdir(parents=True)
    shutil.copy(PETS, directory / "specs" / "pets" / "openapi.yaml")
    return _generated(directory, home)


@pytest.fixture(scope="session")
def generated_cognito(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("cognito")
    shutil.copytree(ROOT / "specs" / "cognito-identity", directory / "specs" / "cognito-identity")
    return _generated(directory, home)


def _generated(directory: Path, home: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        isolate(patch, home)
        ended = generate("--project", str(directory))
    assert ended.code == 0, ended.err
    return directory


@pytest.fixture
def pets(generated_pets: Path, project: Path) -> Path:
    """The working directory, as a project with one small target that is up to date."""
    return Path(shutil.copytree(generated_pets, project, dirs_exist_ok=True))


@pytest.fixture
def cognito(generated_cognito: Path, project: Path) -> Path:
    """The working directory, as a project with Amazon Cognito Identity, which is up to date."""
    return Path(shutil.copytree(generated_cognito, project, dirs_exist_ok=True))
