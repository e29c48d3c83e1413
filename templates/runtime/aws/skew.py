"""A wrong clock on this side, measured against the Date header of a service that refused a signature because of it.

AWS accepts signatures within five minutes of its own clock; from four minutes on the difference is taken to be the
reason.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ..call import date_of
from ..errors import APIError

__all__ = ["measured_skew"]

_TOLERATED = timedelta(minutes=4)
_CODES = frozenset(
    {
        "AuthFailure",
        "InvalidSignatureException",
        "RequestExpired",
        "RequestInTheFuture",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    }
)


def measured_skew(error: APIError, now: datetime) -> timedelta | None:
    """How far the server is ahead of `now`, where that may be why it refused; else None."""
    date = None if error.raw_response is None or error.code not in _CODES else date_of(error.raw_response)
    if date is None or abs(date - now) < _TOLERATED:
        return None
    return date - now
