"""The published suites of REST-XML, REST-JSON, the query protocol and EC2's: what a generated client sends and reads.

A case that is let off stands in `REQUESTS` or `REPLIES`, with the reason.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs

from generator.importers.document import translate
from generator.importers.service_model import ServiceModel
from generator.python.identifiers import snake_case
from generator.render.render import render
from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.suites.cases import DIRECTIONS, Case, services
from tests.suites.shaped import expected, request
from tests.suites.test_json_protocols import Wire
from tests.suites.translation import plain

PROTOCOLS = ("rest-xml", "rest-json", "query", "ec2")
_ROOTS = (
    "the suite names a payload's element after its shape, the models of S3 and CloudFront after its member; botocore, "
    "whose suite it is, lets itself off here too"
)
_NESTED = "a map that holds maps, which no service of XML has: none of the 22 that botocore describes"
_FLAT = (
    "a flattened list whose items have a name that does not count; services mean it to, and botocore lets itself off"
)
_NAMESPACES = "namespaces below the document's own element, which botocore's models give to S3's grantee alone"
_EMPTY = "an empty list is no header at all here; botocore lets itself off too"
# What is let off, and why.
REPLIES = {
    "NestedXmlMapResponse": _NESTED,
    "FlatNestedXmlMapResponse": _NESTED,
    "NestedXmlMapWithXmlNameDeserializes": _NESTED,
    "XmlLists": _FLAT,
    "QueryXmlLists": _FLAT,
    "Ec2XmlLists": _FLAT,
}
REQUESTS = {
    "RestXmlHttpPayloadWithUnion": _ROOTS,
    "HttpPayloadWithXmlName": _ROOTS,
    "HttpPayloadWithXmlNamespace": _ROOTS,
    "HttpPayloadWithXmlNamespaceAndPrefix": _ROOTS,
    "XmlAttributesOnPayload": _ROOTS,
    "NestedXmlMapRequest": _NESTED,
    "FlatNestedXmlMapRequest": _NESTED,
    "NestedXmlMapWithXmlNameSerializes": _NESTED,
    "XmlLists": _FLAT,
    "QueryFlattenedListArgWithXmlName": _FLAT,
    "XmlNamespaces": _NAMESPACES,
    "RestXmlXmlMapWithXmlNamespace": _NAMESPACES,
    "NullAndEmptyHeaders": _EMPTY,
    "RestJsonNullAndEmptyHeaders": _EMPTY,
    "RestJsonHttpChecksumRequired": "checksums are S3's alone here; botocore lets itself off too",
    "RestJsonHttpPayloadWithUnsetUnion": "an empty JSON body; botocore lets itself off too",
}
COUNTS = {
    ("input", "rest-xml"): 94,
    ("output", "rest-xml"): 78,
    ("input", "rest-json"): 113,
    ("output", "rest-json"): 91,
    ("input", "query"): 38,
    ("output", "query"): 38,
    ("input", "ec2"): 29,
    ("output", "ec2"): 29,
}
_TOKEN = "00000000-0000-4000-8000-000000000000"  # the suites' own


@dataclass(frozen=True, kw_only=True)
class Published:
    """A case, with the package and the model that it is for."""

    case: Case
    module: ModuleType
    model: ServiceModel

    @property
    def constant(self) -> Any:
        """The operation's constant."""
        return next(
            each
            for each in vars(self.module._operations).values()
            if getattr(each, "name", None) == self.case.operation
        )

    @property
    def operation(self) -> Mapping[str, Any]:
        """The operation in the model."""
        found: Mapping[str, Any] = self.case.facts["given"]
        return found


@pytest.fixture(scope="module")
def published(
    botocore_archive: tarfile.TarFile, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[tuple[str, str], list[Published]]]:
    found: dict[tuple[str, str], list[Published]] = {}
    with ExitStack() as stack:
        for number, service in enumerate(services(botocore_archive, PROTOCOLS)):
            name = f"published_{number}"
            model = service.model(name)
            root = tmp_path_factory.mktemp(name)
            (root / "openapi.yaml").write_text(translate(model).text(), encoding="utf-8")
            write_files(root, render(run(root / "openapi.yaml", package=name).plan, None, formatted=False))
            module = stack.enter_context(imported(root, name))
            for case in service.cases:
                found.setdefault((case.direction, case.protocol), []).append(
                    Published(case=case, module=module, model=model)
                )
        yield found


def check_request(published: Published) -> None:
    """What is sent."""
    facts, wire = published.case.facts, Wire(module=published.module)
    _call(published, wire, facts["params"])
    ((method, target, headers, body),) = wire.sent
    wanted = facts["serialized"]
    path, _, query = target.partition("?")
    wanted_path, _, wanted_query = wanted["uri"].partition("?")

    same("target", (method, path), (wanted["method"], wanted_path))
    same("query", *(sorted(parse_qsl(each, keep_blank_values=True)) for each in (query, wanted_query)))
    lower = {name.lower(): value for name, value in wanted.get("headers", {}).items()}
    same("headers", {name: headers.get(name) for name in lower}, lower)
    same("missing headers", {name.lower() for name in wanted.get("requireHeaders", ())} - set(headers), set())
    same("further headers", {name.lower() for name in wanted.get("forbidHeaders", ())} & set(headers), set())
    if "body" in wanted:
        same("body", comparable(published, body), comparable(published, wanted["body"].encode()))
    if "host" in wanted:
        same("host", headers["host"], wanted["host"].partition("/")[0])


def same(what: str, ours: Any, theirs: Any) -> None:
    """Compare, and say what it was."""
    assert ours == theirs, f"{what}: {ours!r} is not {theirs!r}"


def comparable(published: Published, body: bytes) -> Any:
    """A body without what means nothing: the order of members, white space."""
    if published.case.protocol in ("query", "ec2"):
        return sorted(parse_qsl(body.decode(), keep_blank_values=True))
    try:
        if published.case.protocol == "rest-json":
            return json.loads(body)
        return ET.canonicalize(body.decode(), strip_text=True) if body else b""
    except (ValueError, ET.ParseError):
        return body


def check_reply(published: Published) -> None:
    """What is read."""
    facts = published.case.facts
    answer = facts["response"]
    wire = Wire(
        module=published.module,
        status=answer["status_code"],
        headers=answer.get("headers", {}),
        body=answer.get("body", "").encode(),
    )
    if "error" in facts:
        with pytest.raises(published.constant.errors[facts["errorCode"]]) as caught:
            _call(published, wire, {})
        same("message", caught.value.message, facts.get("errorMessage", caught.value.message))
        return
    result = _call(published, wire, {})
    constant = published.constant
    body = None if constant.field is None else getattr(result, constant.field)
    output = published.operation.get("output")
    shape = {} if output is None else published.model.shapes[output["shape"]]
    wanted = facts.get("result", {})
    if "payload" in shape:
        member = shape["members"][shape["payload"]]
        content = expected(published.model, member["shape"], wanted.get(shape["payload"]))
        same("content", plain(body) or None, content or None)
    else:
        members = {} if output is None else expected(published.model, output["shape"], wanted)
        same("members", {} if body is None else plain(body), members)
    for key, member in shape.get("members", {}).items():
        if member.get("location") in ("header", "headers") and member.get("locationName", key):
            value = getattr(result, snake_case(key, split_plural_acronyms=True))
            same(key, plain(value) or None, expected(published.model, member["shape"], wanted.get(key)) or None)


def _call(published: Published, wire: Wire, params: Mapping[str, Any]) -> Any:
    module, case = published.module, published.case
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    server = {} if case.endpoint is None else {"server_url": case.endpoint}
    constant = published.constant
    clock = module._runtime.clock.Clock()
    clock.uuid = lambda: _TOKEN
    method = next(name.lower() for name, each in vars(module._operations).items() if each is constant)
    with module.SDK(
        security, region="us-east-1", transport=wire, retries=0, validate="none", clock=clock, **server
    ) as client:
        made = request(published.model, published.operation, constant, params) if case.direction == "input" else None
        if made is None:
            made = constant.request(**{field.name: None for field in structs.fields(constant.request)})
        return getattr(client, method)(made)


def failures(cases: list[Published], check: Callable[[Published], None]) -> dict[str, str]:
    """Why cases fail, by what they are called."""
    found = {}
    for each in cases:
        try:
            check(each)
        except Exception as error:  # noqa: BLE001  (whatever it is, the other cases are looked at too)
            found[each.case.id] = f"{type(error).__name__}: {error}"
    return found


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_published_cases(
    direction: str,
    protocol: str,
    published: dict[tuple[str, str], list[Published]],
    record_property: Callable[[str, object], None],
) -> None:
    cases = published[direction, protocol]
    check, let_off = {"input": (check_request, REQUESTS), "output": (check_reply, REPLIES)}[direction]
    failed = failures(cases, check)
    record_property("published cases", f"AWS {protocol}, {direction}: {len(cases) - len(failed)} of {len(cases)}")
    unexplained = {id_: why for id_, why in failed.items() if id_ not in let_off}
    assert unexplained == {}
    assert {each.case.id for each in cases} & let_off.keys() == failed.keys(), "a case that passes is let off"
    assert len(cases) == COUNTS[direction, protocol]
