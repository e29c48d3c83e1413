"""Every operation, member by member: what a call puts on the wire, and what it makes of the reply."""

from __future__ import annotations

from typing import Any

import botocore.session
import botocore.validate
import pytest

from sdk.models import errors, operations, shared
from tests.clients.callers import Connect, key_pair
from tests.clients.operation_case import IDENTITY_ID, POOL_ID, OperationCase
from tests.clients.operation_cases import CASES
from tests.clients.stub import Reply, Stub

SERVICE: Any = botocore.session.get_session().get_service_model("cognito-identity")
OPTIONS = {"security": key_pair(), "region": "us-east-1"}

each_operation = pytest.mark.parametrize("case", CASES, ids=lambda case: case.method)


def prepared(case: OperationCase) -> Reply:
    return Reply(b"") if case.reply is None else Reply.of(case.reply)


def paths(shape: Any, prefix: str = "") -> set[str]:
    """The members below a shape of the service model."""
    match shape.type_name:
        case "structure":
            inner = {name: paths(member, f"{prefix}.{name}") for name, member in shape.members.items()}
            return set().union({f"{prefix}.{name}" for name in inner}, *inner.values())
        case "list":
            return paths(shape.member, f"{prefix}[]")
        case "map":
            return paths(shape.value, f"{prefix}{{}}")
        case _:
            return set()


def paths_of(value: Any, shape: Any, prefix: str = "") -> set[str]:
    """The members that a value has."""
    match shape.type_name, value:
        case "structure", dict():
            inner = {name: paths_of(member, shape.members[name], f"{prefix}.{name}") for name, member in value.items()}
            return set().union({f"{prefix}.{name}" for name in inner}, *inner.values())
        case "list", list():
            return set().union(*(paths_of(item, shape.member, f"{prefix}[]") for item in value))
        case "map", dict():
            return set().union(*(paths_of(item, shape.value, f"{prefix}{{}}") for item in value.values()))
        case _:
            return set()


def test_there_is_a_case_for_every_operation() -> None:
    assert sorted(case.name for case in CASES) == sorted(SERVICE.operation_names)


@each_operation
def test_case_has_every_member_of_the_service_model(case: OperationCase) -> None:
    model = SERVICE.operation_model(case.name)

    assert botocore.validate.ParamValidator().validate(case.sent, model.input_shape).generate_report() == ""
    assert paths_of(case.sent, model.input_shape) == paths(model.input_shape)
    assert (model.output_shape is None) == (case.reply is None)
    if model.output_shape is not None:
        assert paths_of(case.reply, model.output_shape) == paths(model.output_shape)
    assert case.signed == (model.auth_type != "none")


@each_operation
def test_call(case: OperationCase, connect: Connect, stub: Stub) -> None:
    stub.replies[case.name] = prepared(case)

    result = connect(server_url=stub.url, **OPTIONS)(case.method, **case.arguments)

    sent = stub.only
    assert (sent.method, sent.target) == ("POST", "/")
    assert sent.header("X-Amz-Target") == f"AWSCognitoIdentityService.{case.name}"
    assert sent.header("Content-Type") == "application/x-amz-json-1.1"
    assert sent.json == case.sent
    assert (sent.header("Authorization") is not None) == case.signed

    assert type(result) is getattr(operations, f"{case.name}Response")
    assert (result.status_code, result.request_id, result.attempts) == (200, "id-1", 1)
    assert result.content_type == result.headers["CONTENT-TYPE"] == "application/x-amz-json-1.1"
    if case.field is not None:
        assert getattr(result, case.field) == case.result


@each_operation
def test_unknown_members_of_a_reply_are_ignored(case: OperationCase, connect: Connect, stub: Stub) -> None:
    stub.replies[case.name] = Reply.of({**(case.reply or {}), "AddedLater": {"__type": "x"}, "__type": "y"})

    result = connect(server_url=stub.url, **OPTIONS)(case.method, **case.arguments)

    assert case.field is None or getattr(result, case.field) == case.result


@each_operation
def test_documented_errors_have_classes(case: OperationCase, connect: Connect, stub: Stub) -> None:
    call = connect(server_url=stub.url, **OPTIONS)

    for shape in SERVICE.operation_model(case.name).error_shapes:
        stub.replies[case.name] = Reply.of({"__type": shape.name, "message": "why"}, 400)
        with pytest.raises(errors.APIError) as caught:
            call(case.method, **case.arguments)

        error = caught.value
        assert type(error) is getattr(errors, shape.name)
        assert (error.code, error.message, error.status_code) == (shape.name, "why", 400)
        assert error.request_id == "id-1"
        assert error.retryable or error.attempts == 1


def test_unset_members_are_not_sent(connect: Connect, stub: Stub) -> None:
    call = connect(server_url=stub.url, **OPTIONS)

    call("create_identity_pool", identity_pool_name="pool", allow_unauthenticated_identities=False)
    call("list_identity_pools", max_results=1, next_token=None)
    call("set_identity_pool_roles", identity_pool_id=POOL_ID, roles={}, role_mappings={})

    assert [request.json for request in stub.requests] == [
        {"IdentityPoolName": "pool", "AllowUnauthenticatedIdentities": False},
        {"MaxResults": 1},
        {"IdentityPoolId": POOL_ID, "Roles": {}, "RoleMappings": {}},
    ]


def test_text_of_any_language_arrives(connect: Connect, stub: Stub) -> None:
    tags = {"städte": "Zürich, 東京, \U0001f3d9", 'quote"': "back\\slash\n\t\x7f\u2028"}
    stub.replies["ListTagsForResource"] = Reply.of({"Tags": tags})
    call = connect(server_url=stub.url, **OPTIONS)

    call("tag_resource", resource_arn="arn", tags=tags)
    result = call("list_tags_for_resource", resource_arn="arn")

    assert stub.requests[0].json["Tags"] == tags
    assert result.list_tags_for_resource_response.tags == tags


def test_enumerations_stay_open(connect: Connect, stub: Stub) -> None:
    stub.replies["DeleteIdentities"] = Reply.of({"UnprocessedIdentityIds": [{"ErrorCode": "NewReason"}]})
    call = connect(server_url=stub.url, **OPTIONS)

    result = call("delete_identities", identity_ids_to_delete=[IDENTITY_ID])
    mapping = shared.RoleMapping(type="Newer", ambiguous_role_resolution="Deny")
    call("set_identity_pool_roles", identity_pool_id=POOL_ID, roles={}, role_mappings={"provider": mapping})

    code = result.delete_identities_response.unprocessed_identity_ids[0].error_code
    assert code == "NewReason"
    assert not code.is_known
    assert stub.requests[1].json["RoleMappings"] == {"provider": {"Type": "Newer", "AmbiguousRoleResolution": "Deny"}}


@pytest.mark.parametrize("body", [b"", b"{}", b" \r\n", b'{"Identities": null, "NextToken": null}'])
def test_a_success_may_say_nothing(body: bytes, connect: Connect, stub: Stub) -> None:
    stub.replies["ListIdentities"] = Reply(body)

    result = connect(server_url=stub.url, **OPTIONS)("list_identities", identity_pool_id=POOL_ID, max_results=1)

    assert result.list_identities_response == shared.ListIdentitiesResponse()


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("ResourceNotFoundException", b"{}"),
        ("ResourceNotFoundException:", b""),
        ("ResourceNotFoundException:http://internal.amazon.com/coral/", b"<html></html>"),
        ("com.amazonaws.cognitoidentity#ResourceNotFoundException:", b'{"__type": "ResourceConflictException"}'),
        (None, b'{"__type": "com.amazonaws.cognitoidentity#ResourceNotFoundException:http://x#y"}'),
        (None, b'{"code": "ResourceNotFoundException", "__type": "ResourceConflictException"}'),
        (None, b'{"__type": "ResourceNotFoundException", "inner": {"__type": "ResourceConflictException"}}'),
    ],
)
def test_every_place_that_names_an_error_is_read(header: str | None, body: bytes, connect: Connect, stub: Stub) -> None:
    fields = (("x-amzn-requestid", "id-2"), *([("x-amzn-errortype", header)] if header else []))
    stub.replies["GetId"] = Reply(body, 400, fields)

    with pytest.raises(errors.ResourceNotFoundException) as caught:
        connect(server_url=stub.url)("get_id", identity_pool_id=POOL_ID)

    assert (caught.value.code, caught.value.request_id) == ("ResourceNotFoundException", "id-2")


def test_errors_that_no_document_names_keep_what_the_server_said(connect: Connect, stub: Stub) -> None:
    stub.replies["GetId"] = Reply.of({"__type": "com.amazon.coral.service#SomethingElse", "Message": "why"}, 400)

    with pytest.raises(errors.APIError) as caught:
        connect(server_url=stub.url)("get_id", identity_pool_id=POOL_ID)

    error = caught.value
    assert type(error) is errors.APIError
    assert (error.code, error.message, error.status_code, error.request_id) == ("SomethingElse", "why", 400, "id-1")
    assert str(error) == "SomethingElse: why (status 400, request id id-1)"
    assert error.data == {"__type": "com.amazon.coral.service#SomethingElse", "Message": "why"}
    assert error.raw_response is not None
    assert error.raw_response.body == stub.replies["GetId"].body
