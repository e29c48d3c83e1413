"""What a program may watch and take part in: the calls of a client and their attempts.

A hook is a subclass of `Hooks` that overrides what it needs. What it is given are values: their `repr` shows no secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from .errors import ConfigurationError
from .http import HTTPRequest, HTTPResponse
from .model import Model, Response

__all__ = ["AttemptEnd", "AttemptStart", "CallEnd", "CallStart", "Event", "Hooks", "hooks_of"]


class Event(Struct, frozen=True, kw_only=True):
    """What every event says.

    Attributes:
        operation: Name of the operation in the API's description.
        service: The AWS service's id, such as `Cognito Identity`; None for other APIs.
        method: HTTP method.
        path: Path in the API's description, with `{name}` where values go.
        server: Scheme, host and port of the server; the port only where it is not the scheme's default.
        call_id: The same for all events of a call, different for every call.
        max_attempts: How many attempts there may be.
    """

    operation: str
    service: str | None
    method: str
    path: str
    server: str
    call_id: str
    max_attempts: int


class CallStart(Event, frozen=True, kw_only=True):
    """A call is about to begin.

    Attributes:
        request: The request object; made from the keyword arguments where the caller gave these. It is written down
            already: changing it has no effect.
    """

    request: Model


class AttemptStart(Event, frozen=True, kw_only=True):
    """An attempt is about to be authenticated and sent.

    Attributes:
        number: 1 for the first attempt.
        request: What is sent, before authentication adds to it. Changing it has no effect.
    """

    number: int
    request: HTTPRequest


class AttemptEnd(Event, frozen=True, kw_only=True):
    """An attempt was sent, and this came of it.

    Attributes:
        number: 1 for the first attempt.
        request: What was sent.
        response: The reply; None where none arrived.
        error: What the reply means, or why there is none; None after a success.
        elapsed: Seconds that the attempt took.
        wait: Seconds to wait before the next attempt; None where there is none.
    """

    number: int
    request: HTTPRequest
    response: HTTPResponse | None
    error: BaseException | None
    elapsed: float
    wait: float | None


class CallEnd(Event, frozen=True, kw_only=True):
    """A call is over.

    Attributes:
        attempts: How many requests were sent.
        result: What the caller gets; None where the call failed.
        error: What the caller gets instead: an `SDKError`, or what cancelled the call.
        response: The last reply; None where none arrived.
        elapsed: Seconds that the call took, waits included.
    """

    attempts: int
    result: Response | None
    error: BaseException | None
    response: HTTPResponse | None
    elapsed: float


class Hooks:
    """What a client tells of its calls: pass instances to it as `hooks=[...]`, and override what you need.

    `before_...` is called in the order of the list, `after_...` in the opposite order. One instance serves all calls
    of a client, so also several threads at once; `call_id` tells calls apart. Hooks of asyncio clients are plain
    methods too: they are not awaited, and what blocks in one blocks the event loop.

    An exception in a `before_...` method ends the call before anything more is sent, and reaches the caller: so a hook
    can forbid a call. One in an `after_...` method changes nothing about a call that is done: it is logged with its
    traceback, and a `RuntimeWarning` tells of it.
    """

    def before_call(self, event: CallStart) -> None:
        """Before the first attempt, and before credentials are looked for."""

    def before_attempt(self, event: AttemptStart) -> Mapping[str, str] | None:
        """Before each attempt.

        Returns:
            Header fields to add to this attempt, or None. They are signed where the request is signed, but for those
            that proxies and tracing change (`traceparent`, `baggage`, `x-amzn-trace-id` ...).
        """
        return None

    def after_attempt(self, event: AttemptEnd) -> None:
        """After each attempt that was sent."""

    def after_call(self, event: CallEnd) -> None:
        """After each call that this object saw begin, whatever came of it."""


def hooks_of(given: Iterable[Hooks]) -> tuple[Hooks, ...]:
    """The hooks of a client.

    Raises:
        ConfigurationError: One of them is no `Hooks`, such as a class in place of an instance.
    """
    hooks = tuple(given)
    for hook in hooks:
        if not isinstance(hook, Hooks):
            raise ConfigurationError(f"hooks takes instances of Hooks; {hook!r:.80} is none")
    return hooks
