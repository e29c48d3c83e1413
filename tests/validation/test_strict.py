"""`validate="strict"`: what the document says of lengths, patterns, numbers, lists, maps and their keys."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from runtime.constraint_checks import check_of_constraint
from runtime.constraints import Items, Number
from tests.validation.sending import Sent, place_order

SECRET = "hunter2"


def least(shared: Any, **members: Any) -> dict[str, Any]:
    return {"order_id": "AB1", "customer": "Ann", "lines": [shared.Line(article="pen")], **members}


def strict(shop: ModuleType, **arguments: Any) -> Sent:
    return place_order(shop, client_options={"validate": "strict"}, **arguments)


def violations(shop: ModuleType, **arguments: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(shop.models.errors.RequestError) as caught:
        strict(shop, **arguments)
    return [tuple(violation) for violation in caught.value.violations]


INSIDE: list[tuple[str, Any]] = [
    ("customer", "Jo"),
    ("customer", "😀😀😀😀"),  # lengths are code points
    ("price", 0.01),
    ("price", 1),
    ("step", 0.07),
    ("step", 1.1),
    ("step", 3),
    ("grade", 2),
    ("note", "12345"),
    ("note", None),
    ("key", None),
    ("photo", b"long"),
    ("weight", 1.5),
    ("tags", []),
    ("tags", ["a", "A"]),
    ("by_size", {"small": [], "large": [0]}),
    ("secrets", {"name": "12345678"}),
    ("stock", {"pens": 1}),
    ("copies", 1),
    ("copies", 9),
    ("labels", ["abc", "d"]),
    ("order_id", "ZZ90"),
]
OUTSIDE: list[tuple[str, Any, str, str, str]] = [
    ("customer", "J", "customer", "has 1 character, at least 2 needed", "minLength"),
    ("customer", "", "customer", "has 0 characters, at least 2 needed", "minLength"),
    ("customer", "abcde", "customer", "has 5 characters, at most 4 allowed", "maxLength"),
    ("lines", [], "lines", "has 0 items, at least 1 needed", "minItems"),
    ("price", 0, "price", "is not more than 0", "exclusiveMinimum"),
    ("step", 0.075, "step", "is no multiple of 0.01", "multipleOf"),
    ("grade", 3, "grade", "is not one of 1, 2", "enum"),
    ("note", "123456", "note", "has 6 characters, at most 5 allowed", "maxLength"),
    ("weight", 1.4, "weight", "is not one of 1.5", "enum"),
    ("tags", ["a", "b", "a"], "tags", "has an item twice", "uniqueItems"),
    ("by_size", {}, "by_size", "has 0 entries, at least 1 needed", "minProperties"),
    ("by_size", {"huge": []}, "by_size['huge']", "the key is not one of 'small', 'large'", "enum"),
    ("by_size", {"small": [1, -1]}, "by_size['small'][1]", "is less than 0", "minimum"),
    ("stock", {"ink": 1}, "stock", "has no 'pens'", "required"),
    ("copies", 0, "copies", "is less than 1", "minimum"),
    ("copies", 10, "copies", "is not less than 10", "exclusiveMaximum"),
    ("labels", ["abcd"], "labels[0]", "has 4 characters, at most 3 allowed", "maxLength"),
    ("labels", ["a", "b", "c"], "labels", "has 3 items, at most 2 allowed", "maxItems"),
    ("order_id", "AB1x", "order_id", r"does not match the pattern '^[A-Z]{2}\\d+$'", "pattern"),
    ("order_id", "AB1\n", "order_id", r"does not match the pattern '^[A-Z]{2}\\d+$'", "pattern"),
    ("order_id", "AB١", "order_id", r"does not match the pattern '^[A-Z]{2}\\d+$'", "pattern"),  # noqa: RUF001
]


@pytest.mark.parametrize(("member", "value"), INSIDE)
def test_value_inside_its_limits_is_sent(shop: ModuleType, shared: Any, member: str, value: Any) -> None:
    assert strict(shop, **least(shared, **{member: value})).count == 1


@pytest.mark.parametrize(("member", "value", "path", "message", "constraint"), OUTSIDE)
def test_value_outside_its_limits_is_refused(
    shop: ModuleType, shared: Any, member: str, value: Any, path: str, message: str, constraint: str
) -> None:
    assert violations(shop, **least(shared, **{member: value})) == [(path, message, constraint)]


@pytest.mark.parametrize(("member", "value"), [(member, value) for member, value, *_ in OUTSIDE])
def test_it_is_sent_unless_strictness_is_asked_for(shop: ModuleType, shared: Any, member: str, value: Any) -> None:
    assert place_order(shop, **least(shared, **{member: value})).count == 1


def test_strictness_is_asked_for_a_client_or_a_call(shop: ModuleType, shared: Any) -> None:
    wrong = least(shared, customer="x")
    sent = Sent()
    with pytest.raises(shop.models.errors.RequestError):
        place_order(shop, sent, **wrong, validate="strict")
    assert sent.count == 0
    place_order(shop, sent, client_options={"validate": "strict"}, **wrong, validate="types")
    assert sent.count == 1


def test_types_and_limits_are_told_together(shop: ModuleType, shared: Any) -> None:
    line = shared.Line(article="", amount=100, size="enormous")
    assert violations(
        shop, **least(shared, customer=5, lines=[line, "pen"], by_size={"x": None, "y": [-1], "z": []})
    ) == [
        ("customer", "expected str, got int", "type"),
        ("lines[0].article", "has 0 characters, at least 1 needed", "minLength"),
        ("lines[0].amount", "is more than 99", "maximum"),
        ("lines[0].size", "is not one of 'small', 'large'", "enum"),
        ("lines[1]", "expected Line, got str", "type"),
        ("by_size", "has 3 entries, at most 2 allowed", "maxProperties"),
        ("by_size['x']", "the key is not one of 'small', 'large'", "enum"),
        ("by_size['x']", "expected list, got None", "type"),
        ("by_size['y']", "the key is not one of 'small', 'large'", "enum"),
        ("by_size['y'][0]", "is less than 0", "minimum"),
        ("by_size['z']", "the key is not one of 'small', 'large'", "enum"),
    ]


def test_members_of_enumerations_are_fine_and_unknown_ones_are_not(shop: ModuleType, shared: Any) -> None:
    for size in (shared.Size.SMALL, "small"):
        assert strict(shop, **least(shared, lines=[shared.Line(article="x", size=size)])).count == 1
    for size in (shared.Size("other"), "other"):
        assert violations(shop, **least(shared, lines=[shared.Line(article="x", size=size)])) == [
            ("lines[0].size", "is not one of 'small', 'large'", "enum")
        ]


def test_deep_values_are_checked(shop: ModuleType, shared: Any) -> None:
    parent = shared.Order(customer="x", lines=[])
    for _ in range(3):
        parent = shared.Order(customer="Ann", lines=[shared.Line(article="x")], parent=parent)
    assert [path for path, _, _ in violations(shop, **least(shared, parent=parent))] == [
        "parent.parent.parent.parent.customer",
        "parent.parent.parent.parent.lines",
    ]


def test_constraints_hold_inside_unions(shop: ModuleType, shared: Any) -> None:
    members = {"pick": shared.Box(width=0, additional_properties={"height": 4}), "tree": [shared.Line(article="")]}
    assert violations(shop, **least(shared, **members)) == [
        ("pick.width", "is less than 1", "minimum"),
        ("pick.additional_properties['height']", "is more than 3", "maximum"),
        ("tree[0].article", "has 0 characters, at least 1 needed", "minLength"),
    ]


def test_nothing_of_a_secret_is_told(shop: ModuleType, shared: Any) -> None:
    with pytest.raises(shop.models.errors.RequestError) as caught:
        strict(shop, **least(shared, secrets={SECRET: SECRET, f"{SECRET}!": 5}, customer=f"{SECRET}, {SECRET}"))

    assert [tuple(violation) for violation in caught.value.violations] == [
        ("customer", "has 16 characters, at most 4 allowed", "maxLength"),
        ("secrets[...]", "has 7 characters, at least 8 needed", "minLength"),
        ("secrets[...]", r"the key does not match the pattern '^\\w+$'", "pattern"),
        ("secrets[...]", "expected str, got int", "type"),
    ]
    assert SECRET not in str(caught.value) + repr(caught.value) + repr(caught.value.violations)


@pytest.mark.parametrize(
    ("items", "is_unique"),
    [
        ([1, 1.0], False),
        ([1, True], True),
        ([0, False], True),
        (["1", 1], True),
        ([[1], "[1]"], True),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], False),
        ([{"a": [1]}, {"a": [2]}], True),
        ([None, None], False),
    ],
)
def test_equality_is_that_of_json(items: list[Any], is_unique: bool) -> None:
    check = check_of_constraint(Items(unique=True))
    assert check is not None
    assert (check(items) == []) is is_unique


@pytest.mark.parametrize(
    ("value", "step", "is_multiple"),
    [
        (0.3, 0.1, True),
        (1.1, 0.1, True),
        (19.99, 0.01, True),
        (0.35, 0.1, False),
        (10, 5, True),
        (11, 5, False),
        (2**200 + 1, 2, False),
        (1e300, 0.01, True),
        (5, 0, True),
        (-6, 3, True),
        (4.5, 3, False),
        (4, 0.5, True),
    ],
)
def test_multiples_are_those_of_the_numbers_as_written(value: float, step: float, is_multiple: bool) -> None:
    check = check_of_constraint(Number(multiple_of=step))
    assert check is not None
    assert (check(value) == []) is is_multiple
