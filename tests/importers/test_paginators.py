"""Pages as botocore goes through them, and as a generated client does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator.importers.document import translate
from generator.importers.service_model import load
from tests.cases.stages import run

# What pages hold that is no list: a map, a text. Their pages can be asked for one by one.
NO_LISTS = {"rds": {"DownloadDBLogFilePortion"}, "apigateway": {"GetUsage"}}
SAMPLE = ("cloudfront", "route53", "s3", "kinesis", "importexport", "athena", "elasticache", "rds", "apigateway", "iam")


@pytest.mark.parametrize("service", SAMPLE)
def test_every_paginator_of_botocore_is_one_here(service: str, tmp_path: Path) -> None:
    model = load(f"botocore:{service}")
    small = replace(model, operations={name: model.operations[name] for name in model.paginators}, endpoint_rules=None)
    document = tmp_path / "openapi.yaml"
    document.write_text(translate(small).text(), encoding="utf-8")
    stages = run(document)
    paged = {str(plan.name).strip("'\"") for plan in stages.plan.operations if plan.pagination is not None}
    assert model.paginators.keys() - paged == NO_LISTS.get(service, set())
    assert {"SPEC033", "SPEC045", "GEN013"}.isdisjoint(stages.codes())


@pytest.mark.parametrize(
    ("service", "operation", "said"),
    [
        (
            "cloudfront",
            "ListDistributions",
            {"input": "Marker", "output": "NextMarker", "results": "Items", "limit": "MaxItems", "more": "IsTruncated"},
        ),
        (
            "s3",
            "ListObjects",
            {
                "input": "marker",
                "output": "NextMarker",
                "otherwise": "$.Contents[-1].Key",
                "results": "Contents",
                "limit": "max-keys",
                "more": "IsTruncated",
            },
        ),
        (
            "route53",
            "ListResourceRecordSets",
            {
                "input": ["name", "type", "identifier"],
                "output": ["NextRecordName", "NextRecordType", "NextRecordIdentifier"],
                "results": "ResourceRecordSets",
                "limit": "maxitems",
                "more": "IsTruncated",
            },
        ),
        (
            "kinesis",
            "DescribeStream",
            {
                "input": "ExclusiveStartShardId",
                "output": "$.StreamDescription.Shards[-1].ShardId",
                "results": "$.StreamDescription.Shards",
                "limit": "Limit",
                "more": "$.StreamDescription.HasMoreShards",
            },
        ),
    ],
)
def test_what_the_document_says(service: str, operation: str, said: dict[str, object]) -> None:
    model = load(f"botocore:{service}")
    small = replace(model, operations={operation: model.operations[operation]}, endpoint_rules=None)
    items = yaml.safe_load(translate(small).text())["paths"].values()
    (found,) = (method["x-pagination"] for item in items for method in item.values())
    assert found == said
