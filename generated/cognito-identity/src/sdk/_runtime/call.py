"""One call from its first attempt to its end, without the line that sends.

The client asks for the next request, sends it, and says what came back; this decides whether that is the result, an
error, or a reason to wait and try again. Blocking and asyncio clients share every decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic

from .errors import APIError, DeadlineExceeded, SDKError, TransportError
from .http import HTTPRequest, HTTPResponse, Origin, Timeout
from .model import request_id_of
from .operation import Operation, R
from .retry import Quota, Retries, backoff, server_delay

if TYPE_CHECKING:
    from .client import Auth, WireProtocol
    from .clock import Clock
    from .draft import Draft
    from .rate_limit import RateLimiter

__all__ = ["Attempt", "Call", "Session"]


_SUCCESS = 2


@dataclass(frozen=True, slots=True)
class Session:
    """What the calls of a client share."""

    protocol: WireProtocol
    auth: Auth
    clock: Clock
    quota: Quota


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an authentication may want to say of an attempt.

    Attributes:
        number: 1 for the first.
        limit: How many there may be; None where their number is not limited.
        call_id: The same for all attempts of a call, different for every call: a UUID (RFC 9562, version 4).
        expires: When the client stops waiting for the reply, by the server's clock as far as it is known.
    """

    number: int
    limit: int | None
    call_id: str
    expires: datetime | None


class Call(Generic[R]):
    """The attempts of one call.

    Attributes:
        wait: Seconds to wait before the next attempt, set when there is to be one.
        failure: Why there is to be one.
        limiter: What each attempt asks for its turn (see `turn`); None where it need not.
    """

    def __init__(
        self,
        session: Session,
        operation: Operation[R],
        draft: Draft,
        origin: Origin,
        *,
        security: Any,
        has_server: bool,
        policy: Retries,
        timeout: Timeout,
        limiter: RateLimiter | None,
    ) -> None:
        self.wait = 0.0
        self.failure: SDKError | None = None
        self.limiter = limiter
        self._session = session
        self._operation = operation
        self._draft = draft
        self._origin = origin
        self._security = security
        self._has_server = has_server
        self._policy = policy
        self._timeout = timeout
        self._deadline = _from_now(session.clock, timeout.total)
        self._last_begin = _from_now(session.clock, policy.max_elapsed)
        self._id = session.clock.uuid()
        self._number = 0
        self._cost = 0
        self._repaired = False
        self._identity: Any = None
        self._server_ahead: timedelta | None = None

    def turn(self) -> float:
        """Seconds after which to ask again, because the rate limit has no room yet; 0 where the attempt has its turn.

        Raises:
            DeadlineExceeded: There is no room before the call's end.
        """
        if self.limiter is None:
            return 0.0
        now = self._session.clock.monotonic()
        wait = self.limiter.take(now)
        if wait and self._deadline is not None and now + wait >= self._deadline:
            raise DeadlineExceeded(
                "this client sends less often since a server refused more; there is no room within timeout.total",
                attempts=self._number,
                request_sent=self._number > 0,
            )
        return wait

    def attempt(self, identity: Any) -> tuple[HTTPRequest, Timeout]:
        """The next request, authenticated anew, and what is left of the time.

        Args:
            identity: What the call is authenticated with, as the authentication found it.

        Raises:
            SDKError: It cannot be authenticated.
        """
        self._number += 1
        self._identity, self.failure = identity, None
        draft = self._prepared()
        self._session.auth.authenticate(draft, identity, has_server=self._has_server)
        return draft.finish(self._origin), self._time_left()

    def answered(self, response: HTTPResponse) -> R | None:
        """The result, or None where the call is to be tried again after `wait`.

        Raises:
            APIError: The server answered with an error, and there is no further attempt.
            ResponseError: The reply cannot be read.
        """
        operation = self._operation
        try:
            if response.status_code // 100 == _SUCCESS or _is_result(operation, response.status_code):
                self._ended(throttled=False)
                body = self._session.protocol.decode(operation, response)
                self._session.quota.give_back(self._cost)
                return self._result(response, body)
            error = self._session.protocol.error(operation, response)
        except APIError as disguised:  # S3 answers some copies with 200 before it knows
            error = disguised
        except SDKError as unreadable:
            raise self._completed(unreadable, response) from None
        self._completed(error, response)
        self._ended(throttled=error.throttled)
        self._note_date(response)
        if not self._may_follow(error, response):
            raise error
        self.failure = error
        return None

    def lost(self, error: TransportError) -> None:
        """Decide after an attempt without a reply; returns where it is to be tried again after `wait`.

        Raises:
            TransportError: `error`, where there is no further attempt.
        """
        error.attempts = self._number
        self._ended(throttled=False)
        repeatable = not error.request_sent or self._session.protocol.is_repeatable(self._operation)
        wanted = error.retryable and repeatable and self._policy.connection_errors
        if not (wanted and self._take_another(error, throttled=False, asked=None)):
            raise error
        self.failure = error

    def failed(self, error: BaseException) -> None:
        """Note that the caller gets `error`, whatever it is."""
        if isinstance(error, SDKError):
            error.operation = self._operation.name

    def _prepared(self) -> Draft:
        """The request of one attempt, before it is authenticated."""
        draft = self._draft.copy()
        draft.attempt = Attempt(self._number, self._policy.max_attempts, self._id, self._expires())
        return draft

    def _ended(self, *, throttled: bool) -> None:
        if self.limiter is not None:
            self.limiter.record(self._session.clock.monotonic(), throttled=throttled)

    def _result(self, response: HTTPResponse, body: Any) -> R:
        operation = self._operation
        facts: dict[str, Any] = {"raw_response": response, "attempts": self._number}
        if operation.field is not None:
            facts[operation.field] = body
        return operation.result(**facts)

    def _completed(self, error: SDKError, response: HTTPResponse) -> SDKError:
        error.raw_response, error.request_id = response, request_id_of(response)
        error.attempts = self._number
        return error

    def _may_follow(self, error: APIError, response: HTTPResponse) -> bool:
        if self._draft.bucket is not None and self._follow(error):
            self.wait = 0.0
            return True
        if not self._repaired and not self._is_last() and self._repair(error):
            # A clock that was wrong, or credentials that ended: the same request, signed anew, may well succeed.
            self._repaired, self.wait = True, 0.0
            return True
        if self._policy.statuses is not None:
            wanted = self._policy.names(response.status_code)
        else:
            harmless = error.throttled or self._session.protocol.is_repeatable(self._operation)
            wanted = error.retryable and harmless
        if not wanted:
            return False
        return self._take_another(error, throttled=error.throttled, asked=response)

    def _follow(self, error: APIError) -> bool:
        """Whether S3 said that the bucket is elsewhere, and the next attempt goes there."""
        from .buckets import moved  # S3 alone has buckets

        upload = self._draft.upload
        if upload is not None and not upload.can_begin:
            return False
        origin = moved(self._session.auth, error, self._draft, self._origin, has_server=self._has_server)
        self._origin = origin or self._origin
        return origin is not None

    def _repair(self, error: APIError) -> bool:
        return self._session.auth.repair(error, self._operation, self._security, self._identity)

    def _take_another(self, error: SDKError, *, throttled: bool, asked: HTTPResponse | None) -> bool:
        """Whether there is another attempt: by number, by what the server asks for, by the time left, by the quota."""
        if self._is_last():
            return False
        clock = self._session.clock
        wait: float | None = backoff(self._policy, self._number - 1, clock.random(), throttled=throttled)
        if asked is not None and wait is not None:
            wait = server_delay(asked.headers, wait, clock.now())
        if wait is None or not self._fits(wait):
            return False
        cost = self._session.quota.take(throttled=throttled)
        if cost is None:
            error.add_note("not tried again: this client's retry quota is used up")
            return False
        self._cost, self.wait = cost, wait
        return True

    def _is_last(self) -> bool:
        upload = self._draft.upload
        if upload is not None and not upload.can_begin:
            return True
        return self._policy.max_attempts is not None and self._number >= self._policy.max_attempts

    def _fits(self, wait: float) -> bool:
        """Whether there is time for another attempt after `wait` seconds, and for the rate limit's wait after them."""
        if self._deadline is None and self._last_begin is None:
            return True
        then = self._session.clock.monotonic() + wait
        if self.limiter is not None:
            then += self.limiter.delay(then)
        in_time = self._deadline is None or then < self._deadline
        return in_time and (self._last_begin is None or then <= self._last_begin)

    def _time_left(self) -> Timeout:
        if self._deadline is None:
            return self._timeout
        left = self._deadline - self._session.clock.monotonic()
        if left <= 0:
            raise DeadlineExceeded("the call took longer than timeout.total", attempts=self._number - 1)
        limit = self._timeout
        return Timeout(connect=limit.connect, read=limit.read, write=limit.write, pool=limit.pool, total=left)

    def _note_date(self, response: HTTPResponse) -> None:
        date = date_of(response)
        if date is not None:
            self._server_ahead = date - self._session.clock.now()

    def _expires(self) -> datetime | None:
        if self._server_ahead is None or self._timeout.read is None:
            return None
        return self._session.clock.now() + self._server_ahead + timedelta(seconds=self._timeout.read)


def _is_result(operation: Operation[Any], status: int) -> bool:
    """Whether a redirect is what the operation is called for."""
    return str(status) in operation.redirects or f"{status // 100}XX" in operation.redirects


def _from_now(clock: Clock, seconds: float | None) -> float | None:
    return None if seconds is None else clock.monotonic() + seconds


def date_of(response: HTTPResponse) -> datetime | None:
    """The Date header (RFC 9110, section 6.6.1), None where it is absent or no date."""
    from email.utils import parsedate_to_datetime  # slow to import, and seldom needed

    try:
        date = parsedate_to_datetime(response.headers.get("date", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo is not None else None
