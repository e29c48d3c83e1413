"""AWS JSON 1.0 and 1.1, as services speak it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

from ...codec import encode
from ...http import Headers, HTTPRequest, HTTPResponse
from ...operation import Operation
from ...spelling import spelled
from ..bodies import content_of, read_json
from ..service import Failure, UnexpectedRequest

__all__ = ["AwsJsonService"]

_TARGET = "x-amz-target"
_TOLERATED = timedelta(minutes=5)  # the services' own window
_TIMESTAMPS = "epoch-seconds"
_BAD_REQUEST = 400
# Every error of such a service comes with 400, but those that are its own fault.
_STATUSES = {"Internal": 500, "ServiceUnavailable": 503}


class AwsJsonService:
    """The protocol.

    Args:
        operations: The operations by the way to their methods.
    """

    request_id_header = "x-amzn-RequestId"

    def __init__(self, operations: Mapping[str, Operation[Any]]) -> None:
        self._by_target = {
            value: name
            for name, operation in operations.items()
            for header, value in operation.headers
            if header.lower() == _TARGET
        }

    def find(self, request: HTTPRequest) -> str | None:
        """By the target header alone: every path is as good as `/`."""
        return self._by_target.get(Headers(request.headers).get(_TARGET, "")) if request.method == "POST" else None

    def token(self, request: HTTPRequest) -> HTTPResponse | None:
        """None: credentials are not asked for here."""
        return None

    def describe(self, request: HTTPRequest) -> str:
        """The target."""
        return f"X-Amz-Target {Headers(request.headers).get(_TARGET)!r}"

    def read(self, operation: Operation[Any], request: HTTPRequest) -> Any:
        """The body, into the class that the request object has for it."""
        type_ = get_type_hints(operation.request).get("request")
        if type_ is None:
            return operation.request()
        # Timestamps may be numbers, which a strict reader refuses.
        body = read_json(type_, content_of(request) or b"{}", lax=operation.timestamps is not None)
        return operation.request(request=body)

    def success(self, operation: Operation[Any], status: int, body: Any) -> HTTPResponse:
        """A reply; without a body it is empty, as the services' own is."""
        content = b"" if body is None else encode(spelled(body, _TIMESTAMPS))
        return HTTPResponse(status, Headers([("Content-Type", self._content_type(operation))]), content, "OK")

    def failure(self, operation: Operation[Any] | None, failure: Failure) -> HTTPResponse:
        """An error, named in the header and in the body."""
        code = failure.code or _code(operation, failure)
        status = failure.status or next(
            (status for start, status in _STATUSES.items() if code.startswith(start)), _BAD_REQUEST
        )
        document = {"__type": code, "message": failure.message, **failure.members}
        headers = [
            ("Content-Type", self._content_type(operation)),
            ("x-amzn-ErrorType", code),
            *failure.headers,
        ]
        content = json.dumps(document if failure.document is None else failure.document).encode()
        return HTTPResponse(status, Headers(headers), content)

    def throttling(self, retry_after: float | None) -> Failure:
        """ThrottlingException; the wait in milliseconds, as these services say it."""
        headers = () if retry_after is None else (("x-amz-retry-after", str(round(retry_after * 1000))),)
        return Failure(code="ThrottlingException", message="Rate exceeded", headers=headers)

    def refusal(self, error: UnexpectedRequest) -> Failure:
        """What the services' common front end says."""
        code = "UnknownOperationException" if error.operation is None else "SerializationException"
        return Failure(code=code, message=str(error))

    def wrongly_dated(self, request: HTTPRequest, now: datetime) -> Failure | None:
        """A signature counts five minutes, before and after."""
        headers = Headers(request.headers)
        if not headers.get("authorization", "").startswith("AWS4-HMAC-SHA256"):
            return None
        try:
            at = datetime.strptime(headers.get("x-amz-date", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            return Failure(code="IncompleteSignatureException", message="X-Amz-Date is missing or no date")
        if abs(at - now) <= _TOLERATED:
            return None
        what = "Signature expired" if at < now else "Signature not yet current"
        return Failure(
            code="InvalidSignatureException", message=f"{what}: {at:%Y%m%dT%H%M%SZ}, and it is {now:%Y%m%dT%H%M%SZ}"
        )

    def _content_type(self, operation: Operation[Any] | None) -> str:
        return (operation and operation.content_type) or "application/x-amz-json-1.1"


def _code(operation: Operation[Any] | None, failure: Failure) -> str:
    errors = {} if operation is None else operation.errors
    code = next((code for code, kind in errors.items() if kind is failure.kind), None)
    if code is None and failure.status is None:
        what = "nothing" if failure.kind is None else failure.kind.__name__
        raise ValueError(f"an error needs a code: {what} has none here; the documented ones are {', '.join(errors)}")
    return code or ""
