"""Keys that make a repeated request harmless: who makes them, how long they last, and what they allow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.clients.held_clock import HeldClock
from tests.rest.wire import Wire, play

PACKAGE = "payments_client"
FIRST, SECOND, THIRD = (f"00000000-0000-4000-8000-{number:012}" for number in (1, 2, 3))


@pytest.fixture(scope="module")
def payments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client's package, imported."""
    root = tmp_path_factory.mktemp("payments")
    write_files(root, run(Path(__file__).with_name("payments.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture(params=["blocking", "asyncio"])
def calls(request: pytest.FixtureRequest, payments: Any) -> Callable[..., Wire]:
    """Makes calls with one client: `calls(answers, call, call ...)` where a call takes the client.

    A call takes two UUIDs of the clock: its key, if it needs one, and its own id.
    """
    return lambda answers, *made: play(payments, request.param, answers, *made, clock=HeldClock())


def test_a_key_is_made_and_lasts_for_a_call(calls: Callable[..., Wire]) -> None:
    wire = calls([None, 503, 204], lambda client: client.pay(sum=1), lambda client: client.pay(sum=1))

    assert wire.header("Idempotency-Key") == [FIRST, FIRST, FIRST, THIRD]


def test_a_key_that_is_given_is_sent(calls: Callable[..., Wire], payments: Any) -> None:
    operations, shared = payments.models.operations, payments.models.shared
    body = shared.Payment(sum=1)
    wire = calls(
        [503, 204],
        lambda client: client.pay(sum=1, idempotency_key=UUID(SECOND)),
        lambda client: client.pay(
            operations.PayRequest(headers=operations.PayHeaders(idempotency_key=UUID(SECOND)), request=body)
        ),
        lambda client: client.refund(sum=1, extra_headers={"x-once": "mine"}),
        lambda client: client.reorder(once="mine"),
    )

    assert wire.header("Idempotency-Key") == [SECOND] * 3 + [None] * 2
    assert wire.header("X-Once") == [None] * 3 + ["mine", None]
    assert [each.target for each in wire.sent[3:]] == ["/refunds", "/orders?once=mine"]


def test_a_header_that_the_document_leaves_out(calls: Callable[..., Wire]) -> None:
    wire = calls([None, 204], lambda client: client.refund(sum=1))

    assert wire.header("X-Once") == [FIRST, FIRST]


def test_a_query_parameter(calls: Callable[..., Wire]) -> None:
    wire = calls([503, 204], lambda client: client.reorder())

    assert [each.target for each in wire.sent] == [f"/orders?once={FIRST}"] * 2


def test_a_member_of_the_body(calls: Callable[..., Wire], payments: Any) -> None:
    order = payments.models.shared.Order(item="tea")
    request = payments.models.operations.OrderRequest(request=order)
    wire = calls(
        [None, 204],
        lambda client: client.order(request),
        lambda client: client.order(item="tea"),
        lambda client: client.order(item="tea", client_token="mine"),
    )

    assert [json.loads(each.body)["clientToken"] for each in wire.sent] == [FIRST, FIRST, THIRD, "mine"]
    assert order.client_token is None  # the caller's object is the caller's: used again, it is another call


def test_a_token_of_an_aws_service(tmp_path: Path) -> None:
    write_files(tmp_path, run(Path(__file__).with_name("orders_aws.yaml"), package="orders_client").files())
    with imported(tmp_path, "orders_client") as orders:
        wire = Wire(orders, None, 503, 200, is_async=False)
        with orders.SDK(region="eu-west-1", retries=2, clock=HeldClock(), transport=wire) as client:
            client.put_order(item="tea")
            client.put_order()
            client.put_order(client_request_token="mine")

    assert [json.loads(each.body)["ClientRequestToken"] for each in wire.sent] == [FIRST] * 3 + [THIRD, "mine"]


def test_without_a_key_a_lost_request_is_not_repeated(calls: Callable[..., Wire], payments: Any) -> None:
    for answers, kind in (([None, 204], "ConnectionLost"), ([503, 204], "APIError")):
        with pytest.raises(getattr(payments.models.errors, kind)) as caught:
            calls(answers, lambda client: client.note(sum=1))
        assert caught.value.attempts == 1


def test_the_real_clock_makes_random_uuids(payments: Any) -> None:
    import uuid

    wire = Wire(payments, 204, is_async=False)
    with payments.SDK(transport=wire) as client:
        client.pay(sum=1)
        client.pay(sum=1)

    first, second = (uuid.UUID(key) for key in wire.header("Idempotency-Key"))
    assert first != second
    assert (first.version, second.version) == (4, 4)
