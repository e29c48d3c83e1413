"""Buckets in other regions than the client's: the call goes there once, and the next one at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.aws.conftest import Package

MALFORMED = (
    b"<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'eu-west-1' is wrong</Message>"
    b"<Region>eu-west-3</Region></Error>"
)
REDIRECT = b"<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>"
HERE = "s3.eu-west-1.amazonaws.com"
THERE = "s3.eu-west-3.amazonaws.com"


@dataclass(kw_only=True)
class Regions:
    """A transport before a bucket that is somewhere: elsewhere a call is refused in one of S3's ways."""

    module: Any
    where: str = "eu-west-3"
    refusal: tuple[int, dict[str, str], bytes] = (301, {"x-amz-bucket-region": "eu-west-3"}, REDIRECT)
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, request: Any, timeout: Any) -> Any:
        signature = next(value for name, value in request.headers if name == "Authorization")
        region = signature.split("/")[2]
        self.sent.append((request.origin.host, request.target, region))
        http = self.module._runtime.http
        list(request.upload or ())
        if region == self.where:
            return http.HTTPResponse(200, http.Headers(()), b"")
        status, headers, body = self.refusal
        return http.HTTPResponse(status, http.Headers(tuple(headers.items())), body)

    def close(self) -> None:
        pass


@pytest.fixture
def module(package: Package) -> Any:
    return package("s3")


def client_of(module: Any, transport: Any, **options: Any) -> Any:
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    return module.SDK(security, region="eu-west-1", transport=transport, retries=0, **options)


@pytest.mark.parametrize(
    "refusal",
    [
        (301, {"x-amz-bucket-region": "eu-west-3"}, REDIRECT),
        (307, {"x-amz-bucket-region": "eu-west-3"}, b""),
        (400, {"x-amz-bucket-region": "eu-west-3"}, b""),
        (400, {}, MALFORMED),
    ],
)
def test_the_call_goes_there_and_the_next_one_at_once(refusal: Any, module: Any) -> None:
    wire = Regions(module=module, refusal=refusal)
    with client_of(module, wire) as client:
        assert client.put_object(bucket="far", key="a/b", request=b"x").attempts == 2
        assert client.put_object(bucket="far", key="c", request=b"x").attempts == 1
    assert wire.sent == [
        (f"far.{HERE}", "/a/b", "eu-west-1"),
        (f"far.{THERE}", "/a/b", "eu-west-3"),
        (f"far.{THERE}", "/c", "eu-west-3"),
    ]


def test_a_bucket_in_the_path_stays_there(module: Any) -> None:
    wire = Regions(module=module)
    with client_of(module, wire, path_style=True) as client:
        client.head_bucket(bucket="far")
    assert [(host, target) for host, target, _ in wire.sent] == [(HERE, "/far"), (THERE, "/far")]


def test_a_server_of_ones_own_is_asked_again_and_signed_for_the_region(module: Any) -> None:
    wire = Regions(module=module)
    with client_of(module, wire, server_url="https://store.example") as client:
        client.head_bucket(bucket="far")
        client.head_bucket(bucket="far")
    assert [(host, region) for host, _, region in wire.sent] == [
        ("store.example", "eu-west-1"),
        ("store.example", "eu-west-3"),
        ("store.example", "eu-west-3"),
    ]


def test_other_buckets_are_where_the_client_is(module: Any) -> None:
    wire = Regions(module=module)
    with client_of(module, wire) as client:
        client.head_bucket(bucket="far")
        wire.where = "eu-west-1"
        client.head_bucket(bucket="near")
    assert wire.sent[-1] == (f"near.{HERE}", "/", "eu-west-1")


def test_it_is_followed_once(module: Any) -> None:
    wire = Regions(module=module, where="nowhere")
    with client_of(module, wire) as client, pytest.raises(module.models.errors.APIError) as caught:
        client.head_bucket(bucket="far")
    assert caught.value.attempts == len(wire.sent) == 2


@pytest.mark.parametrize("region", ["evil.example", "eu-west-3.evil.example/", "", "eu-west-1"])
def test_what_is_no_other_region_is_not_followed(region: str, module: Any) -> None:
    wire = Regions(module=module, where="nowhere", refusal=(301, {"x-amz-bucket-region": region}, REDIRECT))
    with client_of(module, wire) as client, pytest.raises(module.models.errors.APIError):
        client.head_bucket(bucket="far")
    assert len(wire.sent) == 1


def test_an_upload_that_is_used_up_is_not_sent_again(module: Any) -> None:
    wire = Regions(module=module)
    with client_of(module, wire) as client, pytest.raises(module.models.errors.APIError):
        client.put_object(bucket="far", key="a", request=module._runtime.uploads.Upload(iter([b"x"])))
    assert len(wire.sent) == 1


def test_with_asyncio(module: Any) -> None:
    wire = Regions(module=module)

    class Awaited:
        async def send(self, request: Any, timeout: Any) -> Any:  # noqa: ASYNC109  (a transport's own)
            return wire.send(request, timeout)

        async def aclose(self) -> None: ...

    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))

    async def call() -> int:
        async with module.AsyncSDK(security, region="eu-west-1", transport=Awaited(), retries=0) as client:
            return int((await client.head_bucket(bucket="far")).attempts)

    assert asyncio.run(call()) == 2
