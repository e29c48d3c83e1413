"""What a service model says, and what the document says then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from generator.diagnostics import Refusal
from generator.importers.document import Imported, translate
from generator.importers.service_model import ServiceModel

METADATA = {
    "protocol": "json",
    "apiVersion": "2020-01-01",
    "jsonVersion": "1.0",
    "targetPrefix": "Shop_20200101",
    "endpointPrefix": "shop",
    "serviceId": "Pet Shop",
    "serviceFullName": "Pet Shop Service",
}


def imported(
    shapes: Mapping[str, Any] | None = None,
    *,
    operation: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    paginators: Mapping[str, Any] | None = None,
    docs: bool = False,
) -> Imported:
    model = ServiceModel(
        name="shop",
        metadata={**METADATA, **(metadata or {})},
        operations={"GetPet": {"name": "GetPet", **(operation or {})}},
        shapes=shapes or {},
        documentation="<p>Sells pets.</p>",
        paginators=paginators or {},
    )
    return translate(model, docs=docs)


def post(found: Imported) -> Any:
    return found.document["paths"]["/#X-Amz-Target=Shop_20200101.GetPet"]["post"]


def schema(shape: Mapping[str, Any], **others: Any) -> Any:
    """The schema of a shape; of others only what is told."""
    shapes = {"Subject": shape, "Text": {"type": "string"}, **others}
    return imported(shapes, operation={"input": {"shape": "Subject"}}).document["components"]["schemas"]["Subject"]


def member(**facts: Any) -> Any:
    """The schema of a member with these facts."""
    subject = {"type": "structure", "members": {"It": {"shape": "Text", **facts}}}
    return schema(subject)["properties"]["It"]


TEXT = {"$ref": "#/components/schemas/Text"}


# --- shapes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ({"type": "string", "min": 1, "max": 5, "pattern": "a+"}, {"minLength": 1, "maxLength": 5, "pattern": "a+"}),
        ({"type": "string", "enum": ["b", "a"]}, {"enum": ["b", "a"]}),
        ({"type": "character"}, {}),
    ],
)
def test_a_string(shape: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    assert schema(shape) == {"type": "string", **expected}


@pytest.mark.parametrize(
    ("kind", "type_", "format_"),
    [
        ("integer", "integer", "int32"),
        ("long", "integer", "int64"),
        ("float", "number", "float"),
        ("double", "number", "double"),
    ],
)
def test_a_number(kind: str, type_: str, format_: str) -> None:
    expected = {"type": type_, "format": format_, "minimum": 0, "maximum": 9}
    assert schema({"type": kind, "min": 0, "max": 9, "box": True}) == expected


def test_a_boolean() -> None:
    assert schema({"type": "boolean", "box": True}) == {"type": "boolean"}


def test_the_limits_of_a_blob_are_not_those_of_its_text() -> None:
    assert schema({"type": "blob", "min": 1, "max": 2}) == {"type": "string", "format": "byte"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "epoch-seconds"),
        ({"timestampFormat": "unixTimestamp"}, "epoch-seconds"),
        ({"timestampFormat": "iso8601"}, "date-time"),
        ({"timestampFormat": "rfc822"}, "http-date"),
    ],
)
def test_a_timestamp(facts: Mapping[str, Any], expected: str) -> None:
    spelled = {"type": "string", "format": "date-time", "x-timestampFormat": expected}
    assert schema({"type": "timestamp", **facts}) == spelled


def test_a_member_spells_its_timestamp_in_its_own_way() -> None:
    subject = {"type": "structure", "members": {"At": {"shape": "Time", "timestampFormat": "iso8601"}}}
    found = schema(subject, Time={"type": "timestamp"})
    assert found["properties"]["At"]["x-timestampFormat"] == "date-time"


def test_a_list() -> None:
    found = schema({"type": "list", "member": {"shape": "Text"}, "min": 1, "max": 3})
    assert found == {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 3}


def test_a_map() -> None:
    found = schema({"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}, "min": 1, "max": 3})
    expected = {"type": "object", "propertyNames": TEXT, "additionalProperties": TEXT}
    assert found == {**expected, "minProperties": 1, "maxProperties": 3}


def test_a_structure() -> None:
    members = {"Name": {"shape": "Text"}, "Kind": {"shape": "Text", "locationName": "kind"}}
    found = schema({"type": "structure", "required": ["Kind"], "members": members})
    assert found == {"type": "object", "properties": {"Name": TEXT, "kind": TEXT}, "required": ["kind"]}
    assert list(found["properties"]) == ["Name", "kind"]


def test_a_structure_without_members_is_not_any_object() -> None:
    assert schema({"type": "structure", "members": {}}) == {"type": "object", "properties": {}}


def test_a_union_has_exactly_one_member() -> None:
    found = schema({"type": "structure", "members": {"A": {"shape": "Text"}, "B": {"shape": "Text"}}, "union": True})
    assert (found["minProperties"], found["maxProperties"]) == (1, 1)


def test_a_document_is_any_value() -> None:
    assert schema({"type": "structure", "members": {}, "document": True}) == {}


@pytest.mark.parametrize("shape", [{"type": "string"}, {"type": "structure", "members": {}}])
def test_marks_of_a_shape(shape: Mapping[str, Any]) -> None:
    assert schema({**shape, "sensitive": True})["x-sensitive"] is True
    assert schema({**shape, "deprecated": True})["deprecated"] is True


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"idempotencyToken": True}, {"x-idempotencyToken": True}),
        ({"jsonvalue": True}, {"contentMediaType": "application/json"}),
        ({"deprecated": True, "deprecatedMessage": "Words."}, {"deprecated": True}),
        ({"documentation": "Words."}, {}),
    ],
)
def test_marks_of_a_member_stand_beside_its_reference(facts: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    assert member(**facts) == {**TEXT, **expected}


@pytest.mark.parametrize(
    ("key", "is_secret"), [("SessionToken", True), ("sessionToken", True), ("NextToken", False), ("SessionId", False)]
)
def test_a_session_token_is_a_secret_though_the_model_does_not_say_so(key: str, is_secret: bool) -> None:
    found = schema({"type": "structure", "members": {key: {"shape": "Text"}}})["properties"][key]
    assert found == TEXT | ({"x-sensitive": True} if is_secret else {})


@pytest.mark.parametrize(("facts", "fault"), [({}, "client"), ({"fault": True}, "server")])
def test_whose_fault_an_error_is(facts: Mapping[str, Any], fault: str) -> None:
    shapes = {"Broken": {"type": "structure", "members": {}, "exception": True, **facts}}
    found = imported(shapes, operation={"errors": [{"shape": "Broken"}]})
    assert found.document["components"]["schemas"]["Broken"]["x-fault"] == fault


def test_shapes_that_nothing_needs_are_left_out() -> None:
    shapes = {
        "Used": {"type": "map", "key": {"shape": "Key"}, "value": {"shape": "Used"}},  # a circle ends
        "Key": {"type": "string"},
        "Unused": {"type": "string"},
    }
    found = imported(shapes, operation={"output": {"shape": "Used"}})
    assert list(found.document["components"]["schemas"]) == ["Used", "Key"]


# --- operations -----------------------------------------------------------------------------------------------------


def test_an_operation() -> None:
    shapes = {name: {"type": "structure", "members": {}} for name in ("In", "Out", "First", "Second")}
    errors = [{"shape": "Second"}, {"shape": "First"}]
    found = post(imported(shapes, operation={"input": {"shape": "In"}, "output": {"shape": "Out"}, "errors": errors}))

    assert found["operationId"] == "GetPet"
    (target,) = found["parameters"]
    assert (target["name"], target["in"], target["schema"]["const"]) == (
        "X-Amz-Target",
        "header",
        "Shop_20200101.GetPet",
    )
    assert found["requestBody"]["required"] is True
    assert _schema_of(found["requestBody"]) == "In"
    assert {status: _schema_of(response) for status, response in found["responses"].items()} == {
        "200": "Out",
        "480": "Second",
        "481": "First",
    }
    assert "security" not in found


def _schema_of(holder: Mapping[str, Any]) -> str:
    return str(holder["content"]["application/json"]["schema"]["$ref"]).rpartition("/")[2]


def test_an_operation_that_sends_and_returns_nothing() -> None:
    found = post(imported())
    assert "requestBody" not in found
    assert found["responses"] == {"200": {"description": "Success"}}


@pytest.mark.parametrize("facts", [{"authtype": "none"}, {"auth": ["smithy.api#noAuth"]}])
def test_an_unsigned_operation(facts: Mapping[str, Any]) -> None:
    assert post(imported(operation=facts))["security"] == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"deprecated": True}, {"deprecated": True}),
        ({"endpoint": {"hostPrefix": "sync-"}}, {"x-hostPrefix": "sync-"}),
        ({"requestcompression": {"encodings": ["gzip"]}}, {"x-requestCompression": ["gzip"]}),
        ({"idempotent": True, "documentation": "Words."}, {}),
    ],
)
def test_marks_of_an_operation(facts: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    plain = post(imported())
    assert post(imported(operation=facts)) == {**plain, **expected}


PAGES = {
    "In": {"type": "structure", "members": {"Token": {"shape": "Text"}, "Limit": {"shape": "Text"}}},
    "Out": {"type": "structure", "members": {"Next": {"shape": "Text"}, "Pets": {"shape": "Pets"}}},
    "Pets": {"type": "list", "member": {"shape": "Text"}},
    "Text": {"type": "string"},
}
PAGED = {"input": {"shape": "In"}, "output": {"shape": "Out"}}
PAGINATOR = {"input_token": "Token", "output_token": "Next", "result_key": "Pets", "limit_key": "Limit"}


@pytest.mark.parametrize(
    ("paginator", "expected"),
    [
        ({}, {"limit": "Limit"}),
        ({"result_key": ["Next", "Pets"]}, {"limit": "Limit"}),  # the first that is a list
        ({"limit_key": None}, {}),
        ({"limit_key": "Elsewhere"}, {}),
    ],
)
def test_pages(paginator: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    found = imported(PAGES, operation=PAGED, paginators={"GetPet": {**PAGINATOR, **paginator}})
    assert post(found)["x-pagination"] == {"input": "Token", "output": "Next", "results": "Pets", **expected}


@pytest.mark.parametrize(
    "paginator",
    [
        {"input_token": ["Token", "Limit"]},
        {"output_token": "Pets[-1].Id"},
        {"result_key": "Description.Pets"},
        {"result_key": "Next"},
    ],
)
def test_pages_that_one_member_does_not_lead_to(paginator: Mapping[str, Any]) -> None:
    found = imported(PAGES, operation=PAGED, paginators={"GetPet": {**PAGINATOR, **paginator}})
    assert "x-pagination" not in post(found)


@pytest.mark.parametrize(("mark", "end"), [("eventstream", "input"), ("streaming", "input"), ("streaming", "output")])
def test_a_stream_is_no_json(mark: str, end: str) -> None:
    shapes = {
        "Out": {"type": "structure", "members": {"Events": {"shape": "Events"}}},
        "Events": {"type": "structure", "members": {}, mark: True},
    }
    found = imported(shapes, operation={end: {"shape": "Out"}})

    assert found.document["paths"] == {}
    assert found.document["components"]["schemas"] == {}
    assert [(each.code, each.message.split()[0]) for each in found.findings] == [("IMP005", "GetPet")]


def test_a_reply_that_is_a_stream_of_events() -> None:
    shapes = {
        "Text": {"type": "string"},
        "Bytes": {"type": "blob"},
        "Out": {"type": "structure", "members": {"Events": {"shape": "Events"}}},
        "Events": {
            "type": "structure",
            "eventstream": True,
            "members": {
                "whole": {"shape": "Whole"},
                "bytes": {"shape": "Chunk"},
                "text": {"shape": "Line"},
                "inner": {"shape": "Around"},
                "failed": {"shape": "Failed"},
            },
        },
        "Whole": {"type": "structure", "event": True, "members": {"Said": {"shape": "Text"}}},
        "Chunk": {"type": "structure", "event": True, "members": {"It": {"shape": "Bytes", "eventpayload": True}}},
        "Line": {"type": "structure", "event": True, "members": {"It": {"shape": "Text", "eventpayload": True}}},
        "Around": {"type": "structure", "event": True, "members": {"It": {"shape": "Inner", "eventpayload": True}}},
        "Inner": {"type": "structure", "members": {}},
        "Failed": {"type": "structure", "exception": True, "members": {"message": {"shape": "Text"}}},
    }
    found = imported(shapes, operation={"output": {"shape": "Out"}})

    kinds = {
        "whole": {"$ref": "#/components/schemas/Whole"},
        "bytes": {"type": "string", "format": "binary"},
        "text": {"type": "string"},
        "inner": {"$ref": "#/components/schemas/Inner"},
    }
    content = {"application/vnd.amazon.eventstream": {"schema": {"type": "object", "properties": kinds}}}
    assert post(found)["responses"]["200"]["content"] == content
    assert post(found)["responses"]["480"]["description"] == "Failed"
    assert list(found.document["components"]["schemas"]) == ["Text", "Whole", "Inner", "Failed"]
    assert found.findings == ()


# --- the document ---------------------------------------------------------------------------------------------------


def test_the_service() -> None:
    info = imported().document["info"]
    assert (info["title"], info["version"]) == ("Pet Shop Service", "2020-01-01")
    assert info["x-aws-protocol"] == {
        "name": "json",
        "version": "1.0",
        "targetPrefix": "Shop_20200101",
        "signingName": "shop",
        "endpointPrefix": "shop",
        "serviceId": "Pet Shop",
    }
    assert imported(metadata={"signingName": "pets"}).document["info"]["x-aws-protocol"]["signingName"] == "pets"


def test_words_come_along_when_they_are_asked_for() -> None:
    shapes = {
        "In": {
            "type": "structure",
            "documentation": "A shape.",
            "members": {"Name": {"shape": "Text", "documentation": "A member."}},
        },
        "Text": {"type": "string"},
    }
    operation = {"input": {"shape": "In"}, "documentation": "An operation."}
    silent, told = imported(shapes, operation=operation), imported(shapes, operation=operation, docs=True)

    assert "description" not in silent.document["info"]
    assert all(word not in silent.text() for word in ("A shape", "A member", "An operation", "Sells pets"))
    assert told.document["info"]["description"] == "<p>Sells pets.</p>"
    assert post(told)["description"] == "An operation."
    schema = told.document["components"]["schemas"]["In"]
    assert (schema["description"], schema["properties"]["Name"]["description"]) == ("A shape.", "A member.")


def test_the_text_reads_back_as_the_document() -> None:
    shapes = {
        "In": {"type": "string", "pattern": "[\\u0020-\\uD7FF\\r\\n]*: # 'x'", "enum": ["yes", "1.0", "", "é", "~"]}
    }
    found = imported(shapes, operation={"input": {"shape": "In"}}, docs=True)
    assert yaml.safe_load(found.text()) == found.document
    assert "&id" not in found.text()


@pytest.mark.parametrize("protocol", ["smithy-rpc-v2-cbor", None])
def test_another_protocol_is_refused(protocol: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        imported(metadata={"protocol": protocol})
    assert refused.value.diagnostics[0].code == "IMP004"


def test_one_of_several_protocols_is_enough() -> None:
    assert post(imported(metadata={"protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor", "json"]}))


@pytest.mark.parametrize(
    "shapes",
    [{}, {"In": {"type": "colour"}}, {"In": {"type": "list"}}, {"In": "text"}, {"In": {"type": "structure"}}],
)
def test_an_incomplete_model_is_refused(shapes: Mapping[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        imported(shapes, operation={"input": {"shape": "In"}})
    assert refused.value.diagnostics[0].code == "IMP003"
