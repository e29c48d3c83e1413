"""What a program that watches its calls is told, what it may add, and what becomes of a hook that fails."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from collections.abc import Mapping
from typing import Any

import pytest

import sdk
from sdk.hooks import AttemptEnd, AttemptStart, CallEnd, CallStart, Event, Hooks
from sdk.models import errors, operations, shared
from tests.clients.callers import Connect, key_pair
from tests.clients.held_clock import HeldClock
from tests.clients.stub import Recorded, Reply, Stub

OPERATION = "list_identity_pools"
ARGUMENTS: dict[str, Any] = {"max_results": 1}
THROTTLED = Reply.of({"__type": "TooManyRequestsException", "message": "slowly"}, 400)
REFUSED = Reply.of({"__type": "NotAuthorizedException", "message": "no"}, 400)


class Scripted(Stub):
    """Answers with one prepared reply after the other; the last one stays."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__()
        self.script = list(replies)

    def answer(self, request: Recorded) -> Reply:
        self.requests.append(request)
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class Recorder(Hooks):
    """Keeps every event, and adds headers."""

    def __init__(self, name: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.headers = headers
        self.events: list[Event] = []
        self.order: list[tuple[str, str]] = []

    def before_call(self, event: CallStart) -> None:
        self.note("before_call", event)

    def before_attempt(self, event: AttemptStart) -> Mapping[str, str] | None:
        self.note("before_attempt", event)
        return self.headers

    def after_attempt(self, event: AttemptEnd) -> None:
        self.note("after_attempt", event)

    def after_call(self, event: CallEnd) -> None:
        self.note("after_call", event)

    def note(self, what: str, event: Event) -> None:
        self.events.append(event)
        self.order.append((self.name, what))

    @property
    def told(self) -> list[str]:
        return [type(event).__name__ for event in self.events]


def client_of(connect: Connect, server: Stub, *hooks: Hooks, **options: Any) -> Any:
    settings: dict[str, Any] = {"server_url": server.url, "region": "us-east-1", "security": key_pair()}
    return connect(**{**settings, "hooks": list(hooks), "clock": HeldClock(), "retries": 2, **options})


def test_the_events_of_a_call_that_succeeds_at_the_second_attempt(connect: Connect) -> None:
    seen = Recorder()
    with Scripted(THROTTLED, Reply()) as server:
        result = client_of(connect, server, seen)(OPERATION, **ARGUMENTS)

    start, first, failed, second, succeeded, end = seen.events
    assert isinstance(start, CallStart)
    assert start.request == operations.ListIdentityPoolsRequest(request=shared.ListIdentityPoolsInput(max_results=1))
    assert (start.operation, start.service) == ("ListIdentityPools", "Cognito Identity")
    assert (start.method, start.path, start.server, start.max_attempts) == ("POST", "/", server.url, 3)
    assert isinstance(first, AttemptStart)
    assert isinstance(second, AttemptStart)
    assert (first.number, second.number) == (1, 2)
    assert isinstance(failed, AttemptEnd)
    assert failed.response is not None
    assert isinstance(failed.error, errors.TooManyRequestsException)
    assert (failed.number, failed.response.status_code, failed.elapsed, failed.wait) == (1, 400, 0.0, 1.0)
    assert isinstance(succeeded, AttemptEnd)
    assert (succeeded.number, succeeded.error, succeeded.wait) == (2, None, None)
    assert isinstance(end, CallEnd)
    assert (end.attempts, end.result, end.error, end.elapsed) == (2, result, None, 1.0)
    assert end.response is result.raw_response
    ids = {event.call_id for event in seen.events}
    assert ids == {server.requests[0].header("amz-sdk-invocation-id")}


def test_the_events_of_a_call_that_fails(connect: Connect) -> None:
    seen = Recorder()
    with Scripted(THROTTLED, REFUSED) as server:
        with pytest.raises(errors.NotAuthorizedException) as caught:
            client_of(connect, server, seen)(OPERATION, **ARGUMENTS)

    *_, last, end = seen.events
    assert isinstance(last, AttemptEnd)
    assert isinstance(end, CallEnd)
    assert (last.error, last.wait) == (caught.value, None)
    assert (end.error, end.result, end.attempts) == (caught.value, None, 2)
    assert caught.value.operation == "ListIdentityPools"
    assert end.response is caught.value.raw_response


def test_a_call_that_nobody_answers(connect: Connect) -> None:
    seen = Recorder()
    with Stub() as server:
        pass
    with pytest.raises(errors.ConnectError) as caught:
        client_of(connect, server, seen)(OPERATION, **ARGUMENTS)

    ends = [event for event in seen.events if isinstance(event, AttemptEnd)]
    assert [(end.response, end.wait) for end in ends] == [(None, 0.05), (None, 0.1), (None, None)]
    assert isinstance(seen.events[-1], CallEnd)
    assert (seen.events[-1].error, seen.events[-1].response) == (caught.value, None)


def test_a_reply_that_cannot_be_read(connect: Connect) -> None:
    seen = Recorder()
    with Scripted(Reply(b"[")) as server:
        with pytest.raises(errors.DecodeError) as caught:
            client_of(connect, server, seen)(OPERATION, **ARGUMENTS)

    *_, last, end = seen.events
    assert isinstance(last, AttemptEnd)
    assert isinstance(end, CallEnd)
    assert (last.error, end.error) == (caught.value, caught.value)


def test_a_call_without_credentials_begins_and_ends_without_an_attempt(connect: Connect, stub: Stub) -> None:
    seen = Recorder()
    with pytest.raises(errors.CredentialsError) as caught:
        client_of(connect, stub, seen, security=None)(OPERATION, **ARGUMENTS)

    assert seen.told == ["CallStart", "CallEnd"]
    assert isinstance(seen.events[-1], CallEnd)
    assert (seen.events[-1].error, seen.events[-1].attempts) == (caught.value, 0)


def test_a_call_whose_arguments_cannot_be_sent_does_not_begin(connect: Connect, stub: Stub) -> None:
    seen = Recorder()
    with pytest.raises(TypeError):
        client_of(connect, stub, seen)(OPERATION)

    assert seen.events == []


def test_a_header_that_cannot_be_sent_ends_the_attempt_too(connect: Connect, stub: Stub) -> None:
    seen = Recorder(headers={"X-Tenant": "a\r\nb"})
    with pytest.raises(errors.RequestError):
        client_of(connect, stub, seen)(OPERATION, **ARGUMENTS)

    assert seen.told == ["CallStart", "AttemptStart", "AttemptEnd", "CallEnd"]
    assert stub.requests == []


def test_a_cancelled_call_ends() -> None:
    class Silent:
        """A transport that waits until it is cancelled."""

        async def send(self, request: sdk.HTTPRequest, timeout: sdk.Timeout) -> sdk.HTTPResponse:  # noqa: ASYNC109
            task = asyncio.current_task()
            assert task is not None
            asyncio.get_running_loop().call_soon(task.cancel)
            await asyncio.get_running_loop().create_future()
            raise AssertionError("unreachable")

        async def aclose(self) -> None:
            """Nothing to close."""

    seen = Recorder()

    async def main() -> None:
        async with sdk.AsyncSDK(
            key_pair(), server_url="http://127.0.0.1:1", region="us-east-1", hooks=[seen], transport=Silent()
        ) as client:
            await client.list_identity_pools(max_results=1)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())

    *_, last, end = seen.events
    assert isinstance(last, AttemptEnd)
    assert isinstance(end, CallEnd)
    assert isinstance(last.error, asyncio.CancelledError)
    assert isinstance(end.error, asyncio.CancelledError)


def test_every_page_is_a_call() -> None:
    seen = Recorder()
    with Scripted(Reply.of({"NextToken": "2"}), Reply()) as server:
        with sdk.SDK(key_pair(), server_url=server.url, region="us-east-1", hooks=[seen]) as client:
            list(client.list_identity_pools(max_results=1))

    assert seen.told.count("CallEnd") == 2


# --- what a hook adds -------------------------------------------------------------------------------------------------


def test_headers_of_hooks_are_sent_and_signed_with_every_attempt(connect: Connect) -> None:
    tenant, color = Recorder(headers={"X-Tenant": "t-1"}), Recorder(headers={"X-Color": "red"})
    with Scripted(THROTTLED, Reply()) as server:
        client_of(connect, server, tenant, color)(OPERATION, **ARGUMENTS)

    for request in server.requests:
        assert (request.header("X-Tenant"), request.header("X-Color")) == ("t-1", "red")
        assert ";x-color;x-tenant," in (request.header("Authorization") or "")


def test_a_hook_sees_what_is_sent_and_what_hooks_before_it_added(connect: Connect, stub: Stub) -> None:
    first, second = Recorder(headers={"X-Tenant": "t-1"}), Recorder()
    client_of(connect, stub, first, second)(OPERATION, **ARGUMENTS, extra_headers={"X-Given": "g"})

    _, before, after, _ = second.events
    assert isinstance(before, AttemptStart)
    assert isinstance(after, AttemptEnd)
    unsigned = dict(before.request.headers)
    assert (unsigned["X-Tenant"], unsigned["X-Given"], before.request.body) == ("t-1", "g", b'{"MaxResults":1}')
    assert "Authorization" not in unsigned
    assert dict(after.request.headers)["Authorization"] == stub.only.header("Authorization")
    assert [type(event) for event in first.events] == [type(event) for event in second.events]


def test_changing_the_request_of_an_event_changes_nothing(connect: Connect, stub: Stub) -> None:
    class Meddler(Hooks):
        def before_attempt(self, event: AttemptStart) -> None:
            event.request.headers.clear()
            event.request.body = b"{}"

    client_of(connect, stub, Meddler())(OPERATION, **ARGUMENTS)

    assert stub.only.json == {"MaxResults": 1}


@pytest.mark.parametrize("name", ["Content-Type", "USER-AGENT", "x-amz-target", "Authorization", "amz-sdk-request"])
def test_a_header_is_never_sent_twice(name: str, connect: Connect, stub: Stub) -> None:
    with pytest.raises(errors.RequestError, match=name.lower() + "|" + name):
        client_of(connect, stub, Recorder(headers={name: "mine"}))(OPERATION, **ARGUMENTS)

    assert stub.requests == []


def test_two_hooks_cannot_add_the_same_header(connect: Connect, stub: Stub) -> None:
    hooks = Recorder(headers={"X-Tenant": "a"}), Recorder(headers={"x-tenant": "b"})
    with pytest.raises(errors.RequestError, match="Recorder.before_attempt holds 'x-tenant'"):
        client_of(connect, stub, *hooks)(OPERATION, **ARGUMENTS)


def test_before_in_the_order_of_the_list_and_after_in_the_opposite_order(connect: Connect, stub: Stub) -> None:
    order: list[tuple[str, str]] = []
    hooks = Recorder("a"), Recorder("b")
    for hook in hooks:
        hook.order = order
    client_of(connect, stub, *hooks)(OPERATION, **ARGUMENTS)

    assert order == [
        *[(name, what) for what in ("before_call", "before_attempt") for name in ("a", "b")],
        *[(name, what) for what in ("after_attempt", "after_call") for name in ("b", "a")],
    ]


# --- a hook that fails ------------------------------------------------------------------------------------------------


class Failing(Hooks):
    """Raises in one of its methods."""

    def __init__(self, method: str) -> None:
        def fail(event: Event) -> None:
            raise LookupError("of the hook")

        fail.__name__ = method
        setattr(self, method, fail)


@pytest.mark.parametrize("method", ["before_call", "before_attempt"])
def test_a_hook_can_forbid_a_call(method: str, connect: Connect, stub: Stub) -> None:
    outer, inner = Recorder(), Recorder()
    with pytest.raises(LookupError, match="of the hook") as caught:
        client_of(connect, stub, outer, Failing(method), inner)(OPERATION, **ARGUMENTS)

    assert stub.requests == []
    assert isinstance(outer.events[-1], CallEnd)
    assert outer.events[-1].error is caught.value
    # Whoever did not see the call begin does not see it end.
    assert inner.told == ([] if method == "before_call" else ["CallStart", "CallEnd"])


@pytest.mark.parametrize("method", ["after_attempt", "after_call"])
def test_a_hook_that_fails_loses_no_result(
    method: str, connect: Connect, stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    seen = Recorder()
    with pytest.warns(RuntimeWarning, match=f"Failing.{method} raised LookupError"):
        result = client_of(connect, stub, seen, Failing(method))(OPERATION, **ARGUMENTS)

    assert result.status_code == 200
    assert seen.told == ["CallStart", "AttemptStart", "AttemptEnd", "CallEnd"]
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.name.startswith("sdk.")
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], LookupError)


@pytest.mark.parametrize("method", ["after_attempt", "after_call"])
def test_a_hook_that_fails_hides_no_error(method: str, connect: Connect) -> None:
    with Scripted(REFUSED) as server:
        call = client_of(connect, server, Failing(method))
        with pytest.warns(RuntimeWarning, match="LookupError"), pytest.raises(errors.NotAuthorizedException):
            call(OPERATION, **ARGUMENTS)


@pytest.mark.parametrize("method", ["after_attempt", "after_call"])
def test_a_program_that_is_interrupted_in_a_hook_ends_the_call_once(method: str, stub: Stub) -> None:
    class Interrupted(Hooks):
        """Where the user presses the keys."""

        def __init__(self) -> None:
            def interrupt(event: Event) -> None:
                raise KeyboardInterrupt

            setattr(self, method, interrupt)

    seen = Recorder()
    with sdk.SDK(
        key_pair(), server_url=stub.url, region="us-east-1", hooks=[Interrupted(), seen], clock=HeldClock()
    ) as client:
        with pytest.raises(KeyboardInterrupt):
            client.list_identity_pools(max_results=1)

    assert seen.told == ["CallStart", "AttemptStart", "AttemptEnd", "CallEnd"]


def test_an_attempt_that_was_lost_leaves_nothing_for_the_garbage_collector() -> None:
    """What failed first would hold the frames that hold the call, with all that was sent."""
    lost: list[weakref.ref[BaseException]] = []

    class Lost(Hooks):
        def after_attempt(self, event: AttemptEnd) -> None:
            if event.error is not None:
                lost.append(weakref.ref(event.error))

    with sdk.SDK(
        key_pair(),
        server_url="http://127.0.0.1:1",
        region="us-east-1",
        hooks=[Lost()],
        clock=HeldClock(),
        transport=Flaky(),
    ) as client:
        gc.collect()
        gc.disable()
        try:
            client.list_identity_pools(max_results=1)
            assert [reference() for reference in lost] == [None]
        finally:
            gc.enable()


class Flaky:
    """A transport that loses the first attempt."""

    def __init__(self) -> None:
        self._lost = False

    def send(self, request: sdk.HTTPRequest, timeout: sdk.Timeout) -> sdk.HTTPResponse:
        if not self._lost:
            self._lost = True
            raise errors.ConnectionLost("gone")
        return sdk.HTTPResponse(200, sdk.Headers(()), b"{}")

    def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("wrong", [Recorder, None, "log", lambda event: None])
def test_what_is_no_hook_is_refused_at_once(wrong: Any, connect: Connect) -> None:
    with pytest.raises(errors.ConfigurationError, match="hooks takes instances of Hooks"):
        connect(hooks=[wrong])
