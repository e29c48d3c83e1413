"""Clients of imported services against moto, which knows nothing of us: something is made, read, and missed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.importers.document import translate
from generator.importers.service_model import load
from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.clients.emulators import running

# Of each service what is called here; the rest is generated elsewhere, and takes its time.
OPERATIONS = {
    "dynamodb": ("CreateTable", "DeleteItem", "DescribeTable", "GetItem", "ListTables", "PutItem", "UpdateItem"),
    "ecs": ("CreateCluster", "DescribeClusters", "ListClusters", "ListServices"),
    "kinesis": ("CreateStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards", "PutRecord"),
    "kms": ("CreateKey", "Decrypt", "DescribeKey", "Encrypt", "ListKeys"),
    "logs": ("CreateLogGroup", "CreateLogStream", "DescribeLogGroups", "GetLogEvents", "PutLogEvents"),
    "secretsmanager": ("CreateSecret", "GetSecretValue", "ListSecrets"),
    "sqs": ("CreateQueue", "GetQueueUrl", "ListQueues", "ReceiveMessage", "SendMessage"),
    "ssm": ("DescribeParameters", "GetParameter", "PutParameter"),
}

Connect = Callable[[str], Any]


@pytest.fixture(scope="module")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with running(command, tmp_path_factory.mktemp("moto")) as url:
        yield url


@pytest.fixture
def connect(moto: str, tmp_path: Path) -> Iterator[Connect]:
    """Makes a client of a service; `errors` and `shared` of its package are attributes of what is returned."""
    with ExitStack() as stack:

        def make(service: str) -> Any:
            model = load(f"botocore:{service}")
            kept = {name: model.operations[name] for name in OPERATIONS[service]}
            document = tmp_path / "openapi.yaml"
            document.write_text(translate(replace(model, operations=kept)).text(), encoding="utf-8")
            write_files(tmp_path, run(document, package=f"moto_{service}").files())
            module = stack.enter_context(imported(tmp_path, f"moto_{service}"))
            scheme = module.models.shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret")
            security = module.models.shared.Security(hmac=scheme)
            client = stack.enter_context(module.SDK(security, server_url=moto, region="us-east-1", retries=0))
            return client, module.models.shared, module.models.errors

        yield make


def test_dynamodb(connect: Connect) -> None:
    client, shared, errors = connect("dynamodb")
    client.create_table(
        table_name="pets",
        key_schema=[shared.KeySchemaElement(attribute_name="name", key_type="HASH")],
        attribute_definitions=[shared.AttributeDefinition(attribute_name="name", attribute_type="S")],
        billing_mode="PAY_PER_REQUEST",
    )
    item = {
        "name": shared.AttributeValue(s="Rex"),
        "age": shared.AttributeValue(n="3"),
        "photo": shared.AttributeValue(b=b"\x00\xff"),
        "tags": shared.AttributeValue(l=[shared.AttributeValue(s="good"), shared.AttributeValue(null=True)]),
    }
    client.put_item(table_name="pets", item=item)

    key = {"name": shared.AttributeValue(s="Rex")}
    assert client.get_item(table_name="pets", key=key).get_item_output.item == item
    table = client.describe_table(table_name="pets").describe_table_output.table
    assert abs((datetime.now(UTC) - table.creation_date_time).total_seconds()) < 600
    assert list(client.list_tables()) == ["pets"]
    with pytest.raises(errors.ResourceNotFoundException):
        client.get_item(table_name="cats", key=key)
    with pytest.raises(errors.ConditionalCheckFailedException) as caught:
        client.put_item(
            table_name="pets",
            item=key,
            condition_expression="attribute_not_exists(#n)",
            expression_attribute_names={"#n": "name"},
            return_values_on_condition_check_failure="ALL_OLD",
        )
    assert caught.value.details.item == item


def test_sqs(connect: Connect) -> None:
    client, shared, errors = connect("sqs")
    url = client.create_queue(queue_name="jobs", attributes={"DelaySeconds": "0"}).create_queue_result.queue_url
    attribute = shared.MessageAttributeValue(data_type="Binary", binary_value=b"\x01\x02")
    client.send_message(queue_url=url, message_body="do it", message_attributes={"how": attribute})

    (message,) = client.receive_message(queue_url=url, message_attribute_names=["All"]).receive_message_result.messages
    assert (message.body, message.message_attributes["how"].binary_value) == ("do it", b"\x01\x02")
    assert list(client.list_queues()) == [url]
    with pytest.raises(errors.APIError) as caught:
        client.get_queue_url(queue_name="none")
    assert type(caught.value).__name__ == "QueueDoesNotExistError"


def test_kms(connect: Connect) -> None:
    client, _, errors = connect("kms")
    key = client.create_key(description="for tests", key_usage="ENCRYPT_DECRYPT").create_key_response.key_metadata
    sealed = client.encrypt(key_id=key.key_id, plaintext=b"\xffsecret").encrypt_response.ciphertext_blob

    assert client.decrypt(ciphertext_blob=sealed).decrypt_response.plaintext == b"\xffsecret"
    described = client.describe_key(key_id=key.key_id).describe_key_response.key_metadata
    assert (described.key_usage, described.creation_date) == ("ENCRYPT_DECRYPT", key.creation_date)
    assert key.key_id in [each.key_id for each in client.list_keys()]
    with pytest.raises(errors.NotFoundException):
        client.describe_key(key_id="12345678-1234-4123-8123-123456789012")
    assert "secret" not in repr(client.decrypt(ciphertext_blob=sealed))


def test_secretsmanager(connect: Connect) -> None:
    client, _, errors = connect("secretsmanager")
    client.create_secret(name="door", secret_string="open sesame")

    value = client.get_secret_value(secret_id="door").get_secret_value_response
    assert value.secret_string == "open sesame"
    assert "sesame" not in repr(value)
    assert [each.name for each in client.list_secrets()] == ["door"]
    with pytest.raises(errors.ResourceNotFoundException):
        client.get_secret_value(secret_id="window")


def test_kinesis(connect: Connect) -> None:
    client, _, errors = connect("kinesis")
    client.create_stream(stream_name="events", shard_count=1)
    client.put_record(stream_name="events", data=b"\x00\x01", partition_key="p")
    (shard,) = client.list_shards(stream_name="events")
    start = client.get_shard_iterator(
        stream_name="events", shard_id=shard.shard_id, shard_iterator_type="TRIM_HORIZON"
    ).get_shard_iterator_output.shard_iterator

    (record,) = client.get_records(shard_iterator=start).get_records_output.records
    assert (record.data, record.partition_key) == (b"\x00\x01", "p")
    assert record.approximate_arrival_timestamp.tzinfo is not None
    with pytest.raises(errors.ResourceNotFoundException):
        client.describe_stream_summary(stream_name="none")


def test_ssm(connect: Connect) -> None:
    client, _, errors = connect("ssm")
    client.put_parameter(name="/a/b", value="1", type="SecureString")

    found = client.get_parameter(name="/a/b", with_decryption=True).get_parameter_result.parameter
    assert (found.value, found.type, found.version) == ("1", "SecureString", 1)
    assert [each.name for each in client.describe_parameters()] == ["/a/b"]
    with pytest.raises(errors.APIError) as caught:
        client.get_parameter(name="/none")
    assert caught.value.code == "ParameterNotFound"
    assert type(caught.value) is not errors.APIError


def test_logs(connect: Connect) -> None:
    client, shared, errors = connect("logs")
    client.create_log_group(log_group_name="app")
    client.create_log_stream(log_group_name="app", log_stream_name="web")
    now = int(datetime.now(UTC).timestamp() * 1000)
    event = shared.InputLogEvent(timestamp=now, message="hello")
    client.put_log_events(log_group_name="app", log_stream_name="web", log_events=[event])

    found = client.get_log_events(log_group_name="app", log_stream_name="web").get_log_events_response
    assert [(each.timestamp, each.message) for each in found.events] == [(now, "hello")]
    assert [each.log_group_name for each in client.describe_log_groups()] == ["app"]
    with pytest.raises(errors.ResourceAlreadyExistsException):
        client.create_log_group(log_group_name="app")


def test_ecs(connect: Connect) -> None:
    client, _, errors = connect("ecs")
    created = client.create_cluster(cluster_name="one").create_cluster_response.cluster

    assert list(client.list_clusters()) == [created.cluster_arn]
    described = client.describe_clusters(clusters=["one"]).describe_clusters_response
    assert [each.cluster_name for each in described.clusters] == ["one"]
    with pytest.raises(errors.ClusterNotFoundException):
        client.list_services(cluster="none")
