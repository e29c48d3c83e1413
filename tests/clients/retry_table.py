"""How often which reply is asked for again, and after how long: a table, for our client and for botocore's."""

from __future__ import annotations

from dataclasses import replace

from tests.clients.scripted import failure
from tests.clients.stub import Reply

__all__ = ["TABLE"]

THROTTLING = (
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
)

# What the standard mode of AWS's SDKs does; waits with a random factor of 1.
TABLE: dict[str, tuple[Reply, int, list[float]]] = {
    **{code: (failure(400, code), 3, [1.0, 2.0]) for code in THROTTLING},
    "500": (failure(500), 3, [0.05, 0.1]),
    "502": (failure(502), 3, [0.05, 0.1]),
    "503": (failure(503), 3, [0.05, 0.1]),
    "504": (failure(504), 3, [0.05, 0.1]),
    "500 html": (replace(failure(500), body=b"<html>oops</html>"), 3, [0.05, 0.1]),
    "429 without a code": (failure(429), 3, [1.0, 2.0]),
    "429 with a code of its own": (failure(429, "NotAuthorizedException"), 1, []),
    "429 with an unknown code": (failure(429, "Whatever"), 3, [1.0, 2.0]),
    "RequestTimeout": (failure(400, "RequestTimeout"), 3, [0.05, 0.1]),
    "RequestTimeoutException": (failure(400, "RequestTimeoutException"), 3, [0.05, 0.1]),
    "InternalErrorException with 400": (failure(400, "InternalErrorException"), 1, []),
    "InternalErrorException with 500": (failure(500, "InternalErrorException"), 3, [0.05, 0.1]),
    "ConcurrentModificationException": (failure(400, "ConcurrentModificationException"), 1, []),
    "ExpiredTokenException": (failure(400, "ExpiredTokenException"), 1, []),
    "RequestTimeTooSkewed without a date": (failure(403, "RequestTimeTooSkewed"), 1, []),
    "408": (failure(408), 1, []),
    "501": (failure(501), 1, []),
    "404": (failure(404), 1, []),
    "asked to wait longer": (failure(500, x_amz_retry_after="1500"), 3, [1.5, 1.5]),
    "asked to wait much longer": (failure(500, x_amz_retry_after="90000"), 3, [5.05, 5.1]),
    "asked to wait less": (failure(429, x_amz_retry_after="1"), 3, [1.0, 2.0]),
    "asked in words": (failure(500, x_amz_retry_after="soon"), 3, [0.05, 0.1]),
    "asked to wait negatively": (failure(500, x_amz_retry_after="-1"), 3, [0.05, 0.1]),
    "Retry-After in seconds": (failure(503, retry_after="7"), 3, [7.0, 7.0]),
    "Retry-After too far away": (failure(503, retry_after="121"), 1, []),
    "Retry-After as a date": (failure(503, retry_after="Fri, 02 Jan 2026 03:04:15 GMT"), 3, [10.0, 0.1]),
    "Retry-After in the past": (failure(503, retry_after="Fri, 02 Jan 2015 03:04:15 GMT"), 3, [0.05, 0.1]),
    "Retry-After infinite": (failure(503, retry_after="inf"), 3, [0.05, 0.1]),
}
