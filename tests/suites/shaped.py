"""Values of the suites as arguments and results of clients whose operations have parameters beside the body.

The suites name members as the service model does; the model's shapes lead from there to where a value travels.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from generator.importers.service_model import ServiceModel

_PLACES = {"uri": "path", "querystring": "query", "header": "header", "headers": "header"}
_GROUPS = {"path": "path_params", "query": "query_params", "header": "headers"}


def request(model: ServiceModel, operation: Mapping[str, Any], constant: Any, params: Mapping[str, Any]) -> Any:
    """The request object of a call with `params`."""
    shape = model.shapes[operation["input"]["shape"]] if "input" in operation else {"members": {}}
    groups: dict[str, dict[str, Any]] = {}
    inside: dict[str, Any] = {}
    for key, value in params.items():
        member = shape["members"][key]
        place, name = _PLACES.get(member.get("location", "")), member.get("locationName", key)
        name = "Content-Type" if name.lower() == "content-type" else name
        if place is None:
            inside[key] = value
            continue
        field = next(each.field for each in constant.parameters if (each.place, each.name) == (place, name))
        kind = constant.groups[_GROUPS[place]][0]
        groups.setdefault(_GROUPS[place], {})[field] = given(model, member["shape"], get_type_hints(kind)[field], value)
    made: dict[str, Any] = {group: constant.groups[group][0](**values) for group, values in groups.items()}
    hints = get_type_hints(constant.request)
    if "payload" in shape and shape["payload"] in inside:
        member = shape["members"][shape["payload"]]
        made["request"] = _content(model, member["shape"], hints["request"], inside[shape["payload"]])
    elif inside or ("request" in hints and NoneType not in get_args(hints["request"])):
        made["request"] = given(model, operation["input"]["shape"], hints["request"], inside)
    return constant.request(**made)


def _content(model: ServiceModel, name: str, type_: Any, value: Any) -> Any:
    """A body: bytes where the shape is a blob."""
    return value.encode() if model.shapes[name]["type"] == "blob" else given(model, name, type_, value)


def given(model: ServiceModel, name: str, type_: Any, value: Any) -> Any:
    """A value of the suites as a value of the client."""
    type_ = bare(type_)
    shape = model.shapes[name]
    match shape["type"]:
        case _ if value is None:
            return None
        case "structure" if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            names = {member.encode_name: member.name for member in msgspec.structs.fields(type_)}
            hints = get_type_hints(type_)
            wire = {
                key: (key if model.is_xml else member.get("locationName", key))
                for key, member in shape["members"].items()
            }
            return type_(
                **{
                    names[wire[key]]: given(model, shape["members"][key]["shape"], hints[names[wire[key]]], item)
                    for key, item in value.items()
                }
            )
        case "list":
            return [given(model, shape["member"]["shape"], get_args(type_)[0], item) for item in value]
        case "map":
            return {key: given(model, shape["value"]["shape"], get_args(type_)[1], item) for key, item in value.items()}
        case "timestamp":
            return datetime.fromtimestamp(value, UTC)
        case "blob" | "string" if type_ is bytes:
            return value.encode()
        case "float" | "double":
            return float(value)
        case _:
            return value


def bare(type_: Any) -> Any:
    """A type without the ways of not being there."""
    if get_origin(type_) in (Union, UnionType):
        options = [option for option in get_args(type_) if option not in (NoneType, msgspec.UnsetType)]
        return options[0]
    return type_


def expected(model: ServiceModel, name: str, value: Any) -> Any:
    """What the suites expect, by the names that members have in the document, without what travels in headers."""
    shape = model.shapes[name]
    match shape["type"]:
        case "structure" if isinstance(value, dict) and not shape.get("document"):
            members = shape["members"]
            kept = {key: item for key, item in value.items() if key in members and "location" not in members[key]}
            return {
                (key if model.is_xml else members[key].get("locationName", key)): expected(
                    model, members[key]["shape"], item
                )
                for key, item in kept.items()
                if item is not None
            }
        case "list" if isinstance(value, list):
            return [expected(model, shape["member"]["shape"], item) for item in value]
        case "map" if isinstance(value, dict):
            return {key: expected(model, shape["value"]["shape"], item) for key, item in value.items()}
        case _:
            return value
