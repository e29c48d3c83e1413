import ast
import warnings
from collections import OrderedDict
from decimal import Decimal
from enum import IntEnum

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.python.literals import literal
from generator.python.text import Code, Literal

ANY_TEXT = st.text(st.characters(exclude_categories=()))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(ANY_TEXT, inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=12,
)


class Colour(IntEnum):
    RED = 1


def evaluated(code: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return eval(code, {"__builtins__": {}, "float": float, "Decimal": Decimal})


@given(VALUES)
def test_evaluates_to_the_value(value: object) -> None:
    assert evaluated(literal(value)) == value


@given(ANY_TEXT | st.binary())
def test_is_spelled_as_black_would(value: object) -> None:
    line = f"x = {literal(value)}\n"
    assert black.format_str(line, mode=black.Mode(line_length=10**9)) == line


@given(ANY_TEXT)
def test_is_one_visible_line_and_one_constant(value: str) -> None:
    code = literal(value)
    assert code.isprintable()
    assert isinstance(ast.parse(code, mode="eval").body, ast.Constant)


def test_hostile_text_keeps_its_value(payload: str) -> None:
    assert evaluated(literal(payload)) == payload
    assert evaluated(literal({payload: [payload]})) == {payload: [payload]}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("plain", '"plain"'),
        ('say "x"', "'say \"x\"'"),
        ('it\'s "x"', "'it\\'s \"x\"'"),
        ("it's", '"it\'s"'),
        ("é ü 中", '"é ü 中"'),
        ("\u202e\u2066", '"\\u202e\\u2066"'),
        ("\u2028", '"\\u2028"'),
        ("\ud800", '"\\ud800"'),
        ("\U000e0041", '"\\U000e0041"'),
        ("a\nb\t\x1b", '"a\\nb\\t\\x1b"'),
        ("\u3164", '"\\u3164"'),
        (b"\x00\xff'", 'b"\\x00\\xff\'"'),
        (True, "True"),
        (None, "None"),
        (-0.0, "-0.0"),
        (float("inf"), 'float("inf")'),
        (float("-inf"), 'float("-inf")'),
        (float("nan"), 'float("nan")'),
        (Decimal("1.50"), 'Decimal("1.50")'),
        (Colour.RED, "1"),
        ((), "()"),
        ((1,), "(1,)"),
        ([1, "a"], '[1, "a"]'),
        (OrderedDict(a=1), '{"a": 1}'),
        ({}, "{}"),
    ],
)
def test_spelling(value: object, code: str) -> None:
    assert literal(value) == code
    assert type(literal(value)) is Literal


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("digits", [4_299, 4_301, 5_000])
def test_numbers_beyond_the_limit_for_decimal_digits(sign: int, digits: int) -> None:
    value = sign * 10**digits
    assert evaluated(literal(value)) == value


@pytest.mark.parametrize("value", [object(), {1, 2}, 1j, len, type])
def test_what_is_no_value_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no literal form"):
        literal(value)


def test_joined_code_is_a_plain_string_again() -> None:
    code = literal("a")
    assert isinstance(code, Code)
    assert not isinstance(code + code, Code)
    assert not isinstance(f"{code}", Code)
    assert not isinstance(code.upper(), Code)
