"""botocore as the oracle: what it puts on the wire, and what it reads from a reply, without a network.

It refuses to judge: what is right where botocore is wrong is said by the tests.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import lru_cache
from typing import Any
from unittest.mock import patch

import botocore.auth
import botocore.endpoint
import botocore.parsers
import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.config import Config
from botocore.credentials import Credentials

__all__ = ["ACCESS_KEY", "MODEL", "SECRET_KEY", "method_of", "parse", "requests_sent", "signature", "wire_request"]

SERVICE = "cognito-identity"
ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"  # the example of AWS's own documentation

_SESSION = botocore.session.get_session()
MODEL = _SESSION.get_service_model(SERVICE)
_PARSER = botocore.parsers.create_parser("json")


def method_of(operation: str) -> str:
    """The Python method of an operation: `GetId` is `get_id`."""
    name: str = xform_name(operation)
    return name


def _client(region: str, attempts: int = 1) -> Any:
    return _SESSION.create_client(
        SERVICE,
        region_name=region,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=Config(retries={"mode": "standard", "total_max_attempts": attempts}),
    )


_kept_client = lru_cache(maxsize=None)(_client)


class _Wire:
    """Stands where the network is: keeps the requests and answers each with the same reply."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self._reply = status, headers, body
        self.sent: list[AWSPreparedRequest] = []

    def __call__(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        self.sent.append(request)
        status, headers, body = self._reply
        return AWSResponse(request.url, status, headers, _Raw(body))


class _Raw(io.BytesIO):
    def stream(self, *_: object, **__: object) -> list[bytes]:
        return [self.read()]


def wire_request(operation: str, arguments: Mapping[str, Any], region: str) -> AWSPreparedRequest:
    """The request that botocore sends."""
    client = _kept_client(region)
    wire = _Wire(200, {}, b"{}")
    client.meta.events.register_first(f"before-send.{SERVICE}", wire, unique_id="wire")
    try:
        getattr(client, method_of(operation))(**arguments)
    finally:
        client.meta.events.unregister(f"before-send.{SERVICE}", unique_id="wire")
    return wire.sent[0]


def signature(
    *,
    method: str,
    url: str,
    headers: list[tuple[str, str]],
    body: bytes,
    token: str | None,
    region: str,
    now: datetime,
) -> dict[str, str]:
    """The headers that botocore's signer adds to a request, by lower-case name."""
    request = AWSRequest(method, url, data=body)
    for name, value in headers:
        request.headers.add_header(name, value)
    with patch.object(botocore.auth, "get_current_datetime", lambda: now):
        botocore.auth.SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY, token), SERVICE, region).add_auth(request)
    before = {name.lower() for name, _ in headers}
    return {name.lower(): value for name, value in request.headers.items() if name.lower() not in before}


def parse(operation: str, status: int, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """What botocore reads from a reply; of an error, its `Error` and `ResponseMetadata`."""
    shape = MODEL.operation_model(operation).output_shape
    reply = {"status_code": status, "headers": {name.lower(): value for name, value in headers.items()}, "body": body}
    parsed: dict[str, Any] = _PARSER.parse(reply, shape)
    return parsed


def requests_sent(
    operation: str, arguments: Mapping[str, Any], status: int, headers: Mapping[str, str], body: bytes
) -> int:
    """How many requests botocore's standard mode sends for a call that always gets this reply, 2 at most."""
    client = _client("us-east-1", attempts=2)  # of its own: a retry quota is per client
    wire = _Wire(status, headers, body)
    client.meta.events.register_first(f"before-send.{SERVICE}", wire)
    with ExitStack() as stack:
        stack.enter_context(patch.object(botocore.endpoint.time, "sleep", lambda _: None))
        stack.enter_context(suppress(client.exceptions.ClientError))
        getattr(client, method_of(operation))(**arguments)
    return len(wire.sent)
