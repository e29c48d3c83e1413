"""`generate init`: a project out of a document, with nothing that was there touched."""

from __future__ import annotations

import io
import json
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml

from generator import __version__
from tests.cli.commands import PETS, generate, tree


@pytest.fixture
def document(project: Path) -> Path:
    path = project / "petshop.yaml"
    shutil.copy(PETS, path)
    return path


def settings(project: Path, name: str) -> dict[str, str]:
    return tomllib.loads((project / "specs" / name / "sdk.toml").read_text(encoding="utf-8"))


def test_a_project_out_of_a_document(document: Path, project: Path) -> None:
    ended = generate("init", "petshop.yaml")

    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[:3] == [
        "wrote specs/petshop/openapi.yaml",
        "wrote specs/petshop/sdk.toml",
        "wrote .github/workflows/sdk.yml",
    ]
    assert (project / "specs/petshop/openapi.yaml").read_bytes() == PETS.read_bytes()
    assert settings(project, "petshop") == {"distribution": "petshop", "package": "petshop", "class": "SDK"}
    assert not (project / ".pre-commit-config.yaml").exists()
    assert "pip install --editable generated/petshop" in ended.err
    assert (project / "generated/petshop/src/petshop/py.typed").exists()
    assert generate("check").code == 0


def test_the_workflow_runs_the_check_of_this_version(document: Path, project: Path) -> None:
    generate("init", "petshop.yaml")

    workflow = yaml.safe_load((project / ".github/workflows/sdk.yml").read_bytes())
    commands = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert commands == [f'pip install "sdkpress=={__version__}"', "generate check"]
    assert workflow["permissions"] == {"contents": "read"}


def test_options_say_it_all(document: Path, project: Path) -> None:
    names = (
        "--name",
        "store",
        "--distribution",
        "acme-store",
        "--package",
        "acme",
        "--class",
        "Acme",
        "--version",
        "2.0",
    )
    ended = generate("init", "petshop.yaml", *names, "--no-ci", "--pre-commit")

    assert ended.code == 0, ended.err
    said = {"distribution": "acme-store", "package": "acme", "class": "Acme", "version": "2.0"}
    assert settings(project, "store") == said
    assert not (project / ".github").exists()
    (repository,) = yaml.safe_load((project / ".pre-commit-config.yaml").read_bytes())["repos"]
    assert repository["hooks"][0]["entry"] == "generate check"
    assert "class Acme" in (project / "generated/store/src/acme/client.py").read_text(encoding="utf-8")


def test_the_second_api_of_a_project(document: Path, project: Path) -> None:
    generate("init", "petshop.yaml")
    ended = generate("init", "petshop.yaml", "--name", "second")

    assert ended.code == 0, ended.err
    assert "sdk.yml" not in ended.out  # it is there, and says the same
    assert generate("check").code == 0


@pytest.mark.parametrize(
    "taken",
    ["specs/petshop/openapi.yaml", "specs/petshop/sdk.toml", ".github/workflows/sdk.yml", "specs/petshop/openapi.json"],
)
def test_nothing_is_written_where_something_is(document: Path, project: Path, taken: str) -> None:
    (project / taken).parent.mkdir(parents=True)
    (project / taken).write_text("mine", encoding="utf-8")
    before = tree(project)

    ended = generate("init", "petshop.yaml")

    assert ended.code == 5
    assert f"error[OUT013]: {taken} is there already" in ended.err
    assert tree(project) == before


def test_a_link_is_not_written_through(document: Path, project: Path) -> None:
    (project / ".pre-commit-config.yaml").symlink_to(project / "elsewhere")
    ended = generate("init", "petshop.yaml", "--pre-commit")
    assert ended.code == 5
    assert not (project / "elsewhere").exists()
    assert not (project / "specs").exists()


def test_a_document_of_several_files_keeps_their_names(project: Path) -> None:
    (project / "api" / "parts").mkdir(parents=True)
    main = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {"A": {"$ref": "parts/a.yaml"}}},
    }
    (project / "api" / "main.json").write_text(json.dumps(main), encoding="utf-8")
    (project / "api" / "parts" / "a.yaml").write_text("{type: string, title: Back}", encoding="utf-8")

    ended = generate("init", "api/main.json", "--no-ci")

    assert ended.code == 0, ended.err
    assert settings(project, "main")["document"] == "main.json"
    assert (project / "specs/main/parts/a.yaml").exists()


def test_a_document_that_is_in_its_place_already_stays_there(project: Path) -> None:
    place = project / "specs" / "pets" / "openapi.yaml"
    place.parent.mkdir(parents=True)
    shutil.copy(PETS, place)

    ended = generate("init", "specs/pets/openapi.yaml", "--no-ci")

    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[0] == "wrote specs/pets/sdk.toml"


def test_a_service_of_aws(project: Path) -> None:
    ended = generate("init", "botocore:sts", "--no-ci")

    assert ended.code == 0, ended.err
    assert settings(project, "sts")["package"] == "sts"
    assert generate("import", "botocore:sts", "--check").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "error[CFG011]: missing argument 'SPEC'"),
        (("nothing.yaml",), 3, "error[IO001]"),
        (("petshop.yaml", "--package", "class"), 2, "error[CFG004]: `package`"),
        (("petshop.yaml", "--version", "one"), 2, "error[CFG004]: `version`"),
        (("petshop.yaml", "--name", "../up"), 2, "error[CFG004]: --name"),
    ],
)
def test_a_refusal_writes_nothing(document: Path, project: Path, words: tuple[str, ...], code: int, said: str) -> None:
    before = tree(project)
    ended = generate("init", *words)
    assert (ended.code, tree(project)) == (code, before)
    assert said in ended.err


# --- the wizard -----------------------------------------------------------------------------------------------------


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_asked(document: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard("petshop.yaml\nstore\n\nacme\nAcme\nn\ny\n"))

    ended = generate("init")

    assert ended.code == 0, ended.err
    assert settings(project, "store") == {"distribution": "store", "package": "acme", "class": "Acme"}
    assert not (project / ".github").exists()
    assert (project / ".pre-commit-config.yaml").exists()


def test_an_answer_decides_about_the_next_suggestion(
    document: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard("\nacme-pets\n\n\n\n\n"))
    assert generate("init", "petshop.yaml").code == 0
    assert settings(project, "petshop") == {"distribution": "acme-pets", "package": "acme_pets", "class": "SDK"}


def test_yes_asks_nothing(document: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard(""))
    assert generate("init", "petshop.yaml", "--yes").code == 0


def test_whoever_leaves_the_wizard_leaves_nothing_behind(
    document: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard("petshop.yaml\n"))
    before = tree(project)
    assert generate("init").code == 130
    assert tree(project) == before


# --- the configurations of others -----------------------------------------------------------------------------------

OTHERS = {
    "openapi-python-client": (
        "config.yml",
        "project_name_override: acme-pets\npackage_name_override: acme_pets\npackage_version_override: 1.2.3\n"
        "http_timeout: 10\n",
        {"distribution": "acme-pets", "package": "acme_pets", "class": "SDK", "version": "1.2.3"},
        "http_timeout",
    ),
    "OpenAPI Generator": (
        "config.json",
        json.dumps({"additionalProperties": {"packageName": "acme_pets", "packageVersion": "1.2.3"}, "library": "x"}),
        {"distribution": "acme-pets", "package": "acme_pets", "class": "SDK", "version": "1.2.3"},
        "library",
    ),
    "Speakeasy": (
        "gen.yaml",
        "configVersion: 2.0.0\ngeneration: {sdkClassName: AcmePets}\nmanagement: {}\n"
        "python: {version: 1.2.3, packageName: acme-pets, moduleName: acme_pets}\n",
        {"distribution": "acme-pets", "package": "acme_pets", "class": "AcmePets", "version": "1.2.3"},
        "management",
    ),
}


@pytest.mark.parametrize("generator", OTHERS)
def test_names_of_another_generator(document: Path, project: Path, generator: str) -> None:
    name, text, expected, left = OTHERS[generator]
    (project / name).write_text(text, encoding="utf-8")

    ended = generate("init", "petshop.yaml", "--from", name, "--no-ci")

    assert ended.code == 0, ended.err
    assert settings(project, "petshop") == expected
    assert f"{generator}: these say nothing here: {left}" in ended.err


def test_an_option_is_stronger_than_another_generator(document: Path, project: Path) -> None:
    (project / "config.yml").write_text("package_name_override: theirs\n", encoding="utf-8")
    generate("init", "petshop.yaml", "--from", "config.yml", "--package", "ours", "--no-ci")
    assert settings(project, "petshop")["package"] == "ours"


@pytest.mark.parametrize("text", ["name: pets\n", "- a list\n", "configVersion: 2.0.0\n"])
def test_a_file_that_is_no_such_configuration(document: Path, project: Path, text: str) -> None:
    (project / "config.yml").write_text(text, encoding="utf-8")
    ended = generate("init", "petshop.yaml", "--from", "config.yml")
    assert ended.code == 2
    assert "error[CFG016]" in ended.err
    assert not (project / "specs").exists()
