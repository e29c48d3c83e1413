"""A thing of each service: how it is made, read, listed, missed and deleted, in the words of the generated client."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROLE = "arn:aws:iam::123456789012:role/service-role"
MISSING_ID = "12345678-1234-4123-8123-123456789012"

# A client, the classes of its values, and the name or the identifier of the thing.
Step = Callable[[Any, Any, str], Any]


@dataclass(frozen=True, kw_only=True)
class Life:
    """What is done to a thing.

    Attributes:
        service: As botocore calls it.
        protocol: What the generated client must find out about it.
        operations: What is called; nothing else is generated.
        make: Makes a thing of that name, and returns its identifier.
        read: Returns what the service says of its name, by the identifier.
        listed: Returns the result that lists identifiers, a few to a page.
        identifier: Of an item of the list.
        miss: Asks for one that is not there.
        error: The class of the error then.
        code: Its code.
        delete: Deletes it.
        pages: How many pages there are of three things at least; 1 where moto has no pages.
        things: How many are made.
        before: Makes what has to be there first; it is also told where moto is.
    """

    service: str
    protocol: str
    operations: tuple[str, ...]
    make: Step
    read: Step
    listed: Callable[[Any], Any]
    identifier: Callable[[Any], str]
    miss: Callable[[Any], Any]
    error: str
    code: str
    delete: Step
    pages: int = 2
    things: int = 3
    before: Callable[[Any, str], Any] = lambda client, moto: None


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
    request = shared.CreateFunctionRequest(  # one of its members is called as an option of every call is
        function_name=name, role=ROLE, handler="handler.handle", runtime="python3.13", code=code
    )
    made = client.create_function(request=request)
    return str(made.function_configuration.function_name)


def _access_control(client: Any, shared: Any, name: str) -> str:
    made = client.create_origin_access_control(
        name=name, signing_protocol="sigv4", signing_behavior="always", origin_access_control_origin_type="s3"
    )
    return str(made.origin_access_control.id)


_TEMPLATE = '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}'

LIVES = (
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
        operations=("CreateQueue", "GetQueueUrl", "ListQueues", "DeleteQueue"),
        make=lambda client, _, name: client.create_queue(queue_name=name).create_queue_result.queue_url,
        read=lambda client, _, url: url.rpartition("/")[2],
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
        read=lambda client, _, id_: client.get_rest_api(restapi_id=id_).rest_api.name,
        listed=lambda client: client.get_rest_apis(limit=2),
        identifier=lambda api: api.id,
        miss=lambda client: client.get_rest_api(restapi_id="none"),
        error="NotFoundException",
        code="NotFoundException",
        delete=lambda client, _, id_: client.delete_rest_api(restapi_id=id_),
        pages=1,
    ),
    Life(
        service="sns",
        protocol="aws_query",
        operations=("CreateTopic", "GetTopicAttributes", "ListTopics", "DeleteTopic"),
        make=lambda client, _, name: client.create_topic(name=name).create_topic_response.topic_arn,
        read=lambda client, _, arn: client.get_topic_attributes(topic_arn=arn)
        .get_topic_attributes_response.attributes["TopicArn"]
        .rpartition(":")[2],
        listed=lambda client: client.list_topics(),
        identifier=lambda topic: topic.topic_arn,
        miss=lambda client: client.get_topic_attributes(topic_arn="arn:aws:sns:us-east-1:123456789012:none"),
        error="NotFoundException",
        code="NotFound",
        delete=lambda client, _, arn: client.delete_topic(topic_arn=arn),
        things=101,
    ),
    Life(
        service="iam",
        protocol="aws_query",
        operations=("CreateUser", "GetUser", "ListUsers", "DeleteUser"),
        make=lambda client, _, name: client.create_user(user_name=name).create_user_response.user.user_name,
        read=lambda client, _, name: client.get_user(user_name=name).get_user_response.user.user_name,
        listed=lambda client: client.list_users(max_items=2),
        identifier=lambda user: user.user_name,
        miss=lambda client: client.get_user(user_name="none"),
        error="NoSuchEntityException",
        code="NoSuchEntity",
        delete=lambda client, _, name: client.delete_user(user_name=name),
        pages=1,
    ),
    Life(
        service="cloudformation",
        protocol="aws_query",
        operations=("CreateStack", "DescribeStacks", "ListStacks", "DeleteStack"),
        make=lambda client, _, name: client.create_stack(
            stack_name=name, template_body=_TEMPLATE
        ).create_stack_output.stack_id,
        read=lambda client, _, id_: client.describe_stacks(stack_name=id_).describe_stacks_output.stacks[0].stack_name,
        listed=lambda client: client.describe_stacks(),
        identifier=lambda stack: stack.stack_id,
        miss=lambda client: client.describe_stacks(stack_name="none"),
        error="APIError",
        code="ValidationError",
        delete=lambda client, _, id_: client.delete_stack(stack_name=id_),
        pages=1,
    ),
    Life(
        service="ec2",
        protocol="aws_ec2",
        operations=("CreateVpc", "DescribeVpcs", "DeleteVpc"),
        make=lambda client, shared, name: client.create_vpc(
            cidr_block="10.1.0.0/16",
            tag_specifications=[
                shared.TagSpecification(resource_type="vpc", tags=[shared.Tag(key="Name", value=name)])
            ],
        ).create_vpc_result.vpc.vpc_id,
        read=lambda client, _, id_: client.describe_vpcs(vpc_ids=[id_]).describe_vpcs_result.vpcs[0].tags[0].value,
        listed=lambda client: client.describe_vpcs(max_results=5),
        identifier=lambda vpc: vpc.vpc_id,
        miss=lambda client: client.describe_vpcs(vpc_ids=["vpc-00000000"]),
        error="APIError",
        code="InvalidVpcID.NotFound",
        delete=lambda client, _, id_: client.delete_vpc(vpc_id=id_),
        pages=1,
    ),
    Life(
        service="s3",
        protocol="aws_rest_xml",
        operations=("CreateBucket", "PutObject", "GetObject", "ListObjectsV2", "DeleteObject"),
        before=lambda client, _: client.create_bucket(bucket="things"),
        make=lambda client, _, name: client.put_object(bucket="things", key=f"a/{name}", request=b"x") and f"a/{name}",
        read=lambda client, _, key: client.get_object(bucket="things", key=key).result and key.rpartition("/")[2],
        listed=lambda client: client.list_objects_v2(bucket="things", max_keys=2),
        identifier=lambda content: content.key,
        miss=lambda client: client.get_object(bucket="things", key="none"),
        error="NoSuchKeyError",
        code="NoSuchKey",
        delete=lambda client, _, key: client.delete_object(bucket="things", key=key),
    ),
    Life(
        service="route53",
        protocol="aws_rest_xml",
        operations=("CreateHostedZone", "GetHostedZone", "ListHostedZones", "DeleteHostedZone"),
        make=lambda client, _, name: client.create_hosted_zone(
            name=f"{name}.example", caller_reference=name
        ).create_hosted_zone_response.hosted_zone.id.rpartition("/")[2],
        read=lambda client, _, id_: client.get_hosted_zone(
            id=id_
        ).get_hosted_zone_response.hosted_zone.name.removesuffix(".example."),
        listed=lambda client: client.list_hosted_zones(maxitems="2"),
        identifier=lambda zone: zone.id.rpartition("/")[2],
        miss=lambda client: client.get_hosted_zone(id="Z00000000000000000000"),
        error="NoSuchHostedZoneError",
        code="NoSuchHostedZone",
        delete=lambda client, _, id_: client.delete_hosted_zone(id=id_),
    ),
    Life(
        service="cloudfront",
        protocol="aws_rest_xml",
        operations=(
            "CreateOriginAccessControl",
            "GetOriginAccessControl",
            "ListOriginAccessControls",
            "DeleteOriginAccessControl",
        ),
        make=_access_control,
        read=lambda client, _, id_: client.get_origin_access_control(
            id=id_
        ).origin_access_control.origin_access_control_config.name,
        listed=lambda client: client.list_origin_access_controls().origin_access_control_list,
        identifier=lambda control: control.id,
        miss=lambda client: client.get_origin_access_control(id="none"),
        error="NoSuchOriginAccessControlError",
        code="NoSuchOriginAccessControl",
        delete=lambda client, _, id_: client.delete_origin_access_control(id=id_, if_match="x"),
        pages=1,
    ),
)
