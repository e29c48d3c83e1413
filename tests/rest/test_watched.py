"""Hooks, log and spans of a client whose API is no AWS service, and whose secrets travel in every place there is."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from textwrap import dedent
from types import ModuleType
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.cases.installing import imported, write_files
from tests.cases.stages import run, write_document
from tests.rest.recorder import Recorder

PACKAGE = "vault_client"
DOCUMENT = dedent("""\
    openapi: 3.1.0
    info: {title: "Vault & Käse", version: "2.3"}
    servers: [{url: https://vault.example}]
    security: [{header: [], query: [], cookie: []}]
    paths:
      /boxes/{token}/{shelf}:
        parameters:
          - {name: token, in: path, required: true, schema: {type: string, x-sensitive: true}}
          - {name: shelf, in: path, required: true, schema: {type: string}}
          - {name: pin, in: query, schema: {type: string, format: password}}
          - {name: X-Request-Id, in: header, schema: {type: string}}
          - {name: X-Pin, in: header, x-sensitive: true, schema: {type: string}}
        put:
          operationId: openBox
          requestBody:
            required: true
            content:
              application/json:
                schema:
                  type: object
                  properties:
                    note: {type: string}
                    secret: {anyOf: [{type: string, format: password}, {type: "null"}]}
                    secrets: {type: array, items: {type: string, x-sensitive: true}}
          responses:
            "200":
              description: The key.
              content:
                application/json:
                  schema: {type: string, format: password}
      /notes:
        post:
          operationId: writeNote
          requestBody:
            required: true
            content: {text/plain: {schema: {type: string}}}
          responses:
            "200": {description: The note., content: {text/plain: {schema: {type: string}}}}
      /keys:
        post:
          operationId: storeKeys
          requestBody:
            required: true
            content: {application/json: {schema: {type: array, items: {type: string, x-sensitive: true}}}}
          responses:
            "204": {description: Stored.}
    components:
      securitySchemes:
        header: {type: apiKey, in: header, name: X-Request-Key}
        query: {type: apiKey, in: query, name: key}
        cookie: {type: apiKey, in: cookie, name: sid}
    """)
Invoke = Callable[[Callable[[Any], Any], list[Any]], Any]


def canary(name: str) -> str:
    return f"canary-{name}-canary"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client's package, imported."""
    root = tmp_path_factory.mktemp("vault")
    write_files(root, run(write_document(root, DOCUMENT), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture(params=["blocking", "asyncio"])
def invoke(request: pytest.FixtureRequest, vault: ModuleType, server: Recorder) -> Invoke:
    """Calls the client: `invoke(lambda client: client.open_box(...), hooks)`."""
    shared = vault.models.shared
    options = {
        "security": shared.Security(
            header=shared.SchemeHeader(api_key=canary("header-key")),
            query=shared.SchemeQuery(api_key=canary("query-key")),
            cookie=shared.SchemeCookie(api_key=canary("cookie-key")),
        ),
        "server_url": server.url,
        "app_id": "Käse/1",
        "retries": 0,
    }

    def blocking(call: Callable[[Any], Any], hooks: list[Any]) -> Any:
        with vault.SDK(**options, hooks=hooks) as client:
            return call(client)

    def asynchronous(call: Callable[[Any], Any], hooks: list[Any]) -> Any:
        async def main() -> Any:
            async with vault.AsyncSDK(**options, hooks=hooks) as client:
                return await call(client)

        return asyncio.run(main())

    return blocking if request.param == "blocking" else asynchronous


def open_box(client: Any) -> Any:
    return client.open_box(
        token=canary("path"),
        shelf="top",
        pin=canary("pin"),
        x_request_id="r-1",
        x_pin=canary("header-pin"),
        note="visible",
        secret=canary("secret"),
        secrets=[canary("listed")],
    )


def recorder_of(vault: ModuleType, seen: list[Any]) -> Any:
    """Hooks of the package that keep every event."""
    hooks = __import__(f"{vault.__name__}.hooks", fromlist=["Hooks"])
    methods = ("before_call", "before_attempt", "after_attempt", "after_call")
    return type("Seen", (hooks.Hooks,), {name: lambda _, event: seen.append(event) for name in methods})()


def test_secrets_of_every_place_stay_out_of_log_and_events(
    vault: ModuleType, invoke: Invoke, server: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers(200, canary("reply"))
    seen: list[Any] = []

    result = invoke(open_box, [recorder_of(vault, seen)])

    sent = server.request
    travelled = f"{sent.target} {sent.headers} {sent.body!r} {result.raw_response.body!r}"
    names = ["header-key", "query-key", "cookie-key", "path", "pin", "header-pin", "secret", "listed", "reply"]
    assert [name for name in names if canary(name) not in travelled] == []
    assert len(seen) == 4
    shown = [repr(result), *map(repr, seen), *(str(vars(record)) for record in caplog.records), caplog.text]
    assert [name for name in names if any(canary(name) in text for text in shown)] == []
    assert "note='visible'" in caplog.text
    assert f"attempt 1 of 1: PUT /boxes/{{token}}/{{shelf}}, {len(sent.body)} bytes" in caplog.text
    assert "X-Request-Id: r-1, X-Pin: ***, " in caplog.text


def test_bodies_that_are_no_models(invoke: Invoke, server: Recorder, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers(200, canary("note").encode(), "text/plain")
    written = invoke(lambda client: client.write_note(request=canary("given")), [])
    server.answers(204)
    stored = invoke(lambda client: client.store_keys(request=[canary("key")]), [])

    assert canary("key") not in caplog.text + repr(stored)
    assert canary("given") not in caplog.text
    assert canary("note") not in caplog.text
    assert "request=<19 characters>" in caplog.text
    assert "<18 characters>" in caplog.text
    assert written.raw_response.body == canary("note").encode()


def test_events_of_an_api_that_is_no_service_of_aws(vault: ModuleType, invoke: Invoke, server: Recorder) -> None:
    server.answers(200, "key")
    seen: list[Any] = []
    invoke(open_box, [recorder_of(vault, seen)])

    assert {(e.operation, e.service, e.method, e.path, e.server) for e in seen} == {
        ("openBox", None, "PUT", "/boxes/{token}/{shelf}", server.url.removesuffix("/v2"))
    }


def test_the_logger_has_the_name_of_the_package(
    invoke: Invoke, server: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.answers(200, "key")
    invoke(open_box, [])

    [record] = caplog.records
    assert (record.name, record.levelno) == (PACKAGE, logging.INFO)


def test_user_agent(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, "key")
    invoke(open_box, [])

    sent = server.request.headers["user-agent"]
    assert re.fullmatch(
        r"vault-client/0\.1\.0 ua/2\.1 api/Vault-&-K-se#2\.3 os/\S+ lang/python#\S+ md/pyimpl#\S+ md/arch#\S+ "
        r"app/K-se-1",
        sent,
    )


def test_a_span_is_named_by_method_and_template(vault: ModuleType, invoke: Invoke, server: Recorder) -> None:
    tracing = __import__(f"{vault.__name__}.tracing", fromlist=["Tracing"])
    spans, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    server.answers(500, {"message": "broken"})
    with pytest.raises(vault.models.errors.APIError):
        invoke(open_box, [tracing.Tracing(provider)])

    [span] = spans.get_finished_spans()
    attributes = dict(span.attributes or {})
    assert span.name == "PUT /boxes/{token}/{shelf}"
    assert "canary" not in span.to_json()
    assert (attributes["url.template"], attributes["http.response.status_code"], attributes["error.type"]) == (
        "/boxes/{token}/{shelf}",
        500,
        "APIError",
    )
    assert not {"rpc.system", "rpc.service", "aws.request_id"} & set(attributes)
    assert server.request.headers["traceparent"].split("-")[2] == f"{span.get_span_context().span_id:016x}"


def test_variables_of_aws_are_not_read(invoke: Invoke, server: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SDK_UA_APP_ID", "of-environment")
    server.answers(200, "key")
    invoke(open_box, [])

    assert "of-environment" not in server.request.headers["user-agent"]
