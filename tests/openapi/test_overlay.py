import json

import pytest

from generator.diagnostics import ExitCode
from generator.source import Excerpts

BASE = """\
openapi: 3.1.0
info:
  title: t
  version: '1'
paths:
  /a:
    get:
      tags: [x, y, z]
      parameters:
        - {name: p, in: query}
        - {name: q, in: query}
        - {name: r, in: header}
  /b:
    get: {tags: [z]}
"""


def overlay(*actions, version="1.1.0", **fields):
    return {"overlay": version, "info": {"title": "t", "version": "1"}, "actions": list(actions), **fields}


@pytest.fixture
def apply(load):
    """Applies actions to BASE. Answers with the document and what was found."""

    def apply(*actions, version="1.1.0", **fields):
        document, report = load({"a.yaml": BASE, "fix.overlay.json": overlay(*actions, version=version, **fields)})
        return document, report.diagnostics

    return apply


def at_get(document):
    return document.root["paths"]["/a"]["get"]


@pytest.mark.parametrize(
    ("version", "action", "path", "expected"),
    [
        ("1.0.0", {"target": "$.info", "update": {"title": "n"}}, "info", {"title": "n", "version": "1"}),
        (
            "1.0.0",
            {"target": "$.info", "update": {"x": {"y": 1}}},
            "info",
            {"title": "t", "version": "1", "x": {"y": 1}},
        ),
        ("1.0.0", {"target": "$.info.title", "update": "n"}, None, "OVL006"),
        ("1.1.0", {"target": "$.info.title", "update": "n"}, "info", {"title": "n", "version": "1"}),
        ("1.0.0", {"target": "$.paths..tags", "update": "w"}, "paths./b.get.tags", ["z", "w"]),
        ("1.0.0", {"target": "$.paths..tags", "update": ["w"]}, "paths./b.get.tags", ["z", ["w"]]),
        ("1.1.0", {"target": "$.paths..tags", "update": ["v", "w"]}, "paths./b.get.tags", ["z", "v", "w"]),
        ("1.1.0", {"target": "$.paths..tags", "update": None}, "paths./b.get.tags", ["z", None]),
        ("1.0.0", {"target": "$.paths.*", "update": {"get": {"tags": ["w"]}}}, "paths./b.get.tags", ["z", "w"]),
        ("1.0.0", {"target": "$.paths.*", "update": {"get": {"tags": "w"}}}, None, "OVL006"),
        ("1.0.0", {"target": "$.paths.*", "update": {"get": None}}, None, "OVL006"),
        ("1.0.0", {"target": "$.info", "update": ["x"]}, None, "OVL006"),
        ("1.1.0", {"target": "$.info.*", "update": {}}, None, "OVL006"),
        ("1.1.0", {"target": "$.paths..*", "update": {}}, None, "OVL006"),
        ("1.0.0", {"target": "$.info", "remove": True}, None, "SPEC024"),
        ("1.0.0", {"target": "$.paths..tags[0]", "remove": True}, None, "OVL006"),
        ("1.1.0", {"target": "$.paths..tags[?@ == 'z']", "remove": True}, "paths./a.get.tags", ["x", "y"]),
        ("1.1.0", {"target": "$.paths..tags[0, 2]", "remove": True}, "paths./a.get.tags", ["y"]),
        ("1.1.0", {"target": "$.paths..tags[0, 0]", "remove": True}, "paths./a.get.tags", ["y", "z"]),
        ("1.1.0", {"target": "$.paths['/b']..*", "remove": True}, "paths./b", {}),
        ("1.0.0", {"target": "$.info", "remove": True, "update": {"title": 1}}, None, "SPEC024"),
        ("1.0.0", {"target": "$", "remove": True}, None, "OVL006"),
        ("1.0.0", {"target": "$.nope", "remove": True}, None, "OVL005"),
        ("1.0.0", {"target": "$.nope", "update": {}}, None, "OVL005"),
        ("1.0.0", {"target": "$.info[", "update": {}}, None, "OVL004"),
        ("1.0.0", {"target": "info", "update": {}}, None, "OVL004"),
        ("1.0.0", {"target": "$[?length(@.*) > 1]", "update": {}}, None, "OVL004"),
        ("1.1.0", {"target": "$.paths['/b']", "copy": "$.paths['/a']"}, "paths./b.get.tags", ["z", "x", "y", "z"]),
        ("1.1.0", {"target": "$.paths..tags", "copy": "$.info.title"}, "paths./b.get.tags", ["z", "t"]),
        ("1.1.0", {"target": "$.paths", "copy": "$.paths..tags"}, None, "OVL005"),
        ("1.1.0", {"target": "$.paths", "copy": "$.info.title"}, None, "OVL006"),
        ("1.1.0", {"target": "$.paths", "copy": "nope"}, None, "OVL004"),
    ],
)
def test_actions(apply, version, action, path, expected):
    document, found = apply(action, version=version)
    if path is None:
        assert {diagnostic.code for diagnostic in found} == {expected}
        return
    assert not found
    value = document.root
    for key in path.split("."):
        value = value[key]
    assert value == expected


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"actions": []}, "OVL001", "/actions"),
        ({"actions": {}}, "OVL001", "/actions"),
        ({"info": []}, "OVL001", "/info"),
        ({"info": {"title": "t"}}, "OVL001", "/info/version"),
        ({"info": {"title": "t", "version": "1", "nope": 1}}, "OVL003", "/info/nope"),
        ({"nope": 1}, "OVL003", "/nope"),
        ({"a/b": 1}, "OVL003", "/a~1b"),
        ({"extends": 1}, "OVL001", "/extends"),
        ({"actions": ["x"]}, "OVL001", "/actions/0"),
        ({"actions": [{"update": {}}]}, "OVL001", "/actions/0/target"),
        ({"actions": [{"target": 1, "update": {}}]}, "OVL001", "/actions/0/target"),
        ({"actions": [{"target": "$.info", "remove": "yes"}]}, "OVL001", "/actions/0/remove"),
        ({"actions": [{"target": "$.info", "remove": False}]}, "OVL001", "/actions/0"),
        ({"actions": [{"target": "$.info"}]}, "OVL001", "/actions/0"),
        ({"actions": [{"target": "$.info", "update": {}, "copy": "$.info"}]}, "OVL001", "/actions/0"),
        ({"actions": [{"target": "$.info", "copy": 1}]}, "OVL001", "/actions/0/copy"),
        ({"actions": [{"target": "$.info", "update": {}, "description": 1}]}, "OVL001", "/actions/0/description"),
        ({"actions": [{"target": "$.info", "update": {}, "nope": 1}]}, "OVL003", "/actions/0/nope"),
        (
            {"overlay": "1.0.0", "actions": [{"target": "$.info", "update": {}, "copy": "$"}]},
            "OVL003",
            "/actions/0/copy",
        ),
    ],
)
def test_ill_formed_overlays_are_located(load, fields, code, pointer):
    text = overlay({"target": "$.info", "update": {"x-ok": 1}}) | fields
    _, report = load({"a.yaml": BASE, "fix.overlay.json": text})
    (found,) = report.diagnostics
    assert (found.code, found.location.file, found.location.pointer) == (code, "fix.overlay.json", pointer)
    assert found.location.line is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "OVL001"),
        ("info: {}", "OVL001"),
        ("overlay: 2.0.0", "OVL002"),
        ("overlay: 1.0", "OVL002"),
        ("overlay: 1.2.0", "OVL002"),
        ("overlay: [", "SPEC005"),
        ("overlay: 1.0.0\noverlay: 1.0.0", "SPEC010"),
    ],
)
def test_what_is_no_overlay_is_refused(refuse, text, code):
    refusal = refuse({"a.yaml": BASE, "fix.overlay.yaml": text})
    assert refusal.diagnostics[0].code == code
    assert refusal.diagnostics[0].location.file == "fix.overlay.yaml"
    assert refusal.exit_code is ExitCode.UNREADABLE


def test_extensions_are_allowed_everywhere(apply):
    _, found = apply({"target": "$.info", "update": {}, "x-why": "because"}, **{"x-mine": 1})
    assert not found


def test_a_remove_that_is_false_does_not_remove(apply):
    document, found = apply({"target": "$.info", "update": {"title": "n"}, "remove": False})
    assert document.root["info"]["title"] == "n"
    assert not found


def test_a_fault_costs_its_action_only(apply):
    document, found = apply(
        {"target": "$.nope", "update": {}, "description": "first"},
        {"target": "$.info", "update": {"title": "n", "version": {}, "x": 1}},
    )
    assert [(diagnostic.code, diagnostic.location.pointer) for diagnostic in found] == [
        ("OVL005", "/actions/0/target"),
        ("OVL006", "/actions/1/update/version"),
    ]
    assert "action 1" in found[0].message
    assert "$.nope" in found[0].message
    assert document.root["info"] == {"title": "n", "version": "1", "x": 1}


def test_actions_apply_to_what_earlier_actions_left(apply):
    document, found = apply(
        {"target": "$.info", "update": {"x-a": {"b": 1}}},
        {"target": "$.info['x-a']", "update": {"c": 2}},
        {"target": "$.info['x-a'].b", "remove": True},
    )
    assert document.root["info"]["x-a"] == {"c": 2}
    assert not found


def test_overlays_apply_in_order(load):
    first = overlay({"target": "$.info", "update": {"x-a": 1}})
    second = overlay({"target": "$.info['x-a']", "update": 2})
    document, report = load({"a.yaml": BASE, "1.overlay.json": first, "2.overlay.yaml": json.dumps(second)})
    assert document.root["info"]["x-a"] == 2
    assert document.locate("/info/x-a").file == "2.overlay.yaml"
    assert not report.diagnostics


def test_what_is_put_at_several_places_is_not_shared(apply):
    document, _ = apply(
        {"target": "$.paths.*.get", "update": {"x-a": {"n": [1]}}},
        {"target": "$.paths['/a'].get['x-a'].n", "update": 2},
    )
    assert at_get(document)["x-a"] == {"n": [1, 2]}
    assert document.root["paths"]["/b"]["get"]["x-a"] == {"n": [1]}


@pytest.mark.parametrize("extends", ["a.yaml", "./a.yaml", "https://example.com/specs/a.yaml", "../x/a.yaml"])
def test_an_overlay_may_name_its_document(apply, extends):
    assert not apply({"target": "$.info", "update": {}}, extends=extends)[1]


def test_an_overlay_for_another_document_is_noted(apply):
    (found,) = apply({"target": "$.info", "update": {}}, extends="b.yaml")[1]
    assert (found.code, found.severity) == ("OVL007", "note")


def test_references_of_an_overlay_are_followed(load):
    text = overlay(
        {"target": "$", "update": {"components": {"schemas": {"A": {"$ref": "b.yaml"}, "B": {"$ref": "#/nope"}}}}}
    )
    document, report = load({"a.yaml": BASE, "fix.overlay.json": text, "b.yaml": "{type: string}"})
    assert document.root["components"]["schemas"]["A"]["$ref"] == "#/x-bundled-files/b.yaml"
    (found,) = report.diagnostics
    assert (found.code, found.location.file) == ("REF002", "fix.overlay.json")


def place(document, pointer, **options):
    at = document.locate(pointer, **options)
    return at.file, at.pointer, at.line


def test_places_after_an_overlay_are_where_a_person_wrote_it(apply):
    document, _ = apply(
        {"target": "$.info", "update": {"title": "n", "x-a": {"b": 1}}},
        {"target": "$.paths['/a'].get.parameters[0]", "remove": True},
        {"target": "$.paths['/a'].get.parameters", "update": {"name": "s"}},
        {"target": "$.paths['/a'].get.parameters[?@.name == 'q']", "update": {"in": "cookie"}},
        {"target": "$.paths['/a'].get.parameters[0]", "copy": "$.info['x-a']"},
    )
    overlay_file = "fix.overlay.json"
    names = [parameter["name"] for parameter in at_get(document)["parameters"]]
    assert names == ["q", "r", "s"]
    assert place(document, "/info/version") == ("a.yaml", "/info/version", 4)
    assert place(document, "/info/title")[:2] == (overlay_file, "/actions/0/update/title")
    assert place(document, "/info/x-a/b")[:2] == (overlay_file, "/actions/0/update/x-a/b")
    parameters = "/paths/~1a/get/parameters"
    assert place(document, f"{parameters}/0/name") == ("a.yaml", f"{parameters}/1/name", 11)
    assert place(document, f"{parameters}/0/in")[:2] == (overlay_file, "/actions/3/update/in")
    assert place(document, f"{parameters}/1/name") == ("a.yaml", f"{parameters}/2/name", 12)
    assert place(document, f"{parameters}/2/name")[:2] == (overlay_file, "/actions/2/update/name")
    assert place(document, f"{parameters}/0/b")[:2] == (overlay_file, "/actions/0/update/x-a/b")
    assert place(document, "/paths/~1b/get/tags/0") == ("a.yaml", "/paths/~1b/get/tags/0", 14)
    at = document.locate("/info/title")
    assert Excerpts()(at).strip() == '"title": "n",'


def test_the_place_of_a_copy_is_that_of_what_was_copied(apply):
    document, _ = apply(
        {"target": "$.info", "update": {"title": "n"}},
        {"target": "$.paths['/b']", "update": {"x-info": {}}},
        {"target": "$.paths['/b']['x-info']", "copy": "$.info"},
        {"target": "$.paths", "copy": "$"},
    )
    assert place(document, "/paths/~1b/x-info/title")[:2] == ("fix.overlay.json", "/actions/0/update/title")
    assert place(document, "/paths/~1b/x-info/version") == ("a.yaml", "/info/version", 4)
    assert place(document, "/paths/info/title")[:2] == ("fix.overlay.json", "/actions/0/update/title")


def test_a_value_may_be_copied_onto_itself(apply):
    document, found = apply({"target": "$.paths.*.get", "copy": "$.paths['/b'].get"})
    assert not found
    assert document.root["paths"]["/b"]["get"]["tags"] == ["z", "z"]
    assert at_get(document)["tags"] == ["x", "y", "z", "z"]
    assert place(document, "/paths/~1b/get/tags/1") == ("a.yaml", "/paths/~1b/get/tags/0", 14)


def test_places_of_what_was_put_at_several_places_are_their_own(apply):
    document, _ = apply(
        {"target": "$.paths.*.get.tags", "update": {"name": "s"}},
        {"target": "$.paths['/a'].get.tags[3]", "update": {"name": "u"}},
    )
    assert place(document, "/paths/~1a/get/tags/3/name")[:2] == ("fix.overlay.json", "/actions/1/update/name")
    assert place(document, "/paths/~1b/get/tags/1/name")[:2] == ("fix.overlay.json", "/actions/0/update/name")


def test_what_was_put_and_removed_again_has_no_place(apply):
    document, _ = apply({"target": "$.info", "update": {"x-a": 1}}, {"target": "$.info['x-a']", "remove": True})
    assert document.locate("/info/x-a").file == "a.yaml"


def test_the_place_of_what_was_replaced_after_a_removal_is_the_new_one(apply):
    document, _ = apply(
        {"target": "$.info", "remove": True},
        {"target": "$", "update": {"info": {"title": "n", "version": "2"}}},
    )
    assert document.locate("/info/title").pointer == "/actions/1/update/info/title"


def test_overlays_are_part_of_the_digest(apply, load):
    plain = load({"a.yaml": BASE})[0].digest
    assert apply({"target": "$.info", "update": {}})[0].digest != plain


def test_deep_documents_are_searched(load):
    deep = "x-deep: " + "[" * 200 + "1" + "]" * 200
    _, report = load({"a.yaml": BASE + deep, "fix.overlay.json": overlay({"target": "$..title", "update": "n"})})
    assert not report.diagnostics
