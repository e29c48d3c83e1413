"""The generated client reads a success as botocore does; where botocore loses data or crashes, ours says why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdk.models import shared
from sdk.models.errors import DecodeError
from tests.differential import oracle
from tests.differential.client import CALLERS, Caller, Recorder, call_blocking, operation_of, plain, reply
from tests.differential.shapes import OPERATIONS, documents, least, text_of

_HEADERS = {"x-amzn-RequestId": "6d3d5a5c-0f9e", "Content-Type": "application/x-amz-json-1.1"}
_NO_BODY = ("DeleteIdentityPool", "SetIdentityPoolRoles", "UnlinkDeveloperIdentity", "UnlinkIdentity")
_NO_MEMBERS = ("TagResource", "UntagResource")
_WITH_BODY = tuple(name for name in OPERATIONS if name not in _NO_BODY)
_each_caller = pytest.mark.parametrize("call", CALLERS, ids=["blocking", "asyncio"])


def _read(call: Caller, operation: str, body: bytes, headers: Mapping[str, str] = _HEADERS, status: int = 200) -> Any:
    """The result of a call that is answered with `body`."""
    return call(Recorder(reply(status, headers, body)), operation, least(operation))


def _body(operation: str, result: Any) -> Any:
    """The result's body in botocore's form; of an operation without one, nothing."""
    field = operation_of(operation).field
    return {} if field is None else plain(getattr(result, field))


def _from_botocore(operation: str, body: bytes) -> Any:
    parsed = oracle.parse(operation, 200, _HEADERS, body)
    assert parsed.pop("ResponseMetadata")["RequestId"] == _HEADERS["x-amzn-RequestId"]
    return _without_nulls(parsed)


def _without_nulls(value: Any) -> Any:
    # Nothing in this API is a sparse list or map, so a null in one is no item; botocore keeps it.
    match value:
        case dict():
            return {key: _without_nulls(item) for key, item in value.items() if item is not None}
        case list():
            return [_without_nulls(item) for item in value if item is not None]
        case datetime():
            return value.astimezone(UTC)  # botocore reads into the zone of the machine
        case _:
            return value


# --- the same -------------------------------------------------------------------------------------


@_each_caller
@pytest.mark.parametrize("operation", OPERATIONS)
@settings(derandomize=True, deadline=None, max_examples=20)
@given(data=st.data())
def test_reply_is_read_as_botocore_reads_it(call: Caller, operation: str, data: st.DataObject) -> None:
    document = data.draw(documents(operation))
    body = text_of(document, ascii_only=data.draw(st.booleans())).encode()
    result = _read(call, operation, body)

    assert _body(operation, result) == _from_botocore(operation, body)
    assert (result.status_code, result.request_id, result.attempts) == (200, _HEADERS["x-amzn-RequestId"], 1)
    assert result.raw_response.body == body


@_each_caller
@pytest.mark.parametrize("body", [b"", b"{}", b" \r\n", b' { "New" : { "a" : [ 1 ] } } '])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_reply_without_members(call: Caller, operation: str, body: bytes) -> None:
    assert _body(operation, _read(call, operation, body)) == _from_botocore(operation, body) == {}


@pytest.mark.parametrize("content_type", [None, "text/html", "application/json", "application/x-amz-json-1.0", ""])
@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_neither_media_type_nor_exact_status_of_a_success_matters(content_type: str | None, status: int) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    result = _read(call_blocking, "GetId", b'{"IdentityId": "eu-west-1:1"}', headers, status)

    assert result.get_id_response.identity_id == "eu-west-1:1"
    assert (result.status_code, result.content_type) == (status, content_type or "")


@pytest.mark.parametrize(
    "spelling",
    [
        "1439800000",
        "1439800000.0",
        "1.4398E9",
        "14398e+5",
        '"1439800000"',
        '"1439800000.000"',
        '"1.4398E9"',
        '"2015-08-17T08:26:40Z"',
        '"2015-08-17T08:26:40.000Z"',
        '"2015-08-17T10:26:40+02:00"',
    ],
)
def test_timestamp_in_every_spelling(spelling: str) -> None:
    body = f'{{"CreationDate": {spelling}, "LastModifiedDate": null}}'.encode()
    result = _read(call_blocking, "DescribeIdentity", body)

    assert result.identity_description.creation_date == datetime(2015, 8, 17, 8, 26, 40, tzinfo=UTC)
    assert result.identity_description.last_modified_date is None
    assert _body("DescribeIdentity", result) == _from_botocore("DescribeIdentity", body)


def test_timestamps_are_utc() -> None:
    result = _read(call_blocking, "DescribeIdentity", b'{"CreationDate": 1439800000, "LastModifiedDate": 1.5}')

    assert result.identity_description.creation_date.tzinfo is UTC
    assert result.identity_description.last_modified_date == datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)


@pytest.mark.parametrize("value", ["AccessDenied", "InternalServerError"])
def test_documented_value_of_an_enumeration_is_its_member(value: str) -> None:
    body = f'{{"UnprocessedIdentityIds": [{{"ErrorCode": "{value}"}}]}}'.encode()
    (item,) = _read(call_blocking, "DeleteIdentities", body).delete_identities_response.unprocessed_identity_ids

    assert item.error_code is shared.ErrorCode(value)
    assert item.error_code.is_known


@pytest.mark.parametrize("value", ["Throttled", "", "accessdenied", "\\ud800"])
def test_unknown_value_of_an_enumeration_is_kept(value: str) -> None:
    body = f'{{"UnprocessedIdentityIds": [{{"ErrorCode": "{value}"}}]}}'.encode()
    result = _read(call_blocking, "DeleteIdentities", body)
    (item,) = result.delete_identities_response.unprocessed_identity_ids

    assert not item.error_code.is_known
    assert _body("DeleteIdentities", result) == _from_botocore("DeleteIdentities", body)


# A service that strays from its own description loses nobody's data: what does not fit is kept as it came.
@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("DeleteIdentities", b'{"UnprocessedIdentityIds": [{"IdentityId": "a", "ErrorCode": 5}]}'),
        ("DeleteIdentities", b'{"UnprocessedIdentityIds": [{"IdentityId": "a", "ErrorCode": true}]}'),
        ("DeleteIdentities", b'{"UnprocessedIdentityIds": [{"IdentityId": "a", "ErrorCode": [1]}]}'),
        ("DescribeIdentity", b'{"IdentityId": 5, "Logins": [1.5, true, "a"]}'),
        ("DescribeIdentity", b'{"IdentityId": {"a": [1]}}'),
        ("DescribeIdentityPool", b'{"IdentityPoolId": "a", "AllowClassicFlow": "perhaps"}'),
        ("ListTagsForResource", b'{"Tags": {"a": 5, "b": ["c"]}}'),
        ("GetId", b'{"IdentityId": "\\ud800"}'),
        ("GetId", b'{"IdentityId": "first", "IdentityId": "last"}'),
        ("GetId", b'{"IdentityId": "a\\u0000b", "identityid": "other"}'),
    ],
)
def test_value_of_another_type_is_kept_as_botocore_keeps_it(operation: str, body: bytes) -> None:
    assert _body(operation, _read(call_blocking, operation, body)) == _from_botocore(operation, body)


# --- better: rows of the wire's description where botocore crashes, or returns an empty result ----


# The first is a second past the last year that Python knows; botocore raises for each.
@pytest.mark.parametrize("spelling", ["253402300800", "1e20", "-1e20", str(10**30), '"soon"', '""', "[1]", "{}"])
def test_timestamp_that_is_none_is_kept_as_it_came(spelling: str) -> None:
    result = _read(call_blocking, "DescribeIdentity", f'{{"IdentityId": "a", "CreationDate": {spelling}}}'.encode())

    assert result.identity_description.identity_id == "a"
    assert result.identity_description.creation_date == json.loads(spelling)


def test_byte_order_mark_is_skipped() -> None:
    body = b'\xef\xbb\xbf{"IdentityId": "a"}'

    assert _body("GetId", _read(call_blocking, "GetId", body)) == {"IdentityId": "a"}
    assert _from_botocore("GetId", body) == {}


def test_unknown_member_is_skipped_whatever_is_in_it() -> None:
    body = b'{"New": %s, "IdentityId": "a"}' % (b"9" * 5000)
    assert _body("GetId", _read(call_blocking, "GetId", body)) == {"IdentityId": "a"}


_DEEP = 100_000
_MALFORMED = {
    "truncated JSON": b'{"IdentityPoolId": "a',
    "two documents": b"{}{}",
    "text": b"Service Unavailable",
    "HTML": b"<!DOCTYPE html><html><body>Sign in to this network</body></html>",
    "null": b"null",
    "list": b"[]",
    "list of documents": b'[{"IdentityPoolId": "a"}]',
    "number": b"5",
    "string": b'"{}"',
    "boolean": b"true",
    "not UTF-8": b"\xff\xfe\xfd\xfc\xfb",
    "UTF-16": "{}".encode("utf-16"),
    "NUL": b"\0",
    "NaN": b'{"New": NaN}',
    "Infinity": b'{"New": -Infinity}',
    "nested list": b"[" * _DEEP + b"]" * _DEEP,
    "nested member": b'{"New": ' + b"[" * _DEEP + b"]" * _DEEP + b"}",
    "unclosed nesting": b'{"New":' * _DEEP,
}


@_each_caller
@pytest.mark.parametrize("operation", ["DescribeIdentityPool", *_NO_MEMBERS])
@pytest.mark.parametrize("body", _MALFORMED.values(), ids=_MALFORMED)
def test_malformed_success_is_an_error_that_keeps_the_reply(call: Caller, operation: str, body: bytes) -> None:
    recorder = Recorder(reply(200, _HEADERS, body))
    with pytest.raises(DecodeError) as caught:
        call(recorder, operation, least(operation))

    error = caught.value
    assert error.raw_response is recorder.answer
    assert (error.status_code, error.request_id) == (200, _HEADERS["x-amzn-RequestId"])
    assert error.attempts == len(recorder.sent) == 1
    assert (error.code, error.retryable) == (None, False)
    assert 0 < len(error.message) < 200
    assert "\n" not in str(error)
    assert _HEADERS["x-amzn-RequestId"] in str(error)


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("GetId", b'{"IdentityId": %s}' % (b"9" * 5000)),
        ("DescribeIdentity", b'{"CreationDate": -%s}' % (b"9" * 5000)),
        ("GetId", b'{"IdentityId": "\xff"}'),
        ("GetId", b'{"IdentityId": NaN}'),
        ("GetId", b'{"IdentityId": "a\nb"}'),
        ("DescribeIdentity", b'{"Logins": ' + b"[" * _DEEP + b"]" * _DEEP + b"}"),
    ],
    ids=["5,000 digits", "5,000 digits for a time", "not UTF-8", "NaN", "line break in a string", "nesting"],
)
def test_malformed_member_is_an_error(operation: str, body: bytes) -> None:
    with pytest.raises(DecodeError) as caught:
        _read(call_blocking, operation, body)
    assert caught.value.raw_response is not None
    assert caught.value.raw_response.body == body


@_each_caller
@pytest.mark.parametrize("body", _MALFORMED.values(), ids=_MALFORMED)
@pytest.mark.parametrize("operation", _NO_BODY)
def test_body_of_an_operation_without_output_is_kept_unread(call: Caller, operation: str, body: bytes) -> None:
    result = _read(call, operation, body)
    assert (result.status_code, result.request_id) == (200, _HEADERS["x-amzn-RequestId"])
    assert result.raw_response.body == body


def test_operations_by_output_are_those_of_the_model() -> None:
    outputs = {name: oracle.MODEL.operation_model(name).output_shape for name in OPERATIONS}
    assert {name for name, shape in outputs.items() if shape is None} == set(_NO_BODY)
    assert {name for name, shape in outputs.items() if shape is not None and not shape.members} == set(_NO_MEMBERS)
    assert {name for name in OPERATIONS if operation_of(name).field is not None} == set(_WITH_BODY)
