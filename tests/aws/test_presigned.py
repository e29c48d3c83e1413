"""Requests signed ahead of time: as botocore signs them, and as moto answers them."""

from __future__ import annotations

import asyncio
import importlib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.aws.conftest import Connect, Package

NOW = datetime(2026, 11, 23, 9, 8, 7, tzinfo=UTC)
KEY = "a/../b c+ü~//x.txt"


def signed_by_botocore(monkeypatch: pytest.MonkeyPatch, made: Any, kind: type, service: str, token: str | None) -> str:
    """The URL that botocore makes of the same request."""
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: NOW.replace(tzinfo=None))
    parts = urlsplit(made.url)
    kept = "&".join(pair for pair in parts.query.split("&") if not pair.startswith("X-Amz-"))
    plain = parts._replace(query=kept).geturl()
    request = AWSRequest(method=made.method, url=plain, headers=dict(made.headers), data=made.body)
    kind(Credentials("AKID", "secret", token), service, "eu-west-1", expires=900).add_auth(request)
    return str(request.url)


def split(url: str) -> tuple[str, str, list[tuple[str, str]]]:
    parts = urlsplit(url)
    return parts.netloc, parts.path, sorted(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))


@pytest.fixture
def client(package: Package) -> Iterator[Callable[..., Any]]:
    """Makes a client of a document's service whose clock stands still."""
    with ExitStack() as stack:

        def make(name: str, token: str | None = None, **options: Any) -> Any:
            module = package(name)
            clock = importlib.import_module(f"{module.__name__}._runtime.clock").Clock()
            clock.now = lambda: NOW
            shared = module.models.shared
            scheme = shared.SchemeHmac(access_key_id="AKID", secret_access_key="secret", session_token=token)
            made = module.SDK(shared.Security(hmac=scheme), region="eu-west-1", clock=clock, **options)
            return stack.enter_context(made)

        yield make


@pytest.mark.parametrize("token", [None, "a/token+="])
@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("get_object", {"bucket": "my-bucket", "key": KEY}),
        ("get_object", {"bucket": "With.Dots", "key": "k"}),
        ("put_object", {"bucket": "my-bucket", "key": "k", "x_amz_meta": {"who": "me  too"}}),
        ("list_objects_v2", {"bucket": "my-bucket", "prefix": "a/b c"}),
    ],
)
def test_s3_is_signed_as_botocore_does(
    client: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    arguments: dict[str, Any],
    token: str | None,
) -> None:
    s3 = client("s3", token)
    made = s3.presign(getattr(s3, method), expires_in=900, **arguments)
    expected = signed_by_botocore(monkeypatch, made, botocore.auth.S3SigV4QueryAuth, "s3", token)
    assert split(made.url) == split(expected)
    assert "Signature" not in repr(made)


def test_an_address_is_enough_to_get_something(client: Callable[..., Any]) -> None:
    s3 = client("s3")
    made = s3.presign(s3.get_object, bucket="b-b", key="k")
    assert (made.method, made.headers, made.body) == ("GET", {}, b"")
    assert ("X-Amz-SignedHeaders", "host") in split(made.url)[2]


def test_a_form_goes_into_the_query(client: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    sns = client("sns")
    made = sns.presign(sns.list_topics, expires_in=900)
    assert (made.method, made.headers, made.body) == ("GET", {}, b"")
    expected = signed_by_botocore(monkeypatch, made, botocore.auth.SigV4QueryAuth, "sns", None)
    assert split(made.url) == split(expected)
    assert ("Action", "ListTopics") in split(made.url)[2]


def test_the_asyncio_client_signs_the_same(client: Callable[..., Any], package: Package) -> None:
    blocking = client("s3")
    module = package("s3")

    async def sign() -> Any:
        settings = {"region": "eu-west-1", "clock": blocking._session.clock}
        async with module.AsyncSDK(blocking._security, **settings) as twin:
            return await twin.presign(twin.get_object, bucket="b-b", key="k")

    assert asyncio.run(sign()) == blocking.presign(blocking.get_object, bucket="b-b", key="k")


def test_a_request_object_says_the_same(client: Callable[..., Any], package: Package) -> None:
    s3, operations = client("s3"), package("s3").models.operations
    request = operations.GetObjectRequest(path_params=operations.GetObjectPathParams(bucket="b-b", key="k"))
    assert s3.presign(s3.get_object, request) == s3.presign(s3.get_object, bucket="b-b", key="k")


@pytest.mark.parametrize("seconds", [0, -1, 604_801])
def test_a_signature_is_good_for_a_week_at_the_most(client: Callable[..., Any], package: Package, seconds: int) -> None:
    s3 = client("s3")
    with pytest.raises(package("s3").models.errors.RequestError, match="good for 1 to 604800 seconds"):
        s3.presign(s3.get_object, bucket="b-b", key="k", expires_in=seconds)


def test_what_cannot_be_presigned(client: Callable[..., Any], package: Package) -> None:
    s3, models = client("s3"), package("s3").models
    with pytest.raises(TypeError, match="a method of the client"):
        s3.presign(len)
    with pytest.raises(TypeError, match="there is no argument kye"):
        s3.presign(s3.get_object, bucket="b-b", kye="k")
    s3.config_security(models.shared.Security(hmac=models.shared.SchemeHmac(api_key="ready")))
    with pytest.raises(models.errors.RequestError, match="signed with credentials"):
        s3.presign(s3.get_object, bucket="b-b", key="k")


def test_moto_takes_what_is_presigned(connect: Connect) -> None:
    s3 = connect("s3")
    s3.create_bucket(bucket="presigned")
    put = s3.presign(s3.put_object, bucket="presigned", key=KEY, x_amz_meta={"who": "me"})
    headers = {**put.headers, "Content-Type": "text/plain"}  # urllib would say it is a form
    sent = urllib.request.Request(put.url, data=b"hello", method=put.method, headers=headers)
    with urllib.request.urlopen(sent) as answer:
        assert answer.status == 200
    got = s3.presign(s3.get_object, bucket="presigned", key=KEY)
    with urllib.request.urlopen(got.url) as answer:
        assert (answer.read(), answer.headers["x-amz-meta-who"]) == (b"hello", "me")
