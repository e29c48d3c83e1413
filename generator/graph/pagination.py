"""How a page leads to the next one, where the document says so: `x-pagination`, or `x-speakeasy-pagination`."""

from __future__ import annotations

from typing import Any, Final

from generator.graph.model import Pagination, Place
from generator.graph.types import Context
from generator.openapi import model as openapi

_KEYS = {"input", "output", "limit", "results"}
_OTHER: Final = "x-speakeasy-pagination"


def pagination(context: Context, operation: openapi.Operation) -> Pagination | None:
    """The pagination of `operation`; a malformed extension is reported and ignored."""
    declared = operation.extensions.get("x-pagination")
    if declared is None:
        return _cursor(context, operation)
    if (
        isinstance(declared, dict)
        and set(declared) <= _KEYS
        and all(isinstance(value, str) for value in declared.values())
        and {"input", "output", "results"} <= set(declared)
    ):
        return Pagination(
            input_token=declared["input"],
            output_token=declared["output"],
            limit=declared.get("limit"),
            results=declared["results"],
            place=_place(operation, declared["input"]) if operation.request_body is None else None,
        )
    context.report.warning(
        "SPEC033",
        "`x-pagination` must name `input`, `output` and `results`, and may name `limit`",
        context.locate(f"{operation.at}/x-pagination"),
        help="name the members of the request and the response that carry token, token, items and page size",
        effect="the operation is not iterable",
    )
    return None


def _place(operation: openapi.Operation, name: str) -> Place | None:
    """Where the operation takes the parameter of a name; None where it has none."""
    places = {parameter.name: parameter.place for parameter in operation.parameters}
    return next((place for place in Place if place.value == places.get(name)), None)


def _cursor(context: Context, operation: openapi.Operation) -> Pagination | None:
    """The `cursor` form of Speakeasy's extension, whose results and next cursor are members of the reply."""
    declared = operation.extensions.get(_OTHER)
    if declared is None:
        return None
    inputs, outputs = _inputs(declared), declared.get("outputs") if isinstance(declared, dict) else None
    cursor, limit = inputs.get("cursor"), inputs.get("limit")
    following, results = (_member(outputs, key) for key in ("nextCursor", "results"))
    if cursor is not None and following is not None and results is not None:
        name, is_parameter = cursor
        place = _place(operation, name) if is_parameter else None
        if place is not None or not is_parameter:
            return Pagination(
                input_token=name,
                output_token=following,
                limit=None if limit is None else limit[0],
                results=results,
                place=place,
            )
    context.report.note(
        "GEN013",
        f"`{_OTHER}` is understood where it is a cursor, and cursor and results are members of the reply (`$.name`)",
        context.locate(f"{operation.at}/{_OTHER}"),
        help="nothing to do, or describe the pages with `x-pagination`",
        effect="the operation is not iterable; its pages can be asked for one by one",
    )
    return None


def _inputs(declared: Any) -> dict[str, tuple[str, bool]]:
    """Names of inputs by what they are for, each with whether it is a parameter; none where the form is another one."""
    if not isinstance(declared, dict) or declared.get("type") != "cursor":
        return {}
    inputs = declared.get("inputs")
    return {
        str(item.get("type")): (str(item.get("name")), item.get("in") == "parameters")
        for item in (inputs if isinstance(inputs, list) else [])
        if isinstance(item, dict)
    }


def _member(outputs: Any, key: str) -> str | None:
    """The member that a JSONPath of one step leads to: `$.name`."""
    path = outputs.get(key) if isinstance(outputs, dict) else None
    name = path.removeprefix("$.") if isinstance(path, str) and path.startswith("$.") else ""
    return name if name and not set(name) & set(".[]*'\"@?()") else None
