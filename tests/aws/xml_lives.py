"""A thing of each service that answers in XML."""

from __future__ import annotations

from typing import Any

from tests.aws.life import Life


def _public_key(client: Any, shared: Any, name: str) -> str:
    made = client.create_public_key(name=name, caller_reference=name, encoded_key="a key")
    return str(made.public_key.id)


def _instance(client: Any, shared: Any, name: str) -> str:
    tags = [shared.TagSpecification(resource_type="instance", tags=[shared.Tag(key="Name", value=name)])]
    made = client.run_instances(
        image_id="ami-12c6146b", min_count=1, max_count=1, instance_type="t2.micro", tag_specifications=tags
    )
    return str(made.reservation.instances[0].instance_id)


_POLICY = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}}'
_TEMPLATE = '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}'

XML_LIVES = (
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
        operations=("CreatePolicy", "GetPolicy", "ListPolicies", "DeletePolicy"),
        make=lambda client, _, name: client.create_policy(
            policy_name=name, policy_document=_POLICY
        ).create_policy_response.policy.arn,
        read=lambda client, _, arn: client.get_policy(policy_arn=arn).get_policy_response.policy.policy_name,
        listed=lambda client: client.list_policies(scope="Local", max_items=2),
        identifier=lambda policy: policy.arn,
        miss=lambda client: client.get_policy(policy_arn="arn:aws:iam::123456789012:policy/none"),
        error="NoSuchEntityException",
        code="NoSuchEntity",
        delete=lambda client, _, arn: client.delete_policy(policy_arn=arn),
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
        things=51,
    ),
    Life(
        service="ec2",
        protocol="aws_ec2",
        operations=("RunInstances", "DescribeInstances", "TerminateInstances"),
        make=_instance,
        read=lambda client, _, id_: client.describe_instances(instance_ids=[id_]).items[0].instances[0].tags[0].value,
        listed=lambda client: client.describe_instances(max_results=2),
        identifier=lambda reservation: reservation.instances[0].instance_id,
        miss=lambda client: client.describe_instances(instance_ids=["i-00000000"]),
        error="APIError",
        code="InvalidInstanceID.NotFound",
        delete=lambda client, _, id_: client.terminate_instances(instance_ids=[id_]),
    ),
    Life(
        service="s3",
        protocol="aws_rest_xml",
        operations=("CreateBucket", "PutObject", "GetObject", "ListObjectsV2", "DeleteObject"),
        before=lambda client, _: client.create_bucket(bucket="things"),
        make=lambda client, _, name: client.put_object(bucket="things", key=f"a/{name}", request=name.encode())
        and f"a/{name}",
        read=lambda client, _, key: client.get_object(bucket="things", key=key).result.decode(),
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
        ).create_hosted_zone_response.hosted_zone.id,
        read=lambda client, _, id_: client.get_hosted_zone(
            id=id_
        ).get_hosted_zone_response.hosted_zone.name.removesuffix(".example."),
        listed=lambda client: client.list_hosted_zones(max_items="2"),
        identifier=lambda zone: zone.id,
        miss=lambda client: client.get_hosted_zone(id="Z00000000000000000000"),
        error="NoSuchHostedZoneError",
        code="NoSuchHostedZone",
        delete=lambda client, _, id_: client.delete_hosted_zone(id=id_),
    ),
    Life(
        service="cloudfront",
        protocol="aws_rest_xml",
        operations=("CreatePublicKey", "GetPublicKey", "ListPublicKeys", "DeletePublicKey", "GetDistribution"),
        make=_public_key,
        read=lambda client, _, id_: client.get_public_key(id=id_).public_key.public_key_config.name,
        listed=lambda client: client.list_public_keys(max_items="2"),
        identifier=lambda key: key.id,
        miss=lambda client: client.get_distribution(id="none"),
        error="NoSuchDistributionError",
        code="NoSuchDistribution",
        delete=lambda client, _, id_: client.delete_public_key(id=id_, if_match="x"),
    ),
)
