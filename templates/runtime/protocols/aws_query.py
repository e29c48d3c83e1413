"""The AWS query protocol (Smithy: awsQuery): a form to `/` that names an action, a result in an element of its own."""

from __future__ import annotations

from typing import Any

from ..aws_query_form import form, query_name
from ..aws_xml_failures import xml_failure
from ..codec import decode_plain
from ..draft import Draft
from ..errors import APIError
from ..http import HTTPResponse
from ..operation import Operation
from ..xml_codec import bare, plain_of
from ..xml_tree import parse

__all__ = ["AwsQuery"]


class AwsQuery:
    """The protocol's two directions."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object as a draft.

        Raises:
            RequestError: It is nested too deeply.
        """
        return Draft(
            method=operation.method,
            path=operation.path,
            headers=[("Content-Type", operation.content_type or "")],
            body=form(operation, getattr(request, "request", None), query_name),
        )

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success, None where the operation answers with nothing.

        Raises:
            DecodeError: It is not XML.
        """
        if operation.output is None:
            return None
        if not response.body.strip():
            return decode_plain(operation.output, {})
        root = parse(response.body)
        # `XResponse` holds `XResult` and the request's metadata; without a result of its own it stands for itself.
        element = next((child for child in root.children if child.name.endswith("Result")), root)
        return decode_plain(operation.output, plain_of(bare(operation.output), element))

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success."""
        return xml_failure(operation, response)

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Always: services of AWS promise that a repeated request does no harm."""
        return True
