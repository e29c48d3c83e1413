"""Members beside those that a schema names, constants, and null where it differs from nothing."""

from __future__ import annotations

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

DOCUMENT = Path(__file__).parents[1] / "cases" / "further-members" / "openapi.yaml"
WIRE = {
    "id": "1",
    "kind": "thing",
    "version": "2",
    "part": {"name": "wheel", "additional_properties": "named so", "spokes": 32},
    "any": {"a": "x", "b": [1, None, {"c": "d"}]},
    "freeForm": {"e": "f"},
    "patterned": {"a": "x", "x-b": True},
    "spare": {"name": "saddle", "screws": 4},
    "freie Größe": {"name": "bell"},
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("further")
    write_files(root, run(DOCUMENT, package="further_client").files())
    with imported(root, "further_client") as module:
        yield module


@pytest.fixture(scope="module")
def shared(package: ModuleType) -> Any:
    return package.models.shared


def test_further_members_are_kept_and_typed(shared: Any) -> None:
    thing = shared.Thing.from_json(json.dumps(WIRE))

    assert thing.additional_properties == {
        "spare": shared.Part(name="saddle", additional_properties_2={"screws": 4}),
        "freie Größe": shared.Part(name="bell"),
    }
    assert thing.part.additional_properties == "named so"
    assert thing.part.additional_properties_2 == {"spokes": 32}
    assert thing.any.additional_properties == {"b": [1, None, {"c": "d"}]}
    assert thing.patterned.additional_properties == {"x-b": True}


def test_further_members_go_back_as_they_came(shared: Any) -> None:
    thing = shared.Thing.from_json(json.dumps(WIRE))

    assert json.loads(thing.to_json()) == WIRE
    assert thing.to_dict() == WIRE
    assert shared.Thing.from_dict(WIRE) == thing


def test_what_is_named_wins_over_what_is_further(shared: Any) -> None:
    assert shared.Part(name="a", additional_properties_2={"name": "b", "n": 1}).to_dict() == {"name": "a", "n": 1}


def test_an_object_that_allows_no_further_members_reads_leniently_all_the_same(shared: Any) -> None:
    assert shared.Strict.from_dict({"a": "x", "b": 1}) == shared.Strict(a="x")


def test_further_members_are_shown_where_there_are_some(shared: Any) -> None:
    assert repr(shared.Anything(a="x")) == "Anything(a='x')"
    assert repr(shared.Anything(additional_properties={"b": 1})) == "Anything(additional_properties={'b': 1})"


def test_over_http(package: ModuleType, shared: Any) -> None:
    with Recorder() as server, package.SDK(server_url=server.url, retries=0) as client:
        server.answers(200, WIRE)

        result = client.put_thing(id="1", additional_properties={"spare": shared.Part(name="saddle")})

    assert json.loads(server.request.body) == {
        "id": "1",
        "kind": "thing",
        "version": "2",
        "spare": {"name": "saddle"},
    }
    assert result.thing.to_dict() == WIRE


@pytest.mark.parametrize(
    "document",
    [
        {"owner": None},
        {"owner": "me", "text": None},
        {"owner": "me", "text": "t", "parentNote": None, "stars": 3},
        {"owner": "me", "parentNote": {"owner": None, "text": None}},
    ],
)
def test_null_and_nothing_are_told_apart(shared: Any, document: dict[str, Any]) -> None:
    assert json.loads(shared.Note.from_json(json.dumps(document)).to_json()) == document
    assert shared.Note.from_dict(document).to_dict() == document


def test_null_is_sent_where_it_is_given(package: ModuleType) -> None:
    with Recorder() as server, package.SDK(server_url=server.url, retries=0) as client:
        server.answers(200, {"owner": "me"})

        note = client.patch_note(owner=None, text=None, stars=None).note

    assert json.loads(server.request.body) == {"owner": None, "text": None}
    assert note.text is package.UNSET
    assert not note.text
    assert repr(note) == "Note(owner='me')"


def test_the_stub_takes_further_members_too(package: ModuleType, shared: Any) -> None:
    client = import_module("further_client.testing").Stub().client()

    reply = client.put_thing(id="1", additional_properties={"spare": shared.Part(name="saddle")})

    assert reply.thing.kind == "thing"
