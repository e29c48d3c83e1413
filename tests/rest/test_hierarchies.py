"""Objects that extend one another, read as what they are."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

DOCUMENT = Path(__file__).parents[1] / "cases" / "hierarchies" / "openapi.yaml"
PETS = [
    {"id": "1", "petType": "cat", "lives": 9, "age": "P3D"},
    {"id": "2", "petType": "Dog", "bark": "loud"},
    {"id": "3", "petType": "pup", "weeks": 3, "friend": {"id": "1", "petType": "cat", "lives": 8}},
    {"id": "4", "petType": "Pet"},
    {"id": "5", "petType": "fish", "fins": [1, None]},
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("hierarchies")
    write_files(root, run(DOCUMENT, package="hierarchies_client").files())
    with imported(root, "hierarchies_client") as module:
        yield module


def test_each_is_read_as_what_it_is_and_goes_back_as_it_came(package: ModuleType) -> None:
    with Recorder() as server, package.SDK(server_url=server.url, retries=0) as client:
        server.answers(200, PETS)
        pets = client.list_pets().result

    assert [type(pet).__name__ for pet in pets] == ["Cat", "DogBase", "Puppy", "PetBase", "Unknown"]
    assert pets[0].age == dt.timedelta(days=3)
    assert type(pets[2].friend).__name__ == "Cat"
    assert all(isinstance(pet, package.models.shared.Pet) for pet in pets)
    assert [plain(pet) for pet in pets] == PETS


def plain(pet: Any) -> Any:
    return dict(pet) if isinstance(pet, dict) else pet.to_dict()


def test_what_only_replies_hold_need_not_be_given(package: ModuleType) -> None:
    with Recorder() as server, package.SDK(server_url=server.url, retries=0) as client:
        server.answers(200, PETS[0])
        client.add_cat(lives=9, age=dt.timedelta(hours=36))

    assert json.loads(server.request.body) == {"petType": "cat", "lives": 9, "age": "P1DT43200S"}
