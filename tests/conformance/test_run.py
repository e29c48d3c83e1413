"""A run over a folder of documents, which can be interrupted."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from click.testing import CliRunner

from benchmarks.conformance.__main__ import main, read

from .conftest import DOCUMENTS


def test_document_is_looked_at_once_for_each_commit(tmp_path: Path) -> None:
    folder, results = tmp_path / "documents", tmp_path / "results.jsonl"
    folder.mkdir()
    document = yaml.safe_load(DOCUMENTS["petshop"].read_text("utf-8"))
    (folder / "petshop.json").write_text(json.dumps(document, default=str), "utf-8")
    (folder / "none.json").write_text("[]", "utf-8")

    first = CliRunner().invoke(main, [str(folder), "--results", str(results), "--jobs", "1"], catch_exceptions=False)
    written = results.read_text("utf-8")
    second = CliRunner().invoke(main, [str(folder), "--results", str(results)], catch_exceptions=False)

    outcomes = {each["document"]: each for each in map(json.loads, written.splitlines())}
    petshop = outcomes["petshop.json"]
    assert petshop["failed"] == ""
    assert [petshop[what] for what in ("refused", "unsent", "programs", "lost", "unmade", "types")] == [[]] * 6
    assert min(petshop["operations"], petshop["replies"], petshop["checked"]) > 0
    assert "call_examples" in outcomes["none.json"]["failed"]
    assert "1 of 2 documents were looked at to the end" in first.stdout
    assert results.read_text("utf-8") == written
    assert second.stdout == first.stdout
    assert read(results, "another commit") == {}
