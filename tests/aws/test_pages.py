"""Pages that begin at several values at once, or at the last item: Route 53's and S3's."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from tests.aws.services import Made

S3 = ("CreateBucket", "ListObjectVersions", "ListObjects", "PutBucketVersioning", "PutObject")
ROUTE53 = ("ChangeResourceRecordSets", "CreateHostedZone", "ListResourceRecordSets")


def client_of(module: Any, server_url: str) -> Any:
    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    return module.SDK(security, server_url=server_url, region="us-east-1", retries=0)


def test_versions_of_one_key_over_several_pages(made: Made, moto: str) -> None:
    module = made("s3", S3)
    with client_of(module, moto) as client:
        client.create_bucket(bucket="versions")
        client.put_bucket_versioning(bucket="versions", status="Enabled")
        for number in range(5):
            put = client.put_object(bucket="versions", key="one", request=str(number).encode())
            assert (put.version_id, put.e_tag) == (put.headers["x-amz-version-id"], put.headers["etag"])

        pages = list(client.list_object_versions(bucket="versions", max_keys=2).pages())
        assert [len(page.items) for page in pages] == [2, 2, 1]
        assert len({version.version_id for page in pages for version in page.items}) == 5
        # All five have one key: a page that begins at a key alone would come again and again.
        assert {version.key for page in pages for version in page.items} == {"one"}


def test_record_sets_begin_at_a_name_and_a_type(made: Made, moto: str) -> None:
    module = made("route53", ROUTE53)
    shared = module.models.shared
    with client_of(module, moto) as client:
        made_zone = client.create_hosted_zone(name="pages.example", caller_reference="pages")
        zone = made_zone.create_hosted_zone_response.hosted_zone.id.rpartition("/")[2]
        records = [
            shared.ResourceRecordSet(
                name="www.pages.example.", type=type_, ttl=60, resource_records=[shared.ResourceRecord(value=value)]
            )
            for type_, value in (("A", "192.0.2.1"), ("AAAA", "2001:db8::1"), ("TXT", '"text"'))
        ]
        changes = [shared.Change(action="CREATE", resource_record_set=record) for record in records]
        client.change_resource_record_sets(hosted_zone_id=zone, change_batch=shared.ChangeBatch(changes=changes))

        pages = list(client.list_resource_record_sets(hosted_zone_id=zone, max_items="1").pages())
        found = [(record.name, record.type) for page in pages for record in page.items]
        assert found[-3:] == [("www.pages.example.", type_) for type_ in ("A", "AAAA", "TXT")]
        assert len(pages) == len(found) == len(set(found))


@pytest.mark.parametrize("names_next", [True, False])
def test_objects_go_on_at_the_last_key_where_nothing_else_is_named(names_next: bool, made: Made) -> None:
    module = made("s3", S3)
    sent = []

    class Server:
        def send(self, request: Any, timeout: Any) -> Any:
            sent.append(request.target.partition("?")[2])
            more = len(sent) == 1
            named = "<NextMarker>c</NextMarker>" if more and names_next else ""
            body = (
                f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>{named}"
                f"<Contents><Key>{'a' if more else 'z'}</Key></Contents></ListBucketResult>"
            )
            return module._runtime.http.HTTPResponse(200, {}, body.encode())

        def close(self) -> None: ...

    shared = module.models.shared
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="A", secret_access_key="S"))
    with module.SDK(security, region="us-east-1", transport=Server()) as client:
        result = client.list_objects(bucket="some")
        assert result.next_token == ("c" if names_next else "a")
        assert [content.key for content in result] == ["a", "z"]
    assert sent == ["encoding-type=url", f"marker={'c' if names_next else 'a'}&encoding-type=url"]


KEYS = ["a b", "a+b", "a%2Bb", "\x01/ü", "<&>"]


def test_keys_that_xml_cannot_hold(made: Made, moto: str) -> None:
    module = made("s3", S3)
    with client_of(module, moto) as client:
        client.create_bucket(bucket="odd-keys")
        for key in KEYS:
            client.put_object(bucket="odd-keys", key=key, request=b"x")
        assert sorted(each.key for each in client.list_objects(bucket="odd-keys", max_keys=2)) == sorted(KEYS)


STUBBED = {
    "flag": ("iam", ("ListUsers",), "list_users", {}),
    "a flag of another name": ("kinesis", ("ListStreams",), "list_streams", {}),
    "several tokens": ("s3", S3, "list_object_versions", {"bucket": "some"}),
    "the last item, or a token": ("s3", S3, "list_objects", {"bucket": "some"}),
    "a token that is an object": ("dynamodb", ("Scan",), "scan", {"table_name": "some"}),
    "enumerations among the tokens": ("route53", ROUTE53, "list_resource_record_sets", {"hosted_zone_id": "some"}),
}


@pytest.mark.parametrize(("service", "operations", "name", "arguments"), STUBBED.values(), ids=STUBBED)
def test_the_stub_makes_pages(
    service: str, operations: tuple[str, ...], name: str, arguments: dict[str, str], made: Made
) -> None:
    stub = import_module(f"{made(service, operations).__name__}.testing").Stub()
    stub.on(name).pages(3, items=2)

    with stub.client() as client:
        pages = list(getattr(client, name)(**arguments).pages())

    assert [len(page.items) for page in pages] == [2, 2, 2]
