"""AWS JSON 1.0 and 1.1 (Smithy: awsJson1_0, awsJson1_1).

A request is a POST to `/` whose X-Amz-Target header names the operation and whose body is always an object. An error
is named, in this
order, by the X-Amzn-Errortype header, the body's `code`, the body's `__type`; its name is what stands before `:` and
after `#`.
"""

from __future__ import annotations

from typing import Any

from ..codec import decode, decode_any, decode_details, encode
from ..draft import Draft
from ..errors import APIError, DecodeError
from ..excerpt import excerpt
from ..http import HTTPResponse
from ..operation import Operation
from ..spelling import spelled

__all__ = ["AwsJson"]

_THROTTLING = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
_TRANSIENT_CODES = frozenset({"RequestTimeout", "RequestTimeoutException"})
_TRANSIENT_STATUSES = frozenset({500, 502, 503, 504})
_TOO_MANY_REQUESTS = 429


class AwsJson:
    """The protocol's two directions."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object as a draft."""
        body = request.request if operation.body is not None else None
        draft = Draft(
            method=operation.method,
            path=operation.path,
            headers=[("Content-Type", operation.content_type or ""), *operation.headers],
            body=b"{}" if body is None else encode(spelled(body, operation.timestamps)),
        )
        given = getattr(request, "headers", None)
        if given is not None:
            constant = {name.lower() for name, _ in operation.headers}
            for parameter in operation.wire_headers:
                value = getattr(given, parameter.field)
                if value is not None and parameter.name.lower() not in constant:
                    draft.wire_headers.append((parameter.name, str(value)))
        return draft

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success. Its media type is not looked at: servers that speak this protocol name all kinds.

        Raises:
            DecodeError: It is not a JSON object.
        """
        if operation.output is None:
            return None
        return decode(operation.output, (response.body.strip() and response.body) or b"{}")

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success."""
        document = _document(response)
        code = _code(response, document)
        kind = operation.errors.get(code or "", APIError)
        code = code or str(response.status_code)
        message = next((document[key] for key in ("message", "Message") if isinstance(document.get(key), str)), None)
        if message is None:
            message = response.headers.get("x-amzn-errormessage") or ("" if document else excerpt(response))
        return kind(
            message,
            code=code,
            data=document or None,
            details=decode_details(operation.error_types.get(code), document or None),
            raw_response=response,
            throttled=_is_throttled(code, response.status_code, documented=kind is not APIError),
            retryable=_is_retryable(code, response.status_code, documented=kind is not APIError),
        )

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Always: services of this protocol promise that a repeated request does no harm."""
        return True


def _document(response: HTTPResponse) -> dict[str, Any]:
    """The error document, empty where the body is none: proxies answer with HTML, and some servers with nothing."""
    try:
        document = decode_any(response.body)
    except DecodeError:
        return {}
    return document if isinstance(document, dict) else {}


def _code(response: HTTPResponse, document: dict[str, Any]) -> str | None:
    for candidate in (response.headers.get("x-amzn-errortype"), document.get("code"), document.get("__type")):
        if isinstance(candidate, str):
            name = candidate.partition(":")[0].rpartition("#")[2].strip()
            if name:
                return name
    return None


def _is_throttled(code: str, status: int, *, documented: bool) -> bool:
    # A documented error with status 429 means what its name says; without a name the status is all there is.
    return code in _THROTTLING or (status == _TOO_MANY_REQUESTS and not documented)


def _is_retryable(code: str, status: int, *, documented: bool) -> bool:
    return (
        code in _TRANSIENT_CODES or status in _TRANSIENT_STATUSES or _is_throttled(code, status, documented=documented)
    )
