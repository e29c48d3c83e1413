"""Holds openapi.yaml and overlay.yaml of Cognito Identity against the facts of the service, both ways.

A document is read back into the form of the facts (`cognito_identity.yaml`) and the two are compared whole, so that
what is missing shows and so does what is too much. The reader refuses every keyword that it does not know: nothing in
the document goes unread. It is plain PyYAML and JSONPath on purpose; a fault in the generator's own reading of specs
must not be able to hide a fault in the spec.
"""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonpath_rfc9535
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

SPEC = Path(__file__).parents[2] / "specs" / "cognito-identity"
FACTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("cognito_identity.yaml").read_text("utf-8"))
DOCUMENT: dict[str, Any] = yaml.safe_load((SPEC / "openapi.yaml").read_text("utf-8"))
OVERLAY: dict[str, Any] = yaml.safe_load((SPEC / "overlay.yaml").read_text("utf-8"))

SIGNING_HEADERS = ["Content-Sha256", "Date", "Algorithm", "Credential", "Security-Token", "Signature", "SignedHeaders"]
CONSTRAINTS = {
    "minLength": "min",
    "maxLength": "max",
    "minItems": "min",
    "maxItems": "max",
    "minProperties": "min",
    "maxProperties": "max",
    "minimum": "min",
    "maximum": "max",
    "pattern": "pattern",
    "enum": "enum",
}
SCALAR_TYPES = {
    ("string", "date-time", "epoch-seconds"): "timestamp",
    ("integer", "int64", None): "long",
    ("integer", "int32", None): "integer",
    ("string", None, None): "string",
    ("boolean", None, None): "boolean",
}


def merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: merged(old.get(key), value) for key, value in new.items()}
    return copy.deepcopy(new)


def apply(overlay: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    result = copy.deepcopy(document)
    for action in overlay["actions"]:
        for node in reversed(jsonpath_rfc9535.find(action["target"], result)):
            if not node.location:
                result = merged(result, action["update"])
                continue
            parent = result
            for step in node.location[:-1]:
                parent = parent[step]  # type: ignore[index] # a location is made of names and indexes alike
            key: Any = node.location[-1]
            old: Any = node.value
            is_list = isinstance(old, list)  # Overlay 1.0: whatever it is updated by, is one more entry
            parent[key] = [*old, action["update"]] if is_list else merged(old, action["update"])
    return result


CORRECTED = apply(OVERLAY, DOCUMENT)


def taken(mapping: dict[str, Any], *keys: str) -> list[Any]:
    """Return the values of these keys, None for absent ones, and refuse any other key."""
    unknown = mapping.keys() - set(keys)
    assert not unknown, f"nothing reads {sorted(unknown)}"
    return [mapping.get(key) for key in keys]


def reference(schema: dict[str, Any], *beside: str) -> str:
    target, *_ = taken(schema, "$ref", *beside)
    return str(target).removeprefix("#/components/schemas/")


def json_content(holder: dict[str, Any]) -> str:
    (media,) = taken(holder["content"], "application/json")
    (schema,) = taken(media, "schema")
    return reference(schema)


def read_operation(operation: dict[str, Any]) -> dict[str, Any]:
    taken(operation, "operationId", "description", "parameters", "requestBody", "responses", "security", "x-pagination")
    (success_status, success), *failures = operation["responses"].items()
    assert success_status == "200"
    assert [status for status, _ in failures] == [str(480 + number) for number in range(len(failures))]
    assert operation["requestBody"]["required"] is True
    errors = [json_content(response) for _, response in failures]
    assert errors == [response["description"] for _, response in failures]
    return {
        "input": json_content(operation["requestBody"]),
        "output": json_content(success) if "content" in success else None,
        "errors": [name.removesuffix("Exception") for name in errors],
    }


def read_structure(name: str, schema: dict[str, Any]) -> list[tuple[str, str]]:
    kind, _, required, members = taken(schema, "type", "description", "required", "properties")
    assert kind == "object", name
    stars = [member for member in members if member in (required or [])]
    assert stars == (required or [])
    return [
        (f"{member}*" if member in stars else member, reference(value, "description", "x-sensitive"))
        for member, value in members.items()
    ]


def read_constraints(schema: dict[str, Any]) -> dict[str, Any]:
    return {CONSTRAINTS[key]: value for key, value in schema.items() if key in CONSTRAINTS}


def read_list(schema: dict[str, Any]) -> dict[str, Any]:
    kind, _, items, *_ = taken(schema, "type", "description", "items", "minItems", "maxItems")
    assert kind == "array"
    return {"items": reference(items), **read_constraints(schema)}


def read_map(schema: dict[str, Any]) -> dict[str, Any]:
    kind, _, values, keys, *_ = taken(
        schema, "type", "description", "additionalProperties", "propertyNames", "minProperties", "maxProperties"
    )
    assert kind == "object"
    named = {"keys": reference(keys)} if keys else {}
    return named | {"values": reference(values), **read_constraints(schema)}


def read_scalar(schema: dict[str, Any]) -> dict[str, Any]:
    ranges = ("minLength", "maxLength") if schema["type"] == "string" else ("minimum", "maximum")
    own = ("type", "format", "x-timestampFormat")
    kind, width, codec, *_ = taken(schema, *own, "x-sensitive", "description", "pattern", "enum", *ranges)
    return {"type": SCALAR_TYPES[kind, width, codec], **read_constraints(schema)}


def read_error(schema: dict[str, Any]) -> str:
    kind, _, members, fault = taken(schema, "type", "description", "properties", "x-fault")
    (message,) = taken(members, "message")
    assert (kind, reference(message, "description")) == ("object", "String")
    return str(fault)


def read_schemas(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {"errors": {}, "structures": {}, "lists": {}, "maps": {}, "scalars": {}}
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("Exception"):
            found["errors"][name.removesuffix("Exception")] = read_error(schema)
        elif "properties" in schema:
            found["structures"][name] = read_structure(name, schema)
        elif "items" in schema:
            found["lists"][name] = read_list(schema)
        elif "additionalProperties" in schema:
            found["maps"][name] = read_map(schema)
        else:
            found["scalars"][name] = read_scalar(schema)
    return found


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["post"]["operationId"]: item["post"] for item in document["paths"].values()}


def expected_schemas() -> dict[str, dict[str, Any]]:
    expected = {kind: FACTS[kind] for kind in ("errors", "structures", "lists", "maps", "scalars")}
    # As lists of pairs, because dictionaries compare equal in any order.
    return expected | {"structures": {name: list(members.items()) for name, members in FACTS["structures"].items()}}


@pytest.mark.parametrize("document", [DOCUMENT, CORRECTED], ids=["openapi", "corrected"])
def test_operations_are_those_of_the_service(document: dict[str, Any]) -> None:
    found = {name: read_operation(operation) for name, operation in operations(document).items()}

    assert list(found.items()) == list(FACTS["operations"].items())


@pytest.mark.parametrize("document", [DOCUMENT, CORRECTED], ids=["openapi", "corrected"])
@pytest.mark.parametrize("kind", ["errors", "structures", "lists", "maps", "scalars"])
def test_schemas_are_those_of_the_service(document: dict[str, Any], kind: str) -> None:
    assert read_schemas(document)[kind] == expected_schemas()[kind]


def test_paths_and_target_headers_name_the_operation() -> None:
    prefix = FACTS["metadata"]["protocol"]["targetPrefix"]
    for path, item in CORRECTED["paths"].items():
        shared, post = taken(item, "parameters", "post")
        target = post["parameters"][-1]

        assert path == f"/#X-Amz-Target={prefix}.{post['operationId']}"
        assert shared == [{"$ref": f"#/components/parameters/X-Amz-{name}"} for name in SIGNING_HEADERS]
        assert (target["name"], target["in"], target["required"]) == ("X-Amz-Target", "header", True)
        assert target["schema"] == {"type": "string", "const": f"{prefix}.{post['operationId']}"}
        assert len(post["parameters"]) == 1


def test_signing_is_required_except_where_the_service_is_public() -> None:
    signed: list[dict[str, list[str]]] = [{"hmac": []}]
    overrides = {n: op["security"] for n, op in operations(DOCUMENT).items() if "security" in op}

    assert CORRECTED["security"] == DOCUMENT["security"] == signed
    assert CORRECTED["components"]["securitySchemes"]["hmac"]["x-amazon-apigateway-authtype"] == "awsSigv4"
    assert overrides == {name: [] for name in FACTS["unsigned"]}
    assert overrides == {n: op["security"] for n, op in operations(CORRECTED).items() if "security" in op}


def test_pagination_is_stated_where_the_service_paginates() -> None:
    found = {n: op["x-pagination"] for n, op in operations(CORRECTED).items() if "x-pagination" in op}
    tokens = {"input": "NextToken", "output": "NextToken", "limit": "MaxResults"}

    assert found == {name: {**tokens, "results": results} for name, results in FACTS["pagination"].items()}


@pytest.mark.parametrize("name", FACTS["operations"])
def test_an_operation_paginates_exactly_when_it_takes_and_returns_a_token(name: str) -> None:
    request = FACTS["structures"][FACTS["operations"][name]["input"]]
    response = FACTS["structures"].get(FACTS["operations"][name]["output"], {})

    assert (name in FACTS["pagination"]) == ("NextToken" in request and "NextToken" in response)
    if name in FACTS["pagination"]:
        assert {"MaxResults", "MaxResults*"} & request.keys()
        assert response[FACTS["pagination"][name]] in FACTS["lists"]


def test_secrets_are_marked_and_nothing_else_is() -> None:
    schemas = CORRECTED["components"]["schemas"]
    marked = {name: s["x-sensitive"] for name, s in schemas.items() if "x-sensitive" in s}
    members = [member for s in schemas.values() for member in s.get("properties", {}).values()]
    marked_where_used = [
        reference(member, "description", "x-sensitive") for member in members if member.get("x-sensitive") is True
    ]

    assert marked == dict.fromkeys(FACTS["sensitive"]["marked"], True)
    assert marked_where_used == FACTS["sensitive"]["unmarked"]


def test_metadata_is_that_of_the_service() -> None:
    info = CORRECTED["info"]
    taken(info, "title", "version", "description", "termsOfService", "x-aws-protocol")

    assert DOCUMENT["openapi"] == "3.1.0"
    assert (info["title"], info["version"]) == (FACTS["metadata"]["title"], FACTS["metadata"]["version"])
    assert info["x-aws-protocol"] == FACTS["metadata"]["protocol"]


def test_servers_are_encrypted_and_open_to_every_region() -> None:
    host = "cognito-identity.{region}.amazonaws.com"

    assert [s["url"] for s in CORRECTED["servers"]] == [f"https://{host}", f"https://{host}.cn"]
    regions = [server["variables"]["region"] for server in CORRECTED["servers"]]
    assert [region["default"] for region in regions] == ["us-east-1", "cn-north-1"]
    assert not [region for region in regions if "enum" in region]


def test_every_action_gives_a_reason_and_still_has_something_to_correct() -> None:
    document = copy.deepcopy(DOCUMENT)
    for action in OVERLAY["actions"]:
        one = {"actions": [action]}

        assert action["description"]
        assert jsonpath_rfc9535.find(action["target"], document), action["target"]
        assert apply(one, document) != document, action["target"]
        document = apply(one, document)


def described(words: Any, *way: str) -> Iterator[tuple[str, ...]]:
    """The places that an update describes."""
    for key, value in words.items():
        if key == "description" and isinstance(value, str):
            yield way
        elif isinstance(value, dict):
            yield from described(value, *way, key)


@pytest.mark.parametrize("target", ["$.paths", "$.components.schemas"])
def test_words_are_about_something_that_aws_has(target: str) -> None:
    (action,) = [action for action in OVERLAY["actions"] if action["target"] == target]
    (node,) = jsonpath_rfc9535.find(target, DOCUMENT)
    ways = list(described(action["update"]))
    assert len(ways) > 40
    for way in ways:
        found: Any = node.value
        for key in way:
            assert key in found, way
            found = found[key]


def prose() -> Iterator[tuple[str, str | None]]:
    """Yield the description of everything that a person may ask about."""
    components = CORRECTED["components"]
    yield "info", CORRECTED["info"].get("description")
    for name, operation in operations(CORRECTED).items():
        yield name, operation.get("description")
        yield from ((f"{name}, {one['name']}", one.get("description")) for one in operation["parameters"])
        yield from ((f"{name}, {status}", one.get("description")) for status, one in operation["responses"].items())
    for nodes in (components["parameters"], components["securitySchemes"], components["schemas"]):
        yield from ((name, node.get("description")) for name, node in nodes.items() if name != "String")
    for name in FACTS["structures"]:
        for member, schema in components["schemas"][name]["properties"].items():
            yield f"{name}.{member}", schema.get("description")
    for name in FACTS["errors"]:
        yield name, components["schemas"][f"{name}Exception"]["properties"]["message"].get("description")


def test_everything_is_described_in_plain_words() -> None:
    assert not [at for at, text in prose() if not text or not text.strip()]
    assert not [at for at, text in prose() if re.search(r"<\w|&\w+;|  ", text or "")]


def test_the_standard_validator_refuses_the_pattern_of_claim_names_and_nothing_else() -> None:
    # ECMA-262 knows `\p{L}`, Python's `re`, which the validator asks, does not. The pattern is a fact and stays.
    document = copy.deepcopy(CORRECTED)

    assert [error.instance for error in OpenAPIV31SpecValidator(document).iter_errors()] == [
        FACTS["scalars"]["ClaimName"]["pattern"]
    ]

    document["components"]["schemas"]["ClaimName"]["pattern"] = ".+"

    assert not list(OpenAPIV31SpecValidator(document).iter_errors())
