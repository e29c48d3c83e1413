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

# What YAML can hold as it is: no control characters, and no separators, which PyYAML still folds like line ends.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Zl", "Zp")), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=20
)


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
    assert scan_yaml(as_yaml, report)[0] == data
    assert not report.has_errors


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True)
@given(data=st.dictionaries(TEXT, DATA, max_size=4))
def test_json_is_yaml_and_both_find_the_same_places(tmp_path, data):
    text = source(tmp_path / "a", json.dumps(data, indent=1, ensure_ascii=False))
    in_json = ScannedFile(text, data, JsonPlaces(text.text))
    in_yaml = ScannedFile(text, *scan_yaml(text, Report()))
    assert in_yaml.value == data
    for tokens in every_pointer(data):
        at = pointer.join(tokens)
        for key in (False, True):
            assert in_json.locate(at, key=key) == in_yaml.locate(at, key=key)
