"""The run over many documents: what became of each is what is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import page, totals
from benchmarks.corpus.documents import documents, sample, shard
from benchmarks.corpus.forks import Forks
from benchmarks.corpus.run import Outcome, Runner, Settings

DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/pets": {
            "get": {"operationId": "listPets", "responses": {"204": {"description": "Done."}}},
            "put": {"operationId": "putPets", "x-ignore": True, "responses": {"204": {"description": "Done."}}},
        }
    },
}


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    place = tmp_path / "place"
    place.mkdir()
    with closing(Runner(place, Settings(timeout=120, formatted=False, validated=False, checkers=()))) as made:
        yield made


def test_a_document_is_generated_compiled_imported_and_measured(runner: Runner, tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(json.dumps(DOCUMENT))

    outcome = runner.run("shop", path)

    assert (outcome.exit_code, outcome.documented, outcome.generated, outcome.skipped) == (0, 2, 1, {"GEN010": 1})
    assert outcome.modules == outcome.compiled == outcome.imported > 50
    assert outcome.is_whole
    assert outcome.seconds > 0
    assert outcome.megabytes > 10


def test_a_document_that_is_refused_loses_its_operations_to_a_code(runner: Runner, tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(json.dumps({**DOCUMENT, "openapi": "4.0.0"}))

    outcome = runner.run("shop", path)

    assert (outcome.exit_code, outcome.skipped, outcome.is_whole) == (3, {"SPEC023": 2}, False)


def test_a_step_that_fails_says_where_and_leaves_the_next_alone() -> None:
    with closing(Forks()) as forks:
        failed = forks.run("import_all", 60, unknown=1)
        done = forks.run("import_all", 60, source="/nowhere")

    assert failed.result is None
    assert "TypeError" in failed.failure
    assert done.result == {"modules": 0, "compiled": 0, "imported": 0, "failure": ""}


def test_modules_that_do_not_compile_or_import_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f(x, x): pass")
    (tmp_path / "b.py").write_text("import not_there_at_all")
    (tmp_path / "c.py").write_text("x = 1")

    with closing(Forks()) as forks:
        done = forks.run("import_all", 60, source=str(tmp_path))

    assert done.result is not None
    assert done.result["failure"].startswith("a.py: SyntaxError")
    assert {key: done.result[key] for key in ("modules", "compiled", "imported")} == {
        "modules": 3,
        "compiled": 2,
        "imported": 1,
    }


def test_shards_take_every_document_once(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.yaml").write_text("x" * number)
    found = documents(tmp_path)

    parts = [shard(found, f"{number}/3") for number in (1, 2, 3)]

    assert sorted(path for part in parts for path in part) == found
    assert [path.stat().st_size for path in sample(found, 3)] == [0, 3, 6]


def test_percentiles_are_by_nearest_rank() -> None:
    values = [float(value) for value in range(1, 201)]

    assert [totals.percentile(values, percent) for percent in (50, 99, 100)] == [100, 198, 200]
    assert totals.percentile([], 50) == 0


def test_an_operation_that_is_missing_for_no_reason_is_counted_and_cannot_be_argued() -> None:
    lost = Outcome(document="a", size=1, exit_code=0, documented=3, generated=1, skipped={"GEN010": 1})
    odd = Outcome(document="b", size=1, exit_code=3, documented=3, skipped={"SPEC999": 3})

    assert "| documents that were run | 1 of 2 |" in page.page([lost], 2)
    assert "| operations missing without a code | 1 |" in page.page([lost], 2)
    with pytest.raises(KeyError, match="SPEC999"):
        page.page([odd], 2)
