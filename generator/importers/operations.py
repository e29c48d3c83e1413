"""Operations of a service model as path items.

The protocol has one path; documents have one per operation, told apart by a fragment that no client sends. Errors have
no statuses of their own either: 480 and up are invented, as the commonly published documents of AWS invent them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from generator.importers.service_model import ServiceModel
from generator.importers.shapes import described, is_stream, reachable, reference

_TARGET: Final = "X-Amz-Target"
_FIRST_ERROR: Final = 480
_MEDIA_TYPE: Final = "application/json"
_NO_AUTH: Final = "smithy.api#noAuth"


def paths(model: ServiceModel, *, docs: bool) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The path items of all operations, and the names of those that are left out because events are no JSON."""
    streamed = tuple(name for name, operation in model.operations.items() if _streams(model, operation))
    prefix = model.metadata["targetPrefix"]
    items = {
        f"/#{_TARGET}={prefix}.{name}": {"post": _operation(model, name, operation, docs=docs)}
        for name, operation in model.operations.items()
        if name not in streamed
    }
    return items, streamed


def mentioned(model: ServiceModel, left_out: Iterable[str]) -> frozenset[str]:
    """The names of the shapes that the operations need, those in `left_out` not counted."""
    skipped = frozenset(left_out)
    roots = [root for name, operation in model.operations.items() if name not in skipped for root in _roots(operation)]
    return reachable(model.shapes, roots)


def _roots(operation: Mapping[str, Any]) -> list[str]:
    ends = (operation.get("input"), operation.get("output"), *operation.get("errors", ()))
    return [end["shape"] for end in ends if end is not None]


def _streams(model: ServiceModel, operation: Mapping[str, Any]) -> bool:
    return any(is_stream(model.shapes[name]) for name in reachable(model.shapes, _roots(operation)))


def _operation(model: ServiceModel, name: str, operation: Mapping[str, Any], *, docs: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"operationId": name, **described(operation, docs=docs)}
    if operation.get("deprecated"):
        found["deprecated"] = True
    if operation.get("authtype") == "none" or operation.get("auth") == [_NO_AUTH]:
        found["security"] = []
    found["parameters"] = [
        {
            "name": _TARGET,
            "in": "header",
            "required": True,
            "schema": {"type": "string", "const": f"{model.metadata['targetPrefix']}.{name}"},
        }
    ]
    if "input" in operation:
        found["requestBody"] = {"required": True, **_content(operation["input"]["shape"])}
    found["responses"] = _responses(operation)
    return found | _extensions(model, name, operation)


def _responses(operation: Mapping[str, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Success"}
    if "output" in operation:
        success |= _content(operation["output"]["shape"])
    responses = {"200": success}
    for status, error in enumerate(operation.get("errors", ()), _FIRST_ERROR):
        responses[str(status)] = {"description": error["shape"], **_content(error["shape"])}
    return responses


def _content(shape: str) -> dict[str, Any]:
    return {"content": {_MEDIA_TYPE: {"schema": reference(shape)}}}


def _extensions(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    pagination = _pagination(model, name, operation)
    if pagination is not None:
        found["x-pagination"] = pagination
    prefix = operation.get("endpoint", {}).get("hostPrefix")
    if prefix:
        found["x-hostPrefix"] = prefix
    encodings = operation.get("requestcompression", {}).get("encodings")
    if encodings:
        found["x-requestCompression"] = list(encodings)
    return found


def _pagination(model: ServiceModel, name: str, operation: Mapping[str, Any]) -> dict[str, str] | None:
    """The members by which pages follow each other; None where a token is several members, or inside of one."""
    declared = model.paginators.get(name)
    if declared is None or "input" not in operation or "output" not in operation:
        return None
    sent = model.shapes[operation["input"]["shape"]].get("members", {})
    received = model.shapes[operation["output"]["shape"]].get("members", {})
    keys = declared.get("result_key")
    results = next(
        (key for key in (keys if isinstance(keys, list) else [keys]) if _is_list(model, received, key)), None
    )
    token, next_token = _name_in(sent, declared.get("input_token")), _name_in(received, declared.get("output_token"))
    if token is None or next_token is None or results is None:
        return None
    found = {"input": token, "output": next_token, "results": results}
    limit = _name_in(sent, declared.get("limit_key"))
    return found if limit is None else {**found, "limit": limit}


def _name_in(members: Mapping[str, Any], key: object) -> str | None:
    return key if isinstance(key, str) and key in members else None


def _is_list(model: ServiceModel, members: Mapping[str, Any], key: object) -> bool:
    return isinstance(key, str) and key in members and model.shapes[members[key]["shape"]]["type"] == "list"
