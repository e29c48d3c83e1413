"""The stub behind a port: botocore and the generated client both find in it what they would find at the service."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import botocore.config
import botocore.exceptions
import botocore.session
import botocore.validate
import pytest

import sdk
from sdk._runtime.testing.server import StubServer
from sdk.models import errors
from sdk.testing import Stub
from tests.clients.callers import key_pair

SOURCE = Path(sdk.__file__).parents[1]
POOL = "eu-west-1:12345678-1234-4123-8123-123456789012"
TARGET = "AWSCognitoIdentityService."


@pytest.fixture
def stub() -> Stub:
    return Stub()


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def url(stub: Stub, lines: list[str]) -> Iterator[str]:
    with StubServer(stub, log=lines.append) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def boto(url: str) -> Any:
    config = botocore.config.Config(retries={"total_max_attempts": 1})
    return botocore.session.Session().create_client(
        "cognito-identity",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=config,
    )


def post(url: str, target: str, body: bytes, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    connection.request("POST", "/", body, {"X-Amz-Target": TARGET + target, **headers})
    reply = connection.getresponse()
    found = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    connection.close()
    return found


def example(shape: Any, name: str = "") -> Any:
    """Arguments for botocore, from its own model: what is required."""
    match shape.type_name:
        case "structure":
            return {name: example(shape.members[name], name) for name in shape.required_members}
        case "list":
            return [example(shape.member, name)]
        case "map":
            return {"key": "a-value-that-is-long-enough"}
        case "boolean":
            return True
        case "integer" | "long":
            return 1
        case _:
            return "us-east-1:0a-1" if name.endswith("Id") else "an-example-of-some-name"


OPERATIONS = Stub().operations


@pytest.mark.parametrize("method", OPERATIONS)
def test_botocore_understands_every_reply(boto: Any, stub: Stub, method: str) -> None:
    """Each reply has every member of botocore's model, of the right type, and within its limits."""
    name = OPERATIONS[method].name
    model = boto.meta.service_model.operation_model(name)

    reply = boto._make_api_call(name, example(model.input_shape))

    assert reply.pop("ResponseMetadata")["HTTPStatusCode"] == 200
    shape = model.output_shape
    if shape is None:
        assert reply == {}
        return
    assert set(reply) | {"NextToken"} == set(shape.members) | {"NextToken"}
    report = botocore.validate.ParamValidator().validate(reply, shape)
    assert not report.has_errors(), report.generate_report()
    assert list(violations(shape, reply, name)) == []
    assert stub.calls[0].operation == method


def violations(shape: Any, value: Any, path: str) -> Iterator[str]:
    """What botocore's model says and botocore does not check: lengths, patterns, values."""
    match shape.type_name:
        case "structure":
            for name, member in value.items():
                yield from violations(shape.members[name], member, f"{path}.{name}")
        case "list":
            for item in value:
                yield from violations(shape.member, item, f"{path}[]")
        case "map":
            for key, item in value.items():
                yield from violations(shape.key, key, f"{path}<key>")
                yield from violations(shape.value, item, f"{path}[{key}]")
        case "string" if not is_valid(shape, value):
            yield f"{path}: {value!r}"


def is_valid(shape: Any, value: str) -> bool:
    limits = shape.metadata
    pattern = limits.get("pattern", "(?s:.*)").replace(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]", r"\S")
    return (
        limits.get("min", 0) <= len(value) <= limits.get("max", len(value))
        and re.fullmatch(pattern, value, re.ASCII) is not None
        and (not shape.enum or value in shape.enum)
    )


def test_the_generated_client_is_answered_over_http_as_in_the_process(url: str) -> None:
    arguments: dict[str, Any] = {"identity_pool_name": "x", "allow_unauthenticated_identities": True}
    with sdk.SDK(server_url=url, region="us-east-1", security=key_pair()) as client:
        over_http = client.create_identity_pool(**arguments)

    assert over_http.identity_pool == Stub().client().create_identity_pool(**arguments).identity_pool
    assert over_http.request_id == "00000000-0000-4000-8000-000000000001"


def test_prepared_errors_and_attempts_travel(stub: Stub, url: str) -> None:
    stub.on("get_id").fail(errors.InternalErrorException, "first", times=1).fail(errors.ResourceNotFoundException, "no")

    with sdk.SDK(server_url=url, clock=stub.clock) as client, pytest.raises(errors.ResourceNotFoundException):
        client.get_id(identity_pool_id=POOL)

    assert [call.attempt for call in stub.calls] == [1, 2]


def test_botocore_raises_what_is_asked_for(boto: Any, stub: Stub) -> None:
    stub.on("get_id").fail(errors.NotAuthorizedException, "no")

    with pytest.raises(boto.exceptions.NotAuthorizedException, match="no"):
        boto.get_id(IdentityPoolId=POOL)


def test_botocore_s_paginator_reads_all_pages(boto: Any, stub: Stub) -> None:
    stub.on("list_identity_pools").pages(3, items=2)

    pages = list(boto.get_paginator("list_identity_pools").paginate(MaxResults=2))

    assert [len(page["IdentityPools"]) for page in pages] == [2, 2, 2]


def test_a_skewed_server_refuses_botocore(boto: Any, stub: Stub) -> None:
    stub.skew(timedelta(hours=3))

    with pytest.raises(botocore.exceptions.ClientError, match="InvalidSignatureException.*Signature expired"):
        boto.list_identity_pools(MaxResults=1)


def test_a_lost_connection_is_closed_without_an_answer(boto: Any, stub: Stub, lines: list[str]) -> None:
    stub.on("get_id").lose()

    with pytest.raises(botocore.exceptions.ConnectionClosedError):
        boto.get_id(IdentityPoolId=POOL)

    assert lines == [f"POST / {TARGET}GetId -> no answer, as prepared"]


@pytest.mark.parametrize(
    ("target", "body", "status", "type_", "said"),
    [
        ("Nope", b"{}", 400, "UnknownOperationException", "no operation for X-Amz-Target"),
        ("GetId", b"{}", 400, "SerializationException", "missing required field `IdentityPoolId`"),
        ("GetId", b"{", 400, "SerializationException", "Input data was truncated"),
        ("GetId", b'{"IdentityPoolId": 5}', 400, "SerializationException", "Expected `str`, got `int`"),
    ],
)
def test_what_is_wrong_is_refused_as_services_do(
    url: str, target: str, body: bytes, status: int, type_: str, said: str
) -> None:
    found, headers, content = post(url, target, body)

    assert (found, headers["x-amzn-errortype"], json.loads(content)["__type"]) == (status, type_, type_)
    assert said in json.loads(content)["message"]


@pytest.mark.parametrize(
    ("prefer", "status", "type_"),
    [
        ("code=ResourceNotFoundException", 400, "ResourceNotFoundException"),
        ("respond-async, code=503", 503, ""),
        ('code="InternalErrorException"', 500, "InternalErrorException"),
        ("code=200", 200, None),
        ("nothing", 200, None),
    ],
)
def test_whoever_asks_may_prefer_an_error(url: str, stub: Stub, prefer: str, status: int, type_: str | None) -> None:
    found, headers, _ = post(url, "GetId", json.dumps({"IdentityPoolId": POOL}).encode(), Prefer=prefer)

    assert (found, headers.get("x-amzn-errortype")) == (status, type_)


def test_one_line_for_each_request_and_no_values(url: str, lines: list[str]) -> None:
    post(url, "GetId", json.dumps({"IdentityPoolId": POOL, "Logins": {"a": "canary"}}).encode(), Authorization="canary")
    post(url, "Nope\x80", b"canary")

    assert lines == [f"POST / {TARGET}GetId -> 200", f"POST / {TARGET}Nope? -> 400"]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Transfer-Encoding: chunked", b"411"),
        (b"Content-Length: 99999999999", b"413"),
        (b"Content-Length: -1", b"411"),
        (b"Content-Length: x", b"411"),
    ],
)
def test_a_body_without_an_end_is_not_waited_for(url: str, head: bytes, status: bytes) -> None:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
        assert connection.recv(100).split(b" ")[1] == status


def test_a_function_that_fails_is_a_500_that_says_so(stub: Stub, url: str) -> None:
    stub.on("get_id").answer(lambda call: 1 / 0)

    assert post(url, "GetId", b'{"IdentityPoolId": "x"}')[::2] == (500, b"ZeroDivisionError: division by zero")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_program_serves_until_it_is_interrupted(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "sdk.testing", "--port", "0"]
    with subprocess.Popen(
        command, env={"PYTHONPATH": str(SOURCE)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith("listening on "):
                break
        status, _, _ = post(said[-1].removeprefix("listening on "), "GetId", b'{"IdentityPoolId": "x"}')
        process.send_signal(number)
        rest, complaints = process.communicate(timeout=20)

    assert status == 200
    assert said[0] == "POST  /  create_identity_pool"
    assert len(said) == 24
    assert (process.returncode, rest, complaints) == (0, f"POST / {TARGET}GetId -> 200\n", "")


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "sdk.testing", "--port", port],
            env={"PYTHONPATH": str(SOURCE)},
            capture_output=True,
            check=False,
            text=True,
        )

    assert done.returncode == 1
    assert done.stderr.startswith(f"cannot listen on 127.0.0.1:{port}: ")
