"""Calls as spans of OpenTelemetry, named by its semantic conventions.

It needs `opentelemetry-api`, which the extra `otel` of the generated package brings. Without an SDK of OpenTelemetry
that the program sets up, spans go nowhere and cost little.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .errors import ConfigurationError, SDKError
from .hooks import AttemptEnd, AttemptStart, CallEnd, CallStart, Hooks
from .model import request_id_of
from .url import split_server_url

if TYPE_CHECKING:
    from opentelemetry.propagators.textmap import TextMapPropagator
    from opentelemetry.trace import Span, TracerProvider

__all__ = ["Tracing"]

_Attributes = dict[str, str | int | float]


class Tracing(Hooks):
    """One client span for each call, below the span that is current; servers learn of it by the program's propagator.

    AWS services: span `Service.Operation` with `rpc.system`, `rpc.service`, `rpc.method` and `aws.request_id`. Other
    APIs: span `METHOD /path/{template}` with `url.template`. Both have `http.request.method`, `server.address`,
    `server.port`, `http.response.status_code`, `http.request.resend_count` and `error.type`. An attempt that is tried
    again is an event of the span. Nothing that a caller or a server wrote is recorded: no body, no query, no message.

    Args:
        tracer_provider: Where spans come from; the program's global one without it.
        propagator: What tells servers of the span; the program's global one without it.

    Raises:
        ConfigurationError: OpenTelemetry is not installed.
    """

    def __init__(
        self, tracer_provider: TracerProvider | None = None, propagator: TextMapPropagator | None = None
    ) -> None:
        try:
            from opentelemetry import propagate, trace  # it is an extra
        except ImportError:
            raise ConfigurationError(
                "Tracing needs the package opentelemetry-api: install this client with its extra `otel`"
            ) from None
        self._trace = trace
        self._tracer = trace.get_tracer(__name__.partition(".")[0], tracer_provider=tracer_provider)
        self._propagator = propagator or propagate.get_global_textmap()
        self._spans: dict[str, Span] = {}

    def before_call(self, event: CallStart) -> None:
        """Begin the span."""
        name = f"{event.method} {event.path}" if event.service is None else f"{event.service}.{event.operation}"
        origin, _ = split_server_url(event.server)
        attributes: _Attributes = {
            "http.request.method": event.method,
            "server.address": origin.host,
            "server.port": origin.port,
            "rpc.method": event.operation,
        }
        if event.service is None:
            attributes["url.template"] = event.path
        else:
            attributes |= {"rpc.system": "aws-api", "rpc.service": event.service}
        span = self._tracer.start_span(name, kind=self._trace.SpanKind.CLIENT, attributes=attributes)
        self._spans[event.call_id] = span

    def before_attempt(self, event: AttemptStart) -> Mapping[str, str]:
        """Headers of the propagator, such as `traceparent`; those that the caller gave stay."""
        found: dict[str, str] = {}
        carrier: Any = found  # its type in OpenTelemetry's signature is one that a dict does not fit
        self._propagator.inject(carrier, context=self._trace.set_span_in_context(self._spans[event.call_id]))
        given = {name.lower() for name, _ in event.request.headers}
        return {name: value for name, value in found.items() if name.lower() not in given}

    def after_attempt(self, event: AttemptEnd) -> None:
        """An event for an attempt that is tried again."""
        if event.wait is None or event.error is None:
            return
        attributes: _Attributes = {
            "attempt": event.number,
            "error.type": _error_type(event.error),
            "duration": event.elapsed,
            "wait": event.wait,
        }
        if event.response is not None:
            attributes["http.response.status_code"] = event.response.status_code
        self._spans[event.call_id].add_event("retry", attributes)

    def after_call(self, event: CallEnd) -> None:
        """End the span."""
        span = self._spans.pop(event.call_id)
        if event.attempts > 1:
            span.set_attribute("http.request.resend_count", event.attempts - 1)
        if event.response is not None:
            span.set_attribute("http.response.status_code", event.response.status_code)
            request_id = request_id_of(event.response)
            if request_id is not None and event.service is not None:
                span.set_attribute("aws.request_id", request_id)
        if event.error is not None:
            error_type = _error_type(event.error)
            span.set_attribute("error.type", error_type)
            span.set_status(self._trace.StatusCode.ERROR, error_type)
        span.end()


def _error_type(error: BaseException) -> str:
    """The API's code for the error, else the class of the exception: few values, none of them a message."""
    return (isinstance(error, SDKError) and error.code) or type(error).__qualname__
