"""The ways to make one call: a request object or keyword arguments, options for the call alone, and where it goes."""

from __future__ import annotations

import contextlib
import inspect
import threading
from dataclasses import dataclass, field
from typing import Any

import pytest

import sdk
from sdk._runtime.http import Headers, HTTPRequest, HTTPResponse
from sdk.models import errors, operations, shared
from tests.clients.callers import Connect
from tests.clients.operation_case import POOL_ID, OperationCase
from tests.clients.operation_cases import CASES
from tests.clients.stub import MINIMAL_REPLIES, Recorded, Reply, Stub

VARIES_WITH_TIME = {"x-amz-date", "authorization", "amz-sdk-invocation-id"}

each_operation = pytest.mark.parametrize("case", CASES, ids=lambda case: case.method)


@pytest.fixture(autouse=True)
def _keys(keys: None) -> None:
    """Every call of this suite could be signed."""


def request_object(case: OperationCase) -> Any:
    """The arguments of a case as one object."""
    request_type = getattr(operations, f"{case.name}Request")
    body_type = shared.IdentityPool if case.name == "UpdateIdentityPool" else getattr(shared, f"{case.name}Input")
    return request_type(request=body_type(**case.arguments))


def stable(request: Recorded) -> tuple[Any, ...]:
    headers = [(name, value) for name, value in request.headers if name.lower() not in VARIES_WITH_TIME]
    return request.method, request.target, headers, request.body


# --- two styles -----------------------------------------------------------------------------------------------------


@each_operation
def test_both_styles_send_the_same(case: OperationCase, connect: Connect, stub: Stub) -> None:
    call = connect(server_url=stub.url)

    by_keywords = call(case.method, **case.arguments)
    by_object = call(case.method, request_object(case))

    first, second = stub.requests
    assert stable(first) == stable(second)
    assert type(by_keywords) is type(by_object)


@each_operation
def test_group_named_after_the_client_has_the_operations(case: OperationCase, stub: Stub) -> None:
    with sdk.SDK(server_url=stub.url) as client:
        getattr(client.sdk, case.method)(**case.arguments)
        getattr(client, case.method)(**case.arguments)

    first, second = stub.requests
    assert stable(first) == stable(second)


@each_operation
def test_styles_do_not_mix(case: OperationCase, connect: Connect, stub: Stub) -> None:
    with pytest.raises(errors.RequestError, match="not both"):
        connect(server_url=stub.url)(case.method, request_object(case), **case.arguments)

    assert stub.requests == []


@each_operation
def test_missing_argument_is_named(case: OperationCase, connect: Connect, stub: Stub) -> None:
    call = connect(server_url=stub.url)
    body_type = type(request_object(case).request)
    signature = inspect.signature(body_type)
    required = [name for name, each in signature.parameters.items() if each.default is inspect.Parameter.empty]
    assert required

    for name in required:
        rest = {key: value for key, value in case.arguments.items() if key != name}
        with pytest.raises(TypeError, match=rf"{case.name}.*\b{name}\b"):
            call(case.method, **rest)

    assert stub.requests == []


@each_operation
def test_unknown_argument_is_named(case: OperationCase, connect: Connect, stub: Stub) -> None:
    with pytest.raises(TypeError, match=rf"{case.name}.*\bidentity_pool_nam\b"):
        connect(server_url=stub.url)(case.method, **case.arguments, identity_pool_nam="x")

    assert stub.requests == []


@pytest.mark.parametrize(
    "request_", [shared.GetIdInput(identity_pool_id=POOL_ID), {"IdentityPoolId": POOL_ID}, POOL_ID], ids=type
)
def test_another_object_than_the_operation_s_request_is_refused(request_: Any, connect: Connect, stub: Stub) -> None:
    with pytest.raises((errors.RequestError, TypeError), match="GetIdRequest"):
        connect(server_url=stub.url)("get_id", request_)

    assert stub.requests == []


def test_value_that_json_cannot_say_is_a_request_error(connect: Connect, stub: Stub) -> None:
    with pytest.raises((errors.RequestError, TypeError)):
        connect(server_url=stub.url)("get_id", identity_pool_id=POOL_ID, logins={"provider": object()})

    assert stub.requests == []


# --- options of one call --------------------------------------------------------------------------------------------


def test_server_for_one_call(connect: Connect, stub: Stub) -> None:
    with Stub() as other:
        call = connect(server_url=stub.url)
        call("list_identity_pools", max_results=1, server_url=f"{other.url}/base")
        call("list_identity_pools", max_results=2)

    assert (other.only.target, other.only.json) == ("/base/", {"MaxResults": 1})
    assert (stub.only.target, stub.only.json) == ("/", {"MaxResults": 2})


def test_server_for_one_call_with_a_request_object(connect: Connect, stub: Stub) -> None:
    request = operations.GetIdRequest(request=shared.GetIdInput(identity_pool_id=POOL_ID))
    connect()("get_id", request, server_url=stub.url)

    assert stub.only.json == {"IdentityPoolId": POOL_ID}


@pytest.mark.parametrize("url", ["ftp://host", "host", "http://", "http://user:secret@host", "http://host/?q=1", ""])
def test_what_is_no_server_is_refused(url: str, connect: Connect) -> None:
    # An empty string is no way to ask for the default either.
    with pytest.raises(errors.ConfigurationError):
        connect(server_url=url)
    with pytest.raises(errors.ConfigurationError):
        connect().client.config_server_url(url)
    with pytest.raises(errors.ConfigurationError):
        connect(server_url="http://127.0.0.1:9")("get_id", identity_pool_id=POOL_ID, server_url=url)


def test_option_of_none_is_one_that_was_not_given(connect: Connect, stub: Stub) -> None:
    options = {"server_url": None, "timeout": None, "extra_headers": None}
    connect(server_url=stub.url)("get_id", identity_pool_id=POOL_ID, **options)

    assert stub.only.json == {"IdentityPoolId": POOL_ID}


def test_server_from_a_template(connect: Connect, stub: Stub) -> None:
    call = connect()
    call.client.config_server_url("http://{host}/{stage}", {"host": stub.host, "stage": "test"})
    call("get_id", identity_pool_id=POOL_ID)

    assert stub.only.target == "/test/"


def test_extra_headers_are_sent_and_signed(connect: Connect, stub: Stub) -> None:
    extra = {"X-Trace": "one   two", "X-Amzn-Trace-Id": "root"}
    call = connect(server_url=stub.url)
    call("list_identity_pools", max_results=1, extra_headers=extra)
    call("list_identity_pools", max_results=1)

    sent, next_sent = stub.requests
    assert sent.header("X-Trace") == "one   two"
    assert sent.header("X-Amzn-Trace-Id") == "root"
    names = (sent.header("Authorization") or "").split("SignedHeaders=")[1].partition(",")[0].split(";")
    assert names == ["content-type", "host", "x-amz-date", "x-amz-target", "x-trace"]
    assert next_sent.header("X-Trace") is None


@pytest.mark.parametrize("name", ["Authorization", "x-amz-date", "X-Amz-Security-Token", "Host"])
def test_signature_s_own_headers_cannot_be_given(name: str, connect: Connect, stub: Stub) -> None:
    with pytest.raises(errors.RequestError, match=name):
        connect(server_url=stub.url)("list_identity_pools", max_results=1, extra_headers={name: "x"})

    assert stub.requests == []


@pytest.mark.parametrize(
    "headers", [{"X-A": "a\r\nX-B: b"}, {"X-A": "a\n"}, {"X-A\r\nX-B": "b"}, {"X A": "b"}, {"": "b"}, {"X-A": "\0"}]
)
@pytest.mark.parametrize("operation", ["list_identity_pools", "get_id"])
def test_header_cannot_smuggle_another(headers: dict[str, str], operation: str, connect: Connect, stub: Stub) -> None:
    arguments = {"max_results": 1} if operation == "list_identity_pools" else {"identity_pool_id": POOL_ID}
    with pytest.raises(errors.RequestError):
        connect(server_url=stub.url)(operation, **arguments, extra_headers=headers)

    assert stub.requests == []


@pytest.mark.parametrize("name", ["Content-Type", "X-Amz-Target", "User-Agent"])
@pytest.mark.parametrize("operation", ["list_identity_pools", "get_id"])
def test_headers_that_the_client_sets_are_never_sent_twice(
    name: str, operation: str, connect: Connect, stub: Stub
) -> None:
    arguments = {"max_results": 1} if operation == "list_identity_pools" else {"identity_pool_id": POOL_ID}
    with contextlib.suppress(errors.RequestError):
        connect(server_url=stub.url)(operation, **arguments, extra_headers={name.lower(): "other"})

    assert all(len(request.all(name)) == 1 for request in stub.requests)


class Gate:
    """A reply that does not come before the test says so."""

    def __init__(self, stub: Stub) -> None:
        self._open = threading.Event()
        answer = stub.answer

        def wait_and_answer(request: Recorded) -> Reply:
            self._open.wait()
            return answer(request)

        stub.answer = wait_and_answer  # type: ignore[method-assign]

    def open(self) -> None:
        self._open.set()


@pytest.mark.parametrize(
    ("timeout", "raised"),
    [
        (0.05, errors.DeadlineExceeded),
        (sdk.Timeout(total=0.05), errors.DeadlineExceeded),
        (sdk.Timeout(read=0.05), errors.ReadTimeout),
    ],
    ids=["number", "total", "read"],
)
@pytest.mark.parametrize("of", ["client", "call"])
def test_timeout(of: str, timeout: Any, raised: type[errors.SDKError], connect: Connect, stub: Stub) -> None:
    gate = Gate(stub)
    call = connect(server_url=stub.url, timeout=timeout if of == "client" else 60)
    options = {} if of == "client" else {"timeout": timeout}
    try:
        with pytest.raises(raised) as caught:
            call("get_id", identity_pool_id=POOL_ID, **options)
    finally:
        gate.open()

    assert isinstance(caught.value, TimeoutError)
    assert caught.value.attempts == 1
    assert caught.value.operation == "GetId"


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_timeout_that_is_none_is_refused(timeout: float, connect: Connect, stub: Stub) -> None:
    with pytest.raises(errors.RequestError, match="timeout"):
        connect(timeout=timeout)
    with pytest.raises(errors.RequestError, match="timeout"):
        connect(server_url=stub.url)("get_id", identity_pool_id=POOL_ID, timeout=timeout)

    assert stub.requests == []


# --- where a call goes ----------------------------------------------------------------------------------------------


@dataclass
class Recorder:
    """A transport that sends nothing, for calls whose server cannot be reached from a test."""

    sent: list[HTTPRequest] = field(default_factory=list)

    def send(self, request: HTTPRequest, timeout: sdk.Timeout) -> HTTPResponse:
        self.sent.append(request)
        target = next(value for name, value in request.headers if name == "X-Amz-Target")
        return HTTPResponse(200, Headers(()), Reply.of(MINIMAL_REPLIES.get(target.rpartition(".")[2], {})).body)

    def close(self) -> None:
        """Nothing is open."""


@each_operation
@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("us-east-1", "cognito-identity.us-east-1.amazonaws.com"),
        ("cn-north-1", "cognito-identity.cn-north-1.amazonaws.com.cn"),
        ("fips-us-west-2", "cognito-identity-fips.us-west-2.amazonaws.com"),
    ],
)
def test_region_picks_the_server(case: OperationCase, region: str, host: str) -> None:
    transport = Recorder()
    with sdk.SDK(region=region, transport=transport) as client:
        getattr(client, case.method)(**case.arguments)

    (sent,) = transport.sent
    assert (sent.origin.scheme, sent.origin.host, sent.origin.port, sent.target) == ("https", host, 443, "/")


@each_operation
def test_without_a_region_there_is_no_server(case: OperationCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    transport = Recorder()
    with sdk.SDK(transport=transport) as client, pytest.raises(errors.ConfigurationError, match="no AWS region"):
        getattr(client, case.method)(**case.arguments)

    assert transport.sent == []


def test_given_region_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Recorder()
    with sdk.SDK(region="eu-west-1", transport=transport) as client:
        client.get_id(identity_pool_id=POOL_ID)

    assert transport.sent[0].origin.host == "cognito-identity.eu-west-1.amazonaws.com"


def test_endpoint_of_the_environment(monkeypatch: pytest.MonkeyPatch, connect: Connect, stub: Stub) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY", stub.url)
    connect()("get_id", identity_pool_id=POOL_ID)

    assert stub.only.json == {"IdentityPoolId": POOL_ID}
