"""The client of a shop that has every kind of constraint, and calls of it that go nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run

PACKAGE = "validated_shop"


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client's package, imported."""
    root = tmp_path_factory.mktemp("shop")
    write_files(root, run(Path(__file__).with_name("shop.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture(scope="session")
def shared(shop: ModuleType) -> Any:
    """The client's models."""
    return shop.models.shared
