"""Values of types: what they hold, how they end, what they keep to."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from fractions import Fraction
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime import enums, model
from runtime.constraints import Constraint, Entries, Items, Number, OneOf, Table, Text
from runtime.testing.numbers import number_for
from runtime.testing.values import Place, Values
from runtime.uploads import Upload

EXACTLY_ONE = Fixed = None  # names that annotations below do not use


class Colour(enums.OpenEnum):
    RED = "red"
    BLUE = "blue"


class Leaf(model.Model, kw_only=True):
    label: str
    colour: enums.Open[Colour] | None = None


class Tree(model.Model, kw_only=True):
    name: str
    left: Tree | None = None
    branches: list[Tree] | None = None
    by_name: dict[str, Tree] | None = None
    leaves: list[Leaf]
    kind: Literal["tree"] = "tree"
    class_: str | None = model.field(default=None, name="class")


def make(type_: Any, limits: Constraint | None = None, table: Table | None = None, number: int = 0) -> Any:
    return Values(table or {}, {}).of(type_, Place("thing", "Op", number), limits)


@pytest.mark.parametrize(
    "type_",
    [str, int, float, bool, bytes, dt.datetime, dt.date, dt.time, dt.timedelta, uuid.UUID, decimal.Decimal, Colour],
)
def test_a_value_is_of_its_type(type_: type) -> None:
    assert type(make(type_)) is type_
    assert type(make(type_ | None)) is type_


def test_what_is_uploaded_is_bytes() -> None:
    assert make(Upload | bytes) == b"example"


def test_models_are_filled_and_end_where_they_hold_themselves() -> None:
    tree = make(Tree)

    assert tree == Tree(
        name="name",
        leaves=[Leaf(label="label", colour=Colour.RED), Leaf(label="label_2", colour=Colour.BLUE)],
        kind="tree",
        class_="class",
    )


class Sparse(model.Model, kw_only=True):
    cleared: str | model.UnsetType | None = model.UNSET
    secret: str | model.UnsetType = model.UNSET


def test_what_may_be_left_out_is_there_unless_it_never_comes_back() -> None:
    assert make(Sparse) == Sparse(cleared="cleared", secret="secret")
    assert Values({}, {Sparse: {"secret": None}}).of(Sparse, Place("x", "Op")) == Sparse(cleared="cleared")


class Endless(model.Model, kw_only=True):
    inner: list[Endless]
    other: dict[str, Endless]


def test_required_lists_of_the_same_are_empty() -> None:
    assert make(Endless) == Endless(inner=[], other={})


def test_a_list_that_must_hold_itself_ends_all_the_same() -> None:
    table = {Endless: {"inner": Items(minimum=1)}}

    assert make(Endless, table=table).inner[0].inner


def test_members_keep_to_the_table() -> None:
    table: Table = {
        Tree: {"name": Text(pattern=r"[A-Z]{3}"), "leaves": Items(minimum=3, maximum=3, unique=True)},
        Leaf: {"label": Text(max_length=3)},
    }

    tree = make(Tree, table=table)

    assert len(tree.name) == 3
    assert tree.name.isupper()
    assert [leaf.label for leaf in tree.leaves] == ["lab", "la2", "la3"]


@pytest.mark.parametrize(
    ("type_", "limits", "expected"),
    [
        (list[str], Items(maximum=1), ["thing"]),
        (list[str], Items(maximum=0), []),
        (list[str], Items(minimum=3, item=Text(max_length=2)), ["th", "t2", "t3"]),
        (list[Colour], Items(minimum=5, unique=True), [Colour.RED, Colour.BLUE]),
        (list[int], Items(minimum=3, unique=True), [1, 2, 3]),
        (dict[str, int], Entries(maximum=0), {}),
        (dict[str, int], Entries(minimum=2, key=Text(max_length=2)), {"ke": 1, "k2": 2}),
        (dict[str, bool], Entries(key=OneOf(("authenticated", "other"))), {"authenticated": False}),
        (dict[str, str], Entries(value=Text(min_length=8)), {"key": "thingabc"}),
        (dict[str, int], Entries(required=("b", "a")), {"b": 1, "a": 2}),
        (dict[str, int], Entries(minimum=2, required=("a",)), {"a": 1, "key_2": 2}),
    ],
)
def test_lists_and_maps_keep_to_their_limits(type_: Any, limits: Constraint, expected: Any) -> None:
    assert make(type_, limits) == expected


bounds = st.one_of(
    st.none(), st.integers(-1000, 1000), st.floats(-1000, 1000, allow_nan=False).map(lambda x: round(x, 2))
)


@given(bounds, bounds, bounds, bounds)
def test_numbers_keep_to_their_limits_where_there_is_one(low: Any, high: Any, over: Any, under: Any) -> None:
    limits = Number(minimum=low, maximum=high, exclusive_minimum=over, exclusive_maximum=under)
    found = number_for(limits, 0)

    def exact(*numbers: Any) -> list[Fraction]:
        return [Fraction(str(each)) for each in numbers if each is not None]

    lowest, highest = max(exact(low, over), default=None), min(exact(high, under), default=None)
    if lowest is None or highest is None or lowest < highest:
        assert found is not None
    if found is not None:
        assert all(found >= each for each in exact(low))
        assert all(found <= each for each in exact(high))
        assert all(found > each for each in exact(over))
        assert all(found < each for each in exact(under))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Number(), 1),
        (Number(multiple_of=5), 5),
        (Number(multiple_of=0.25, minimum=0.3), 1),
        (Number(minimum=100), 100),
        (Number(maximum=-3), -3),
        (Number(exclusive_minimum=0, exclusive_maximum=1), 0.5),
        (Number(minimum=7, maximum=9, multiple_of=4), 8),
        (Number(minimum=5, maximum=7, multiple_of=4), None),
        (Number(minimum=2, maximum=1), None),
    ],
)
def test_numbers_are_the_ordinary_ones(limits: Number, expected: float | None) -> None:
    assert number_for(limits, 0) == expected


def test_examples_win_where_they_are_valid() -> None:
    table: Table = {Tree: {"name": Text(max_length=4)}}

    def named(example: Any) -> Any:
        return Values(table, {Tree: {"name": example}}).of(Tree, Place("tree", "Op")).name

    assert named("oak") == "oak"
    assert named("sequoia") == "name"  # too long
    assert named(7) == "name"
    assert Values({}, {Tree: {"class_": None}}).of(Tree, Place("tree", "Op")).class_ is None


def test_what_cannot_be_met_is_told_with_its_place() -> None:
    values = Values({Leaf: {"label": Text(pattern="(?!)")}}, {})

    values.of(list[Leaf], Place("leaves", "ListLeaves"))

    assert values.unmet == {
        "ListLeaves[0].label": Text(pattern="(?!)"),
        "ListLeaves[1].label": Text(pattern="(?!)"),
    }
