"""What an API sends by itself has models, and the README says which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import Stages, run

DOCUMENT = Path(__file__).parents[1] / "cases" / "webhooks" / "openapi.yaml"
PACKAGE = "kennel_client"


@pytest.fixture(scope="module")
def stages() -> Stages:
    return run(DOCUMENT, package=PACKAGE)


@pytest.fixture(scope="module")
def shared(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    root = tmp_path_factory.mktemp("kennel")
    write_files(root, stages.files())
    with imported(root, PACKAGE) as module:
        yield module.models.shared


def test_a_webhook_is_read(shared: Any) -> None:
    assert shared.MovedEvent.from_json(b'{"to": "Bern"}').to == "Bern"


def test_a_callback_is_read(shared: Any) -> None:
    found = shared.Dog.from_json('{"name": "Rex", "leash": {"length": 2}, "since": "a newer server"}')

    assert found == shared.Dog(name="Rex", leash=shared.Leash(length=2))


def test_what_nobody_sends_has_no_model(shared: Any) -> None:
    assert not hasattr(shared, "Never")
    assert not hasattr(shared, "Unused")


def test_the_readme_says_which(stages: Stages) -> None:
    section = stages.files()["README.md"].decode().partition("## Webhooks")[2].partition("\n## ")[0]

    assert [line for line in section.splitlines() if line.startswith("| `")] == [
        "| `moved` | `MovedEvent` | The kennel has moved. |",
        "| `dogCame` | `Dog` | A dog \\| came. |",
        "| `dogLeft` | `Leash` |  |",
    ]
