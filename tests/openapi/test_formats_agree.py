import json

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.diagnostics import Report
from generator.openapi import pointer
from generator.openapi.scan import ScannedFile
from generator.openapi.scan_json import JsonPlaces, scan_json
from generator.openapi.scan_yaml import scan_yaml
from generator.source import SourceFile

# What YAML can hold as it is: no lone surrogates, no control characters.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
DATA = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=20)


def source(path, text):
    return SourceFile(path, path.name, text, "")


def every_pointer(value, at=()):
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, part in parts:
        yield from every_pointer(part, (*at, str(token)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True)
@given(data=st.dictionaries(TEXT, DATA, max_size=4))
def test_the_same_data_is_the_same_in_either_format(tmp_path, data):
    as_json = source(tmp_path / "a.json", json.dumps(data))
    as_yaml = source(tmp_path / "a.yaml", yaml.safe_dump(data, allow_unicode=True, default_style='"'))
    assert scan_json(as_json) == data
    report = Report()
    quoted = scan_yaml(as_yaml, report)[0]
    assert as_written(quoted) == as_written(data)
    assert scan_yaml(as_json, report)[0] == data  # JSON is YAML
    assert not report.has_errors


def as_written(value):
    """`safe_dump` tags numbers that it quotes, and writes floats in a form that YAML 1.2 reads as text."""
    if isinstance(value, dict):
        return {key: as_written(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_written(part) for part in value]
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True)
@given(data=st.dictionaries(TEXT, DATA, max_size=4))
def test_both_find_the_same_places(tmp_path, data):
    text = source(tmp_path / "a", json.dumps(data, indent=1))
    in_json = ScannedFile(text, data, JsonPlaces(text.text))
    in_yaml = ScannedFile(text, *scan_yaml(text, Report()))
    for tokens in every_pointer(data):
        at = pointer.join(tokens)
        for key in (False, True):
            assert in_json.locate(at, key=key) == in_yaml.locate(at, key=key)
