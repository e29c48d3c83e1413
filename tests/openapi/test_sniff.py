import pytest

from generator.diagnostics import ExitCode

INFO = {"title": "t", "version": "1"}


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.0", "3.1.2", "3.2.0", "3.1.0-rc1"])
def test_known_versions(load, version):
    document, report = load({"a.json": {"openapi": version, "info": INFO, "paths": {}}})
    assert document.root["openapi"] == version
    assert not report.diagnostics


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("[1]", "SPEC020", 1, 1),
        ("\ntext", "SPEC020", 2, 1),
        ("info: {}", "SPEC021", 1, 1),
        ("info: {}\nswagger: '1.2'", "SPEC023", 2, 10),
        ("openapi: 4.0", "SPEC023", 1, 10),
        ("openapi: '4.0.0'", "SPEC023", 1, 10),
        ("openapi: 3", "SPEC023", 1, 10),
        ("openapi: '3.1'", "SPEC023", 1, 10),
        ("openapi: 3.3.0", "SPEC023", 1, 10),
        ("openapi: [3]", "SPEC023", 1, 10),
    ],
)
def test_what_is_no_document_that_can_be_read(refuse, text, code, line, column):
    refusal = refuse({"a.yaml": text})
    (found,) = refusal.diagnostics
    assert (found.code, found.location.line, found.location.column) == (code, line, column)
    assert refusal.exit_code is ExitCode.UNREADABLE


@pytest.mark.parametrize("version", ["'2.0'", "2.0", "2"])
def test_swagger_is_read(load, version):
    document, report = load({"a.yaml": f"swagger: {version}\ninfo: {{}}\npaths: {{}}"})
    assert document.root["openapi"].startswith("3.0.")
    assert [found.code for found in report.diagnostics] == ["SPEC022"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("openapi: 3.0.0", [("SPEC024", 1, 1), ("SPEC025", 1, 1)]),
        ("openapi: 3.1.0\ninfo: {}", [("SPEC025", 1, 1)]),
        ("openapi: 3.1.0\ninfo: {}\nwebhooks: {}", []),
        ("openapi: 3.1.0\ninfo: {}\ncomponents: {}", []),
        ("openapi: 3.0.0\ninfo: {}\ncomponents: {}", [("SPEC025", 1, 1)]),
        ("openapi: 3.0.0\ninfo: text\npaths: []", [("SPEC024", 2, 7), ("SPEC025", 3, 8)]),
        ("openapi: 3.1.0\ninfo: {}\npaths:", [("SPEC025", 3, 7)]),
    ],
)
def test_sections_that_every_document_has(load, seen, text, expected):
    _, report = load({"a.yaml": text})
    assert seen(report.diagnostics) == expected
    assert report.has_errors == bool(expected)


def test_an_overlay_may_repair_what_is_missing(load):
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": "t", "version": "1"},
        "actions": [{"target": "$", "update": {"openapi": "3.1.0", "paths": {}}}],
    }
    _, report = load({"a.json": {"info": INFO}, "a.overlay.json": overlay})
    assert not report.diagnostics


def test_yaml_that_begins_like_json_is_yaml(load):
    document, _ = load({"a.yaml": "{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {},}"})
    assert document.root["openapi"] == "3.1.0"


def test_json_is_json_whatever_its_name(refuse):
    assert refuse({"a.txt": '{"openapi": "3.1.0",}'}).diagnostics[0].code == "SPEC004"
    assert refuse({"a.json": "openapi: 3.1.0"}).diagnostics[0].code == "SPEC004"
