"""What only the asyncio connection can do: read while it writes."""

from __future__ import annotations

import asyncio

import pytest

from runtime.errors import ConnectionLost
from runtime.http import HTTPRequest
from runtime.transport import AsyncioTransport
from tests.runtime.transport.clients import QUICK
from tests.runtime.transport.server import HALF_CLOSE, HANG, READ_HEAD, FaultServer, reply, serving


def large(server: FaultServer) -> HTTPRequest:
    return HTTPRequest("POST", server.origin, "/", [], b"x" * 20_000_000)


def test_a_reply_that_overtakes_its_request_ends_the_connection() -> None:
    async def scenario() -> None:
        transport = AsyncioTransport()
        assert (await transport.send(large(server), QUICK)).body == b"early"
        assert (await transport.send(HTTPRequest("GET", server.origin, "/", []), QUICK)).body == b"next"
        await transport.aclose()

    with FaultServer([READ_HEAD, reply(b"early"), HANG], serving(reply(b"next"))) as server:
        asyncio.run(scenario())


def test_a_server_that_will_say_nothing_is_not_waited_for() -> None:
    async def scenario() -> None:
        transport = AsyncioTransport()
        with pytest.raises(ConnectionLost, match="closed before the reply"):
            await transport.send(large(server), QUICK)
        await transport.aclose()

    with FaultServer([READ_HEAD, HALF_CLOSE, HANG]) as server:
        asyncio.run(scenario())
