import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from generator.python.packaging import (
    FALLBACK_VERSION,
    spdx_expression,
    toml_string,
    version_of,
)
from generator.python.text import Toml

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def read_back(text: str) -> object:
    """What a TOML parser finds when `text` is one of two values in a table."""
    table = tomllib.loads(f"[project]\nbefore = {toml_string(text)}\nafter = 1\n")
    assert table.keys() == {"project"}
    assert table["project"].keys() == {"before", "after"}
    return table["project"]["before"]


def without_surrogates(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


@given(ANY_TEXT)
def test_toml_strings_round_trip(text: str) -> None:
    assert read_back(text) == without_surrogates(text)
    assert toml_string(text).isprintable()


def test_hostile_toml_strings_round_trip(payload: str) -> None:
    assert read_back(payload) == without_surrogates(payload)
    assert type(toml_string(payload)) is Toml


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("plain é", '"plain é"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("a\n\r\t\x1b\x7f", '"a\\n\\r\\t\\u001b\\u007f"'),
        ("\\x1b", '"\\\\x1b"'),
        ("\u202e\U000e0041", '"\\u202e\\U000e0041"'),
        ("\ud800", '"\ufffd"'),
    ],
)
def test_toml_string(text: str, code: str) -> None:
    assert toml_string(text) == code


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.2.3", "1.2.3"),
        ("v1.2", "1.2"),
        ("V2", "2"),
        (" 1.0 ", "1.0"),
        ("2014-06-30", "2014.6.30"),
        ("2024-01-01-preview", "2024.1.1rc0"),
        ("3.0.0-beta.1", "3.0.0b1"),
        ("1.0+local", "1.0"),
        ("1.0.0-oas3", "1.0.0"),
        ("2.0 (beta)", "2.0"),
        ("latest", FALLBACK_VERSION),
        ("", FALLBACK_VERSION),
        ("1.0\nPWN", FALLBACK_VERSION),
        ("٣", FALLBACK_VERSION),
        ("1" * 10_000, FALLBACK_VERSION),
    ],
)
def test_version_of(text: str, version: str) -> None:
    assert version_of(text) == version


@given(ANY_TEXT | st.from_regex(r"v?\d+([.-]\d+){0,3}([-+ ]\w+)?"))
def test_versions_are_public_and_normal(text: str) -> None:
    version = version_of(text)
    assert str(Version(version)) == version
    assert Version(version).local is None
    assert version_of(version) == version


def test_hostile_versions(payload: str) -> None:
    assert str(Version(version_of(payload))) == version_of(payload)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("MIT", "MIT"),
        ("mit", "MIT"),
        ("apache-2.0 or mit", "Apache-2.0 OR MIT"),
        ("Apache 2.0 License", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("The MIT License", "MIT"),
        ("BSD 3-Clause", "BSD-3-Clause"),
        ("LicenseRef-Ours", "LicenseRef-Ours"),
        ('MIT" and x', None),
        ("MIT\nclassifiers", None),
        ("Our Terms", None),
        ("https://example.com/terms", None),
        ("", None),
    ],
)
def test_spdx_expression(text: str, expression: str | None) -> None:
    assert spdx_expression(text) == expression


@given(ANY_TEXT)
def test_licences_are_spdx_or_nothing(text: str) -> None:
    expression = spdx_expression(text)
    assert expression is None or spdx_expression(expression) == expression


def test_hostile_licences_are_nothing(payload: str) -> None:
    assert spdx_expression(payload) is None
