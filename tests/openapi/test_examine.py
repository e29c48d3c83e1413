"""What the validator says, without the process around it."""

import socket

import pytest

from generator.openapi.examine import examine
from generator.openapi.findings import Finding

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def document(schemas=None, version="3.0.3", **paths):
    operations = {f"/{name}": {"get": operation} for name, operation in paths.items()}
    return {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": operations,
        "components": {"schemas": schemas or {}},
    }


OK = {"200": {"description": "ok"}}
VERSIONS = pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])


@VERSIONS
def test_a_valid_document_has_no_findings(version):
    assert examine(document({"A": {"type": "string", "pattern": "^a$"}}, version, a={"responses": OK})) == []


@VERSIONS
def test_defaults_are_findings_of_their_own(version):
    schemas = {"A": {"type": "object", "properties": {"p": {"type": "integer", "default": "PWN"}}}}
    assert examine(document(schemas, version)) == [
        Finding(
            ("components", "schemas", "A", "properties", "p", "default"),
            "SPEC041",
            "'PWN' must be of type integer",
        )
    ]


def test_null_where_it_is_not_allowed():
    assert examine(document({"A": {"type": "string", "default": None}})) == [
        Finding(("components", "schemas", "A", "default"), "SPEC041", "null must be of type string")
    ]


@VERSIONS
def test_a_finding_behind_a_reference_is_where_it_is_written(version):
    schemas = {"A": {"$ref": "#/components/schemas/B"}, "B": {"type": "string", "default": 1}}
    response = {"200": {"description": "", "content": {"a/b": {"schema": {"$ref": "#/components/schemas/A"}}}}}
    found = examine(document(schemas, version, a={"responses": response}))
    assert [finding.path for finding in found] == [("components", "schemas", "B", "default")]


@VERSIONS
@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        (r"^\p{L}+$", "SPEC042"),
        (r"(?<year>\d{4})-\k<year>", "SPEC042"),
        (r"[^]", "SPEC042"),
        (r"(?<=a+)b", "SPEC042"),
        ("(", "SPEC043"),
        (r"\p{L}(", "SPEC043"),
        ("*a", "SPEC043"),
    ],
)
def test_patterns_that_python_cannot_read_are_found_once(version, pattern, code):
    found = examine(document({"A": {"type": "string", "pattern": pattern, "default": "x"}}, version))
    assert [(finding.path, finding.code) for finding in found] == [(("components", "schemas", "A", "pattern"), code)]


def test_a_default_that_meets_such_a_pattern_elsewhere_is_no_second_finding():
    schemas = {
        "A": {"allOf": [{"$ref": "#/components/schemas/B"}], "default": "x"},
        "B": {"type": "string", "pattern": "("},
    }
    assert [finding.code for finding in examine(document(schemas))] == ["SPEC043"]


def test_a_pattern_is_never_matched_and_not_searched_in_data():
    schemas = {
        "A": {"type": "string", "pattern": "^(a+)+$", "example": {"pattern": "("}},
        "pattern": {"type": "string"},
    }
    assert examine(document(schemas)) == []


@VERSIONS
def test_findings_of_operations_are_located(version):
    same = {"operationId": "same", "responses": OK}
    found = examine(document(None, version, a=same, b=same))
    assert [(finding.path, finding.code) for finding in found] == [(("paths", "/b", "get"), "SPEC040")]
    assert "is not unique" in found[0].message


def test_messages_are_short_and_name_what_is_wrong():
    operation = {"responses": OK, "nope": {"long": "x" * 500}, "parameters": [{"name": "n" * 500, "in": "body"}]}
    found = examine(document({"A": {"type": "strin"}}, a=operation))
    messages = {finding.path: finding.message for finding in found}
    assert messages["paths", "/a", "get"] == "'nope' not allowed here"
    assert messages["components", "schemas", "A", "type"].startswith("'strin' does not satisfy `enum: [array, boolean")
    assert max(map(len, messages.values())) < 300


def test_a_part_that_makes_the_validator_crash_costs_that_part():
    broken = document({"A": {"type": "string", "default": 1}}, a={"responses": OK, "parameters": [{"in": "path"}]})
    found = examine(broken)
    assert Finding(("components", "schemas", "A", "default"), "SPEC041", "1 must be of type string") in found


def test_a_dangling_reference_is_not_reported_again():
    assert examine(document({"A": {"properties": {"p": {"$ref": "#/nope"}}}})) == []


@pytest.mark.parametrize("reference", ["http://127.0.0.1:9/x", "file:///etc/passwd", "other.yaml"])
def test_nothing_is_fetched(monkeypatch, reference):
    def refuse(*_args, **_options):
        raise AssertionError("fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    schemas = {"A": {"properties": {"p": {"$ref": reference}}}, "B": {"$id": "http://127.0.0.1:9/", "$ref": "x"}}
    for version in ("3.0.3", "3.1.0"):
        examine(document(schemas, version))


def test_findings_are_the_same_every_time():
    messy = document({name: {"type": "x", "default": {}} for name in "BAC"}, a={}, b={"nope": 1})
    assert examine(messy) == examine(messy)


@VERSIONS
def test_what_path_and_parameters_lack_is_left_to_who_reads_operations(version):
    assert examine(document(None, version, **{"c/{id}": {"responses": OK}})) == []
