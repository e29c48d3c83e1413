"""Cognito Identity's limits, each from both sides in every place; and botocore's own validator judging types."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from sdk._operations import API
from sdk._runtime.arguments import request_of
from sdk._runtime.validation import check_request
from sdk.models.errors import RequestError
from tests.differential.client import operation_of
from tests.differential.oracle import MODEL
from tests.differential.shapes import OPERATIONS, arguments
from tests.validation.cognito_facts import COUNTS, ENUMS, NUMBERS, TEXTS, WORDS
from tests.validation.cognito_values import Probe, Step, probes

each_operation = pytest.mark.parametrize("operation", OPERATIONS)


# --- values as our models -----------------------------------------------------------------------------


def _ours(type_: Any, value: Any) -> Any:
    """botocore's value as ours; what is not of its type stays as it is."""
    options = [option for option in get_args(type_) if option is not NoneType]
    if get_origin(type_) is UnionType:
        return _ours(options[0], value)
    if get_origin(type_) is list and isinstance(value, list):
        return [_ours(options[0], item) for item in value]
    if get_origin(type_) is dict and isinstance(value, dict):
        return {key: _ours(options[1], item) for key, item in value.items()}
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct) and isinstance(value, dict):
        return type_(**_attributes(type_, value))
    return value


def _attributes(type_: type[msgspec.Struct], value: dict[str, Any]) -> dict[str, Any]:
    hints, names = get_type_hints(type_), _names(type_)
    return {names.get(key, key): _ours(hints.get(names.get(key)), item) for key, item in value.items()}


def _names(type_: type[msgspec.Struct]) -> dict[str, str]:
    return {member.encode_name: member.name for member in msgspec.structs.fields(type_)}


def _check(operation: str, given_: dict[str, Any], mode: Any) -> tuple[Any, ...]:
    """The violations that the arguments of an operation have."""
    constant = operation_of(operation)
    assert constant.body is not None
    request = request_of(constant, None, _attributes(constant.body, given_))
    try:
        check_request(constant, request, API.module, mode)
    except RequestError as error:
        return error.violations
    return ()


def _path(operation: str, way: tuple[Step, ...]) -> str:
    """A way through botocore's names as callers of ours know it."""
    type_: Any = operation_of(operation).body
    path = ""
    for step in way:
        if isinstance(step, str):
            name = _names(type_)[step]
            path, type_ = f"{path}.{name}", get_type_hints(type_)[name]
        else:
            key = step[0] if isinstance(step, tuple) else ""
            shown = repr(key if len(key) <= 40 else f"{key[:40]}...") if isinstance(step, tuple) else step
            path, type_ = f"{path}[{shown}]", get_args(type_)[-1]
        type_ = get_args(type_)[0] if get_origin(type_) is UnionType else type_
    return path.removeprefix(".")


# --- limits -------------------------------------------------------------------------------------------


@each_operation
def test_each_limit_holds_from_both_sides(operation: str) -> None:
    for probe in probes(operation):
        found = {(violation.path, violation.constraint) for violation in _check(operation, probe.arguments, "strict")}
        if probe.violated is None:
            assert found == set(), probe.way
        else:
            expected = "logins[...]" if _is_below_logins(probe) else _path(operation, probe.way)
            assert (expected, probe.violated) in found, (probe.way, found)
            assert all(path.startswith(expected) for path, _ in found)  # a third key of two is wrong in itself too


def _is_below_logins(probe: Probe) -> bool:
    return probe.way[0] == "Logins" and len(probe.way) > 1


@each_operation
def test_no_limit_is_in_the_way_by_default(operation: str) -> None:
    for probe in probes(operation):
        assert _check(operation, probe.arguments, "types") == ()


def test_probes_meet_every_limit_that_callers_can_meet() -> None:
    met = {name for operation in OPERATIONS for name in _shapes(MODEL.operation_model(operation).input_shape, set())}
    assert met >= {*TEXTS, *ENUMS, *WORDS, *NUMBERS, *COUNTS}
    assert sum(1 for operation in OPERATIONS for probe in probes(operation) if probe.violated) > 200


def _shapes(shape: Any, seen: set[str]) -> set[str]:
    seen.add(shape.name)
    inner = list(shape.members.values()) if shape.type_name == "structure" else []
    inner += [shape.member] if shape.type_name == "list" else []
    inner += [shape.key, shape.value] if shape.type_name == "map" else []
    for each in inner:
        _shapes(each, seen)
    return seen


def test_our_table_of_facts_is_botocores() -> None:
    shapes = {name: MODEL.shape_for(name) for name in (*TEXTS, *ENUMS, *WORDS, *NUMBERS, *COUNTS)}
    limits = {name: (shape.metadata.get("min"), shape.metadata.get("max")) for name, shape in shapes.items()}
    for name, text in TEXTS.items():
        assert limits[name] == (text.low, text.high)
        assert (text.bad is not None) == ("pattern" in shapes[name].metadata)
    for name, number in {**NUMBERS, **COUNTS}.items():
        assert limits[name] == number
    for name, values in ENUMS.items():
        assert tuple(shapes[name].enum) == values


# --- types, as botocore judges them -------------------------------------------------------------------

_WRONG = st.sampled_from([5, "x", [], {}, [5], {"a": 5}, b"x", 1.5, ["x"], {"a": "b"}, {5: "x"}, [[]], [{}]])


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Containers and the keys of what is in them."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield value, key
        yield from _places(item)


@each_operation
@settings(derandomize=True, deadline=None, max_examples=40)
@given(data=st.data())
def test_types_and_required_members_are_judged_as_botocore_does(operation: str, data: st.DataObject) -> None:
    given_ = copy.deepcopy(data.draw(arguments(operation)))
    places = list(_places(given_))
    if places:
        container, key = places[data.draw(st.integers(0, len(places) - 1))]
        if data.draw(st.booleans()):
            container[key] = data.draw(_WRONG)
        else:
            del container[key]
    report = ParamValidator().validate(given_, MODEL.operation_model(operation).input_shape)
    complaints = {reason for reason, _, _ in report._errors}

    try:
        violations = _check(operation, given_, "types")
        strict = _check(operation, given_, "strict")
    except TypeError:  # a member that there is not, or that is missing, is refused when the model is made
        assert complaints & {"missing required field", "unknown field"}
        return
    assert bool(violations) == bool(complaints - {"invalid range", "invalid length"}), (violations, complaints)
    if complaints:  # botocore knows lower limits, and these are for those who ask
        assert strict


@each_operation
@settings(derandomize=True, deadline=None, max_examples=25)
@given(data=st.data())
def test_whatever_botocore_accepts_is_sent_by_default(operation: str, data: st.DataObject) -> None:
    assert _check(operation, data.draw(arguments(operation)), "types") == ()
