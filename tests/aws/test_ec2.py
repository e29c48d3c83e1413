"""EC2's protocol: created, read, listed, missed and deleted through moto, and through the stub of the client."""

from __future__ import annotations

import importlib

import pytest

from tests.aws.conftest import Connect, Package, Stubbed
from tests.aws.services import Made


def test_a_life_of_a_network(connect: Connect, package: Package) -> None:
    models, client = package("ec2").models, connect("ec2")

    made = client.create_vpc(cidr_block="10.1.0.0/16").create_vpc_result.vpc
    assert (made.cidr_block, made.is_default) == ("10.1.0.0/16", False)
    cidr = models.shared.Filter(name="cidr", values=["10.1.0.0/16", "10.2.0.0/16"])
    assert client.describe_vpcs(filters=[cidr]).describe_vpcs_result.vpcs == [made]
    assert client.describe_vpcs(vpc_ids=[made.vpc_id]).describe_vpcs_result.vpcs == [made]
    assert client.delete_vpc(vpc_id=made.vpc_id).status_code == 200
    with pytest.raises(models.errors.APIError) as caught:
        client.describe_vpcs(vpc_ids=[made.vpc_id])
    assert (caught.value.code, caught.value.status_code) == ("InvalidVpcID.NotFound", 400)
    assert made.vpc_id in caught.value.message


def test_what_travels(stubbed: Stubbed) -> None:
    stub, client, models = stubbed("ec2")
    client.describe_vpcs(filters=[models.shared.Filter(name="a", values=["b", "c"])], vpc_ids=["v"])
    client.create_vpc(dry_run=True)

    assert [call.http.body for call in stub.calls] == [
        b"Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=a&Filter.1.Value.1=b&Filter.1.Value.2=c&VpcId.1=v",
        b"Action=CreateVpc&Version=2016-11-15&DryRun=true",
    ]
    assert stub.calls[0].body.filters == [models.shared.Filter(name="a", values=["b", "c"])]


def test_members_that_requests_call_otherwise_than_replies(made: Made) -> None:
    module = made("ec2", ("RunInstances", "DescribeInstances", "TerminateInstances"))
    shared = module.models.shared
    stub = importlib.import_module(f"{module.__name__}.testing").Stub()
    address = shared.PrivateIpAddressSpecification(primary=True, private_ip_address="10.0.0.5")
    specification = shared.InstanceNetworkInterfaceSpecification(private_ip_addresses=[address])
    with stub.client(region="us-east-1", retries=0) as client:
        client.run_instances(min_count=1, max_count=1, network_interfaces=[specification])

    body = stub.calls[0].http.body.decode()
    assert "&NetworkInterface.1.PrivateIpAddresses.1.PrivateIpAddress=10.0.0.5" in body
    assert stub.calls[0].body.network_interfaces == [specification]
