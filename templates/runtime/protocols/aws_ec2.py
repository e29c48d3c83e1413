"""The protocol of Amazon EC2 (Smithy: ec2Query): a form to `/` that names an action; the root is the result."""

from __future__ import annotations

from typing import Any

from ..aws_query_form import ec2_name, form
from ..aws_xml_failures import xml_failure
from ..codec import decode_plain
from ..draft import Draft
from ..errors import APIError
from ..http import HTTPResponse
from ..operation import Operation
from ..xml_codec import bare, plain_of
from ..xml_tree import parse

__all__ = ["AwsEc2"]


class AwsEc2:
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
            body=form(operation, getattr(request, "request", None), ec2_name),
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
        return decode_plain(operation.output, plain_of(bare(operation.output), root))

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success."""
        return xml_failure(operation, response)

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Always: services of AWS promise that a repeated request does no harm."""
        return True
