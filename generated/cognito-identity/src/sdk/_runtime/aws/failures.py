"""Errors of AWS's services: recognised by a code, whatever the status, and retried by what the code means.

In JSON the code stands, in this order, in the X-Amzn-Errortype header, the body's `code`, the body's `__type`; its name
is what stands before `:` and after `#`. Services that spoke the query protocol before send the code of that time too,
which goes on being the error's code.
"""

from __future__ import annotations

from typing import Any

from ..codec import decode_any, decode_details
from ..errors import APIError, DecodeError
from ..excerpt import excerpt
from ..http import HTTPResponse
from ..operation import Operation

__all__ = ["failure", "json_failure"]

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


def json_failure(operation: Operation[Any], response: HTTPResponse) -> APIError:
    """The exception for an error whose document is JSON."""
    document = _document(response)
    message = next((document[key] for key in ("message", "Message") if isinstance(document.get(key), str)), None)
    code = _code(response, document)
    # What a service that once spoke the query protocol called the error then: `code;Sender`.
    former = response.headers.get("x-amzn-query-error", "").partition(";")[0]
    return failure(operation, response, former or code, message, document, known=code if former else None)


def failure(
    operation: Operation[Any],
    response: HTTPResponse,
    code: str | None,
    message: str | None,
    document: dict[str, Any],
    *,
    known: str | None = None,
) -> APIError:
    """The exception for a reply that is no success.

    Args:
        operation: What was called.
        response: The reply.
        code: The error's name, None where the reply has none: then the status stands for it.
        message: What the service says, None where it says nothing.
        document: The members of the error, empty where the reply's body is no error document.
        known: What the description calls the error, where that is not its code.
    """
    known = known or code or ""
    kind = operation.errors.get(known, APIError)
    code = code or str(response.status_code)
    if message is None:
        message = response.headers.get("x-amzn-errormessage") or ("" if document else excerpt(response))
    return kind(
        message,
        code=code,
        data=document or None,
        details=decode_details(operation.error_types.get(known), document or None),
        raw_response=response,
        throttled=_is_throttled(code, response.status_code, documented=kind is not APIError),
        retryable=_is_retryable(code, response.status_code, documented=kind is not APIError),
    )


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
