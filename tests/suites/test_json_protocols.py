"""The published suites of AWS JSON 1.0 and 1.1: what a generated client sends, and what it makes of replies.

Every case passes; there is no list of cases that are let off.
"""

from __future__ import annotations

import gzip
import json
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.importers.document import translate
from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.suites.cases import DIRECTIONS, PROTOCOLS, Case, services
from tests.suites.translation import arguments, plain

COUNTS = {("input", "json"): 54, ("output", "json"): 58, ("input", "json_1_0"): 21, ("output", "json_1_0"): 32}

_TITLES = {"json": "AWS JSON 1.1", "json_1_0": "AWS JSON 1.0"}


@dataclass(kw_only=True)
class Wire:
    """A transport that answers from memory, and keeps what would have travelled."""

    module: ModuleType
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    sent: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def send(self, request: Any, timeout: Any) -> Any:
        head = b"".join(self.module._runtime.transport.head.encode(request)).partition(b"\r\n\r\n")[0]
        (method, target, _), *fields = (line.split(" ", 2) for line in head.decode("latin-1").split("\r\n"))
        headers = {name.rstrip(":").lower(): " ".join(value) for name, *value in fields}
        self.sent.append((method, target, headers, request.body))
        http = self.module._runtime.http
        return http.HTTPResponse(self.status, http.Headers(self.headers.items()), self.body)

    def close(self) -> None:
        pass


@dataclass(frozen=True, kw_only=True)
class Suite:
    """All cases, each with the package that it is for."""

    cases: Mapping[tuple[str, str], list[tuple[Case, ModuleType]]]


@pytest.fixture(scope="module")
def suite(botocore_archive: tarfile.TarFile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    cases: dict[tuple[str, str], list[tuple[Case, ModuleType]]] = {}
    with ExitStack() as stack:
        for number, service in enumerate(services(botocore_archive)):
            module = stack.enter_context(_package(service, tmp_path_factory.mktemp("suite"), f"suite_{number}"))
            for case in service.cases:
                cases.setdefault((case.direction, case.protocol), []).append((case, module))
        yield Suite(cases=cases)


def _package(service: Any, directory: Path, name: str) -> Any:
    document = directory / "openapi.yaml"
    document.write_text(translate(service.model(name)).text(), encoding="utf-8")
    write_files(directory, run(document, package=name).files())
    return imported(directory, name)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_all_published_cases(
    direction: str, protocol: str, suite: Suite, record_property: Callable[[str, object], None]
) -> None:
    cases = suite.cases[direction, protocol]
    check = {"input": _check_request, "output": _check_reply}[direction]

    failed = {case.id: failure for case, module in cases if (failure := _failure(check, case, module)) is not None}

    passed = len(cases) - len(failed)
    record_property("published cases", f"{_TITLES[protocol]}, {direction}: {passed} of {len(cases)}")
    assert failed == {}
    assert len(cases) == COUNTS[direction, protocol]


def test_no_case_counts_twice(suite: Suite) -> None:
    counted = Counter((key, case.operation, case.id) for key, cases in suite.cases.items() for case, _ in cases)

    assert [case for case, times in counted.items() if times > 1] == []


def _failure(check: Callable[[Case, ModuleType], None], case: Case, module: ModuleType) -> str | None:
    try:
        check(case, module)
    except Exception as error:  # noqa: BLE001  (whatever it is, the other cases are looked at too)
        return f"{type(error).__name__}: {error}"
    return None


def _constant(case: Case, module: ModuleType) -> tuple[str, Any]:
    """The operation's constant, and the name of its method."""
    constants = vars(module._operations).items()
    return next((name.lower(), each) for name, each in constants if getattr(each, "name", None) == case.operation)


def _call(case: Case, wire: Wire, params: Mapping[str, Any]) -> Any:
    module = wire.module
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    server = {} if case.endpoint is None else {"server_url": case.endpoint}
    method, constant = _constant(case, module)
    with module.SDK(security, region="us-east-1", transport=wire, retries=0, **server) as client:
        given = {} if constant.body is None else arguments(constant.body, params)
        return getattr(client, method)(**given)


def _check_request(case: Case, module: ModuleType) -> None:
    wire = Wire(module=module)
    _call(case, wire, case.facts["params"])
    ((method, target, headers, body),) = wire.sent
    expected = case.facts["serialized"]
    wanted = {name.lower(): value for name, value in expected.get("headers", {}).items()}

    assert (method, target) == (expected["method"], expected["uri"])
    assert {name: headers.get(name) for name in wanted} == wanted
    assert not {name.lower() for name in expected.get("requireHeaders", ())} - set(headers)
    assert not {name.lower() for name in expected.get("forbidHeaders", ())} & set(headers)
    if headers.get("content-encoding") == "gzip":
        assert json.loads(gzip.decompress(body)) == case.facts["params"]
    if "body" in expected:
        assert json.loads(body) == json.loads(expected["body"])
    if "host" in expected:
        assert headers["host"] == expected["host"].partition("/")[0]


def _check_reply(case: Case, module: ModuleType) -> None:
    answer = case.facts["response"]
    wire = Wire(
        module=module,
        status=answer["status_code"],
        headers=answer.get("headers", {}),
        body=answer.get("body", "").encode(),
    )
    if "error" in case.facts:
        _check_error(case, wire)
        return
    result = _call(case, wire, {})
    _, constant = _constant(case, module)
    body = None if constant.field is None else getattr(result, constant.field)

    assert ({} if body is None else plain(body)) == case.facts["result"]
    request_id = {name.lower(): value for name, value in wire.headers.items()}.get("x-amzn-requestid")
    assert result.request_id == request_id


def _check_error(case: Case, wire: Wire) -> None:
    _, constant = _constant(case, wire.module)
    with pytest.raises(constant.errors[case.facts["errorCode"]]) as caught:
        _call(case, wire, {})
    error = caught.value

    assert error.code == case.facts["errorCode"]
    assert error.message == case.facts.get("errorMessage", "")
    members = {name: value for name, value in (error.data or {}).items() if name not in ("__type", "code")}
    assert members == case.facts["error"]
    _check_details(case, error)


def _check_details(case: Case, error: Any) -> None:
    """Where an error says more than words, its members have types."""
    if set(case.facts["error"]) - {"Message"}:
        assert plain(error.details) == case.facts["error"]
