"""The stub of an API answers with streams too, made from their schemas or prepared by a test."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run

PACKAGE = "stubbed_streams"


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("streams")
    write_files(root, run(Path(__file__).with_name("streams.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def stub(sdk: ModuleType) -> Any:
    return importlib.import_module(f"{PACKAGE}.testing").Stub()


def test_streams_are_made_from_their_schemas(sdk: ModuleType, stub: Any) -> None:
    shared = sdk.models.shared
    with stub.client() as client:
        for call in (client.list_rows, client.list_shapes):
            with call() as items:
                rows = list(items)
            assert len(rows) == 2
            assert all(isinstance(row, shared.Tick) and isinstance(row.price, float) for row in rows)
        with client.watch_ticks() as events:
            assert [type(event.data) for event in events] == [shared.Tick, shared.Tick]
        with client.models.chat_stream(prompt="x") as events:
            assert [(event.event, type(event.data)) for event in events] == [("word", shared.Answer), ("note", str)]
        assert isinstance(client.models.chat(prompt="x").answer, shared.Answer)
        with client.get_file_stream(name="a") as download:
            assert download.read() == client.get_file(name="a").result
    assert [call.operation for call in stub.calls[2:5]] == ["watch_ticks", "models.chat_stream", "models.chat"]
    assert stub.calls[3].body.stream is True


def test_streams_can_be_prepared(sdk: ModuleType, stub: Any) -> None:
    answer = sdk.models.shared.Answer(text="a\nb")

    async def main() -> list[Any]:
        async with stub.async_client() as client:
            stub.on(client.models.chat_stream).reply([sdk.Event(answer, "word", id="7"), "two\nlines"])
            stub.on(client.list_rows).reply([{"price": 1}, {"price": 2}]).throttle(times=1)
            async with await client.models.chat_stream(prompt="x") as events:
                found = [(event.event, event.id, event.data) async for event in events]
            async with await client.list_rows() as rows:
                return [*found, rows.attempts, *[row.price async for row in rows]]

    assert asyncio.run(main()) == [("word", "7", answer), ("message", "7", "two\nlines"), 2, 1, 2]
