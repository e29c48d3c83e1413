"""Arguments that boto3 rewrites before it sends them: what travels is what boto3 sends for the same ones."""

from __future__ import annotations

import importlib
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config

from generator.python.identifiers import snake_case
from tests.aws.services import Made


class Sent(Exception):
    """A request of botocore's, which goes nowhere."""


def theirs(service: str, method: str, arguments: Mapping[str, Any]) -> Any:
    """The request that boto3 makes of its arguments."""
    config = Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"})
    client: Any = boto3.client(service, "us-east-1", aws_access_key_id="A", aws_secret_access_key="S", config=config)

    def see(request: Any, **_: Any) -> None:
        raise Sent(request)

    client.meta.events.register("before-send", see)
    with pytest.raises(Sent) as caught:
        getattr(client, method)(**arguments)
    return caught.value.args[0]


def ours(module: ModuleType, method: str, arguments: Mapping[str, Any]) -> Any:
    """The request that our client makes of the same arguments, in its own spelling."""
    stub = importlib.import_module(f"{module.__name__}.testing").Stub()
    with stub.client(region="us-east-1", retries=0) as client:
        getattr(client, method)(**{snake_case(name): value for name, value in arguments.items()})
    return stub.calls[-1].http


def connected(module: ModuleType, moto: str) -> Any:
    """A client whose server is moto."""
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret"))
    return module.SDK(security, server_url=moto, region="us-east-1", retries=0)


@pytest.fixture
def far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "FAR-14")  # east of Greenwich, in POSIX
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# --- Route 53: ids as it returns them -------------------------------------------------------------------------------

ROUTE_53 = (
    "ChangeResourceRecordSets", "CreateHostedZone", "DeleteHostedZone", "GetChange", "GetHostedZone",
    "GetReusableDelegationSetLimit", "ListHostedZones", "ListResourceRecordSets",
)  # fmt: skip


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("get_hosted_zone", {"Id": "/hostedzone/Z1"}),
        ("get_hosted_zone", {"Id": "Z1"}),
        ("delete_hosted_zone", {"Id": "hostedzone/Z 1"}),
        ("get_change", {"Id": "/change/C1"}),
        ("list_resource_record_sets", {"HostedZoneId": "/hostedzone/Z1"}),
        ("list_hosted_zones", {"DelegationSetId": "/delegationset/N1"}),
        (
            "get_reusable_delegation_set_limit",
            {"DelegationSetId": "/delegationset/N1", "Type": "MAX_ZONES_BY_REUSABLE_DELEGATION_SET"},
        ),
    ],
)
def test_ids_with_a_path_before_them(made: Made, method: str, arguments: Mapping[str, Any]) -> None:
    url = urlsplit(theirs("route53", method, arguments).url)
    expected = f"{url.path}?{url.query}" if url.query else url.path
    assert ours(made("route53", ROUTE_53), method, arguments).target == expected


def test_an_id_of_nothing_but_its_path_is_refused(made: Made) -> None:
    module = made("route53", ROUTE_53)
    with pytest.raises(module.models.errors.RequestError, match="another resource"):
        ours(module, "get_hosted_zone", {"Id": "/hostedzone/"})


def test_a_zone_by_the_ids_that_are_returned(made: Made, moto: str) -> None:
    module = made("route53", ROUTE_53)
    with connected(module, moto) as client:
        zone = client.create_hosted_zone(name="ids.example", caller_reference="ids").create_hosted_zone_response
        id_ = zone.hosted_zone.id
        assert id_.startswith("/hostedzone/")
        assert client.get_hosted_zone(id=id_).get_hosted_zone_response.hosted_zone.name == "ids.example."
        assert {each.type for each in client.list_resource_record_sets(hosted_zone_id=id_)} == {"NS", "SOA"}
        change = client.get_change(id=zone.change_info.id).get_change_response.change_info
        assert change.status == "INSYNC"
        assert client.delete_hosted_zone(id=id_).status_code == 200
        with pytest.raises(module.models.errors.NoSuchHostedZoneError):
            client.get_hosted_zone(id=id_)


# --- S3: what is copied, by its own name ----------------------------------------------------------------------------

S3 = ("CopyObject", "CreateBucket", "GetObject", "PutObject", "UploadPartCopy")
SOURCES = (
    "src/plain.txt",
    "/src/plain.txt",
    "src/100%25.txt",
    "src/ü+ b~",
    "src/a?b=c#d/e",
    "src/a b?versionId=v/1+2",
    "src/a?versionId=1 2",
    "src/a?versionId=1?versionId=2",
    "arn:aws:s3:us-west-2:123456789012:accesspoint/mine/object/a b",
)


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_of_a_copy(made: Made, source: str) -> None:
    module, to = made("s3", S3), {"Bucket": "to-here", "Key": "k", "CopySource": source}
    for method, arguments in (("copy_object", to), ("upload_part_copy", {**to, "UploadId": "u", "PartNumber": 1})):
        expected = theirs("s3", method, arguments).headers["x-amz-copy-source"]
        sent = {name.lower(): value for name, value in ours(module, method, arguments).headers}
        assert sent["x-amz-copy-source"] == expected.decode()


def test_the_stub_reads_a_source_again(made: Made) -> None:
    stub = importlib.import_module(f"{made('s3', S3).__name__}.testing").Stub()
    with stub.client(region="us-east-1", retries=0) as client:
        client.copy_object(bucket="to-here", key="k", copy_source="src/ü+ 100%25")
    assert stub.calls[-1].request.headers.copy_source == "src/ü+ 100%25"


@pytest.mark.parametrize("key", ["100%25.txt", "ü+ b"])
def test_a_copy_of_what_is_meant(made: Made, moto: str, key: str) -> None:
    with connected(made("s3", S3), moto) as client:
        client.create_bucket(bucket="sources")
        client.put_object(bucket="sources", key=key, body=key.encode())
        client.put_object(bucket="sources", key="100%.txt", body=b"another")
        client.copy_object(bucket="sources", key="copy", copy_source=f"sources/{key}")
        assert client.get_object(bucket="sources", key="copy").result == key.encode()


# --- timestamps without a time zone: UTC ----------------------------------------------------------------------------

AT = datetime(2030, 1, 2, 3, 4, 5)  # noqa: DTZ001  (that is the point)


@pytest.mark.usefixtures("far_from_greenwich")
@pytest.mark.parametrize(
    ("service", "operation", "arguments", "spelled"),
    [
        ("cloudtrail", "LookupEvents", {"StartTime": AT}, "1893553445"),
        ("rds", "DescribeEvents", {"StartTime": AT}, "StartTime=2030-01-02T03%3A04%3A05Z"),
        ("ec2", "DescribeSpotPriceHistory", {"StartTime": AT}, "StartTime=2030-01-02T03%3A04%3A05Z"),
        ("backup", "ListBackupJobs", {"ByCreatedBefore": AT}, "createdBefore=2030-01-02T03%3A04%3A05Z"),
        ("s3", "GetObject", {"Bucket": "b-b", "Key": "k", "IfModifiedSince": AT}, "Wed, 02 Jan 2030 03:04:05 GMT"),
    ],
)
def test_a_timestamp_without_a_time_zone(
    made: Made, service: str, operation: str, arguments: Mapping[str, Any], spelled: str
) -> None:
    method = snake_case(operation)
    sent, expected = ours(made(service, (operation,)), method, arguments), theirs(service, method, arguments)

    assert spelled in f"{expected.url} {expected.headers} {expected.body}"
    assert spelled in f"{sent.target} {sent.headers} {sent.body}"


# --- user data of instances: bytes, which are sent in Base64 --------------------------------------------------------

SCRIPT = b"#!/bin/sh\necho \xc3\xbc > /tmp/x\n"


@pytest.mark.parametrize(
    ("service", "operation", "arguments"),
    [
        ("ec2", "RunInstances", {"MinCount": 1, "MaxCount": 1}),
        ("autoscaling", "CreateLaunchConfiguration", {"LaunchConfigurationName": "one"}),
    ],
)
def test_user_data(made: Made, service: str, operation: str, arguments: Mapping[str, Any]) -> None:
    given, method = {**arguments, "UserData": SCRIPT}, snake_case(operation)
    module = made(service, (operation,))

    (sent,) = parse_qs(ours(module, method, given).body.decode())["UserData"]
    (expected,) = parse_qs(theirs(service, method, given).body)["UserData"]
    assert sent == expected == b64encode(SCRIPT).decode()
    with pytest.raises(module.models.errors.RequestError, match="user_data"):
        ours(module, method, {**arguments, "UserData": expected})  # a text is no longer taken for what it is not


def test_user_data_of_a_reply_is_what_the_service_sends(made: Made, moto: str) -> None:
    names = ("CreateLaunchConfiguration", "DescribeLaunchConfigurations")
    with connected(made("autoscaling", names), moto) as client:
        client.create_launch_configuration(
            launch_configuration_name="one", image_id="ami-1", instance_type="t2.micro", user_data=SCRIPT
        )
        (found,) = client.describe_launch_configurations()
        assert found.user_data == b64encode(SCRIPT).decode()
