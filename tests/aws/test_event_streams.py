"""Replies that are streams of events: S3's through moto, those of JSON services from bytes as services write them."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.aws.services import Made

MODELS = ("bedrock-runtime", ("InvokeModelWithResponseStream", "ConverseStream"))
LOGS = ("logs", ("StartLiveTail",))
SELECT = ("s3", ("CreateBucket", "PutObject", "SelectObjectContent"))
ASKED = {"model_id": "m", "messages": []}


def messages(module: Any) -> Any:
    """How messages are written, from the package of a client."""
    return importlib.import_module(f"{module.__name__}._runtime.testing.event_messages")


def stub(module: Any) -> Any:
    return importlib.import_module(f"{module.__name__}.testing").Stub()


def failing(module: Any, headers: dict[str, str], payload: bytes) -> bytes:
    """An event, and then what is none."""
    written = messages(module)
    text = json.dumps({"contentBlockIndex": 0, "delta": {"text": "Hel"}}).encode()
    first: bytes = written.event("contentBlockDelta", "application/json", text)
    last: bytes = written.message(headers, payload)
    return first + last


def test_s3_select_through_moto(made: Made, moto: str) -> None:
    module = made(*SELECT)
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret"))
    with module.SDK(security, server_url=moto, region="us-east-1", retries=0) as client:
        client.create_bucket(bucket="selected")
        client.put_object(bucket="selected", key="people.csv", body=b"name,age\nAnna,40\nBen,30\n")
        with client.select_object_content(
            bucket="selected",
            key="people.csv",
            expression="SELECT name FROM S3Object",
            expression_type="SQL",
            input_serialization=shared.InputSerialization(csv=shared.CSVInput(file_header_info="USE")),
            output_serialization=shared.OutputSerialization(csv=shared.CSVOutput(field_delimiter=",")),
        ) as events:
            found = {each.event: each.data for each in events}

    assert found["Records"] == b"Anna\nBen\n\n"
    assert isinstance(found["Stats"], shared.Stats)
    assert found["Stats"].bytes_scanned is not None
    assert found["End"] == shared.EndEvent()


def test_what_a_stub_makes_is_read_back(made: Made) -> None:
    module = made(*MODELS)
    prepared = stub(module)
    with prepared.client() as client, client.converse_stream(**ASKED) as events:
        found = list(events)

    assert [each.event for each in found][:2] == ["messageStart", "contentBlockStart"]
    assert isinstance(found[0].data, module.models.shared.MessageStartEvent)


@pytest.mark.parametrize("is_async", [False, True])
def test_events_that_a_test_prepares(made: Made, is_async: bool) -> None:
    module = made(*MODELS)
    prepared, shared = stub(module), module.models.shared
    parts = [shared.PayloadPart(bytes_=b"Hel"), shared.PayloadPart(bytes_=b"lo")]
    prepared.on("invoke_model_with_response_stream").reply(parts)

    async def read() -> list[Any]:
        async with prepared.async_client() as client:
            async with await client.invoke_model_with_response_stream(model_id="m", body=b"{}") as events:
                return [each async for each in events]

    if is_async:
        found = asyncio.run(read())
    else:
        with (
            prepared.client() as client,
            client.invoke_model_with_response_stream(model_id="m", body=b"{}") as events,
        ):
            found = list(events)
    assert [(each.event, each.data.bytes_) for each in found] == [("chunk", b"Hel"), ("chunk", b"lo")]


def test_an_exception_ends_the_stream_and_is_the_documented_one(made: Made) -> None:
    module = made(*MODELS)
    prepared, errors = stub(module), module.models.errors
    headers = {":message-type": "exception", ":exception-type": "throttlingException"}
    prepared.on("converse_stream").reply(failing(module, headers, b'{"message": "too fast"}'))
    with prepared.client() as client, client.converse_stream(**ASKED) as events:
        assert next(events).data.delta.text == "Hel"
        with pytest.raises(errors.ThrottlingException, match="too fast") as caught:
            next(events)
        assert list(events) == []

    assert (caught.value.code, caught.value.throttled) == ("ThrottlingException", True)
    assert caught.value.request_id


def test_an_error_that_nobody_described(made: Made) -> None:
    module = made(*MODELS)
    prepared, errors = stub(module), module.models.errors
    headers = {":message-type": "error", ":error-code": "InternalError", ":error-message": "out of order"}
    prepared.on("converse_stream").reply(failing(module, headers, b""))
    with prepared.client() as client, client.converse_stream(**ASKED) as events:
        next(events)
        with pytest.raises(errors.APIError, match="out of order") as caught:
            next(events)

    assert (type(caught.value), caught.value.code) == (errors.APIError, "InternalError")


def test_damage_ends_the_stream(made: Made) -> None:
    module = made(*MODELS)
    prepared, errors = stub(module), module.models.errors
    data = failing(module, {":message-type": "event", ":event-type": "messageStop"}, b"{}")
    prepared.on("converse_stream").reply(data[:-1] + b"\0")
    with prepared.client() as client, client.converse_stream(**ASKED) as events:
        with pytest.raises(errors.DecodeError, match="damaged"):
            list(events)


def test_events_that_are_newer_than_the_client_are_kept(made: Made) -> None:
    module = made(*MODELS)
    prepared, written = stub(module), messages(module)
    data = written.event("newer", "application/json", b'{"a": 1}') + written.event("bytes", "x/y", b"\xff")
    prepared.on("converse_stream").reply(data)
    with prepared.client() as client, client.converse_stream(**ASKED) as events:
        assert [(each.event, each.data) for each in events] == [("newer", {"a": 1}), ("bytes", b"\xff")]


def test_what_comes_before_the_events_is_none(made: Made) -> None:
    module = made(*LOGS)
    prepared, written = stub(module), messages(module)
    start = written.event("sessionStart", "application/json", b'{"sessionId": "s-1"}')
    prepared.on("start_live_tail").reply(written.event("initial-response", "application/json", b"{}") + start)
    with prepared.client() as client, client.start_live_tail(log_group_identifiers=["g"]) as events:
        assert [each.data.session_id for each in events] == ["s-1"]


def test_type_checkers_know_what_events_hold(made: Made, mypy: Callable[[str, Path], str]) -> None:
    module = made(*MODELS)
    program = f"""from {module.__name__} import SDK
from {module.__name__}.models import shared
with SDK(region="eu-west-1") as client, client.converse_stream(model_id="m", messages=[]) as events:
    for event in events:
        if isinstance(event.data, shared.ContentBlockDeltaEvent):
            index: int = event.data.content_block_index
            index = event.data.no_such_member  # type: ignore[attr-defined]
"""
    assert mypy(program, Path(module.__file__ or "").parents[2]) == ""
