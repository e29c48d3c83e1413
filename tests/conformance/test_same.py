"""What counts as the same JSON value."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.conformance.same import difference


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        ("12.50", 12.5),
        ("2024-01-31T12:30:00Z", "2024-01-31T13:30:00+01:00"),
        ("2024-01-31t12:30:00.500z", "2024-01-31T12:30:00.5Z"),
        ("12345678-1234-4123-8123-12345678901A", "12345678-1234-4123-8123-12345678901a"),
        ({"a": [1, {"b": None}]}, {"a": [1.0, {"b": None}]}),
    ],
)
def test_the_same(one: Any, other: Any) -> None:
    assert difference(one, other) == ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1, True, "at /: 1 became True"),
        ("2024-01-31T12:30:00Z", "2024-01-31T12:30:01Z", "at /: '2024-01-31T12:30:00Z' became '2024-01-31T12:30:01Z'"),
        ("a", "A", "at /: 'a' became 'A'"),
        ({"a": None}, {}, "at /a: None is lost"),
        ({}, {"a": 0}, "at /a: 0 is added"),
        ({"a": [[1], [2]]}, {"a": [[1], [3]]}, "at /a/1/0: 2 became 3"),
        ([1], [1, 1], "at /: 1 items became 2"),
    ],
)
def test_not_the_same(one: Any, other: Any, expected: str) -> None:
    assert difference(one, other) == expected
