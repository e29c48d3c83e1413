"""The document as the next stage sees it."""

import gc
from contextlib import suppress

import pytest

from generator.diagnostics import Location, Refusal, Report
from generator.openapi.load import load_document

TEXT = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /b: {}\n  /a: {}\n"


def test_the_order_of_the_text_is_kept(load):
    document, _ = load({"a.yaml": TEXT})
    assert list(document.root) == ["openapi", "info", "paths"]
    assert list(document.root["paths"]) == ["/b", "/a"]


def test_places_of_values_and_of_keys(load):
    document, _ = load({"a.yaml": TEXT})
    assert document.locate("/paths/~1a") == Location("a.yaml", "/paths/~1a", 5, 7, 5, 8)
    assert document.locate("/paths/~1a", key=True) == Location("a.yaml", "/paths/~1a", 5, 3, 5, 5)
    assert document.locate("/info/title/none/at/all").line == 2
    assert document.locate("").line == 1


@pytest.mark.parametrize("pointer", ["info", "#/info", "/info~2", "/~"])
def test_what_is_no_pointer_is_a_fault_of_the_caller(load, pointer):
    document, _ = load({"a.yaml": TEXT})
    with pytest.raises(ValueError, match=r"/|~"):
        document.locate(pointer)


def test_json_and_yaml_of_the_same_document_are_the_same_document(load):
    in_yaml, _ = load({"a.yaml": TEXT})
    in_json, _ = load({"b.json": in_yaml.root})
    assert in_json.root == in_yaml.root
    assert list(in_json.root["paths"]) == list(in_yaml.root["paths"])


def test_the_texts_are_kept_by_the_names_of_locations(load):
    document, _ = load({"a.yaml": TEXT.replace("/b: {}", "/b: {$ref: sub/b.yaml}"), "sub/b.yaml": "{}"})
    assert sorted(document.sources) == ["a.yaml", "sub/b.yaml"]


@pytest.mark.parametrize("text", [TEXT, "["])
def test_the_collector_is_left_as_it_was(write, text):
    path = write({"a.yaml": text})
    for switch in (gc.enable, gc.disable):
        switch()
        was = gc.isenabled()
        try:
            _try_to_load(path)
            assert gc.isenabled() == was
        finally:
            gc.enable()


def _try_to_load(path):
    with suppress(Refusal):
        load_document(path, report=Report())
