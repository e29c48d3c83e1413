"""Hypothesis strategies for the inputs of operations and for replies to them, made from botocore's service model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.differential.oracle import MODEL

__all__ = ["OPERATIONS", "UNSIGNED", "Number", "arguments", "documents", "least", "text_of"]

OPERATIONS: tuple[str, ...] = tuple(MODEL.operation_names)
UNSIGNED = tuple(name for name in OPERATIONS if MODEL.operation_model(name).auth_type == "none")

# botocore checks no upper limit and no pattern; a few characters beyond the shortest allowed say all there is to say.
_SPAN = 6
# Ordinary letters, what JSON escapes, and what UTF-8 takes two, three and four bytes for.
_TEXT = st.text(st.sampled_from('aZ0 "\\/:\n\t\x00\x7fé\u2028€😀'))


class Number(NamedTuple):
    """A number of a document, spelled in a way that `json.dumps` would not choose."""

    spelling: str


# --- inputs ---------------------------------------------------------------------------------------


def arguments(operation: str) -> st.SearchStrategy[dict[str, Any]]:
    """Keyword arguments that botocore accepts for an operation."""
    return _input(MODEL.operation_model(operation).input_shape)


def least(operation: str) -> dict[str, Any]:
    """The least that botocore accepts for an operation."""
    found: dict[str, Any] = _least(MODEL.operation_model(operation).input_shape)
    return found


def _least(shape: Any) -> Any:
    match shape.type_name:
        case "structure":
            return {name: _least(shape.members[name]) for name in shape.required_members}
        case "list":
            return [_least(shape.member)]
        case "map":
            return {_least(shape.key): _least(shape.value)}
        case "string":
            return "x" * max(1, shape.metadata.get("min", 1))
        case "boolean":
            return False
        case _:
            return 1


def _input(shape: Any) -> st.SearchStrategy[Any]:
    low = shape.metadata.get("min", 0)
    match shape.type_name:
        case "structure":
            members = {name: _input(member) for name, member in shape.members.items()}
            required = {name: members.pop(name) for name in shape.required_members}
            return st.fixed_dictionaries(required, optional=members)
        case "list":
            return st.lists(_input(shape.member), min_size=low, max_size=low + 2)
        case "map":
            return st.dictionaries(_input(shape.key), _input(shape.value), min_size=low, max_size=low + 2)
        case "string":
            return _enumerated(shape) | _padded(low)
        case "boolean":
            return st.booleans()
        case "integer" | "long":
            return st.integers(low, shape.metadata["max"])
        case other:
            raise NotImplementedError(other)


def _enumerated(shape: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(shape.enum) if shape.enum else st.nothing()


def _padded(low: int) -> st.SearchStrategy[str]:
    # Long strings cost time and find nothing: the first characters vary, the rest is there for the lower limit.
    return st.tuples(_TEXT, st.integers(0, _SPAN)).map(lambda drawn: (drawn[0] + "x" * low)[: low + drawn[1]])


# --- replies --------------------------------------------------------------------------------------


def documents(operation: str) -> st.SearchStrategy[dict[str, Any]]:
    """Documents that may answer an operation: members missing, null, unknown, drifted to another type."""
    shape = MODEL.operation_model(operation).output_shape
    return _UNKNOWN_MEMBERS if shape is None else _output(shape)


_UNKNOWN = st.sampled_from([None, "x", 5, [None, {"a": 1}], {"IdentityId": "not mine"}, 10**30])
_UNKNOWN_MEMBERS = st.dictionaries(
    st.sampled_from(["__type", "message", "New", "identityId", ""]), _UNKNOWN, max_size=2
)


def _output(shape: Any) -> st.SearchStrategy[Any]:
    match shape.type_name:
        case "structure":
            members = {name: st.none() | _output(member) for name, member in shape.members.items()}
            known = st.fixed_dictionaries({}, optional=members)
            return st.tuples(_UNKNOWN_MEMBERS, known).map(lambda pair: {**pair[0], **pair[1]})
        case "list":
            return st.lists(st.none() | _output(shape.member), max_size=3)
        case "map":
            return st.dictionaries(_TEXT, st.none() | _output(shape.value), max_size=3)
        case "string":
            # The last: a service that sends a number where a string is documented.
            return _enumerated(shape) | _TEXT | st.integers(-(10**20), 10**20)
        case "boolean":
            return st.booleans()
        case "timestamp":
            return _timestamps()
        case other:
            raise NotImplementedError(other)


def _timestamps() -> st.SearchStrategy[Any]:
    seconds = st.integers(0, 4_102_444_800)  # 1970 to 2100
    numbers = (
        seconds.map(str)
        | st.tuples(seconds, st.integers(0, 999_999)).map(lambda drawn: f"{drawn[0]}.{drawn[1]:06}")
        | st.tuples(seconds, st.integers(1, 9)).map(lambda drawn: f"{drawn[0]}.{drawn[1]}")
        | seconds.map(lambda value: f"{value / 1e9:.9f}E9")
        | seconds.map(lambda value: f"{value}e+0")
    )
    zones = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9, minutes=-30))])
    moments = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001  (made aware)
    return (
        numbers.map(Number)
        | numbers
        | moments.map(datetime.isoformat)
        | moments.map(lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    )


def text_of(document: Any, *, ascii_only: bool = False) -> str:
    """A document as JSON."""
    match document:
        case Number(spelling):
            return spelling
        case Mapping():
            pairs = (f"{json.dumps(key)}: {text_of(item, ascii_only=ascii_only)}" for key, item in document.items())
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ",".join(text_of(item, ascii_only=ascii_only) for item in document) + "]"
        case _:
            return json.dumps(document, ensure_ascii=ascii_only)
