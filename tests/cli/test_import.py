"""`generate import`: a document out of an AWS service, on stdout or in a file, and what becomes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.commands import generate

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
        "WatchPets": {"name": "WatchPets", "output": {"shape": "Events"}},
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
    assert "warning[IMP005]: WatchPets sends or receives a stream of events" in ended.err


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
        ("strange.json", 2, "error[IMP004]: strange.json speaks 'smoke-signals'"),
        ("nothing.json", 3, "error[IO001]: nothing.json does not exist"),
        ("broken.json", 3, "error[IMP003]: broken.json is not JSON"),
    ],
)
def test_a_refusal(project: Path, source: str, code: int, words: str) -> None:
    (project / "broken.json").write_text("{", encoding="utf-8")
    model = {"metadata": {"protocol": "smoke-signals"}, "operations": {}, "shapes": {}}
    (project / "strange.json").write_text(json.dumps(model), encoding="utf-8")

    ended = generate("import", source, "--output", "openapi.yaml")

    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err
    assert not (project / "openapi.yaml").exists()


def test_a_directory_that_is_not_there(model: Path) -> None:
    ended = generate("import", "service-2.json", "--output", "nowhere/openapi.yaml")

    assert ended.code == 4
    assert "error[IO004]" in ended.err
