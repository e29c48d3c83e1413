"""Which protocol a document speaks: it takes all of the evidence, and one contradiction is enough."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Refusal, Severity
from tests.cases.stages import Stages, run

SIGV4 = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"}


def operation(name: str) -> dict[str, Any]:
    target = {
        "name": "X-Amz-Target",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "enum": [f"Service.{name}"]},
    }
    return {
        "post": {
            "operationId": name,
            "parameters": [target],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}},
            },
            "responses": {
                "200": {
                    "description": "Fine.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}},
                },
                "480": {
                    "description": "Gone",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Gone"}}},
                },
            },
        },
        "parameters": [{"name": "X-Amz-Date", "in": "header", "schema": {"type": "string"}}],
    }


AWS: dict[str, Any] = {
    "openapi": "3.0.0",
    "info": {"title": "Service", "version": "1", "x-serviceName": "service"},
    "servers": [{"url": "https://service.{region}.amazonaws.com", "variables": {"region": {"default": "eu-west-1"}}}],
    "security": [{"hmac": []}],
    "paths": {f"/#X-Amz-Target=Service.{name}": operation(name) for name in ("One", "Two")},
    "components": {
        "schemas": {
            "In": {"type": "object", "properties": {"At": {"type": "string", "format": "date-time"}}},
            "Gone": {"type": "object", "properties": {"message": {"type": "string"}}},
        },
        "securitySchemes": {"hmac": SIGV4},
    },
}


@pytest.fixture
def stages(tmp_path: Path) -> Any:
    def understand(document: dict[str, Any], **options: Any) -> Stages:
        path = tmp_path / "openapi.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return run(path, **options)

    return understand


def changed(change: Any) -> dict[str, Any]:
    document = deepcopy(AWS)
    change(document)
    return document


def paths(document: dict[str, Any]) -> list[dict[str, Any]]:
    return list(document["paths"].values())


def with_a_get(document: dict[str, Any]) -> None:
    document["paths"]["/x"] = {"get": {"operationId": "Three", "responses": {"204": {"description": "Done."}}}}


def without_a_target(document: dict[str, Any]) -> None:
    paths(document)[1]["post"]["parameters"] = []


def with_a_choice_of_targets(document: dict[str, Any]) -> None:
    paths(document)[1]["post"]["parameters"][0]["schema"]["enum"].append("Service.Other")


def with_a_free_target(document: dict[str, Any]) -> None:
    paths(document)[1]["post"]["parameters"][0]["schema"] = {"type": "string"}


def without_the_signature(document: dict[str, Any]) -> None:
    del document["components"]["securitySchemes"]["hmac"]["x-amazon-apigateway-authtype"]


def without_schemes(document: dict[str, Any]) -> None:
    del document["components"]["securitySchemes"]


def without_operations(document: dict[str, Any]) -> None:
    document["paths"] = {}


def test_aws_json_with_all_its_evidence(stages: Any) -> None:
    found = stages(AWS)

    assert found.bound.protocol == "aws_json"
    assert found.bound.evidence == (
        "all 2 operations are POST with a constant X-Amz-Target header",
        "security scheme 'hmac' is AWS Signature Version 4",
    )
    (note,) = [finding for finding in found.report.diagnostics if finding.code == "GEN001"]
    assert note.severity is Severity.NOTE
    assert note.message.startswith("protocol aws_json: all 2 operations are POST")


@pytest.mark.parametrize(
    "change",
    [
        with_a_get,
        without_a_target,
        with_a_choice_of_targets,
        with_a_free_target,
        without_the_signature,
        without_schemes,
        without_operations,
    ],
)
def test_less_than_all_of_it_is_rest(stages: Any, change: Any) -> None:
    found = stages(changed(change))

    assert found.bound.protocol == "rest_json"
    assert found.bound.evidence == (
        "no other protocol is recognised; paths, statuses and media types are taken as written",
    )
    assert found.files()


def without_any_target(document: dict[str, Any]) -> None:
    for item in paths(document):
        item["post"]["parameters"] = []


def test_a_service_of_aws_without_targets_is_aws_rest_json(stages: Any) -> None:
    found = stages(changed(without_any_target))

    assert found.bound.protocol == "aws_rest_json"
    assert {error.key for operation in found.bound.operations for error in operation.errors} == {"Gone"}
    assert all(not operation.inputs for operation in found.bound.operations)  # signing sets its headers


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com",
        "https://a1.execute-api.eu-west-1.amazonaws.com",
        "https://a.amazonaws.com.example.com",
    ],
)
def test_somebodys_own_api_behind_a_gateway_is_rest(stages: Any, url: str) -> None:
    def elsewhere(document: dict[str, Any]) -> None:
        without_any_target(document)
        document["servers"] = [{"url": url}]

    assert stages(changed(elsewhere)).bound.protocol == "rest_json"


def test_a_target_as_a_constant_is_evidence_too(stages: Any) -> None:
    def as_constants(document: dict[str, Any]) -> None:
        for item in paths(document):
            schema = item["post"]["parameters"][0]["schema"]
            item["post"]["parameters"][0]["schema"] = {"const": schema["enum"][0]}

    assert stages(changed(as_constants)).bound.protocol == "aws_json"


def test_what_aws_json_makes_of_an_operation(stages: Any) -> None:
    first = stages(AWS).bound.operations[0]

    assert (first.path, first.constants, first.content_type) == (
        "/",
        (("X-Amz-Target", "Service.One"),),
        "application/x-amz-json-1.1",
    )
    assert first.inputs == ()
    assert [input_.name for input_ in first.wire_inputs] == ["X-Amz-Date", "X-Amz-Target"]
    assert [error.key for error in first.errors] == ["Gone"]  # its status is invented
    assert first.timestamps


def test_what_aws_json_knows_of_the_service(stages: Any) -> None:
    bound = stages(AWS).bound

    assert bound.settings == {
        "json_version": "1.1",
        "signing_name": "service",
        "endpoint_prefix": "service",
        "service_id": "service",
        "default_region": "eu-west-1",
    }


@pytest.mark.parametrize("protocol", ["rest_json", "aws_json"])
def test_a_pin_decides(stages: Any, protocol: str) -> None:
    found = stages(AWS, protocol=protocol)

    assert found.bound.protocol == protocol
    assert found.bound.evidence == (f"pinned as {protocol!r} by the configuration",)


def test_a_pin_that_names_no_protocol_is_refused(stages: Any) -> None:
    with pytest.raises(Refusal) as caught:
        stages(AWS, protocol="carrier_pigeon")

    assert caught.value.diagnostics[0].code == "CFG008"


def test_rest_takes_paths_and_statuses_as_written(stages: Any) -> None:
    bound = stages(AWS, protocol="rest_json").bound

    assert {operation.path for operation in bound.operations} == {"/"}  # a fragment does not travel
    assert [error.key for error in bound.operations[0].errors] == ["480"]
    assert [input_.name for input_ in bound.operations[0].inputs] == ["X-Amz-Date", "X-Amz-Target"]


def test_rest_takes_a_signature_for_the_header_that_it_is_filed_under(stages: Any) -> None:
    found = stages(AWS, protocol="rest_json")

    assert {key: scheme.kind for key, scheme in found.bound.api.auth.items()} == {"hmac": "api_key"}
    assert not found.plan.features.is_aws
    assert [str(scheme.parameter) for scheme in found.plan.schemes] == ['("header", "Authorization")']


def test_other_schemes_beside_the_signature(stages: Any) -> None:
    def with_a_key(document: dict[str, Any]) -> None:
        document["components"]["securitySchemes"]["key"] = {"type": "apiKey", "name": "X-Key", "in": "header"}

    files = stages(changed(with_a_key)).files()

    assert b"from .._runtime import security as _security" in files["src/example/models/shared.py"]
    assert "src/example/_runtime/security.py" in files
