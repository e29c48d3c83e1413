"""Calls as spans: collected by OpenTelemetry's own SDK, compared with its semantic conventions."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.baggage.propagation import W3CBaggagePropagator
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from sdk.models import errors
from sdk.tracing import Tracing
from tests.clients.callers import Connect, key_pair
from tests.clients.held_clock import HeldClock
from tests.clients.stub import Reply, Stub
from tests.clients.test_hooks import ARGUMENTS, OPERATION, REFUSED, THROTTLED, Scripted

CANARY = "canary-of-the-server"


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def provider(spans: InMemorySpanExporter) -> TracerProvider:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    return provider


def client_of(connect: Connect, server: Stub, hook: Tracing, **options: Any) -> Any:
    settings: dict[str, Any] = {"server_url": server.url, "region": "us-east-1", "security": key_pair()}
    return connect(**{**settings, "hooks": [hook], "clock": HeldClock(), "retries": 2, **options})


def only(spans: InMemorySpanExporter) -> ReadableSpan:
    [span] = spans.get_finished_spans()
    return span


def test_the_span_of_a_call(connect: Connect, spans: InMemorySpanExporter, provider: TracerProvider) -> None:
    with Scripted(Reply()) as server:
        client_of(connect, server, Tracing(provider))(OPERATION, **ARGUMENTS)

    span = only(spans)
    host, _, port = server.host.partition(":")
    assert (span.name, span.kind, span.status.status_code) == (
        "Cognito Identity.ListIdentityPools",
        SpanKind.CLIENT,
        StatusCode.UNSET,
    )
    assert dict(span.attributes or {}) == {
        "rpc.system": "aws-api",
        "rpc.service": "Cognito Identity",
        "rpc.method": "ListIdentityPools",
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "server.address": host,
        "server.port": int(port),
        "aws.request_id": "id-1",
    }
    assert span.events == ()


def test_attempts_and_the_error_of_a_call(
    connect: Connect, spans: InMemorySpanExporter, provider: TracerProvider
) -> None:
    with Scripted(THROTTLED, REFUSED) as server:
        with pytest.raises(errors.NotAuthorizedException):
            client_of(connect, server, Tracing(provider))(OPERATION, **ARGUMENTS)

    span = only(spans)
    attributes = dict(span.attributes or {})
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, "NotAuthorizedException")
    assert attributes["error.type"] == "NotAuthorizedException"
    assert attributes["http.request.resend_count"] == 1
    assert attributes["http.response.status_code"] == 400
    [retry] = span.events
    assert dict(retry.attributes or {}) == {
        "attempt": 1,
        "error.type": "TooManyRequestsException",
        "duration": 0.0,
        "wait": 1.0,
        "http.response.status_code": 400,
    }


def test_a_call_that_nobody_answers(connect: Connect, spans: InMemorySpanExporter, provider: TracerProvider) -> None:
    with Stub() as server:
        pass
    with pytest.raises(errors.ConnectError):
        client_of(connect, server, Tracing(provider))(OPERATION, **ARGUMENTS)

    attributes = dict(only(spans).attributes or {})
    assert (attributes["error.type"], attributes["http.request.resend_count"]) == ("ConnectError", 2)
    assert "http.response.status_code" not in attributes


def test_a_call_without_credentials(
    connect: Connect, stub: Stub, spans: InMemorySpanExporter, provider: TracerProvider
) -> None:
    with pytest.raises(errors.CredentialsError):
        client_of(connect, stub, Tracing(provider), security=None)(OPERATION, **ARGUMENTS)

    assert (only(spans).attributes or {})["error.type"] == "CredentialsError"


def test_servers_learn_of_the_span_and_the_signature_does_not_cover_it(
    connect: Connect, spans: InMemorySpanExporter, provider: TracerProvider
) -> None:
    with Scripted(THROTTLED, Reply()) as server:
        client_of(connect, server, Tracing(provider))(OPERATION, **ARGUMENTS)

    context = only(spans).get_span_context()
    assert context is not None
    sent = f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"
    assert [request.header("traceparent") for request in server.requests] == [sent, sent]
    assert all("traceparent" not in (request.header("Authorization") or "") for request in server.requests)


def test_spans_are_below_the_one_that_is_current(
    connect: Connect, stub: Stub, spans: InMemorySpanExporter, provider: TracerProvider
) -> None:
    call = client_of(connect, stub, Tracing(provider))
    with provider.get_tracer("test").start_as_current_span("outer") as outer:
        call(OPERATION, **ARGUMENTS)

    inner = spans.get_finished_spans()[0]
    assert inner.parent == outer.get_span_context()


def test_a_traceparent_of_the_caller_stays(connect: Connect, stub: Stub, provider: TracerProvider) -> None:
    given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    client_of(connect, stub, Tracing(provider))(OPERATION, **ARGUMENTS, extra_headers={"Traceparent": given})

    assert stub.only.header("traceparent") == given


def test_another_propagator(connect: Connect, stub: Stub, provider: TracerProvider) -> None:
    client_of(connect, stub, Tracing(provider, W3CBaggagePropagator()))(OPERATION, **ARGUMENTS)

    assert stub.only.header("traceparent") is None


def test_spans_show_nothing_that_was_sent_or_read(
    connect: Connect, spans: InMemorySpanExporter, provider: TracerProvider
) -> None:
    reply = Reply.of({"__type": "TooManyRequestsException", "message": CANARY}, 400)
    with Scripted(reply) as server:
        with pytest.raises(errors.TooManyRequestsException):
            client_of(connect, server, Tracing(provider))("get_id", identity_pool_id=CANARY, logins={"a": CANARY})

    assert CANARY not in only(spans).to_json()


def test_without_an_sdk_of_opentelemetry_nothing_happens(connect: Connect, stub: Stub) -> None:
    assert isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)
    client_of(connect, stub, Tracing())(OPERATION, **ARGUMENTS)

    assert stub.only.header("traceparent") is None


def test_without_the_package_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)

    with pytest.raises(errors.ConfigurationError, match="opentelemetry-api.* extra `otel`"):
        Tracing()
