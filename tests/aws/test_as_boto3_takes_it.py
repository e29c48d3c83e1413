"""Arguments that boto3 rewrites before it sends them: what travels is what boto3 sends for the same ones."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

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
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret"))
    with module.SDK(security, server_url=moto, region="us-east-1", retries=0) as client:
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
