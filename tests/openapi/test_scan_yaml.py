import time

import pytest
import yaml

from generator.diagnostics import ExitCode, Refusal, Report
from generator.openapi import scan_yaml
from generator.openapi.scan import scan

PARSERS = ["CBaseLoader", "BaseLoader"]


@pytest.fixture(params=PARSERS)
def parser(request, monkeypatch):
    """Both of PyYAML's parsers: the one in C may be missing."""
    monkeypatch.setattr(scan_yaml, "_LOADER", getattr(yaml, request.param))
    return request.param


@pytest.fixture
def read(write, parser):
    def read(text, report=None):
        return scan(write({"a.yaml": text}), report or Report())

    return read


@pytest.fixture
def fault(read):
    def fault(text):
        with pytest.raises(Refusal) as caught:
            read(text)
        assert caught.value.exit_code is ExitCode.UNREADABLE
        return caught.value.diagnostics[0]

    return fault


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("on", "on"),
        ("No", "No"),
        ("null", None),
        ("~", None),
        ("", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("12", 12),
        ("-012", -12),
        ("+7", 7),
        ("0o17", 15),
        ("0xfF", 255),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("0b1", "0b1"),
        ("1.50", 1.5),
        ("-.5e3", -500.0),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".", "."),
        ("1.2.3", "1.2.3"),
        ("2020-01-01", "2020-01-01"),
        ("2020-99-99", "2020-99-99"),
        ("=", "="),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("!!int 12", 12),
        ('!!int "12"', 12),
        ("!!float 12", 12.0),
        ("!!null ''", None),
        ("!!bool true", True),
        ("!!seq [1]", [1]),
        ("!!map {a: 1}", {"a": 1}),
    ],
)
def test_scalars_resolve_by_the_core_schema(read, written, value):
    found = read(f"a: {written}\n").value["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: .inf", "SPEC012", 1, 4),
        ("a:\n - -.INF", "SPEC012", 2, 4),
        ("a: .nan", "SPEC012", 1, 4),
        ("a: 1e999", "SPEC012", 1, 4),
        ("a: " + "9" * 5000, "SPEC012", 1, 4),
        ("a: " + "9" * 500 + ".0", "SPEC012", 1, 4),
        ("a: 0x" + "f" * 5000, "SPEC012", 1, 4),
        ("a:\n\tb: 1", "SPEC005", 2, 1),
        ("a: [1, 2", "SPEC005", 1, 9),
        ("a: b: c", "SPEC005", 1, 5),
        ("a: @x", "SPEC005", 1, 4),
        ("a: 'x", "SPEC005", 1, 6),
        ("a: x\x07", "SPEC003", 1, 5),
        ("a: 1\n---\nb: 2", "SPEC011", 2, 1),
        ("# nothing\n", "SPEC016", 2, 1),
        ("", "SPEC016", 1, 1),
        ("a: !!binary aGk=", "SPEC015", 1, 4),
        ("a: !!timestamp 2020-01-01", "SPEC015", 1, 4),
        ("a: !!int x", "SPEC015", 1, 4),
        ("a: !!python/object/apply:os.system [x]", "SPEC015", 1, 4),
        ("a: !mine {}", "SPEC015", 1, 4),
        ("? [a, b]\n: 1", "SPEC014", 1, 3),
        ("? {a: b}\n: 1", "SPEC014", 1, 3),
        ("a: &x [1]\n? *x\n: 1", "SPEC014", 2, 3),
        ("a: *x", "SPEC009", 1, 4),
        ("a: &x {b: *x}", "SPEC009", 1, 11),
        ("a: &x [[*x]]", "SPEC009", 1, 9),
        ("<<: 1\na: 1", "SPEC005", 1, 5),
        ("<<: [{a: 1}, 2]", "SPEC005", 1, 14),
    ],
)
def test_faults_are_located(fault, text, code, line, column):
    found = fault(text)
    assert (found.code, found.location.line, found.location.column) == (code, line, column)


def test_a_tab_is_called_a_tab(fault):
    assert "tab" in fault("a:\n\tb: 1").message
    assert "spaces" in fault("a:\n\tb: 1").help


@pytest.mark.parametrize(
    "text", ["a: 1\nb: 2\na: 3", "200: 1\nb: 2\n'200': 3", "{a: 1, b: 2,\n\n a: 3}", "&k a: 1\nb: 2\n*k : 3"]
)
def test_keys_written_twice_are_refused_with_both_places(fault, text):
    found = fault(text)
    assert (found.code, found.location.line, found.related[0][1].line) == ("SPEC010", 3, 1)


def test_keys_are_text(read):
    report = Report()
    found = read("200: a\n'x': b\non: c\n2020-01-01: d\n1.0: e\n010: f\n", report)
    assert list(found.value) == ["200", "x", "on", "2020-01-01", "1.0", "010"]
    assert not report.diagnostics


def test_keys_that_are_not_text_are_read_as_written_with_a_warning(read, seen):
    report = Report()
    found = read("a: 1\ntrue: 2\nNull: 3\n~: 4\n'false': 5", report)
    assert list(found.value) == ["a", "true", "Null", "~", "false"]
    assert seen(report.diagnostics) == [("SPEC013", 2, 1), ("SPEC013", 3, 1), ("SPEC013", 4, 1)]
    assert not report.has_errors


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{x: &x {a: 1, b: 2}, y: {<<: *x, b: 3}}", {"a": 1, "b": 3}),
        ("{x: &x {a: 1, b: 2}, y: {b: 3, <<: *x}}", {"b": 3, "a": 1}),
        ("{x: &x {a: 1, b: 2}, y: {<<: [{a: 0}, *x]}}", {"a": 0, "b": 2}),
        ("{y: {'<<': 1}}", {"<<": 1}),
        ("{x: &x {a: 1}, z: &z {<<: *x, b: 2}, y: {<<: *z}}", {"a": 1, "b": 2}),
    ],
)
def test_merge_keys(read, text, value):
    assert read("# yaml\n" + text).value["y"] == value


def test_an_alias_is_a_copy(read):
    value = read("a: &x {b: [1]}\nc: *x\nd: [*x]").value
    assert value == {"a": {"b": [1]}, "c": {"b": [1]}, "d": [{"b": [1]}]}
    value["c"]["b"].append(2)
    assert (value["a"], value["d"]) == ({"b": [1]}, [{"b": [1]}])


def test_billion_laughs_are_refused_at_once(fault):
    levels = ["a0: &a0 [lol]"]
    levels += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]
    before = time.process_time()
    found = fault("\n".join(levels))
    assert time.process_time() - before < 1  # of 10^9 values
    assert found.code == "SPEC008"
    assert "alias budget" in found.message


def test_an_alias_of_what_surrounds_it_is_told_from_one_without_an_anchor(fault):
    assert "contains itself" in fault("a: &x [*x]").message
    assert "contains itself" in fault("a: &x 1\nb: &x [*x]").message
    assert "no anchor" in fault("a: *x").message


def test_a_key_may_replace_an_inherited_one_once(fault):
    assert fault("x: &x {b: 1}\ny: {<<: *x, b: 2, b: 3}").code == "SPEC010"


def test_the_number_of_aliases_is_bounded(read, fault):
    aliases = "".join("\n - *a" for _ in range(1000))
    assert len(read(f"a: &a 1\nb:{aliases}").value["b"]) == 1000
    assert fault(f"a: &a 1\nb:{aliases}\n - *a").code == "SPEC008"


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_deep_nesting_is_refused(read, fault, opening, closing):
    assert read("# yaml\n" + opening * 256 + "1" + closing * 256).value
    found = fault("# yaml\n" + opening * 257 + "1" + closing * 257)
    assert (found.code, found.location.column) == ("SPEC006", 256 * len(opening) + 1)


def test_nesting_without_end_exhausts_nothing(fault):
    assert fault("# yaml\n" + "[" * 100_000).code == "SPEC006"


def test_too_many_values_are_refused(fault, monkeypatch):
    monkeypatch.setattr(scan_yaml, "MAX_NODES", 10)
    found = fault("\n".join("- 1" for _ in range(20)))
    assert (found.code, found.location.line) == ("SPEC007", 10)


def test_values_by_way_of_aliases_count(fault, monkeypatch):
    monkeypatch.setattr(scan_yaml, "MAX_NODES", 10)
    assert fault("a: &a [1, 2, 3]\nb: [*a, *a, 1]").code == "SPEC007"


TEXT = """\
info:
  title: &title "A"
paths:
  /a~b/c:
    - get: {x: 1}
    - *title
base: &base
  k: v
derived:
  <<: *base
  text: |
    one
    two
"""


@pytest.mark.parametrize(
    ("pointer", "key", "place"),
    [
        ("", False, (1, 1)),
        ("/info", True, (1, 1)),
        ("/info", False, (2, 3)),
        ("/info/title", False, (2, 10)),
        ("/info/title", True, (2, 3)),
        ("/paths/~1a~0b~1c/0/get/x", False, (5, 16)),
        ("/paths/~1a~0b~1c/1", False, (6, 7)),
        ("/derived/k", False, (8, 6)),
        ("/derived/k", True, (8, 3)),
        ("/derived/text", True, (11, 3)),
        ("/derived/text", False, (11, 9)),
        ("/derived/nope/deeper", False, (10, 3)),
    ],
)
def test_places(read, pointer, key, place):
    at = read(TEXT).locate(pointer, key=key)
    assert (at.line, at.column) == place


def test_a_value_under_an_alias_stands_at_its_anchor(read):
    scanned = read("a: &a\n  b: 1\nc: *a")
    assert (scanned.locate("/c").line, scanned.locate("/c/b").line) == (3, 2)


def test_line_ends_and_characters_beyond_the_basic_plane(read):
    scanned = read("é: 🙂\r\nb: \U0001f642 x\r\n  y\r\nc: [1, 2]")
    assert scanned.value == {"é": "🙂", "b": "🙂 x y", "c": [1, 2]}
    at = scanned.locate("/c/1")
    assert (at.line, at.column, at.end_column) == (4, 8, 9)
