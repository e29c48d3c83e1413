"""How the pages of an operation follow each other, from botocore's `paginators-1.json` into `x-pagination`.

Ways to values are written there as a part of JMESPath: `A.B`, `A[-1].B`, and `A || B` for what is asked with where the
first is absent. A service whose pages begin at several values at once has a list of each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from generator.importers.service_model import ServiceModel

_STEP: Final = re.compile(r"(\w+)(\[-?\d+\])?")


def pagination(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> dict[str, Any] | None:
    """What `x-pagination` says of an operation; None where it has no pages, or none of lists of items."""
    declared = model.paginators.get(name)
    if declared is None or "input" not in operation or "output" not in operation:
        return None
    results = next((way for key in _all(declared.get("result_key")) if (way := _items(model, operation, key))), None)
    inputs = [_sent(model, operation, key) for key in _all(declared.get("input_token"))]
    texts = [str(key).partition("||") for key in _all(declared.get("output_token"))]
    outputs = [_received(model, operation, text) for text, _, _ in texts]
    if results is None or not inputs or None in inputs or None in outputs or len(inputs) != len(outputs):
        return None
    is_one = len(inputs) == 1
    found = {
        "input": inputs[0] if is_one else inputs,
        "output": outputs[0] if is_one else outputs,
        "otherwise": _received(model, operation, texts[0][2]),
        "results": results,
        "limit": _sent(model, operation, declared.get("limit_key")),
        "more": _received(model, operation, declared.get("more_results")),
    }
    return {key: value for key, value in found.items() if value is not None}


def _all(keys: object) -> list[object]:
    return keys if isinstance(keys, list) else [] if keys is None else [keys]


def _sent(model: ServiceModel, operation: Mapping[str, Any], key: object) -> str | None:
    """What a member of the input is called in the document; None where it is no member."""
    members = model.shapes[operation["input"]["shape"]].get("members", {})
    return _name(model, key, members[key]) if isinstance(key, str) and key in members else None


def _items(model: ServiceModel, operation: Mapping[str, Any], key: object) -> str | None:
    walked = _walk(model, operation, key)
    return walked[0] if walked is not None and model.shapes[walked[1]]["type"] == "list" else None


def _received(model: ServiceModel, operation: Mapping[str, Any], key: object) -> str | None:
    walked = _walk(model, operation, key)
    return None if walked is None else walked[0]


def _walk(model: ServiceModel, operation: Mapping[str, Any], key: object) -> tuple[str, str] | None:
    """The way that leads to a value in the reply's body, in the document's words, and the name of its shape."""
    if not isinstance(key, str):
        return None
    shape = operation["output"]["shape"]
    payload = model.shapes[shape].get("payload") if model.is_rest else None
    way: list[str] = []
    for position, step in enumerate(key.strip().split(".")):
        match = _STEP.fullmatch(step)
        member = None if match is None else model.shapes[shape].get("members", {}).get(match[1])
        if match is None or member is None or (position == 0 and _is_elsewhere(model, match[1], member, payload)):
            return None
        shape = member["shape"]
        if match[1] != payload or position:  # the payload is the body itself
            way.append(_name(model, match[1], member))
        if match[2]:
            shape = model.shapes[shape]["member"]["shape"]
            way[-1] += match[2]
    return (way[0] if len(way) == 1 and "[" not in way[0] else f"$.{'.'.join(way)}"), shape


def _is_elsewhere(model: ServiceModel, key: str, member: Mapping[str, Any], payload: str | None) -> bool:
    """Whether a member of the output is not in the body."""
    return model.is_rest and ("location" in member or payload not in (None, key))


def _name(model: ServiceModel, key: str, member: Mapping[str, Any]) -> str:
    has_own_name = "location" in member or not model.is_xml
    return str(member.get("locationName", key)) if has_own_name else key
