"""`generate import`: a document out of an AWS service, on stdout or in a file, and what becomes of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.cli.commands import generate, replace

MODEL = {
    "metadata": {
        "protocol": "json",
        "apiVersion": "2020-01-01",
        "jsonVersion": "1.1",
        "targetPrefix": "Shop",
        "endpointPrefix": "shop",
        "serviceId": "Shop",
    },
    "operations": {
        "GetPet": {
            "name": "GetPet",
            "input": {"shape": "GetPetInput"},
            "output": {"shape": "Pet"},
            "documentation": "<p>Reads a pet.</p>",
        },
        "WatchPets": {"name": "WatchPets", "input": {"shape": "Events"}},
    },
    "shapes": {
        "GetPetInput": {"type": "structure", "required": ["Name"], "members": {"Name": {"shape": "Name"}}},
        "Pet": {"type": "structure", "members": {"Name": {"shape": "Name"}}},
        "Name": {"type": "string"},
        "Events": {"type": "structure", "members": {}, "eventstream": True},
    },
}


@pytest.fixture
def model(project: Path) -> Path:
    path = project / "service-2.json"
    path.write_text(json.dumps(MODEL), encoding="utf-8")
    return path


def test_the_document_is_the_result(model: Path) -> None:
    ended = generate("import", "service-2.json")

    assert ended.code == 0
    document = yaml.safe_load(ended.out)
    assert (document["openapi"], document["info"]["title"]) == ("3.1.0", "Shop")
    assert list(document["paths"]) == ["/#X-Amz-Target=Shop.GetPet"]
    assert "Reads a pet" not in ended.out
    assert "warning[IMP005]: WatchPets is sent as a stream of events, or of bytes" in ended.err


def test_a_file_takes_the_document_and_is_written_anew(model: Path, project: Path) -> None:
    (project / "openapi.yaml").write_text("what was there before", encoding="utf-8")

    first = generate("import", "service-2.json", "--docs", "--output", "openapi.yaml")
    content = (project / "openapi.yaml").read_bytes()
    second = generate("import", "service-2.json", "--docs", "--output", "openapi.yaml")

    assert (first.code, first.out, second.code, second.out) == (0, "", 0, "")
    assert (project / "openapi.yaml").read_bytes() == content
    assert b"description: <p>Reads a pet.</p>" in content


def test_a_client_of_what_was_imported(model: Path, project: Path) -> None:
    generate("import", "service-2.json", "--output", "shop.yaml")

    ended = generate("shop.yaml", "--output", "shop")

    assert (ended.code, ended.err) == (0, "")
    operations = (project / "shop/src/shop/_operations.py").read_text(encoding="utf-8")
    assert 'headers=(("X-Amz-Target", "Shop.GetPet"),)' in operations
    assert "wire_headers" not in operations  # nobody gives the target


def test_the_document_of_an_installed_service(project: Path) -> None:
    ended = generate("import", "botocore:sqs", "--output", "sqs.yaml")

    assert (ended.code, ended.err) == (0, "")
    assert yaml.safe_load((project / "sqs.yaml").read_bytes())["info"]["x-aws-protocol"]["version"] == "1.0"


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        ("botocore:sqss", 2, "error[IMP002]: the installed botocore has no service 'sqss'"),
        ("odd.json", 2, "error[IMP004]: odd.json speaks 'smoke-signals'"),
        ("nothing.json", 3, "error[IO001]: nothing.json does not exist"),
        ("broken.json", 3, "error[IMP003]: broken.json is not JSON"),
    ],
)
def test_a_refusal(project: Path, source: str, code: int, words: str) -> None:
    (project / "broken.json").write_text("{", encoding="utf-8")
    odd = {**MODEL, "metadata": {"protocol": "smoke-signals"}}
    (project / "odd.json").write_text(json.dumps(odd), encoding="utf-8")

    ended = generate("import", source, "--output", "openapi.yaml")

    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err
    assert not (project / "openapi.yaml").exists()


def test_a_directory_that_is_not_there(model: Path) -> None:
    ended = generate("import", "service-2.json", "--output", "nowhere/openapi.yaml")

    assert ended.code == 4
    assert "error[IO004]" in ended.err


# --- is what is kept still what AWS says? ---------------------------------------------------------------------------


@pytest.fixture
def kept(model: Path, project: Path) -> Path:
    """A target that was imported from the model."""
    document = project / "specs" / "shop" / "openapi.yaml"
    document.parent.mkdir(parents=True)
    generate("import", "service-2.json", "--output", str(document))
    return document


@pytest.mark.parametrize("named", [(), ("shop",), ("specs/shop/openapi.yaml",)])
def test_a_document_that_says_what_aws_says(kept: Path, named: tuple[str, ...]) -> None:
    ended = generate("import", "service-2.json", "--check", *named)

    assert (ended.code, ended.out) == (0, "")
    assert "says what service-2.json says" in ended.err


def test_a_model_that_has_moved_on(kept: Path, project: Path) -> None:
    replace(
        project / "service-2.json", '"Pet": {"type": "structure"', '"Pet": {"type": "structure", "required": ["Name"]'
    )
    before = kept.read_bytes()

    ended = generate("import", "service-2.json", "--check")

    lines = kept.read_text(encoding="utf-8").splitlines()
    place = max(n for n, line in enumerate(lines, 1) if line.startswith("        Name:")) + 1
    assert ended.out == f"specs/shop/openapi.yaml:{place}:11: required: Pet.Name: ours false, theirs true\n"
    assert ended.code == 1
    assert "one fact differs" in ended.err
    assert kept.read_bytes() == before


def test_programs_read_the_same(kept: Path, project: Path) -> None:
    assert json.loads(generate("import", "service-2.json", "--check", "--format", "json").out) == {
        "schema_version": 1,
        "target": "shop",
        "source": "service-2.json",
        "differences": [],
    }
    replace(
        project / "service-2.json", '"Pet": {"type": "structure"', '"Pet": {"type": "structure", "required": ["Name"]'
    )
    ended = generate("import", "service-2.json", "--check", "--format", "json")
    (found,) = json.loads(ended.out)["differences"]
    at = found.pop("at")
    assert found == {"kind": "required", "subject": "Pet.Name", "ours": False, "theirs": True}
    assert (at["file"], at["pointer"]) == (
        "specs/shop/openapi.yaml",
        "/components/schemas/Pet/properties/Name",
    )
    assert ended.code == 1
    assert generate("import", "service-2.json", "--format", "json").code == 2


def test_an_overlay_says_it_too(kept: Path, project: Path) -> None:
    replace(
        project / "service-2.json", '"Pet": {"type": "structure"', '"Pet": {"type": "structure", "required": ["Name"]'
    )
    (kept.parent / "overlay.yaml").write_text(
        """\
overlay: 1.0.0
info: {title: Corrections, version: '1'}
actions:
  - target: $.components.schemas.Pet
    update: {required: [Name]}
""",
        encoding="utf-8",
    )

    assert generate("import", "service-2.json", "--check").code == 0


def test_which_of_several_targets(kept: Path, project: Path) -> None:
    shutil.copytree(project / "specs" / "shop", project / "specs" / "store")

    assert generate("import", "service-2.json", "--check", "store").code == 0
    ended = generate("import", "service-2.json", "--check")
    assert ended.code == 2
    assert "name one of shop, store" in ended.err


@pytest.mark.parametrize("words", [("shop",), ("--check", "--docs"), ("--check", "--output", "x.yaml")])
def test_words_that_do_not_go_together(kept: Path, words: tuple[str, ...]) -> None:
    ended = generate("import", "service-2.json", *words)
    assert ended.code == 2
    assert "error[CFG011]" in ended.err


@pytest.mark.parametrize("service", ["lambda", "sqs", "sts", "ec2", "route53"])
def test_an_imported_document_says_what_aws_says(project: Path, service: str) -> None:
    generate("import", f"botocore:{service}", "--output", "api.yaml")
    ended = generate("import", f"botocore:{service}", "--check", "api.yaml")
    assert (ended.code, ended.out) == (0, "")
