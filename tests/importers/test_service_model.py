"""Where service models are read from, and what is said of those that cannot be."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from generator.diagnostics import Refusal
from generator.importers import service_model
from generator.importers.service_model import load

MODEL = {"metadata": {"protocol": "json"}, "operations": {}, "shapes": {}, "documentation": "Words."}


def refusal(source: Path | str) -> tuple[str, str]:
    """The code, and the message with what helps."""
    with pytest.raises(Refusal) as refused:
        load(str(source))
    (found,) = refused.value.diagnostics
    return found.code, f"{found.message}; {found.help}"


def write(path: Path, value: object) -> Path:
    path.write_bytes(json.dumps(value).encode())
    return path


def test_a_file(tmp_path: Path) -> None:
    model = load(str(write(tmp_path / "service-2.json", MODEL)))

    assert (model.metadata, model.documentation) == ({"protocol": "json"}, "Words.")
    assert (dict(model.paginators), model.endpoint_rules) == ({}, None)


def test_a_compressed_file_and_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "service-2.json.gz").write_bytes(gzip.compress(json.dumps(MODEL).encode()))
    write(tmp_path / "paginators-1.json", {"pagination": {"ListPets": {"input_token": "Next"}}})
    write(tmp_path / "endpoint-rule-set-1.json", {"version": "1.0"})

    model = load(str(tmp_path / "service-2.json.gz"))

    assert model.paginators == {"ListPets": {"input_token": "Next"}}
    assert model.endpoint_rules == {"version": "1.0"}


def test_the_latest_version_of_an_installed_service() -> None:
    model = load("botocore:dynamodb")

    assert model.metadata["apiVersion"] == "2012-08-10"
    assert model.paginators["ListTables"]["result_key"] == "TableNames"
    assert model.endpoint_rules is not None


def test_an_unknown_service() -> None:
    assert refusal("botocore:dynamodbb") == (
        "IMP002",
        "the installed botocore has no service 'dynamodbb'; write `botocore:dynamodb`",
    )
    assert refusal("botocore:../cognito-identity")[0] == "IMP002"


def test_botocore_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    code, words = refusal("botocore:dynamodb")

    assert code == "IMP001"
    assert "sdkpress[botocore]" in words


def test_no_such_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "service-2.json")[0] == "IO001"


def test_a_directory(tmp_path: Path) -> None:
    assert refusal(tmp_path)[0] == "IO003"


def test_a_file_that_is_not_compressed_as_it_is_named(tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps(MODEL).encode())
    for content in (b"{}", whole[:-12], whole[:20]):
        (tmp_path / "service-2.json.gz").write_bytes(content)
        assert refusal(tmp_path / "service-2.json.gz")[0] == "IO003"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000], ids=["empty", "open", "not text", "deep"])
def test_what_is_not_json(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "service-2.json").write_bytes(content)
    assert refusal(tmp_path / "service-2.json")[0] == "IMP003"


@pytest.mark.parametrize("value", [[], {}, {**MODEL, "shapes": []}, {**MODEL, "metadata": "x"}])
def test_what_is_no_service_model(tmp_path: Path, value: object) -> None:
    assert refusal(write(tmp_path / "service-2.json", value))[0] == "IMP003"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_model, "_MAX_BYTES", 100)
    path = tmp_path / "service-2.json.gz"
    path.write_bytes(gzip.compress(b" " * 101))  # short where it lies, long where it is unpacked
    assert refusal(path)[0] == "SPEC001"
