"""One folder, one behaviour: a document, perhaps with an overlay and a configuration, and what is expected of it.

`report.txt` holds what is said, a finding a line; `expected/` holds modules of the package, as text. A module that
isn't there isn't looked at, so that a case shows what it is about. To renew them: run with UPDATE_GOLDEN=1, and read
what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.config import load_target
from generator.diagnostics import Report
from tests.cases.installing import imported, write_files
from tests.cases.stages import Stages, run

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/openapi.yaml"))


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def stages(case: Path) -> Stages:
    target = load_target(case / "sdk.toml", Report())
    return run(
        target.document, overlays=target.overlays, package=target.package, protocol=target.protocol, pins=target.names
    )


@pytest.fixture(scope="module")
def files(stages: Stages) -> dict[str, bytes]:
    return stages.files()


def test_what_is_said(case: Path, stages: Stages) -> None:
    said = "".join(
        f"{found.severity} {found.code} {found.location.pointer if found.location else ''}: {found.message}\n"
        for found in stages.report.diagnostics
    )

    assert said == golden(case / "report.txt", said)


def test_what_is_written(case: Path, stages: Stages, files: dict[str, bytes]) -> None:
    root = case / "expected"
    expected = {path.relative_to(root).as_posix().removesuffix(".txt"): path for path in root.rglob("*.txt")}

    for name, path in expected.items():
        text = files[f"src/{stages.plan.package}/{name}"].decode()
        assert text == golden(path, text)


def test_what_is_written_can_be_imported(stages: Stages, files: dict[str, bytes], tmp_path: Path) -> None:
    write_files(tmp_path, files)

    with imported(tmp_path, stages.plan.package) as module, module.SDK(server_url="http://127.0.0.1:1") as client:
        assert all(hasattr(client, str(group.attribute)) for group in stages.plan.groups)


def golden(path: Path, text: str) -> str:
    """What a file of the case says, once it says so."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")
