"""Errors of the service keep everything it said: the class, the code, the message, whether a repetition may help.

botocore names an error by the body's `__type` alone; where nothing outranks that, both must find the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdk.models import errors
from sdk.models.errors import APIError
from tests.differential import oracle
from tests.differential.client import CALLERS, Caller, Recorder, call_blocking, operation_of, reply
from tests.differential.shapes import OPERATIONS, least

_ID = {"x-amzn-RequestId": "6d3d5a5c-0f9e"}
_MODELLED = tuple(shape.name for shape in oracle.MODEL.error_shapes)
_UNMODELLED = ("AccessDeniedException", "ThrottlingException", "UnknownOperationException", "ExpiredTokenException")
_DEEP = b"[" * 100_000
_each_caller = pytest.mark.parametrize("call", CALLERS, ids=["blocking", "asyncio"])


def _error(
    body: bytes | dict[str, Any],
    *,
    status: int = 400,
    headers: dict[str, str] | None = None,
    operation: str = "ListIdentityPools",
    call: Caller = call_blocking,
) -> APIError:
    """The error of a call that is answered so, once it is certain that it holds the reply."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    recorder = Recorder(reply(status, _ID | (headers or {}), text))
    with pytest.raises(APIError) as caught:
        call(recorder, operation, least(operation))
    error = caught.value
    assert error.raw_response is recorder.answer
    assert (error.status_code, error.request_id) == (status, _ID["x-amzn-RequestId"])
    assert error.attempts == len(recorder.sent)
    return error


def _class_of(code: str) -> type[APIError]:
    found: type[APIError] = getattr(errors, code) if code in _MODELLED else APIError
    return found


# --- the rows of the wire's description -----------------------------------------------------------

_NOT_FOUND = errors.ResourceNotFoundException
_DOCUMENT: dict[str, Any] = {"__type": "ResourceNotFoundException", "message": "No pool"}
_HEADER = "x-amzn-ErrorType"

_NAMED: dict[str, tuple[dict[str, str], dict[str, Any], type[APIError], str]] = {
    "__type": ({}, _DOCUMENT, _NOT_FOUND, "ResourceNotFoundException"),
    "__type with a namespace": (
        {},
        {"__type": "com.amazonaws.cognitoidentity#ResourceNotFoundException"},
        _NOT_FOUND,
        "ResourceNotFoundException",
    ),
    "__type with a URI": (
        {},
        {"__type": "ResourceNotFoundException:http://internal.example/doc#part"},
        _NOT_FOUND,
        "ResourceNotFoundException",
    ),
    "__type with both": (
        {},
        {"__type": "a.b#ResourceNotFoundException:http://internal.example/"},
        _NOT_FOUND,
        "ResourceNotFoundException",
    ),
    "code": ({}, {"code": "ResourceNotFoundException"}, _NOT_FOUND, "ResourceNotFoundException"),
    "code with both": ({}, {"code": "a.b#ResourceNotFoundException:x"}, _NOT_FOUND, "ResourceNotFoundException"),
    "code before __type": (
        {},
        {"__type": "NotAuthorizedException", "code": "ResourceNotFoundException"},
        _NOT_FOUND,
        "ResourceNotFoundException",
    ),
    "header": ({_HEADER: "ResourceNotFoundException"}, {}, _NOT_FOUND, "ResourceNotFoundException"),
    "header as the service sends it": (
        {"x-amzn-errortype": "ResourceNotFoundException:"},
        _DOCUMENT,
        _NOT_FOUND,
        "ResourceNotFoundException",
    ),
    "header before __type": (
        {_HEADER: "ResourceNotFoundException"},
        {"__type": "NotAuthorizedException"},
        _NOT_FOUND,
        "ResourceNotFoundException",
    ),
    "header before code": (
        {_HEADER: "a#ResourceNotFoundException:b"},
        {"code": "NotAuthorizedException"},
        _NOT_FOUND,
        "ResourceNotFoundException",
    ),
    "empty header": ({_HEADER: ""}, _DOCUMENT, _NOT_FOUND, "ResourceNotFoundException"),
    "header of a colon": ({_HEADER: ":"}, _DOCUMENT, _NOT_FOUND, "ResourceNotFoundException"),
    "code that is a number": ({}, {"code": 404, **_DOCUMENT}, _NOT_FOUND, "ResourceNotFoundException"),
    "no media type": ({}, _DOCUMENT, _NOT_FOUND, "ResourceNotFoundException"),
    "unknown code": ({}, {"__type": "a#BrandNewException", "message": "new"}, APIError, "BrandNewException"),
    "modelled for other operations": (
        {},
        {"__type": "ExternalServiceException"},
        errors.ExternalServiceException,
        "ExternalServiceException",
    ),
    "name of another class": ({}, {"__type": "SDKError"}, APIError, "SDKError"),
    "nested __type does not count": ({}, {"inner": {"__type": "ResourceNotFoundException"}}, APIError, "400"),
    "nested code does not count": ({}, {"error": {"code": "ResourceNotFoundException"}}, APIError, "400"),
    "__type that is a number": ({}, {"__type": 5}, APIError, "400"),
    "__type that is a list": ({}, {"__type": ["ResourceNotFoundException"]}, APIError, "400"),
    "__type that is null": ({}, {"__type": None}, APIError, "400"),
    "empty __type": ({}, {"__type": ""}, APIError, "400"),
}


@_each_caller
@pytest.mark.parametrize(("headers", "document", "expected", "code"), _NAMED.values(), ids=_NAMED)
def test_name_of_an_error(
    call: Caller, headers: dict[str, str], document: dict[str, Any], expected: type[APIError], code: str
) -> None:
    error = _error(document, headers=headers, call=call)

    assert (type(error), error.code) == (expected, code)
    assert error.data == (document or None)


_MESSAGES: dict[str, tuple[dict[str, str], dict[str, Any], str]] = {
    "message": ({}, {"message": "No pool"}, "No pool"),
    "Message": ({}, {"Message": "No pool"}, "No pool"),
    "message before Message": ({}, {"Message": "other", "message": "No pool"}, "No pool"),
    "null": ({}, {"message": None}, ""),
    "null before Message": ({}, {"message": None, "Message": "No pool"}, "No pool"),
    "empty": ({}, {"message": ""}, ""),
    "none": ({}, {}, ""),
    "number": ({}, {"message": 5}, ""),
    "document": ({}, {"message": {"text": "No pool"}}, ""),
    "nested": ({}, {"error": {"message": "No pool"}}, ""),
    "header": ({"x-amzn-ErrorMessage": "No pool"}, {}, "No pool"),
    "body before header": ({"x-amzn-ErrorMessage": "other"}, {"message": "No pool"}, "No pool"),
    "not ASCII": ({}, {"message": "Kein Pool für „é😀“"}, "Kein Pool für „é😀“"),
}


@_each_caller
@pytest.mark.parametrize(("headers", "document", "message"), _MESSAGES.values(), ids=_MESSAGES)
def test_message_of_an_error(call: Caller, headers: dict[str, str], document: dict[str, Any], message: str) -> None:
    error = _error({"__type": "ResourceNotFoundException", **document}, headers=headers, call=call)
    assert (type(error), error.message, error.args) == (_NOT_FOUND, message, (message,))


_PAGE = (
    b"<html><head><title>502</title><style>p {}</style></head>\n<body><h1>Bad Gateway</h1><script>x()</script></body>"
)
_NO_DOCUMENT: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ""),
    "white space": (b" \r\n", ""),
    "empty document": (b"{}", ""),
    "page": (_PAGE, "502 Bad Gateway"),
    "text": (b"upstream\tconnect\nerror", "upstream connect error"),
    "list": (b'[{"__type": "ResourceNotFoundException"}]', ""),
    "string": (b'"ResourceNotFoundException"', ""),
    "truncated": (b'{"__type": "ResourceNotFoundException", "message": "secr', ""),
    "NUL": (b"\0\0", ""),
    "nesting": (_DEEP, ""),
}


@_each_caller
@pytest.mark.parametrize("status", [300, 400, 403, 404, 500, 502, 599])
@pytest.mark.parametrize(("body", "message"), _NO_DOCUMENT.values(), ids=_NO_DOCUMENT)
def test_error_without_a_document(call: Caller, status: int, body: bytes, message: str) -> None:
    error = _error(body, status=status, call=call)
    assert (type(error), error.code, error.message, error.data) == (APIError, str(status), message, None)


@pytest.mark.parametrize("body", [b"null", b"5", b"true", b"\xff\xfe\xfd\xfc\xfb", "{}".encode("utf-16"), b"NaN"])
@pytest.mark.parametrize("status", [400, 500])
def test_body_that_makes_botocore_crash(status: int, body: bytes) -> None:
    error = _error(body, status=status)
    assert (type(error), error.code, error.data) == (APIError, str(status), None)
    assert str(error).isprintable()


@pytest.mark.parametrize("body", [b"", b"null", _PAGE, b"[]", b"\xff"])
def test_header_names_the_error_whatever_the_body(body: bytes) -> None:
    error = _error(body, headers={"X-AMZN-ERRORTYPE": "a#NotAuthorizedException:b", "X-Amzn-ErrorMessage": "No"})
    assert (type(error), error.message) == (errors.NotAuthorizedException, "No")


def test_long_page_is_cut() -> None:
    error = _error(b"<html>" + b"word " * 100_000, status=503)
    assert error.message.startswith("word word")
    assert len(error.message) <= 200


# --- combinations ---------------------------------------------------------------------------------

_names = st.sampled_from(_MODELLED + _UNMODELLED) | st.from_regex(r"[A-Z][A-Za-z0-9.]{0,12}", fullmatch=True)
_decorated = st.tuples(
    st.sampled_from(["", "a#", "com.amazonaws.cognitoidentity#"]), _names, st.sampled_from(["", ":", ":http://a/b#C"])
)
_absent = st.none()
_no_name = st.sampled_from([5, True, ["NotAuthorizedException"], {"__type": "NotAuthorizedException"}, "", ":x"])
_texts: st.SearchStrategy[Any] = st.text(max_size=10) | st.sampled_from([None, 5, ["x"], {}])


def _spelled(drawn: Any) -> Any:
    return "".join(drawn) if isinstance(drawn, tuple) else drawn


@_each_caller
@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    operation=st.sampled_from(OPERATIONS),
    status=st.sampled_from([400, 401, 403, 404, 409, 413, 429, 500, 503]),
    header=_absent | _decorated,
    spell=st.sampled_from([str, str.lower, str.upper, str.title, str.swapcase]),
    body_code=_absent | _no_name | _decorated,
    type_=_absent | _no_name | _decorated,
    nested=_absent | _decorated,
    messages=st.dictionaries(st.sampled_from(["message", "Message"]), _texts),
)
def test_any_combination(
    *,
    call: Caller,
    operation: str,
    status: int,
    header: tuple[str, str, str] | None,
    spell: Callable[[str], str],
    body_code: Any,
    type_: Any,
    nested: tuple[str, str, str] | None,
    messages: dict[str, Any],
) -> None:
    headers = {} if header is None else {spell(_HEADER): _spelled(header)}
    members = {"code": _spelled(body_code), "__type": _spelled(type_), **messages}
    document = {key: value for key, value in members.items() if value is not None or key in messages}
    if nested is not None:
        document["inner"] = {"__type": _spelled(nested), "message": "inner"}
    error = _error(document, status=status, headers=headers, operation=operation, call=call)

    found = [candidate[1] for candidate in (header, body_code, type_) if isinstance(candidate, tuple)]
    code = found[0] if found else str(status)
    said = [messages[key] for key in ("message", "Message") if isinstance(messages.get(key), str)]
    assert (type(error), error.code) == (_class_of(code), code)
    assert error.message == (said[0] if said else "")
    assert error.data == (document or None)
    if isinstance(type_, tuple) and len(found) == 1:
        theirs = oracle.parse(operation, status, headers, json.dumps(document).encode())["Error"]
        assert theirs["Code"] == error.code
        assert not isinstance(theirs["Message"], str) or theirs["Message"] == error.message


@pytest.mark.parametrize("code", _MODELLED)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_modelled_error_is_its_class_for_every_operation(operation: str, code: str) -> None:
    error = _error({"__type": code, "message": "m"}, operation=operation)
    assert (type(error), error.code, error.message) == (getattr(errors, code), code, "m")


def test_documented_errors_are_those_of_the_model() -> None:
    for operation in OPERATIONS:
        modelled = {shape.name for shape in oracle.MODEL.operation_model(operation).error_shapes}
        assert modelled <= operation_of(operation).errors.keys()
        assert operation_of(operation).errors.keys() <= set(_MODELLED)


# --- whether a repetition may help ----------------------------------------------------------------

_REPLIES: dict[str, tuple[int, str | None]] = {
    **{f"{status} without a name": (status, None) for status in (400, 401, 403, 404, 408, 409, 429)},
    **{f"{status} without a name": (status, None) for status in (500, 501, 502, 503, 504, 505)},
    **{f"400 {code}": (400, code) for code in _MODELLED},
    **{f"429 {code}": (429, code) for code in ("NotAuthorizedException", "TooManyRequestsException", "NewException")},
    **{f"500 {code}": (500, code) for code in ("InternalErrorException", "NewException")},
    **{
        f"400 {code}": (400, code)
        for code in (
            "BandwidthLimitExceeded",
            "EC2ThrottledException",
            "ExpiredTokenException",
            "InvalidSignatureException",
            "PriorRequestNotComplete",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "RequestTimeout",
            "RequestTimeoutException",
            "RequestTimeTooSkewed",
            "SlowDown",
            "ThrottledException",
            "Throttling",
            "ThrottlingException",
            "TransactionInProgressException",
        )
    },
}


@pytest.mark.parametrize(("status", "code"), _REPLIES.values(), ids=_REPLIES)
def test_retryable_is_what_botocore_retries(status: int, code: str | None) -> None:
    body = b"" if code is None else json.dumps({"__type": code}).encode()
    sent = oracle.requests_sent("ListIdentityPools", {"MaxResults": 1}, status, {}, body)
    assert _error(body, status=status).retryable is (sent > 1)
