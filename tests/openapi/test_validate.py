import json
import subprocess
import sys

import pytest

from generator.diagnostics import Report, Severity
from generator.openapi import validate as validation
from generator.openapi.findings import Finding
from generator.openapi.validate import start_validation, validate, without_prose
from generator.openapi.verdict import cache_path, from_text, keep, recall, to_text

DOCUMENT = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a: {$ref: b.yaml}
components:
  schemas:
    A: {type: integer, default: text}
    B: {type: string, pattern: '^\\p{L}$'}
    C: {type: string, pattern: '('}
"""
FILES = {"a.yaml": DOCUMENT, "b.yaml": "get:\n  nope: 1\n  responses: {}\n"}


@pytest.fixture
def judge(load):
    def judge(cache_dir=None, files=FILES):
        document, _ = load(files)
        report = Report()
        validate(document, report, cache_dir)
        return report

    return judge


def test_findings_are_graded_and_located_where_they_are_written(judge):
    report = judge()
    found = [(d.code, d.severity, d.location.file, d.location.line, d.location.column) for d in report.diagnostics]
    assert ("SPEC041", Severity.WARNING, "a.yaml", 7, 33) in found
    assert ("SPEC042", Severity.NOTE, "a.yaml", 8, 32) in found
    assert ("SPEC043", Severity.WARNING, "a.yaml", 9, 32) in found
    assert not report.has_errors
    assert all(diagnostic.effect and diagnostic.help for diagnostic in report.diagnostics)


def test_the_parent_does_not_pay_for_the_import():
    program = "import sys, generator.openapi.validate; sys.exit('openapi_spec_validator' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def no_process(*_args):
    raise AssertionError("a process was started")


def test_a_verdict_that_is_kept_says_the_same_without_a_process(judge, tmp_path, monkeypatch):
    first = judge(tmp_path / "cache")
    monkeypatch.setattr(validation, "_Worker", no_process)
    assert judge(tmp_path / "cache").diagnostics == first.diagnostics
    assert first.diagnostics


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[1]", b'[{"path": 1}]', b'[{"path": [], "code": 1, "message": ""}]', b"\xff", b"1" * 5000]
)
def test_what_is_no_verdict_is_none(damage):
    assert from_text(damage) is None


def test_a_verdict_that_is_damaged_is_made_again(judge, tmp_path):
    first = judge(tmp_path / "cache")
    (kept,) = (tmp_path / "cache" / "validation").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-9])
    assert judge(tmp_path / "cache").diagnostics == first.diagnostics
    assert kept.read_bytes() == whole


def test_another_document_has_another_verdict(tmp_path):
    places = {cache_path(tmp_path, document) for document in (b"{}", b"[]", b"{}")}
    assert len(places) == 2


def test_an_edited_description_needs_no_new_verdict(judge, tmp_path, monkeypatch):
    described = {**FILES, "a.yaml": FILES["a.yaml"].replace("info: {", "info: {description: old, ")}
    edited = {**FILES, "a.yaml": FILES["a.yaml"].replace("info: {", "info: {description: 'new: text', ")}
    assert described != edited != FILES
    first = judge(tmp_path / "cache", described)
    monkeypatch.setattr(validation, "_Worker", no_process)
    found = judge(tmp_path / "cache", edited)
    assert [one.message for one in found.diagnostics] == [one.message for one in first.diagnostics]
    assert found.diagnostics


@pytest.mark.parametrize(
    ("value", "judged"),
    [
        (
            {"description": "text", "summary": "text", "title": "text"},
            {"description": "", "summary": "", "title": "text"},
        ),
        ([{"description": "text"}], [{"description": ""}]),
        ({"description": 1}, {"description": 1}),
        ({"properties": {"description": {"type": "string"}}}, {"properties": {"description": {"type": "string"}}}),
        ({"default": {"description": "data"}}, {"default": {"description": "data"}}),
        ({"enum": [{"summary": "data"}]}, {"enum": [{"summary": "data"}]}),
    ],
)
def test_only_prose_is_left_out(value, judged):
    assert without_prose(value) == judged


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("")
    keep(tmp_path / "file" / "kept", ())
    assert recall(tmp_path / "file" / "kept") is None


def test_what_takes_too_long_is_given_up_with_a_note(load):
    document, _ = load(FILES)
    report = Report()
    start_validation(document, None).collect(report, timeout=0)
    (found,) = report.diagnostics
    assert (found.code, found.severity) == ("SPEC044", Severity.NOTE)


def test_a_process_that_fails_is_a_note(load, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    document, _ = load(FILES)
    report = Report()
    validate(document, report, None)
    assert [found.code for found in report.diagnostics] == ["SPEC044"]


def test_a_validation_that_nobody_collects_is_stopped(load):
    document, _ = load(FILES)
    process = start_validation(document, None)._worker._process
    assert process.poll() is not None


def test_the_working_directory_is_not_imported_from(judge, write):
    write({"json.py": "raise SystemExit(3)", "jsonschema.py": "raise SystemExit(3)", "yaml.py": "raise SystemExit(3)"})
    assert "SPEC044" not in [found.code for found in judge().diagnostics]


def test_a_lone_surrogate_survives_the_way(load):
    text = json.dumps({"openapi": "3.1.0", "info": {"title": "\ud800", "version": 1}, "paths": {}})
    document, _ = load({"a.json": text})
    report = Report()
    validate(document, report, None)
    assert [found.location.pointer for found in report.diagnostics] == ["/info/version"]


def test_findings_as_text_are_the_same_findings():
    found = (Finding(("a", 0, "\ud800"), "SPEC040", "m"), Finding((), "SPEC044", ""))
    assert from_text(to_text(found)) == found
