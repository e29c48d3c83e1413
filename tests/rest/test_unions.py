"""Unions over the wire: what is read as what, and that everything goes back as it came."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

DOCUMENT = Path(__file__).parents[1] / "cases" / "unions" / "openapi.yaml"


@pytest.fixture(scope="module")
def unions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("unions")
    write_files(root, run(DOCUMENT, package="unions_client").files())
    with imported(root, "unions_client") as module:
        yield module


@pytest.fixture(scope="module")
def shared(unions: ModuleType) -> Any:
    return unions.models.shared


CASES = [
    ("pet", {"petType": "cat", "name": "Tom", "lives": 9}, "Cat"),
    ("pet", {"petType": "tom", "name": "Tom"}, "Cat"),
    ("pet", {"petType": "Dog", "name": "Rex", "bark": "loud"}, "Dog"),
    ("pet", {"petType": "horse", "name": "Silver", "hands": 15}, "Unknown"),
    ("pet", {"petType": 7, "name": "Nobody"}, "Unknown"),
    ("shape", {"kind": "circle", "radius": 1.5}, "Circle"),
    ("shape", {"kind": "box", "side": 2.5}, "Square"),
    ("shape", {"kind": "blob", "points": [1, 2]}, "Unknown"),
    ("nested", {"kind": "square", "side": 2.5}, "Square"),
    ("nested", {"petType": "x", "name": "Rex"}, "Dog"),
    ("filter", {"field": "a", "value": "b"}, "FilterOption2"),
    ("filter", {"all": [{"field": "a", "value": 1.5}, {"all": []}]}, "FilterOption1"),
    ("contact", {"id": "1", "mail": "a@b"}, "ContactByMail"),
    ("contact", {"id": "1", "phone": "42"}, "ContactByPhone"),
    ("contact", {"id": "1", "fax": "42"}, "Unknown"),
    ("map_or_dog", {"petType": "x", "name": "Rex"}, "Dog"),
    ("map_or_dog", {"a": 1, "b": 2}, "dict"),
    ("map_or_dog", {"a": "one"}, "Unknown"),
    ("expandable", "dog-1", "str"),
    ("expandable", {"petType": "x", "name": "Rex"}, "Dog"),
    ("tree", "leaf", "str"),
    ("tree", ["leaf", ["leaf", []]], "list"),
    ("text_or_number", 5, "int"),
    ("text_or_number", "5", "str"),
    ("text_or_number", ["5"], "list"),
    ("auto_or_number", "auto", "str"),
    ("auto_or_number", 5, "int"),
    ("auto_or_number", "manual", "str"),
    ("several", True, "bool"),
    ("several", 1, "int"),
    ("mixed", "a", "str"),
    ("mixed", "new", "str"),
    ("colour", "red", "Colour"),
    ("colour", "mauve", "Colour"),
    ("size", "small", "Size"),
    ("when", "2024-02-29", "date"),
    ("when", "2024-02-29T12:00:00Z", "datetime"),
    ("when", "some day", "str"),
    ("lists", ["a", "b"], "list"),
    ("lists", [{"petType": "x", "name": "Rex"}], "list"),
    ("lists", 5, "int"),  # none of the options: kept as it came
]


@pytest.mark.parametrize(("member", "value", "kind"), CASES)
@pytest.mark.parametrize("beside", [{}, {"size": 5}], ids=["fast", "tolerant"])  # 5 is no size: what msgspec refuses
def test_what_is_read_as_what_and_goes_back(
    shared: Any, member: str, value: Any, kind: str, beside: dict[str, Any]
) -> None:
    document = {**beside, member: value}

    found = shared.Everything.from_json(json.dumps(document))

    assert type(getattr(found, member)).__name__ == kind
    assert json.loads(found.to_json()) == document
    assert found.to_dict() == document


def test_the_tag_decides_even_where_a_required_member_is_missing(shared: Any) -> None:
    found = shared.Everything.from_dict({"pet": {"petType": "cat", "lives": 9}}).pet

    assert found == shared.Cat(pet_type="cat", name=None, lives=9)


def test_items_of_a_list_are_of_several_kinds(shared: Any) -> None:
    shapes = [{"kind": "circle"}, {"kind": "square"}, {"kind": "blob", "x": None}]

    found = shared.Everything.from_json(json.dumps({"shapes": shapes})).shapes

    assert [type(shape).__name__ for shape in found] == ["Circle", "Square", "Unknown"]
    assert found[2]["x"] is None


def test_a_class_of_several_kinds_answers_isinstance(shared: Any) -> None:
    dog = shared.Dog(pet_type="Dog", name="Rex")

    assert isinstance(dog, shared.Pet)
    assert not isinstance(shared.Circle(kind="circle"), shared.Pet)
    assert not isinstance("dog", shared.Pet)
    assert isinstance(dt.date(2024, 1, 1), shared.EverythingWhen)


def test_over_http(unions: ModuleType, shared: Any) -> None:
    with Recorder() as server, unions.SDK(server_url=server.url, retries=0) as client:
        server.answers(200, {"petType": "cat", "name": "Tom"})
        assert client.get_pet().pet == shared.Cat(pet_type="cat", name="Tom")

        server.answers(200, {"petType": "horse", "hands": 15})
        assert client.get_pet().pet == {"petType": "horse", "hands": 15}

        server.answers(200, {"nested": None, "shape": {"kind": "circle", "radius": 1}})
        found = client.add_pet(request=shared.Dog(pet_type="Dog", name="Rex")).everything
        assert json.loads(server.requests[-1].body) == {"petType": "Dog", "name": "Rex"}
        assert found.shape == shared.Circle(kind="circle", radius=1.0)


def test_what_is_none_of_the_options_is_not_sent(unions: ModuleType, shared: Any) -> None:
    errors = unions.models.errors
    with unions.SDK(server_url="http://127.0.0.1:1", retries=0) as client:
        with pytest.raises(errors.RequestError, match="expected Cat or Dog"):
            client.add_pet(request=shared.Circle())
        with pytest.raises(errors.RequestError, match="name: expected str, got int"):
            client.add_pet(request=shared.Dog(pet_type="Dog", name=5))


def test_a_reply_is_made_up_with_its_tag(unions: ModuleType, shared: Any) -> None:
    stub = import_module("unions_client.testing").Stub()
    client = stub.client()
    pet = client.get_pet().pet
    everything = client.add_pet(request=pet).everything

    assert (type(pet), pet.pet_type) == (shared.Cat, "cat")
    assert type(everything.shape) is shared.Circle
    assert isinstance(everything.filter, shared.FilterOption1 | shared.FilterOption2)
