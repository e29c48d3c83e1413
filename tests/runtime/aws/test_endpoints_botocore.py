"""The endpoints of Amazon Cognito Identity are those botocore resolves."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from runtime.aws.endpoints import resolve_endpoint
from runtime.aws.partitions import find_partition
from runtime.aws.region import resolve_region
from runtime.errors import ConfigurationError

# Its endpoints in the partition aws answer to IPv6 under the plain domain.
_FIPS = "{prefix}-fips.{region}.{dns_suffix}"
_VARIANTS = {
    "dualstack": {"aws": "{prefix}.{region}.{dns_suffix}"},
    "fips-dualstack": dict.fromkeys(("us-east-1", "us-east-2", "us-west-1", "us-west-2"), _FIPS),
}
_REGIONS = (
    "us-east-1",
    "eu-central-1",
    "us-gov-west-1",
    "cn-north-1",
    "us-isob-east-1",
    "eusc-de-east-1",
    "mars-north-1",
)


def resolve(
    environ: dict[str, str], region: str, *, fips: bool | None, dualstack: bool | None, url: str | None = None
) -> str:
    return resolve_endpoint(
        endpoint_prefix="cognito-identity",
        service_id="Cognito Identity",
        region=region,
        environ=environ,
        use_fips=fips,
        use_dualstack=dualstack,
        explicit=url,
        variants=_VARIANTS,
    )


@pytest.fixture
def session(no_files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> botocore.session.Session:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in no_files.items():
        monkeypatch.setenv(name, value)
    return botocore.session.Session()


def _sent_to(session: botocore.session.Session, region: str, config: Config) -> str:
    """The URL of a request; `meta.endpoint_url` of a client is a guess by older rules."""
    client = session.create_client("cognito-identity", region, config=config)
    urls: list[str] = []

    def answer(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        urls.append(request.url)
        response = AWSResponse(request.url, 200, {}, None)
        response._content = b"{}"
        return response

    client.meta.events.register("before-send.cognito-identity.GetId", answer)
    client.get_id(IdentityPoolId="p:1")
    return urls[0].removesuffix("/")


@pytest.mark.parametrize("fips", [False, True])
@pytest.mark.parametrize("dualstack", [False, True])
def test_requests(session: botocore.session.Session, no_files: dict[str, str], fips: bool, dualstack: bool) -> None:
    config = Config(use_fips_endpoint=fips, use_dualstack_endpoint=dualstack)
    expected = {region: _sent_to(session, region, config) for region in _REGIONS}
    assert {region: resolve(no_files, region, fips=fips, dualstack=dualstack) for region in _REGIONS} == expected


@pytest.mark.parametrize("region", ["fips-us-east-1", "us-gov-west-1-fips"])
def test_pseudo_regions(session: botocore.session.Session, no_files: dict[str, str], region: str) -> None:
    assert resolve(no_files, region, fips=None, dualstack=None) == _sent_to(session, region, Config())


def test_partitions_of_every_region(session: botocore.session.Session) -> None:
    partitions = session.get_component("data_loader").load_data("partitions")["partitions"]
    expected = {
        region: (partition["id"], partition["outputs"]["dnsSuffix"], partition["outputs"]["dualStackDnsSuffix"])
        for partition in partitions
        for region in partition["regions"]
    }
    assert len(expected) > 50
    ours = {region: find_partition(region) for region in expected}
    assert {region: (p.id, p.dns_suffix, p.dual_stack_dns_suffix) for region, p in ours.items()} == expected


def _case(params: dict[str, Any], environ: dict[str, str]) -> str:
    region = resolve_region(params.get("Region"), environ)
    return resolve(
        environ, region, fips=params.get("UseFIPS"), dualstack=params.get("UseDualStack"), url=params.get("Endpoint")
    )


def test_published_cases(
    botocore_archive: tarfile.TarFile, no_files: dict[str, str], record_property: Callable[[str, object], None]
) -> None:
    path = "tests/functional/endpoint-rules/cognito-identity/endpoint-tests-1.json"
    root = botocore_archive.getnames()[0].partition("/")[0]
    file = botocore_archive.extractfile(f"{root}/{path}")
    assert file is not None
    cases = json.load(file)["testCases"]
    assert len(cases) == 35
    for case in cases:
        params = case.get("params", {})
        if "Endpoint" in params:
            # A given endpoint needs no region to be connected to, but requests to it are signed for one.
            params.setdefault("Region", "us-east-1")
        if "error" in case["expect"]:
            with pytest.raises(ConfigurationError):
                _case(params, no_files)
        else:
            assert _case(params, no_files) == case["expect"]["endpoint"]["url"], case["documentation"]
    record_property("published cases", f"Endpoints of Cognito Identity: {len(cases)} of {len(cases)}")
