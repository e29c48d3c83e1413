"""Access points of S3 where a bucket's name would be, with botocore as the oracle."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.aws.conftest import Package
from tests.aws.test_bucket_regions import Regions

POINT = "arn:aws:s3:us-west-2:123456789012:accesspoint/mine"


class Seen(Exception):
    """What botocore would send."""


def theirs(bucket: str, server_url: str | None, **options: bool) -> tuple[str, str]:
    client = boto3.client(
        "s3",
        region_name="cn-northwest-1" if ":aws-cn:" in bucket else "eu-west-1",
        aws_access_key_id="A",
        aws_secret_access_key="S",
        endpoint_url=server_url,
        config=Config(retries={"max_attempts": 0}, **options),  # type: ignore[arg-type]
    )

    def see(request: Any, **_: Any) -> None:
        raise Seen(request.url, request.headers["Authorization"].decode().split("/")[2])

    client.meta.events.register("before-send", see)
    with pytest.raises(Seen) as caught:
        client.get_object(Bucket=bucket, Key="a/b c")
    url, region = caught.value.args
    return url, region


def ours(module: Any, bucket: str, server_url: str | None) -> tuple[str, str]:
    wire = Regions(module=module, where="nowhere", refusal=(404, {}, b""))
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    server = {} if server_url is None else {"server_url": server_url}
    with module.SDK(security, region="eu-west-1", transport=wire, retries=0, **server) as client:
        with pytest.raises(module.models.errors.APIError):
            client.get_object(bucket=bucket, key="a/b c")
    ((host, target, region),) = wire.sent
    return f"https://{host}{target}", region


@pytest.mark.parametrize(
    ("bucket", "server_url"),
    [
        (POINT, None),
        (POINT.replace("/mine", ":Mine-2"), None),
        (POINT.replace("us-west-2", "us-east-1"), None),
        ("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/mine", None),
        (POINT, "https://store.example"),
    ],
)
def test_host_path_and_region(bucket: str, server_url: str | None, package: Package) -> None:
    url, region = theirs(bucket, server_url)
    found, signed_for = ours(package("s3"), bucket, server_url)
    assert (found.lower(), signed_for) == (url.lower(), region)


def test_fips(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = theirs(POINT, None, use_fips_endpoint=True)
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    assert ours(package("s3"), POINT, None) == expected


@pytest.mark.parametrize(
    "bucket",
    [
        "arn:aws:s3:us-west-2:123456789012:bucket/mine",
        "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mine",
        "arn:aws:s3::123456789012:accesspoint:mine.mrap",
        "arn:aws:s3:cn-north-1:123456789012:accesspoint/mine",
        "arn:aws:s3:us-west-2:123456789012:accesspoint/a.evil.example/",
        "arn:aws:s3:us-west-2:1:accesspoint/mine",
    ],
)
def test_other_arns_are_refused(bucket: str, package: Package) -> None:
    module = package("s3")
    wire = Regions(module=module)
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    with module.SDK(security, region="eu-west-1", transport=wire) as client:
        with pytest.raises(module.models.errors.RequestError, match="access points"):
            client.get_object(bucket=bucket, key="a")
    assert wire.sent == []
