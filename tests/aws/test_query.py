"""The query protocol: created, read, listed, missed and deleted through moto, and through the stub of the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.aws.conftest import Connect, Package, Stubbed
from tests.cases.stages import run


def test_a_life_of_a_topic(connect: Connect, package: Package) -> None:
    models, client = package("sns").models, connect("sns")
    tags = [models.shared.Tag(key="a", value="b c"), models.shared.Tag(key="ü", value="&<")]

    made = client.create_topic(name="news", attributes={"DisplayName": "News & <more>"}, tags=tags)
    arn = made.create_topic_response.topic_arn
    assert arn.endswith(":news")
    assert client.get_topic_attributes(topic_arn=arn).attributes.attributes["DisplayName"] == "News & <more>"
    assert client.list_tags_for_resource(resource_arn=arn).tags.tags == tags
    others = {client.create_topic(name=f"n{number}").create_topic_response.topic_arn for number in range(120)}
    assert {topic.topic_arn for topic in client.list_topics()} == {arn, *others}  # moto answers 100 at a time
    assert client.delete_topic(topic_arn=arn).status_code == 200
    with pytest.raises(models.errors.NotFoundException) as caught:
        client.get_topic_attributes(topic_arn=arn)
    assert (caught.value.code, caught.value.status_code) == ("NotFound", 404)
    assert "does not exist" in caught.value.message


def test_what_travels(stubbed: Stubbed) -> None:
    stub, client, models = stubbed("sns")
    client.create_topic(name="a b", attributes={"k": "v"}, tags=[models.shared.Tag(key="x", value="")])
    sent = stub.calls[-1].http

    assert (sent.method, sent.target) == ("POST", "/")
    assert sent.body == (
        b"Action=CreateTopic&Version=2010-03-31&Name=a%20b"
        b"&Attributes.entry.1.key=k&Attributes.entry.1.value=v&Tags.member.1.Key=x&Tags.member.1.Value="
    )
    assert dict(sent.headers)["Content-Type"] == "application/x-www-form-urlencoded"
    assert "/us-east-1/sns/aws4_request" in dict(sent.headers)["Authorization"]
    # What was sent is read back by the other side.
    assert stub.calls[-1].body.attributes == {"k": "v"}
    assert stub.calls[-1].body.tags == [models.shared.Tag(key="x", value="")]


def test_what_comes_back(stubbed: Stubbed) -> None:
    stub, client, models = stubbed("sns")
    stub.on("get_topic_attributes").reply(attributes={"a": "<1>", "b": ""})
    assert client.get_topic_attributes(topic_arn="x").attributes.attributes == {"a": "<1>", "b": ""}
    stub.on("get_topic_attributes").fail(models.errors.NotFoundException, message="none <such>")
    with pytest.raises(models.errors.NotFoundException, match="none <such>"):
        client.get_topic_attributes(topic_arn="x")
    stub.on("get_topic_attributes").raw(502, body=b"<html><body>Bad gateway</body></html>")
    with pytest.raises(models.errors.APIError) as caught:
        client.get_topic_attributes(topic_arn="x")
    assert (caught.value.code, caught.value.message, caught.value.retryable) == ("502", "Bad gateway", True)


def test_of_each_pair_of_twins_one_is_accounted_for() -> None:
    found = run(Path(__file__).with_name("sns.yaml"))
    left_out = {skipped.at: skipped.code for skipped in found.bound.skipped}

    assert left_out
    assert all(pointer.endswith("/get") for pointer in left_out)
    assert set(left_out.values()) == {"GEN015"}
    assert len(found.plan.operations) + len(left_out) == len(found.api.operations)


def test_both_twins_are_one_method(package: Package) -> None:
    assert [name for name in dir(package("sns").SDK) if "create_topic" in name] == ["create_topic"]
