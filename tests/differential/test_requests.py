"""What the generated client sends is what botocore sends, for every operation and any input."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sdk._runtime.aws.auth
from sdk.models.errors import CredentialsError
from tests.differential import oracle
from tests.differential.client import CALLERS, Caller, Recorder
from tests.differential.shapes import OPERATIONS, UNSIGNED, arguments, least

_SIGNATURE = {"authorization", "x-amz-date", "x-amz-security-token"}
_each_caller = pytest.mark.parametrize("call", CALLERS, ids=["blocking", "asyncio"])
_regions = st.sampled_from(["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"])
_moments = st.integers(0, 4_102_444_799).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # until 2099


@_each_caller
@pytest.mark.parametrize("operation", OPERATIONS)
@settings(derandomize=True, deadline=None, max_examples=12)
@given(data=st.data())
def test_request_is_botocores(call: Caller, operation: str, data: st.DataObject) -> None:
    given_, region = data.draw(arguments(operation)), data.draw(_regions)
    recorder = Recorder()
    call(recorder, operation, given_, region=region)
    expected = oracle.wire_request(operation, given_, region)

    (sent,) = recorder.sent
    url = urlsplit(expected.url)
    headers = {name.lower(): value for name, value in sent.headers}
    assert len(headers) == len(sent.headers), "a header is there twice"
    assert json.loads(sent.body) == json.loads(expected.body)
    assert (sent.method, sent.target) == (expected.method, url.path)
    assert (sent.origin.scheme, sent.origin.authority) == (url.scheme, url.netloc)
    assert {name: headers[name] for name in ("x-amz-target", "content-type")} == {
        name: expected.headers[name].decode() if isinstance(expected.headers[name], bytes) else expected.headers[name]
        for name in ("x-amz-target", "content-type")
    }
    assert headers.keys() & _SIGNATURE == {name.lower() for name in expected.headers} & _SIGNATURE


@_each_caller
@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name not in UNSIGNED])
@settings(derandomize=True, deadline=None, max_examples=8)
@given(data=st.data())
def test_signature_is_botocores(call: Caller, operation: str, data: st.DataObject) -> None:
    region, now = data.draw(_regions), data.draw(_moments)
    token = data.draw(st.sampled_from([None, "FwoGZXIvYXdzE+/=="]))
    recorder = Recorder()
    call(recorder, operation, data.draw(arguments(operation)), region=region, token=token, now=now)

    (sent,) = recorder.sent
    expected = oracle.signature(
        method=sent.method,
        url=f"{sent.origin.scheme}://{sent.origin.authority}{sent.target}",
        # What tells of retries is added after the signature, there and here.
        headers=[
            (name, value)
            for name, value in sent.headers
            if name.lower() not in _SIGNATURE and not name.lower().startswith("amz-sdk-")
        ],
        body=sent.body,
        token=token,
        region=region,
        now=now,
    )
    assert {name.lower(): value for name, value in sent.headers if name.lower() in _SIGNATURE} == expected


def _refuse(*_: object, **__: object) -> Any:
    raise AssertionError("credentials were looked for")


@_each_caller
@pytest.mark.parametrize("operation", UNSIGNED)
@pytest.mark.parametrize("has_keys", [False, True], ids=["without keys", "with keys"])
def test_public_operation_is_unsigned(
    call: Caller, operation: str, has_keys: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sdk._runtime.aws.auth, "default_credentials", _refuse)
    recorder = Recorder()
    call(recorder, operation, least(operation), has_keys=has_keys)

    (sent,) = recorder.sent
    assert not {name.lower() for name, _ in sent.headers} & _SIGNATURE


@_each_caller
@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name not in UNSIGNED])
def test_every_other_operation_needs_credentials(call: Caller, operation: str) -> None:
    recorder = Recorder()
    with pytest.raises(CredentialsError):
        call(recorder, operation, least(operation), has_keys=False)
    assert recorder.sent == []


@_each_caller
def test_credentials_are_looked_for_where_none_are_given(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdk._runtime.aws.auth, "default_credentials", _refuse)
    with pytest.raises(AssertionError, match="looked for"):
        call(Recorder(), "ListIdentityPools", {"MaxResults": 1}, has_keys=False)


def test_the_public_operations_are_the_four_of_the_model() -> None:
    assert set(UNSIGNED) == {"GetCredentialsForIdentity", "GetId", "GetOpenIdToken", "UnlinkIdentity"}


@_each_caller
@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ud83d "])
def test_lone_surrogate_is_sent_as_the_escape_it_comes_as(call: Caller, text: str) -> None:
    given_ = {"IdentityId": text}
    recorder = Recorder()
    call(recorder, "DescribeIdentity", given_)

    assert recorder.sent[0].body.isascii()
    assert (
        json.loads(recorder.sent[0].body)
        == given_
        == json.loads(oracle.wire_request("DescribeIdentity", given_, "us-east-1").body)
    )
