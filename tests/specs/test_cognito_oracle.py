"""Holds the facts of Cognito Identity against the service model that botocore ships.

The facts are kept in a form of our own so that they can be read and reviewed; this is what keeps them true.
"""

from pathlib import Path
from typing import Any

import botocore.session  # type: ignore[import-untyped] # botocore ships no types
import pytest
import yaml

FACTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("cognito_identity.yaml").read_text("utf-8"))
LOADER = botocore.session.get_session().get_component("data_loader")
MODEL: dict[str, Any] = LOADER.load_service_model("cognito-identity", "service-2")
PAGINATORS: dict[str, Any] = LOADER.load_service_model("cognito-identity", "paginators-1")["pagination"]

# Shape of the one member of errors.
ERROR_MESSAGE = "String"


def shapes(*kinds: str, exceptions: bool = False) -> dict[str, dict[str, Any]]:
    return {
        name: shape
        for name, shape in MODEL["shapes"].items()
        if shape["type"] in kinds and shape.get("exception", False) is exceptions
    }


def constraints(shape: dict[str, Any]) -> dict[str, Any]:
    return {key: shape[key] for key in ("min", "max", "pattern", "enum") if key in shape}


def test_metadata() -> None:
    model = MODEL["metadata"]
    protocol = {key: value for key, value in FACTS["metadata"]["protocol"].items() if key != "endpointVariants"}

    assert {**FACTS["metadata"], "protocol": protocol} == {
        "title": model["serviceFullName"],
        "version": model["apiVersion"],
        "protocol": {
            "name": model["protocol"],
            "version": model["jsonVersion"],
            "targetPrefix": model["targetPrefix"],
            "signingName": model.get("signingName", model["endpointPrefix"]),
            "endpointPrefix": model["endpointPrefix"],
            "serviceId": model["serviceId"],
        },
    }


def test_operations() -> None:
    found = {
        name: {
            "input": operation["input"]["shape"],
            "output": operation["output"]["shape"] if "output" in operation else None,
            "errors": [error["shape"].removesuffix("Exception") for error in operation["errors"]],
        }
        for name, operation in MODEL["operations"].items()
    }

    assert FACTS["operations"] == found
    assert FACTS["unsigned"] == [name for name, op in MODEL["operations"].items() if op.get("authtype") == "none"]


def test_pagination_agrees_where_the_model_states_it() -> None:
    assert PAGINATORS.keys() <= FACTS["pagination"].keys()
    assert {
        name: {
            "input_token": "NextToken",
            "limit_key": "MaxResults",
            "output_token": "NextToken",
            "result_key": FACTS["pagination"][name],
        }
        for name in PAGINATORS
    } == PAGINATORS


def test_errors() -> None:
    models = shapes("structure", exceptions=True)

    for shape in models.values():
        assert {member: at["shape"] for member, at in shape["members"].items()} == {"message": ERROR_MESSAGE}
        assert not shape.get("required")
    assert FACTS["errors"] == {
        name.removesuffix("Exception"): "server" if shape.get("fault") else "client" for name, shape in models.items()
    }


@pytest.mark.parametrize("name", sorted(shapes("structure") | FACTS["structures"]))
def test_structure(name: str) -> None:
    shape = shapes("structure")[name]
    required = shape.get("required", [])
    members = {f"{member}*" if member in required else member: at["shape"] for member, at in shape["members"].items()}

    assert list(FACTS["structures"][name].items()) == list(members.items())


def test_lists() -> None:
    assert FACTS["lists"] == {
        name: {"items": shape["member"]["shape"], **constraints(shape)} for name, shape in shapes("list").items()
    }


def test_maps() -> None:
    assert FACTS["maps"] == {
        name: {"keys": shape["key"]["shape"], "values": shape["value"]["shape"], **constraints(shape)}
        for name, shape in shapes("map").items()
    }


def test_scalars() -> None:
    models = shapes("string", "boolean", "integer", "long", "timestamp")
    kinds = {shape["type"] for shape in MODEL["shapes"].values()}

    assert kinds == {"structure", "list", "map", "string", "boolean", "integer", "long", "timestamp"}
    assert FACTS["scalars"] == {name: {"type": shape["type"], **constraints(shape)} for name, shape in models.items()}
    assert FACTS["sensitive"]["marked"] == sorted(name for name, shape in models.items() if shape.get("sensitive"))
    assert not [name for name in FACTS["sensitive"]["unmarked"] if models[name].get("sensitive")]
