"""Amazon S3: a life of an object through moto, and the rules that are S3's alone through the stub of the client."""

from __future__ import annotations

import hashlib
import importlib
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.aws.conftest import Connect, Package, Stubbed

KEY = "a/../b c+ü~//x.txt"
SENT_KEY = "/a/../b%20c%2B%C3%BC~//x.txt"


@pytest.fixture
def upload(package: Package) -> Any:
    return importlib.import_module(f"{package('s3').__name__}._runtime.uploads").Upload


def headers(stub: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in stub.calls[-1].http.headers}


# --- through moto ---------------------------------------------------------------------------------------------------


def test_a_life_of_an_object(connect: Connect, package: Package) -> None:
    models, client = package("s3").models, connect("s3")
    client.create_bucket(bucket="life")

    put = client.put_object(bucket="life", key=KEY, request=b"hello", content_type="text/odd", x_amz_meta={"who": "me"})
    assert put.headers["etag"] == f'"{hashlib.md5(b"hello").hexdigest()}"'
    got = client.get_object(bucket="life", key=KEY)
    assert (got.result, got.content_type, got.x_amz_meta) == (b"hello", "text/odd", {"who": "me"})
    assert client.head_object(bucket="life", key=KEY).headers["content-length"] == "5"
    assert client.copy_object(bucket="life", key="copy", x_amz_copy_source=f"life/{KEY}").copy_object_result.e_tag
    for number in range(4):
        client.put_object(bucket="life", key=f"n{number}", request=b"x")
    listed = client.list_objects_v2(bucket="life", prefix="n", max_keys=3)
    assert [page.status_code for page in listed.pages()] == [200, 200]
    assert [each.key for each in listed] == ["n0", "n1", "n2", "n3"]
    gone = client.delete_objects(bucket="life", objects=[models.shared.ObjectIdentifier(key="n0")])
    assert [each.key for each in gone.delete_objects_output.deleted] == ["n0"]
    with pytest.raises(models.errors.NoSuchKeyError) as caught:
        client.get_object(bucket="life", key="n0")
    assert (caught.value.status_code, caught.value.code) == (404, "NoSuchKey")
    with pytest.raises(models.errors.NoSuchBucketError):
        client.list_objects_v2(bucket="never")


def test_a_head_is_refused_without_a_document(connect: Connect, package: Package) -> None:
    with pytest.raises(package("s3").models.errors.APIError) as caught:
        connect("s3").head_bucket(bucket="never")
    assert (caught.value.code, caught.value.status_code) == ("404", 404)
    assert caught.value.message.lower() == "not found"


def test_bodies_that_are_texts_and_roots_that_are_members(connect: Connect) -> None:
    client = connect("s3")
    client.create_bucket(bucket="policies", location_constraint="eu-west-1")
    policy = '{"Version":"2012-10-17","Statement":[]}'
    client.put_bucket_policy(bucket="policies", request=policy)
    assert client.get_bucket_policy(bucket="policies").result == policy
    located = client.get_bucket_location(bucket="policies").get_bucket_location_output
    assert located.location_constraint == "eu-west-1"


def test_files_go_up_and_come_down_in_pieces(connect: Connect, upload: Any, tmp_path: Path) -> None:
    client = connect("s3")
    client.create_bucket(bucket="files")
    content = bytes(range(256)) * 2000
    source, target = tmp_path / "up", tmp_path / "down"
    source.write_bytes(content)
    client.put_object(bucket="files", key="file", request=upload(source))
    with client.get_object_stream(bucket="files", key="file") as download:
        assert download.save(target) == len(content)
    assert target.read_bytes() == content


# --- what travels ---------------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class Wire:
    """A transport that answers with nothing, and keeps what would have travelled."""

    module: Any
    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, request: Any, timeout: Any) -> Any:
        self.sent.append((request.origin.host, request.target))
        http = self.module._runtime.http
        return http.HTTPResponse(200, http.Headers(()), b"")

    def close(self) -> None:
        pass


@pytest.fixture
def wire(package: Package) -> Wire:
    return Wire(module=package("s3"))


@contextmanager
def sending(wire: Wire, **options: Any) -> Iterator[Any]:
    shared = wire.module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    with wire.module.SDK(security, region="eu-west-1", transport=wire, **options) as client:
        yield client


def test_a_bucket_goes_before_the_host(wire: Wire) -> None:
    with sending(wire) as client:
        client.put_object(bucket="my-bucket", key=KEY, request=b"x")
        client.list_objects_v2(bucket="my-bucket")
    assert wire.sent == [
        ("my-bucket.s3.eu-west-1.amazonaws.com", SENT_KEY),
        ("my-bucket.s3.eu-west-1.amazonaws.com", "/?list-type=2"),
    ]


@pytest.mark.parametrize("bucket", ["My_Bucket", "dots.are.no.labels", "ab", "x" * 64])
def test_a_bucket_that_is_no_label_stays_in_the_path(bucket: str, wire: Wire) -> None:
    with sending(wire) as client:
        client.head_bucket(bucket=bucket)
    assert wire.sent == [("s3.eu-west-1.amazonaws.com", f"/{bucket}")]


@pytest.mark.parametrize(
    ("options", "host", "target"),
    [
        ({"path_style": True}, "s3.eu-west-1.amazonaws.com", "/my-bucket"),
        ({"server_url": "https://storage.example/base"}, "storage.example", "/base/my-bucket"),
        ({"server_url": "https://storage.example", "path_style": False}, "my-bucket.storage.example", "/"),
        ({"server_url": "http://127.0.0.1:9", "path_style": False}, "127.0.0.1", "/my-bucket"),
    ],
)
def test_where_buckets_go_can_be_said(options: dict[str, Any], host: str, target: str, wire: Wire) -> None:
    with sending(wire, **options) as client:
        client.head_bucket(bucket="my-bucket")
    assert wire.sent == [(host, target)]


def test_a_key_is_found_in_the_path_again(stubbed: Stubbed) -> None:
    stub, client, _ = stubbed("s3")
    client.put_object(bucket="my-bucket", key=KEY, request=b"x")
    assert stub.calls[-1].request.path_params.key == KEY


def test_metadata_and_dates_in_headers(stubbed: Stubbed) -> None:
    stub, client, _ = stubbed("s3")
    at = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    client.put_object(
        bucket="b-b",
        key="k",
        request=b"",
        x_amz_meta={"a": "1", "B": "2"},
        expires=at,
        x_amz_object_lock_retain_until_date=at,
    )
    sent = headers(stub)
    assert (sent["x-amz-meta-a"], sent["x-amz-meta-b"]) == ("1", "2")
    assert sent["expires"] == "Wed, 02 Jan 2030 03:04:05 GMT"
    assert sent["x-amz-object-lock-retain-until-date"] == "2030-01-02T03:04:05Z"
    given = stub.calls[-1].request.headers
    assert (given.x_amz_meta, given.expires) == ({"a": "1", "B": "2"}, at)


def test_the_signature_says_what_the_body_is(stubbed: Stubbed, upload: Any) -> None:
    stub, client, _ = stubbed("s3")
    client.put_object(bucket="b-b", key="k", request=b"hello")
    assert headers(stub)["x-amz-content-sha256"] == hashlib.sha256(b"hello").hexdigest()
    assert "x-amz-content-sha256" in headers(stub)["authorization"]
    client.put_object(bucket="b-b", key="k", request=upload(iter([b"he", b"llo"]), size=5))
    assert headers(stub)["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"


def test_without_tls_an_upload_is_hashed(package: Package, upload: Any, tmp_path: Path) -> None:
    module = package("s3")
    stub = importlib.import_module(f"{module.__name__}.testing").Stub()
    (tmp_path / "file").write_bytes(b"hello")
    with stub.client(region="us-east-1", server_url="http://localhost:1") as client:
        client.put_object(bucket="b-b", key="k", request=upload(tmp_path / "file"))
        assert headers(stub)["x-amz-content-sha256"] == hashlib.sha256(b"hello").hexdigest()
        with pytest.raises(module.models.errors.SDKError, match="use https"):
            client.put_object(bucket="b-b", key="k", request=upload(iter([b"x"]), size=1))


def test_a_body_has_a_checksum(stubbed: Stubbed) -> None:
    stub, client, models = stubbed("s3")
    client.delete_objects(bucket="b-b", objects=[models.shared.ObjectIdentifier(key="<&>")], quiet=True)
    body = stub.calls[-1].http.body
    assert body == (
        b'<?xml version="1.0" encoding="UTF-8"?><Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        b"<Object><Key>&lt;&amp;&gt;</Key></Object><Quiet>true</Quiet></Delete>"
    )
    assert headers(stub)["x-amz-checksum-crc32"] == b64encode(zlib.crc32(body).to_bytes(4, "big")).decode()
    client.put_bucket_policy(bucket="b-b", request="{}")
    assert headers(stub)["content-md5"] == b64encode(hashlib.md5(b"{}").digest()).decode()
    client.put_object(bucket="b-b", key="k", request=b"x", x_amz_sdk_checksum_algorithm="SHA256")
    assert headers(stub)["x-amz-checksum-sha256"] == b64encode(hashlib.sha256(b"x").digest()).decode()
    client.put_object(bucket="b-b", key="k", request=b"x", x_amz_checksum_sha256="own")
    assert "x-amz-checksum-crc32" not in headers(stub)
    with pytest.raises(models.errors.SDKError, match="CRC32C is no checksum"):
        client.put_object(bucket="b-b", key="k", request=b"x", x_amz_sdk_checksum_algorithm="CRC32C")


def test_a_grantee_is_typed_by_an_attribute(stubbed: Stubbed) -> None:
    stub, client, models = stubbed("s3")
    grantee = models.shared.Grantee(type="CanonicalUser", id="x")
    client.put_bucket_acl(bucket="b-b", grants=[models.shared.Grant(grantee=grantee, permission="READ")])
    assert (
        b'<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>x</ID></Grantee>'
        in stub.calls[-1].http.body
    )


# --- errors ---------------------------------------------------------------------------------------------------------


def test_an_error_in_a_success_is_an_error(package: Package) -> None:
    module = package("s3")
    stub = importlib.import_module(f"{module.__name__}.testing").Stub()
    document = b"\n<?xml version='1.0'?><Error><Code>InternalError</Code><Message>Again.</Message></Error>"
    stub.on("copy_object").raw(200, body=document)
    with (
        stub.client(region="us-east-1", retries=2) as client,
        pytest.raises(module.models.errors.APIError) as caught,
    ):
        client.copy_object(bucket="b-b", key="k", x_amz_copy_source="b/k")
    assert (caught.value.code, caught.value.message, caught.value.attempts) == ("InternalError", "Again.", 3)


def test_a_bucket_elsewhere_is_said_where(stubbed: Stubbed) -> None:
    stub, client, models = stubbed("s3")
    stub.on("head_bucket").raw(301, headers={"x-amz-bucket-region": "eu-west-3"})
    with pytest.raises(models.errors.APIError) as caught:
        client.head_bucket(bucket="b-b")
    assert caught.value.__notes__ == ["the bucket is in the region 'eu-west-3', which the client can be made with"]
