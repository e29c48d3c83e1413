"""What has a name keeps it, whatever appears, moves or goes around it; what nobody has, anybody may get."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.python.locked_names import NameTable, is_form, key, numbered, places_of
from tests.cases.stages import Stages, run

# In each style some of them meet: as `a_b`, `ABC` and so on; some are reserved in one scope or another.
WIRE_NAMES = [
    "aB",
    "a b",
    "a_b",
    "A-B",
    "ab",
    "Ab",
    "a_b_2",
    "aB2",
    "class",
    "Class",
    "close",
    "list",
    "name",
    "x" * 90,
]
REFERENCES = {name: f"S{number}" for number, name in enumerate(WIRE_NAMES)}
names = st.lists(st.sampled_from(WIRE_NAMES), unique=True, max_size=5)


def document(draw: Mapping[str, Any]) -> dict[str, Any]:
    """A document with things of every kind, called as the lists of names say, in their order."""
    text = {"type": "string"}
    schemas = {
        name: {
            "type": "object",
            "properties": {
                **dict.fromkeys(draw["members"], text),
                "kind": {"type": "string", "enum": draw["values"]} if draw["values"] else text,
            },
            "additionalProperties": text,
        }
        for name in draw["schemas"]
        if name.isascii() and " " not in name
    }
    reply = {
        "description": "Done.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {name: {"$ref": f"#/components/schemas/{name}"} for name in schemas},
                }
            }
        },
    }
    parameters = [{"name": name, "in": "query", "schema": text} for name in draw["parameters"]]
    parameters += [{"name": name, "in": "header", "schema": text} for name in draw["headers"]]
    paths = {
        f"/{REFERENCES[name]}": {
            "get": {"operationId": name, "parameters": parameters, "responses": {"200": reply}},
        }
        for name in draw["operations"]
    }
    paths |= {
        f"/tagged{REFERENCES[name]}": {"get": {"operationId": "any", "tags": [name], "responses": {"200": reply}}}
        for name in draw["tags"]
    }
    schemes = {
        name: {"type": "apiKey", "in": "header", "name": f"x-{REFERENCES[name]}"}
        for name in draw["schemes"]
        if " " not in name
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Example", "version": "1"},
        "paths": paths,
        "security": [{name: []} for name in schemes],
        "components": {"schemas": schemas, "securitySchemes": schemes},
    }


PARTS = ("members", "values", "schemas", "parameters", "headers", "operations", "tags", "schemes")
NOTHING: Mapping[str, list[str]] = {part: [] for part in PARTS}


def planned(content: dict[str, Any], locked: NameTable, pins: Mapping[str, str] | None = None) -> Stages:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "openapi.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return run(path, locked=locked, pins=pins)


def decided(stages: Stages) -> dict[tuple[str, str], str]:
    return {(scope, known): name for scope, table in stages.plan.names.items() for known, name in table.items()}


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(PARTS, names)), min_size=2, max_size=4))
@settings(max_examples=40, deadline=None)
def test_what_stays_keeps_its_name_through_any_edits(versions: list[dict[str, list[str]]]) -> None:
    locked: NameTable = {}
    before: dict[tuple[str, str], str] = {}
    for version in versions:
        stages = planned(document(version), locked)
        after = decided(stages)
        assert {what: after[what] for what in before.keys() & after.keys()} == {
            what: before[what] for what in before.keys() & after.keys()
        }
        for scope, table in stages.plan.names.items():
            assert len(set(table.values())) == len(table), scope
        locked, before = json.loads(json.dumps(stages.plan.names)), after


@given(st.fixed_dictionaries(dict.fromkeys(PARTS, names)), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_a_second_run_changes_nothing_in_whatever_order(version: dict[str, list[str]], chance: random.Random) -> None:
    first = planned(document(version), {})
    again = planned(document(version), first.plan.names)
    assert again.plan == first.plan
    assert again.messages("NAME001") == first.messages("NAME001")
    for part in version.values():
        chance.shuffle(part)
    assert decided(planned(document(version), first.plan.names)) == decided(first)


def record(*members: str, preferred: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A document with one record; and one operation for each member, with the preferred method."""
    content = document({**NOTHING, "members": list(members), "schemas": ["R"], "operations": list(members)})
    for name, method in (preferred or {}).items():
        content["paths"][f"/{REFERENCES[name]}"]["get"]["x-speakeasy-name-override"] = method
    return content


ATTRIBUTES = "attributes of /components/schemas/R"


def attributes(stages: Stages) -> Mapping[str, str]:
    return {known: name for known, name in stages.plan.names[ATTRIBUTES].items() if known in WIRE_NAMES}


def methods(stages: Stages) -> list[str]:
    return [str(each.method) for each in stages.plan.operations if each.group is None]


def test_a_sibling_in_front_does_not_take_a_name() -> None:
    before = planned(record("aB"), {})
    after = planned(record("a b", "aB"), before.plan.names)
    assert attributes(after) == {"aB": "a_b", "a b": "a_b_2"}
    assert attributes(planned(record("a b", "aB"), {})) == {"a b": "a_b", "aB": "a_b_2"}


def test_what_is_left_keeps_its_number_and_says_why() -> None:
    first = planned(record("a b", "aB"), {})
    alone = planned(record("aB"), first.plan.names)
    assert attributes(alone) == {"aB": "a_b_2"}
    assert "attribute 'a_b' is called 'a_b_2', because it has been called so before" in alone.messages("NAME001")


def test_what_has_gone_frees_its_name() -> None:
    first = planned(record("a b", "aB"), {})
    alone = planned(record("aB"), first.plan.names)
    back = planned(record("A-B", "aB"), alone.plan.names)
    assert attributes(back) == {"A-B": "a_b", "aB": "a_b_2"}


def test_a_pin_goes_before_a_lock_and_is_not_locked_itself() -> None:
    first = planned(record("a b", "aB"), {})
    pinned = planned(record("a b", "aB"), first.plan.names, {"/components/schemas/R/properties/aB": "a_b"})
    assert attributes(pinned) == {"a b": "a_b_2"}
    assert attributes(planned(record("a b", "aB"), pinned.plan.names)) == {"a b": "a_b_2", "aB": "a_b"}


def test_a_new_preference_goes_before_the_own_lock_but_not_before_a_sibling_s() -> None:
    first = planned(record("aB", "ab"), {})
    assert methods(first) == ["a_b", "ab"]
    assert methods(planned(record("aB", "ab", preferred={"aB": "other"}), first.plan.names)) == ["other", "ab"]
    taken = planned(record("aB", "ab", preferred={"aB": "ab"}), first.plan.names)
    assert methods(taken) == ["ab_2", "ab"]
    assert methods(planned(record("aB", "ab", preferred={"aB": "ab"}), {})) == ["ab", "ab_2"]


def test_another_id_for_an_operation_leaves_its_lock_behind() -> None:
    content = record("aB", "ab")
    first = planned(content, {})
    content["paths"][f"/{REFERENCES['aB']}"]["get"]["operationId"] = "Ab"
    assert methods(planned(content, first.plan.names)) == ["ab_2", "ab"]


@pytest.mark.parametrize(
    "hostile",
    [
        "class",
        "a-b",
        "__class__",
        "a_b_1",
        "a_b_02",
        "a_b_",
        "a_b__2",
        "import os",
        "a_b\n",
        "a_b_²",
        "A_B",
        "",
        "other",
    ],
)
def test_a_lock_brings_nothing_in_that_is_not_derived(hostile: str) -> None:
    found = planned(record("aB"), {ATTRIBUTES: {"aB": hostile}, "methods": {"/paths/~1S0/get": hostile}})
    assert attributes(found) == {"aB": "a_b"}
    assert methods(found) == ["a_b"]


def test_two_that_claim_one_name_do_not_both_get_it() -> None:
    found = planned(record("a b", "aB"), {ATTRIBUTES: {"a b": "a_b_7", "aB": "a_b_7"}})
    assert attributes(found) == {"a b": "a_b_7", "aB": "a_b"}


def test_a_new_tag_does_not_take_a_method_s_name_nor_a_new_scheme_a_model_s() -> None:
    content = document({**NOTHING, "operations": ["aB"], "schemas": ["SchemeX"]})
    first = planned(content, {})
    assert first.plan.names["methods"] == {"/paths/~1S0/get": "a_b"}
    content["paths"]["/new"] = {"get": {"tags": ["a b"], "operationId": "new", "responses": {}}}
    content["components"]["securitySchemes"] = {"x": {"type": "apiKey", "in": "header", "name": "x"}}
    content["security"] = [{"x": []}]
    after = planned(content, first.plan.names)
    assert after.plan.names["methods"] == first.plan.names["methods"]
    assert after.plan.names["groups"]["a b"] == "a_b_2"
    assert after.plan.names["models"]["/components/schemas/SchemeX"] == "SchemeX"
    assert after.plan.names["classes of schemes"] == {"x": "SchemeX_2"}


def inline(*descriptions: str) -> dict[str, Any]:
    """A document whose parameters hold objects that are named after the operation and the parameter."""
    content = record("aB")
    content["paths"][f"/{REFERENCES['aB']}"]["get"]["parameters"] = [
        {"name": name, "in": "query", "schema": {"type": "object", "properties": {"x": {"type": "string"}}}}
        for name in descriptions
    ]
    return content


def test_a_parameter_in_front_does_not_move_the_names_of_objects_inside_others() -> None:
    first = planned(inline("aB"), {})
    after = planned(inline("a-b", "aB"), first.plan.names)

    def models(stages: Stages) -> Iterator[str]:
        return (name for place, name in stages.plan.names["models"].items() if "parameters" in place)

    assert list(models(first)) == ["ABAB"]
    assert sorted(models(after)) == ["ABAB", "ABAB_2"]
    names = [str(each.name) for each in after.plan.models.records]
    assert [name for name in names if name.startswith("ABAB")] == ["ABAB_2", "ABAB"]


def test_places_in_lists_are_known_by_what_is_called_there() -> None:
    at: Callable[[int], str] = "/paths/~1a/get/parameters/{}/schema".format
    assert places_of([(at(0), "A"), (at(3), "B"), (at(4), "A"), ("/components/schemas/5", "C")]) == [
        "/paths/~1a/get/parameters/*/schema A",
        "/paths/~1a/get/parameters/*/schema B",
        "/paths/~1a/get/parameters/*/schema A 2",
        "/components/schemas/5",
    ]
    assert places_of([("/paths/~1a/get/responses/200/content/x/schema/anyOf/12", "A")])[0].endswith("/anyOf/* A")


def test_long_keys_are_short_and_differ() -> None:
    found = {key("x" * length) for length in range(200)} | {key("\ud800" * 99)}
    assert len(found) == 201
    assert max(map(len, found)) == 64


@given(st.text("ab_", min_size=1, max_size=90), st.integers(2, 999))
def test_forms_are_what_is_given_and_nothing_else(derived: str, number: int) -> None:
    assert is_form(numbered(derived, number), derived, derived)
    assert is_form(f"{derived}_", derived, f"{derived}_")
    assert not is_form(f"{derived}_1", derived, derived)
    assert not is_form(f"c{derived}_2", derived, derived)
