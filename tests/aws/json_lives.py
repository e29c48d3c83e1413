"""A thing of each service that speaks JSON."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
import zipfile
from typing import Any

from tests.aws.life import Life

ROLE = "arn:aws:iam::123456789012:role/service-role"
MISSING_ID = "12345678-1234-4123-8123-123456789012"


def service_role(moto: str) -> None:
    """Make the role that functions are given, unless it is there: moto looks it up."""
    form = "Action=CreateRole&Version=2010-05-08&RoleName=service-role&Path=/&AssumeRolePolicyDocument=%7B%7D"
    headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/iam/aws4_request"}
    try:
        urllib.request.urlopen(urllib.request.Request(moto, form.encode(), headers)).close()
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise


def _table(client: Any, shared: Any, name: str) -> str:
    client.create_table(
        table_name=name,
        key_schema=[shared.KeySchemaElement(attribute_name="name", key_type="HASH")],
        attribute_definitions=[shared.AttributeDefinition(attribute_name="name", attribute_type="S")],
        billing_mode="PAY_PER_REQUEST",
    )
    return name


def _function(client: Any, shared: Any, name: str) -> str:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("handler.py", "def handle(event, context): return event")
    code = shared.FunctionCode(zip_file=buffer.getvalue())
    made = client.create_function(  # `timeout` without the underscore is an option of every call
        function_name=name, role=ROLE, handler="handler.handle", runtime="python3.13", code=code, timeout_=7
    )
    assert made.function_configuration.timeout == 7
    return str(made.function_configuration.function_name)


JSON_LIVES = (
    Life(
        service="dynamodb",
        protocol="aws_json",
        operations=("CreateTable", "DescribeTable", "ListTables", "DeleteTable"),
        make=_table,
        read=lambda client, _, name: client.describe_table(table_name=name).describe_table_output.table.table_name,
        listed=lambda client: client.list_tables(limit=2),
        identifier=str,
        miss=lambda client: client.describe_table(table_name="none"),
        error="ResourceNotFoundException",
        code="ResourceNotFoundException",
        delete=lambda client, _, name: client.delete_table(table_name=name),
    ),
    Life(
        service="kms",
        protocol="aws_json",
        operations=("CreateKey", "DescribeKey", "ListKeys", "ScheduleKeyDeletion"),
        make=lambda client, _, name: client.create_key(description=name).create_key_response.key_metadata.key_id,
        read=lambda client, _, key: client.describe_key(key_id=key).describe_key_response.key_metadata.description,
        listed=lambda client: client.list_keys(limit=2),
        identifier=lambda key: key.key_id,
        miss=lambda client: client.describe_key(key_id=MISSING_ID),
        error="NotFoundException",
        code="NotFoundException",
        delete=lambda client, _, key: client.schedule_key_deletion(key_id=key, pending_window_in_days=7),
        pages=1,
    ),
    Life(
        service="secretsmanager",
        protocol="aws_json",
        operations=("CreateSecret", "GetSecretValue", "ListSecrets", "DeleteSecret"),
        make=lambda client, _, name: client.create_secret(name=name, secret_string="x").create_secret_response.arn,
        read=lambda client, _, arn: client.get_secret_value(secret_id=arn).get_secret_value_response.name,
        listed=lambda client: client.list_secrets(max_results=2),
        identifier=lambda secret: secret.arn,
        miss=lambda client: client.get_secret_value(secret_id="none"),
        error="ResourceNotFoundException",
        code="ResourceNotFoundException",
        delete=lambda client, _, arn: client.delete_secret(secret_id=arn, force_delete_without_recovery=True),
    ),
    Life(
        service="sqs",
        protocol="aws_json",
        operations=("CreateQueue", "GetQueueAttributes", "GetQueueUrl", "ListQueues", "DeleteQueue"),
        make=lambda client, _, name: client.create_queue(queue_name=name).create_queue_result.queue_url,
        read=lambda client, _, url: client.get_queue_attributes(queue_url=url, attribute_names=["QueueArn"])
        .get_queue_attributes_result.attributes["QueueArn"]
        .rpartition(":")[2],
        listed=lambda client: client.list_queues(max_results=2),
        identifier=str,
        miss=lambda client: client.get_queue_url(queue_name="none"),
        error="QueueDoesNotExistError",
        code="AWS.SimpleQueueService.NonExistentQueue",
        delete=lambda client, _, url: client.delete_queue(queue_url=url),
    ),
    Life(
        service="lambda",
        protocol="aws_rest_json",
        before=lambda client, moto: service_role(moto),
        operations=("CreateFunction", "GetFunction", "ListFunctions", "DeleteFunction"),
        make=_function,
        read=lambda client, _, name: client.get_function(
            function_name=name
        ).get_function_response.configuration.function_name,
        listed=lambda client: client.list_functions(max_items=2),
        identifier=lambda function: function.function_name,
        miss=lambda client: client.get_function(function_name="none"),
        error="ResourceNotFoundException",
        code="ResourceNotFoundException",
        delete=lambda client, _, name: client.delete_function(function_name=name),
        pages=1,
    ),
    Life(
        service="apigateway",
        protocol="aws_rest_json",
        operations=("CreateRestApi", "GetRestApi", "GetRestApis", "DeleteRestApi"),
        make=lambda client, _, name: client.create_rest_api(name=name).rest_api.id,
        read=lambda client, _, id_: client.get_rest_api(rest_api_id=id_).rest_api.name,
        listed=lambda client: client.get_rest_apis(limit=2),
        identifier=lambda api: api.id,
        miss=lambda client: client.get_rest_api(rest_api_id="none"),
        error="NotFoundException",
        code="NotFoundException",
        delete=lambda client, _, id_: client.delete_rest_api(rest_api_id=id_),
        pages=1,
    ),
    Life(
        service="logs",
        protocol="aws_json",
        operations=("CreateLogGroup", "DescribeLogGroups", "DescribeLogStreams", "DeleteLogGroup"),
        make=lambda client, _, name: client.create_log_group(log_group_name=name) and name,
        read=lambda client, _, name: client.describe_log_groups(log_group_name_prefix=name).items[0].log_group_name,
        listed=lambda client: client.describe_log_groups(limit=2),
        identifier=lambda group: group.log_group_name,
        miss=lambda client: client.describe_log_streams(log_group_name="none"),
        error="ResourceNotFoundException",
        code="ResourceNotFoundException",
        delete=lambda client, _, name: client.delete_log_group(log_group_name=name),
    ),
    Life(
        service="events",
        protocol="aws_json",
        operations=("PutRule", "DescribeRule", "ListRules", "DeleteRule"),
        make=lambda client, _, name: client.put_rule(name=name, schedule_expression="rate(1 day)") and name,
        read=lambda client, _, name: client.describe_rule(name=name).describe_rule_response.name,
        listed=lambda client: client.list_rules(limit=2),
        identifier=lambda rule: rule.name,
        miss=lambda client: client.describe_rule(name="none"),
        error="ResourceNotFoundException",
        code="ResourceNotFoundException",
        delete=lambda client, _, name: client.delete_rule(name=name),
    ),
    Life(
        service="ssm",
        protocol="aws_json",
        operations=("PutParameter", "GetParameter", "DescribeParameters", "DeleteParameter"),
        make=lambda client, _, name: client.put_parameter(name=name, value="x", type="String") and name,
        read=lambda client, _, name: client.get_parameter(name=name).get_parameter_result.parameter.name,
        listed=lambda client: client.describe_parameters(max_results=10),
        identifier=lambda parameter: parameter.name,
        miss=lambda client: client.get_parameter(name="none"),
        error="ParameterNotFoundError",
        code="ParameterNotFound",
        delete=lambda client, _, name: client.delete_parameter(name=name),
        things=11,
    ),
    Life(
        service="efs",
        protocol="aws_rest_json",
        operations=("CreateFileSystem", "DescribeFileSystems", "DeleteFileSystem"),
        make=lambda client, _, name: client.create_file_system(
            creation_token=name
        ).file_system_description.file_system_id,
        read=lambda client, _, id_: client.describe_file_systems(file_system_id=id_).items[0].creation_token,
        listed=lambda client: client.describe_file_systems(max_items=2),
        identifier=lambda system: system.file_system_id,
        miss=lambda client: client.describe_file_systems(file_system_id="fs-00000000"),
        error="FileSystemNotFoundError",
        code="FileSystemNotFound",
        delete=lambda client, _, id_: client.delete_file_system(file_system_id=id_),
    ),
    Life(
        service="databrew",
        protocol="aws_rest_json",
        operations=("CreateDataset", "DescribeDataset", "ListDatasets", "DeleteDataset"),
        make=lambda client, shared, name: client.create_dataset(
            name=name, input=shared.Input(s3_input_definition=shared.S3Location(bucket="data"))
        ).create_dataset_response.name,
        read=lambda client, _, name: client.describe_dataset(name=name).describe_dataset_response.name,
        listed=lambda client: client.list_datasets(max_results=2),
        identifier=lambda dataset: dataset.name,
        miss=lambda client: client.describe_dataset(name="none"),
        error="ResourceNotFoundException",
        code="ResourceNotFoundException",
        delete=lambda client, _, name: client.delete_dataset(name=name),
    ),
)
