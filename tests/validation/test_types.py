"""Types are checked before anything is sent: every wrong value at once, each with the way to it."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from tests.validation.sending import Sent, place_order

KEY = UUID(int=1)


def least(shared: Any, **members: Any) -> dict[str, Any]:
    return {"order_id": "AB1", "customer": "Ann", "lines": [shared.Line(article="pen")], **members}


def refused(shop: ModuleType, call: Callable[[], Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(shop.models.errors.RequestError) as caught:
        call()
    return [tuple(violation) for violation in caught.value.violations]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("price", 1),
        ("price", 1.5),
        ("price", 10**400),
        ("grade", 1),
        ("grade", 77),
        ("note", "x"),
        ("note", None),
        ("on", dt.date(2026, 1, 2)),
        ("at", dt.datetime(2026, 1, 2, tzinfo=dt.UTC)),
        ("key", KEY),
        ("sum", Decimal("1.10")),
        ("sum", Decimal("1e400")),
        ("photo", b"x"),
        ("photo", bytearray(b"x")),
        ("photo", memoryview(b"x")),
        ("kind", "gift"),
        ("weight", 1.5),
        ("tags", ["a"]),
        ("tags", ("a", "b")),
        ("anything", [None, {"a": 1}]),
        ("by_size", {"small": [1]}),
        ("copies", 3),
        ("labels", ("a", "b")),
    ],
)
def test_value_of_its_type_is_sent(shop: ModuleType, shared: Any, member: str, value: Any) -> None:
    assert place_order(shop, **least(shared, **{member: value})).count == 1


@pytest.mark.parametrize(
    ("member", "value", "violation"),
    [
        ("customer", 5, ("customer", "expected str, got int", "type")),
        ("customer", None, ("customer", "is required, but None", "required")),
        ("lines", "pen", ("lines", "expected list, got str", "type")),
        ("lines", [None], ("lines[0]", "expected Line, got None", "type")),
        ("lines", [{"article": "pen"}], ("lines[0]", "expected Line, got dict", "type")),
        ("price", "1", ("price", "expected float, got str", "type")),
        ("price", True, ("price", "expected float, got bool", "type")),
        ("price", float("nan"), ("price", "is no finite number", "type")),
        ("price", float("inf"), ("price", "is no finite number", "type")),
        ("sum", Decimal("NaN"), ("sum", "is no finite number", "type")),
        ("sum", Decimal("sNaN"), ("sum", "is no finite number", "type")),
        ("sum", 1.1, ("sum", "expected Decimal, got float", "type")),
        ("note", 5, ("note", "expected str, got int", "type")),
        ("paid", 1, ("paid", "expected bool, got int", "type")),
        ("grade", True, ("grade", "expected Grade or int, got bool", "type")),
        ("grade", "1", ("grade", "expected Grade or int, got str", "type")),
        ("on", "2026-01-02", ("on", "expected date, got str", "type")),
        ("on", dt.datetime(2026, 1, 2, tzinfo=dt.UTC), ("on", "expected date, got datetime", "type")),
        ("at", dt.date(2026, 1, 2), ("at", "expected datetime, got date", "type")),
        ("key", str(KEY), ("key", "expected UUID, got str", "type")),
        ("photo", "eA==", ("photo", "expected bytes, got str", "type")),
        ("kind", "loan", ("kind", "expected 'gift'", "const")),
        ("tags", {"a"}, ("tags", "expected list, got set", "type")),
        ("tags", [1], ("tags[0]", "expected str, got int", "type")),
        ("by_size", {"small": [True]}, ("by_size['small'][0]", "expected int, got bool", "type")),
        ("by_size", {5: []}, ("by_size['5']", "expected a key of str, got int", "type")),
        ("copies", "3", ("copies", "expected int, got str", "type")),
        ("labels", [3], ("labels[0]", "expected str, got int", "type")),
        ("order_id", None, ("order_id", "is required, but None", "required")),
    ],
)
def test_value_of_another_type_is_refused(
    shop: ModuleType, shared: Any, member: str, value: Any, violation: tuple[str, str, str]
) -> None:
    sent = Sent()
    assert refused(shop, lambda: place_order(shop, sent, **least(shared, **{member: value}))) == [violation]
    assert sent.count == 0


def test_enumerations_stay_open_and_apart(shop: ModuleType, shared: Any) -> None:
    def order(size: Any) -> dict[str, Any]:
        return least(shared, lines=[shared.Line(article="pen", size=size)])

    for size in (shared.Size.SMALL, "small", "enormous", shared.Size("enormous")):
        assert place_order(shop, **order(size)).count == 1
    assert refused(shop, lambda: place_order(shop, **order(shared.Grade(1)))) == [
        ("lines[0].size", "expected Size or str, got Grade", "type")
    ]


def test_union_takes_what_fits_one_of_its_types(shop: ModuleType, shared: Any) -> None:
    line, box = shared.Line(article="pen"), shared.Box(width=1)
    good: list[dict[str, Any]] = [
        {"either": 1},
        {"either": ["a"]},
        {"pick": line},
        {"pick": box},
        {"tree": [[], [box]]},
    ]
    for members in good:
        assert place_order(shop, **least(shared, **members)).count == 1

    wrong = {
        "either": [5],
        "pick": shared.Box(width="1"),
        "tree": [box, [shared.Line(article=5), "leaf"]],
    }
    assert refused(shop, lambda: place_order(shop, **least(shared, **wrong))) == [
        ("either[0]", "expected str, got int", "type"),
        ("pick.width", "expected int, got str", "type"),
        ("tree[1][0].article", "expected str, got int", "type"),
        ("tree[1][1]", "expected Box or Line or list, got str", "type"),
    ]
    assert refused(shop, lambda: place_order(shop, **least(shared, either="x", pick={"width": 1}))) == [
        ("either", "expected int or list, got str", "type"),
        ("pick", "expected Line or Box, got dict", "type"),
    ]


def test_object_of_an_unknown_kind_goes_back_as_it_came(shop: ModuleType, shared: Any) -> None:
    unknown = import_module(f"{shop.__name__}._runtime.choices").Unknown(height=5)
    assert place_order(shop, **least(shared, pick=unknown)).body["pick"] == {"height": 5}


def test_all_violations_are_told_at_once(shop: ModuleType, shared: Any) -> None:
    parent = shared.Order(customer=1, lines=[shared.Line(article=2)])
    arguments = {"order_id": 7, "copies": "x", "customer": "Ann", "lines": [], "parent": parent}
    with pytest.raises(shop.models.errors.RequestError) as caught:
        place_order(shop, **arguments)

    assert [violation.path for violation in caught.value.violations] == [
        "order_id",
        "copies",
        "parent.customer",
        "parent.lines[0].article",
    ]
    assert str(caught.value) == (
        "placeOrder was not sent: order_id: expected str, got int; copies: expected int, got str; "
        "parent.customer: expected str, got int; parent.lines[0].article: expected str, got int"
    )


def test_message_stays_readable_however_much_is_wrong(shop: ModuleType, shared: Any) -> None:
    with pytest.raises(shop.models.errors.RequestError) as caught:
        place_order(shop, **least(shared, tags=list(range(1000))))
    assert len(caught.value.violations) == 1000
    assert len(str(caught.value)) < 1000
    assert str(caught.value).endswith("; and 980 more")


def test_model_that_was_changed_is_checked_as_it_is_now(shop: ModuleType, shared: Any) -> None:
    operations = shop.models.operations
    order = shared.Order(customer="Ann", lines=[shared.Line(article="pen")])
    request = operations.PlaceOrderRequest(path_params=operations.PlaceOrderPathParams(order_id="AB1"), request=order)
    assert place_order(shop, request=request).count == 1
    order.lines[0].article = 5
    order.lines.append("pen")
    assert [path for path, _, _ in refused(shop, lambda: place_order(shop, request=request))] == [
        "lines[0].article",
        "lines[1]",
    ]


def test_group_of_the_wrong_class_is_named(shop: ModuleType, shared: Any) -> None:
    operations = shop.models.operations
    request = operations.PlaceOrderRequest(
        path_params=operations.PlaceOrderQueryParams(), request=shared.Line(article="pen")
    )
    assert refused(shop, lambda: place_order(shop, request=request)) == [
        ("path_params", "expected PlaceOrderPathParams, got PlaceOrderQueryParams", "type"),
        ("request", "expected Order, got Line", "type"),
    ]


def test_body_that_is_no_model_is_checked(shop: ModuleType) -> None:
    sent = Sent()
    with shop.SDK(transport=sent) as client:
        client.send_scores(request=[1, 2.5])
        assert refused(shop, lambda: client.send_scores(request=[1, "x"])) == [
            ("request[1]", "expected float, got str", "type")
        ]
    assert sent.count == 1


def test_value_that_holds_itself_is_refused(shop: ModuleType, shared: Any) -> None:
    order = shared.Order(customer="Ann", lines=[])
    order.parent = order
    endless: list[Any] = []
    endless.append(endless)
    for arguments in ({"parent": order}, {"anything": endless}):
        with pytest.raises(shop.models.errors.RequestError, match="holds itself"):
            place_order(shop, **least(shared, **arguments))


def test_long_or_hostile_key_is_shown_in_part_and_escaped(shop: ModuleType, shared: Any) -> None:
    first, second = refused(shop, lambda: place_order(shop, **least(shared, by_size={"x" * 1000: 1, "a\n'b": 1})))
    assert first[0] == f"by_size['{'x' * 40}...']"
    assert second[0] == 'by_size["a\\n\'b"]'


@pytest.mark.parametrize("mode", ["none", "types", "strict"])
def test_mode_none_sends_what_can_be_written(shop: ModuleType, shared: Any, mode: Any) -> None:
    sent = Sent()
    arguments = least(shared, customer=5)
    if mode == "none":
        place_order(shop, sent, **arguments, validate=mode)
        place_order(shop, sent, client_options={"validate": mode}, **arguments)
        assert sent.count == 2
    else:
        refused(shop, lambda: place_order(shop, sent, **arguments, validate=mode))
        refused(shop, lambda: place_order(shop, sent, client_options={"validate": mode}, **arguments))
        assert sent.count == 0


def test_unknown_mode_is_refused(shop: ModuleType, shared: Any) -> None:
    wrong: Any = "all"
    for call in (
        lambda: shop.SDK(validate=wrong),
        lambda: shop.AsyncSDK(validate=wrong),
        lambda: place_order(shop, **least(shared), validate=wrong),
    ):
        with pytest.raises(shop.models.errors.RequestError, match="validate is 'all'; it takes one of 'none', 'types'"):
            call()


def test_asyncio_client_checks_too(shop: ModuleType, shared: Any) -> None:
    async def call() -> None:
        async with shop.AsyncSDK(validate="strict") as client:
            await client.place_order(**least(shared, customer="x"))

    assert refused(shop, lambda: asyncio.run(call())) == [
        ("customer", "has 1 character, at least 2 needed", "minLength")
    ]


def test_error_is_copied_and_pickled_whole(shop: ModuleType, shared: Any) -> None:
    with pytest.raises(shop.models.errors.RequestError) as caught:
        place_order(shop, **least(shared, customer=5))
    for again in (copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):
        assert again.violations == caught.value.violations
        assert str(again) == str(caught.value)
    assert caught.value.violations[0] == shop.models.errors.Violation("customer", "expected str, got int", "type")
    assert shop.models.errors.RequestError("other").violations == ()


# --- names of arguments -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "placeOrder: missing order_id, customer, lines"),
        (
            {"order_id": "AB1", "custommer": "Ann", "lines": []},
            "placeOrder: missing customer; there is no argument custommer, did you mean customer?",
        ),
        (
            {"order_id": "AB1", "customer": "Ann", "lines": [], "time_out": 5, "zzz": 1},
            "placeOrder: there is no argument time_out, did you mean timeout?; there is no argument zzz",
        ),
        (
            {"order_id": "AB1", "customer": "Ann", "lines": [], "a\nb": 5},
            "placeOrder: there is no argument 'a\\nb'",
        ),
    ],
)
def test_wrong_names_are_told_at_once(shop: ModuleType, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        place_order(shop, **arguments)
    assert str(caught.value) == message


def test_body_that_is_no_model_is_one_argument(shop: ModuleType) -> None:
    with shop.SDK() as client:
        with pytest.raises(TypeError, match="^sendScores: missing request; there is no argument scores$"):
            client.send_scores(scores=[1])


# --- classes derived from Python's own ----------------------------------------------------------------


def test_derived_classes_are_sent_as_their_base(shop: ModuleType, shared: Any) -> None:
    class Name(str):
        __slots__ = ()

    class Price(float):
        pass

    class Moment(dt.datetime):
        pass

    sent = place_order(
        shop, **least(shared, customer=Name("Ann"), price=Price(1.5), at=Moment(2026, 1, 2, tzinfo=dt.UTC))
    )
    assert sent.body == {
        "customer": "Ann",
        "lines": [{"article": "pen"}],
        "price": 1.5,
        "at": "2026-01-02T00:00:00Z",
    }
