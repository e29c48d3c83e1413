"""How a page leads to the next one, where the document says so: the `x-pagination` extension of an operation."""

from __future__ import annotations

from generator.graph.model import Pagination
from generator.graph.types import Context
from generator.openapi import model as openapi

_KEYS = {"input", "output", "limit", "results"}


def pagination(context: Context, operation: openapi.Operation) -> Pagination | None:
    """The pagination of `operation`; a malformed extension is reported and ignored."""
    declared = operation.extensions.get("x-pagination")
    if declared is None:
        return None
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
        )
    context.report.warning(
        "SPEC033",
        "`x-pagination` must name `input`, `output` and `results`, and may name `limit`",
        context.locate(f"{operation.at}/x-pagination"),
        help="name the members of the request and the response that carry token, token, items and page size",
        effect="the operation is not iterable",
    )
    return None
