"""Calls in the log of the program: one line at INFO for a call and for each retry, and at DEBUG what was sent and read.

Secrets stay out by construction and not by searching for them. Requests and results are shown by their `repr`, which
hides what the API declares sensitive. Header values are shown for the names listed here, and request headers before
authentication adds its own. Paths are shown as the API's description has them, queries and error documents not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from logging import DEBUG, INFO, Logger
from typing import Any

from .errors import APIError, ConfigurationError, TransportError
from .hooks import AttemptEnd, AttemptStart, CallEnd, CallStart, Event, Hooks
from .http import HTTPResponse
from .model import Model, Response, request_id_of

__all__ = ["CallLog"]

# Everything else may be a key, a token or a person: what is not known to be harmless shows its name alone.
_HARMLESS = frozenset(
    {
        "accept",
        "accept-encoding",
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "etag",
        "ratelimit",
        "ratelimit-policy",
        "request-id",
        "retry-after",
        "server",
        "traceparent",
        "transfer-encoding",
        "user-agent",
        "vary",
        "x-amz-date",
        "x-amz-request-id",
        "x-amz-retry-after",
        "x-amz-target",
        "x-amzn-errortype",
        "x-amzn-requestid",
        "x-amzn-trace-id",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-request-id",
    }
)
_LONGEST = 2000
_LONGEST_WORD = 200


class CallLog(Hooks):
    """The hooks that write to a logger."""

    def __init__(self, logger: Logger) -> None:
        self._logger = logger

    def before_call(self, event: CallStart) -> None:
        """What is called, and with what."""
        if self._logger.isEnabledFor(DEBUG):
            self._logger.debug("%s: request %s [%s]", _at(event), _short(event.request), event.call_id)

    def before_attempt(self, event: AttemptStart) -> None:
        """What is about to be sent."""
        if self._logger.isEnabledFor(DEBUG):
            self._logger.debug(
                "%s: attempt %d of %d: %s %s, %d bytes, headers %s [%s]",
                _at(event),
                event.number,
                event.max_attempts,
                event.method,
                event.path,
                len(event.request.body),
                _headers(event.request.headers),
                event.call_id,
            )

    def after_attempt(self, event: AttemptEnd) -> None:
        """What came back, and whether it is tried again."""
        level = DEBUG if event.wait is None else INFO
        if self._logger.isEnabledFor(level):
            self._logger.log(
                level,
                "%s: attempt %d of %d: %s in %.3f s%s%s [%s]",
                _at(event),
                event.number,
                event.max_attempts,
                _outcome(event.response, event.error),
                event.elapsed,
                "" if event.wait is None else f", again in {event.wait:.3f} s",
                _reply(event.response) if self._logger.isEnabledFor(DEBUG) else "",
                event.call_id,
            )

    def after_call(self, event: CallEnd) -> None:
        """What came of it all."""
        self._logger.info(
            "%s: %s in %.3f s, %d attempt%s [%s]",
            _at(event),
            _outcome(event.response, event.error),
            event.elapsed,
            event.attempts,
            "" if event.attempts == 1 else "s",
            event.call_id,
        )
        if event.result is not None and self._logger.isEnabledFor(DEBUG):
            self._logger.debug("%s: result %s [%s]", _at(event), _short(event.result), event.call_id)


def _at(event: Event) -> str:
    return f"{event.operation} at {event.server}"


def _outcome(response: HTTPResponse | None, error: BaseException | None) -> str:
    """Status, request id and what went wrong. The messages of services are left to the exception: they may quote what
    was sent.
    """
    parts = [] if error is None else [type(error).__name__]
    if isinstance(error, APIError) and error.code and error.code != parts[0]:
        parts.append(_word(error.code))
    if isinstance(error, TransportError | ConfigurationError):
        parts.append(f"({_word(error.message, _LONGEST)})")
    if response is not None:
        request_id = request_id_of(response)
        parts.append(f"status {response.status_code}")
        parts.append("" if request_id is None else f"request id {_word(request_id)}")
    return " ".join(part for part in parts if part)


def _reply(response: HTTPResponse | None) -> str:
    return "" if response is None else f"; {len(response.body)} bytes, headers {_headers(response.headers.raw)}"


def _headers(fields: Iterable[tuple[str, str]]) -> str:
    shown = (f"{name}: {_word(value) if name.lower() in _HARMLESS else '***'}" for name, value in fields)
    return f"{{{', '.join(shown)}}}"


def _short(value: Model | Response) -> str:
    members = ((name, _size(member)) for name, member in value.__rich_repr__())
    text = f"{type(value).__name__}({', '.join(f'{name}={member}' for name, member in members)})"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text)} characters)"


def _size(member: Any) -> str:
    """A body that is text or bytes is not the API's but someone's document: its length has to do."""
    match member:
        case str():
            return f"<{len(member)} characters>"
        case bytes():
            return f"<{len(member)} bytes>"
        case _:
            return repr(member)


def _word(text: str, longest: int = _LONGEST_WORD) -> str:
    """What others wrote, in one line of bounded length: a line break in it would forge a line of the log."""
    return text if text.isprintable() and len(text) <= longest else ascii(text[:longest])
