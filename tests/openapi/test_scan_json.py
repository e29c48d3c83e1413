import json

import pytest

from generator.diagnostics import ExitCode, Refusal, Report
from generator.openapi import scan_json
from generator.openapi.scan import scan


def fault(write, text):
    with pytest.raises(Refusal) as caught:
        scan(write({"a.json": text}), Report())
    assert caught.value.exit_code is ExitCode.UNREADABLE
    return caught.value.diagnostics


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "message"),
    [
        ('{"a": 1,}', "SPEC004", 1, 8, "a comma with nothing after it"),
        ('{"a": [1,\n\n ]}', "SPEC004", 1, 9, "a comma with nothing after it"),
        ('{\n // no\n "a": 1}', "SPEC004", 2, 2, "a comment: JSON has none"),
        ('{"a": /* no */ 1}', "SPEC004", 1, 7, "a comment: JSON has none"),
        ('{"a": 1 # no\n}', "SPEC004", 1, 9, "a comment: JSON has none"),
        ("{'a': 1}", "SPEC004", 1, 2, "text in single quotes"),
        ('{"a": }', "SPEC004", 1, 7, "not JSON: expecting value"),
        ('{"a": "b', "SPEC004", 1, 7, "not JSON: unterminated string starting at"),
        ('{"a": "b\n"}', "SPEC004", 1, 9, "not JSON: invalid control character at"),
        ('{"a": 1}\n{}', "SPEC004", 2, 1, "not JSON: extra data"),
        ("", "SPEC004", 1, 1, "not JSON: expecting value"),
        ('{"a": NaN}', "SPEC012", 1, 7, "NaN is not a finite number of a sensible length"),
        ('{"a": [1, -Infinity]}', "SPEC012", 1, 11, "-Infinity is not a finite number of a sensible length"),
        ('{"a": "1e999", "b": 1e999}', "SPEC012", 1, 21, "1e999 is not a finite number of a sensible length"),
        (
            '{"a": "NaN", "b": [{}, "\\"", -1E+999]}',
            "SPEC012",
            1,
            30,
            "-1E+999 is not a finite number of a sensible length",
        ),
    ],
)
def test_faults_are_located(write, text, code, line, column, message):
    (found,) = fault(write, text)
    assert (found.code, found.location.line, found.location.column, found.message) == (code, line, column, message)


def test_an_integer_of_thousands_of_digits_is_not_read(write):
    (found,) = fault(write, '{"a": ' + "9" * 5000 + "}")
    assert found.code == "SPEC012"
    assert "(5000 characters)" in found.message
    assert (found.location.column, found.location.end_column) == (7, 5007)


def test_numbers_of_a_sensible_length_are_exact(write):
    assert scan(write({"a.json": '{"a": [1e308, ' + "9" * 400 + "]}"}), Report()).value == {
        "a": [1e308, int("9" * 400)]
    }


def test_every_key_that_is_written_twice_is_reported_with_both_places(write):
    text = '{"a": 1,\n "b": {"c": 1, "\\u0063": 2},\n "a": 2,\n "a": [{"x": 1}, {"x": 1}]}'
    found = fault(write, text)
    assert [
        (f.code, f.location.line, f.location.column, f.related[0][1].line, f.related[0][1].column) for f in found
    ] == [
        ("SPEC010", 2, 16, 2, 8),
        ("SPEC010", 3, 2, 1, 2),
        ("SPEC010", 4, 2, 1, 2),
    ]
    assert found[0].message == "the key 'c' is written twice"


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_is_refused_at_the_bracket_that_is_too_much(write, opening):
    closing = {"[": "]", "{": "}"}[opening[0]]
    innermost = "1"
    assert scan(write({"a.json": opening * 256 + innermost + closing * 256}), Report()).value
    (found,) = fault(write, opening * 257 + innermost + closing * 257)
    assert (found.code, found.location.column) == ("SPEC006", 256 * len(opening) + 1)


def test_nesting_without_end_does_not_exhaust_the_stack(write):
    (found,) = fault(write, "[" * 100_000)
    assert (found.code, found.location.column) == ("SPEC006", 257)


def test_too_many_values_are_refused(write, monkeypatch):
    monkeypatch.setattr(scan_json, "MAX_NODES", 10)
    assert scan(write({"a.json": json.dumps(["," * 100, 1])}), Report()).value  # commas in text are no values
    (found,) = fault(write, json.dumps(list(range(20))))
    assert found.code == "SPEC007"


def test_places_in_one_line(write):
    scanned = scan(write({"a.json": '{"a": {"b~/": [10, {"c": true}]}, "": {}, "d": "x\\"y"}'}), Report())
    text = scanned.source.text

    def marked(pointer, **options):
        at = scanned.locate(pointer, **options)
        return text[at.column - 1 : at.end_column - 1]

    assert marked("/a/b~0~1/0") == "10"
    assert marked("/a/b~0~1/1/c") == "true"
    assert marked("/a/b~0~1", key=True) == '"b~/"'
    assert marked("/d") == '"x\\"y"'
    assert marked("/", key=True) == '""'
    assert marked("") == "{"
    assert marked("/a/b~0~1") == "["
    assert scanned.locate("/a/b~0~1/1").column == 20
    assert scanned.locate("/a/b~0~1/1", key=True).column == 20  # an item has no key


@pytest.mark.parametrize("pointer", ["/a/nope", "/a/b/7", "/a/b/0/deeper", "/a/b/-1", "/a/b/00"])
def test_what_does_not_exist_is_nearest_to_what_does(write, pointer):
    scanned = scan(write({"a.json": '{"a": {"b": [1]}}'}), Report())
    at = scanned.locate(pointer)
    expected = {"/a/nope": 7, "/a/b/0/deeper": 14}.get(pointer, 13)
    assert (at.column, at.pointer) == (expected, pointer)


def test_a_lone_surrogate_is_text(write):
    assert scan(write({"a.json": '{"a": "\\ud800"}'}), Report()).value == {"a": "\ud800"}
