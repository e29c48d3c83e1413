"""Whether a document that is kept still says what AWS says: every kind of fact, on Cognito Identity's."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from generator.diagnostics import Report
from generator.importers.document import Imported, import_service
from generator.importers.drift import drift
from generator.openapi.load import LoadedDocument, load_document

SPEC = Path(__file__).parents[2] / "specs" / "cognito-identity"


@pytest.fixture(scope="module")
def ours() -> LoadedDocument:
    return load_document(SPEC / "openapi.yaml", overlays=[SPEC / "overlay.yaml"], report=Report())


@pytest.fixture(scope="module")
def imported() -> Any:
    return import_service("botocore:cognito-identity").document


def test_the_committed_document_says_what_aws_says(ours: LoadedDocument, imported: Any) -> None:
    assert drift(ours, imported) == []


def operation(document: Any, name: str) -> Any:
    return document["paths"][f"/#X-Amz-Target=AWSCognitoIdentityService.{name}"]["post"]


def schema(document: Any, name: str) -> Any:
    return document["components"]["schemas"][name]


def added_operation(document: Any) -> None:
    path = "/#X-Amz-Target=AWSCognitoIdentityService.MergeIdentities"
    document["paths"][path] = {"post": {"operationId": "MergeIdentities", "responses": {}}}


def removed_operation(document: Any) -> None:
    del document["paths"]["/#X-Amz-Target=AWSCognitoIdentityService.GetId"]


def moved_operation(document: Any) -> None:
    paths = document["paths"]
    paths["/#X-Amz-Target=Other.GetId"] = paths.pop("/#X-Amz-Target=AWSCognitoIdentityService.GetId")


def added_parameter(document: Any) -> None:
    operation(document, "GetId")["parameters"].append({"name": "X-Trace", "in": "header", "schema": {"type": "string"}})


def removed_body(document: Any) -> None:
    del operation(document, "GetId")["requestBody"]


def status(document: Any) -> None:
    responses = operation(document, "GetId")["responses"]
    responses["202"] = responses.pop("200")


def reply_header(document: Any) -> None:
    operation(document, "GetId")["responses"]["200"]["headers"] = {"X-Count": {"schema": {"type": "integer"}}}


def added_member(document: Any) -> None:
    schema(document, "GetIdInput")["properties"]["Region"] = {"type": "string"}


def removed_member(document: Any) -> None:
    del schema(document, "GetIdInput")["properties"]["Logins"]


def required_member(document: Any) -> None:
    schema(document, "GetIdInput")["required"].append("Logins")


def other_type(document: Any) -> None:
    schema(document, "TokenDuration").update(type="string", format=None)


def other_width(document: Any) -> None:
    schema(document, "TokenDuration").update(format="int32")


def other_spelling_of_time(document: Any) -> None:
    schema(document, "DateType")["x-timestampFormat"] = "http-date"


def other_items(document: Any) -> None:
    schema(document, "IdentityIdList")["items"] = {"type": "integer"}


def other_keys(document: Any) -> None:
    schema(document, "TagKeysType")["maxLength"] = 64


def other_limit(document: Any) -> None:
    schema(document, "IdentityId")["maxLength"] = 99


def no_limit(document: Any) -> None:
    del schema(document, "IdentityId")["pattern"]


def added_value(document: Any) -> None:
    schema(document, "ErrorCode")["enum"].append("Throttled")


def removed_value(document: Any) -> None:
    schema(document, "ErrorCode")["enum"].remove("AccessDenied")


def added_error(document: Any) -> None:
    schemas = document["components"]["schemas"]
    schemas["GoneException"] = {"type": "object"}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/GoneException"}}}
    operation(document, "GetId")["responses"]["499"] = {"description": "GoneException", "content": content}


def removed_error(document: Any) -> None:
    responses = operation(document, "GetId")["responses"]
    (status,) = [key for key, said in responses.items() if said["description"] == "LimitExceededException"]
    del responses[status]


def fault(document: Any) -> None:
    schema(document, "LimitExceededException")["x-fault"] = "server"


def signed(document: Any) -> None:
    del operation(document, "GetId")["security"]


def unsigned(document: Any) -> None:
    operation(document, "DescribeIdentity")["security"] = []


def secret(document: Any) -> None:
    schema(document, "IdentityId")["x-sensitive"] = True


def deprecated_member(document: Any) -> None:
    schema(document, "GetIdInput")["properties"]["Logins"]["deprecated"] = True


def paginator(document: Any) -> None:
    operation(document, "ListIdentityPools")["x-pagination"]["output"] = "Token"


def deprecated(document: Any) -> None:
    operation(document, "GetId")["deprecated"] = True


def host(document: Any) -> None:
    document["info"]["x-aws-protocol"]["endpointVariants"]["dualstack"]["aws-cn"] = "{prefix}.cn"


def signing_region(document: Any) -> None:
    document["info"]["x-aws-protocol"]["signingRegions"] = {"aws": "us-east-1"}


def wire_version(document: Any) -> None:
    document["info"]["x-aws-protocol"]["version"] = "1.0"


def api_version(document: Any) -> None:
    document["info"]["version"] = "2030-01-01"


CHANGES: list[tuple[Callable[[Any], None], str]] = [
    (added_operation, 'operation: MergeIdentities: ours nothing, theirs "MergeIdentities"'),
    (removed_operation, 'operation: GetId: ours "GetId", theirs nothing'),
    (
        moved_operation,
        'path: GetId: ours "POST /#X-Amz-Target=AWSCognitoIdentityService.GetId",'
        ' theirs "POST /#X-Amz-Target=Other.GetId"',
    ),
    (added_parameter, 'member: GetId parameter header x-trace: ours nothing, theirs "header x-trace"'),
    (removed_body, 'member: GetId body: ours "a body", theirs nothing'),
    (status, 'status: GetId: ours "200", theirs "202"'),
    (reply_header, 'member: GetId reply header x-count: ours nothing, theirs "x-count"'),
    (added_member, 'member: GetIdInput.Region: ours nothing, theirs "Region"'),
    (removed_member, 'member: GetIdInput.Logins: ours "Logins", theirs nothing'),
    (required_member, "required: GetIdInput.Logins: ours false, theirs true"),
    (other_type, 'type: TokenDuration: ours "integer/int64", theirs "string"'),
    (other_width, 'type: TokenDuration: ours "integer/int64", theirs "integer"'),
    (
        other_spelling_of_time,
        'type: DateType: ours "string/date-time/epoch-seconds", theirs "string/date-time/http-date"',
    ),
    (other_items, 'type: IdentityIdList item: ours "string", theirs "integer"'),
    (other_keys, "constraint: TagKeysType.maxLength: ours 128, theirs 64"),
    (other_limit, "constraint: IdentityId.maxLength: ours 55, theirs 99"),
    (no_limit, 'constraint: IdentityId.pattern: ours "[\\\\w-]+:[0-9a-f-]+", theirs nothing'),
    (added_value, 'enum value: ErrorCode: ours nothing, theirs "Throttled"'),
    (removed_value, 'enum value: ErrorCode: ours "AccessDenied", theirs nothing'),
    (added_error, 'error: GetId GoneException: ours nothing, theirs "GoneException"'),
    (removed_error, 'error: GetId LimitExceededException: ours "LimitExceededException", theirs nothing'),
    (fault, 'fault: LimitExceededException: ours "client", theirs "server"'),
    (signed, "unsigned: GetId: ours true, theirs false"),
    (unsigned, "unsigned: DescribeIdentity: ours false, theirs true"),
    (secret, "sensitive: IdentityId: ours nothing, theirs true"),
    (deprecated, "deprecated: GetId: ours nothing, theirs true"),
    (deprecated_member, "deprecated: GetIdInput.Logins: ours nothing, theirs true"),
    (signing_region, 'endpoint: signingRegions: ours nothing, theirs {"aws": "us-east-1"}'),
    (wire_version, 'protocol: version: ours "1.1", theirs "1.0"'),
    (api_version, 'version: info: ours "2014-06-30", theirs "2030-01-01"'),
]


@pytest.mark.parametrize(("change", "line"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_a_change_of_aws_is_named(
    ours: LoadedDocument, imported: Any, change: Callable[[Any], None], line: str
) -> None:
    theirs = deepcopy(imported)
    change(theirs)
    found = [str(one).split(": ", 1) for one in drift(ours, theirs)]
    assert line in [said for _, said in found]
    # The limits of what is another type now are other limits too.
    assert len(found) == 1 or change in (other_type, other_items)


@pytest.mark.parametrize("change", [paginator, host])
def test_a_change_of_pages_or_endpoints_shows_both_sides(
    ours: LoadedDocument, imported: Any, change: Callable[[Any], None]
) -> None:
    theirs = deepcopy(imported)
    change(theirs)
    (found,) = drift(ours, theirs)
    assert found.kind in ("paginator", "endpoint")
    assert found.ours != found.theirs
    assert found.at.file.endswith("openapi.yaml")


def test_a_difference_is_where_a_person_corrects_it(ours: LoadedDocument, imported: Any) -> None:
    theirs = deepcopy(imported)
    other_limit(theirs)
    other_width(theirs)
    found = {one.subject: one.at for one in drift(ours, theirs)}

    limit = found["IdentityId.maxLength"]
    assert limit.line is not None
    assert "maxLength: 55" in (SPEC / Path(limit.file).name).read_text(encoding="utf-8").splitlines()[limit.line - 1]
    assert found["TokenDuration"].file.endswith("openapi.yaml")


def test_a_difference_from_what_we_decided_is_in_the_overlay(ours: LoadedDocument, imported: Any) -> None:
    theirs = deepcopy(imported)
    pages = {"input": "NextToken", "output": "NextToken", "results": "Identities"}
    operation(theirs, "ListIdentities")["x-pagination"] = pages
    (found,) = drift(ours, theirs)
    assert (found.kind, Path(found.at.file).name) == ("paginator", "overlay.yaml")


def test_words_about_what_has_gone_are_a_difference(imported: Any) -> None:
    """Otherwise the client would have a member that is nothing but words."""
    theirs = deepcopy(imported)
    members = schema(theirs, "GetIdInput")["properties"]
    members["UserLogins"] = members.pop("Logins")
    with TemporaryDirectory() as directory:
        shutil.copy(SPEC / "overlay.yaml", directory)
        path = Path(directory) / "openapi.yaml"
        path.write_text(Imported(document=theirs, findings=()).text(), encoding="utf-8")
        outgrown = load_document(path, overlays=[path.with_name("overlay.yaml")], report=Report())
        (found,) = drift(outgrown, theirs)
    assert str(found).endswith('member: GetIdInput.Logins: ours "Logins", theirs nothing')
    assert found.at.file.endswith("overlay.yaml")


def test_what_aws_says_cannot_write_into_the_terminal(ours: LoadedDocument, imported: Any) -> None:
    theirs = deepcopy(imported)
    schema(theirs, "GetIdInput")["properties"]["\x1b[2J\nforged: line"] = {"type": "string"}
    (found,) = drift(ours, theirs)
    assert str(found).isprintable()


def test_more_secrecy_and_more_pages_than_aws_has_are_no_difference(ours: LoadedDocument, imported: Any) -> None:
    theirs = deepcopy(imported)
    del schema(theirs, "Credentials")["properties"]["SessionToken"]["x-sensitive"]
    assert "x-pagination" not in operation(theirs, "ListIdentities")
    assert drift(ours, theirs) == []
