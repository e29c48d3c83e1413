"""Documents of the services that are installed with botocore: what the generator makes of them, and what is true of
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from msgspec import Struct, structs

from generator.diagnostics import Severity
from generator.graph.model import Api, Named
from generator.importers.document import import_service
from generator.importers.service_model import load
from generator.openapi.examine import examine
from runtime.aws.endpoints import resolve_endpoint
from tests.cases.stages import Stages, run

SPEC = Path(__file__).parents[2] / "specs" / "cognito-identity"
# What the committed document decided beyond the facts, each with its reason in the overlay.
DECIDED = (
    "operations/ListIdentities/pagination",
    "operations/LookupDeveloperIdentity/pagination",
)
# Where a value is in a document, and the words for it, is no fact of the service.
NO_FACTS = {"at", "docs", "id", "inputs", "path", "places", "example", "extensions", "usage"}


def imported(service: str, directory: Path) -> Stages:
    path = directory / f"{service}.yaml"
    path.write_text(import_service(f"botocore:{service}").text(), encoding="utf-8")
    return run(path, package="imported")


# --- Cognito Identity, whose document is committed ------------------------------------------------------------------


def test_the_committed_document_is_what_the_importer_writes() -> None:
    committed = (SPEC / "openapi.yaml").read_text(encoding="utf-8")
    assert committed == import_service("botocore:cognito-identity").text(), (
        "AWS's model has changed, or the importer has: run "
        "`generate import botocore:cognito-identity --output specs/cognito-identity/openapi.yaml`"
    )


def facts(value: Any, api: Api, place: str) -> Iterator[tuple[str, Any]]:
    """Everything that is known of a node, by where it is."""
    if isinstance(value, Named):
        yield place, api.types[value.id].source_name
    elif isinstance(value, Struct):
        for field in structs.fields(type(value)):
            if field.name not in NO_FACTS:
                yield from facts(getattr(value, field.name), api, f"{place}/{field.name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from facts(item, api, f"{place}/{getattr(item, 'name', index)}")
    else:
        yield place, value.value if isinstance(value, Enum) else value


def all_facts(stages: Stages) -> dict[str, Any]:
    api = stages.api
    nodes = {
        **{f"operations/{operation.source_name}": operation for operation in api.operations},
        **{f"types/{type_.source_name}": type_ for type_ in api.types.values() if "X-Amz" not in type_.source_name},
    }
    found = {place: fact for name, node in nodes.items() for place, fact in facts(node, api, name)}
    return {**found, "settings": stages.bound.settings, "hosts": stages.bound.endpoint_variants}


def test_the_facts_of_cognito_identity_are_those_that_are_committed(tmp_path: Path) -> None:
    committed = all_facts(run(SPEC / "openapi.yaml", overlays=(SPEC / "overlay.yaml",)))
    ours = all_facts(imported("cognito-identity", tmp_path))

    different = {place for place in committed.keys() | ours.keys() if committed.get(place) != ours.get(place)}

    assert len(ours) > 1000
    assert {place for place in different if not place.startswith(DECIDED)} == set()
    assert all(any(place.startswith(decided) for place in different) for decided in DECIDED)


# --- other services -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "version"),
    [("iot", "3.2.0"), ("lambda", "3.1.0"), ("sns", "3.1.0"), ("rds", "3.1.0"), ("ecs", "3.1.0")],
)
def test_what_is_written_is_valid(service: str, version: str) -> None:
    """Parts of a path that hold slashes (the Shadow of a thing) are there since OpenAPI 3.2."""
    document = import_service(f"botocore:{service}").document

    assert document["openapi"] == version
    of_patterns = {"SPEC042", "SPEC043"}  # these are AWS's own
    assert [finding for finding in examine(document) if finding.code not in of_patterns] == []


@pytest.mark.parametrize(
    ("service", "operations", "paged"),
    [
        ("cognito-identity", 23, 1),
        ("dynamodb", 62, 6),
        ("kms", 56, 8),
        ("secretsmanager", 26, 2),
        ("sqs", 23, 2),
        ("ssm", 154, 52),
        ("logs", 116, 20),
        ("ecs", 88, 9),
        ("kinesis", 56, 5),
    ],
)
def test_every_operation_is_understood(service: str, operations: int, paged: int, tmp_path: Path) -> None:
    """The counts are those of one version of botocore: a later one may have more."""
    found = imported(service, tmp_path)

    assert found.bound.protocol == "aws_json"
    assert found.api.skipped == ()
    assert [each for each in found.report.diagnostics if each.severity is not Severity.NOTE] == []
    assert len(found.plan.operations) >= operations
    assert sum(operation.pagination is not None for operation in found.plan.operations) >= paged


@pytest.mark.parametrize(
    "service", ["cognito-identity", "dynamodb", "sqs", "logs", "organizations", "support", "budgets", "waf", "ecr"]
)
def test_hosts_are_those_of_botocore(service: str, tmp_path: Path, no_files: dict[str, str]) -> None:
    model = load(f"botocore:{service}")
    protocol = import_service(f"botocore:{service}").document["info"]["x-aws-protocol"]
    partitions = botocore.session.Session().get_component("data_loader").load_data("partitions")
    provider = EndpointProvider(model.endpoint_rules, partitions)
    regions = [
        region for each in partitions["partitions"] for region in each["regions"] if not region.endswith("-global")
    ]
    compared = 0
    for region in (*regions, "eu-west-9", "us-gov-north-3"):
        for fips in (False, True):
            for dualstack in (False, True):
                try:
                    theirs = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dualstack).url
                except EndpointProviderError:
                    continue
                ours = resolve_endpoint(
                    endpoint_prefix=protocol["endpointPrefix"],
                    service_id=protocol["serviceId"],
                    region=region,
                    environ=no_files,
                    use_fips=fips,
                    use_dualstack=dualstack,
                    variants=protocol.get("endpointVariants", {}),
                )
                assert ours == theirs, (region, fips, dualstack)
                compared += 1
    assert compared > 100


def test_a_service_with_one_endpoint_is_signed_for_its_region() -> None:
    protocol = import_service("botocore:organizations").document["info"]["x-aws-protocol"]
    assert protocol["signingRegions"]["aws"] == "us-east-1"
    assert "signingRegions" not in import_service("botocore:dynamodb").document["info"]["x-aws-protocol"]
