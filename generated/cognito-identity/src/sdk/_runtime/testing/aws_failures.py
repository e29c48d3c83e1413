"""How services of AWS refuse, seen from the server: errors named by a code, and signatures that count five minutes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from ..http import Headers, HTTPRequest, HTTPResponse
from ..operation import Operation
from .service import Failure, UnexpectedRequest

__all__ = ["AwsFailures", "code_and_status"]

_TOLERATED = timedelta(minutes=5)  # the services' own window
_BAD_REQUEST = 400
# Every error of such a service comes with 400, but those that are its own fault.
_STATUSES = {"Internal": 500, "ServiceUnavailable": 503}


class AwsFailures:
    """Refusals of a service whose error documents are JSON."""

    request_id_header = "x-amzn-RequestId"

    def failure(self, operation: Operation[Any] | None, failure: Failure) -> HTTPResponse:
        """An error, named in the header and in the body."""
        code, status = code_and_status(operation, failure)
        document = {"__type": code, "message": failure.message, **failure.members}
        headers = [
            ("Content-Type", self.content_type(operation)),
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

    def content_type(self, operation: Operation[Any] | None) -> str:
        """Of error documents."""
        return "application/json"


def code_and_status(operation: Operation[Any] | None, failure: Failure) -> tuple[str, int]:
    """What an error is called, and the status that it comes with.

    Raises:
        ValueError: It has no name.
    """
    code = failure.code or _code(operation, failure)
    usual = next((status for start, status in _STATUSES.items() if code.startswith(start)), _BAD_REQUEST)
    return code, failure.status or usual


def _code(operation: Operation[Any] | None, failure: Failure) -> str:
    errors = {} if operation is None else operation.errors
    code = next((code for code, kind in errors.items() if kind is failure.kind), None)
    if code is None and failure.status is None:
        what = "nothing" if failure.kind is None else failure.kind.__name__
        raise ValueError(f"an error needs a code: {what} has none here; the documented ones are {', '.join(errors)}")
    return code or ""
