"""AWS JSON 1.0 and 1.1 (Smithy: awsJson1_0, awsJson1_1).

A request is a POST to `/` whose X-Amz-Target header names the operation and whose body is always an object.
"""

from __future__ import annotations

from typing import Any

from ..aws.failures import json_failure
from ..codec import decode, encode
from ..draft import Draft
from ..errors import APIError
from ..http import HTTPResponse
from ..operation import Operation
from ..spelling import spelled

__all__ = ["AwsJson"]


class AwsJson:
    """The protocol's two directions."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object as a draft."""
        body = getattr(request, "request", None)  # which may not be spread over keyword arguments
        draft = Draft(
            method=operation.method,
            path=operation.path,
            headers=[("Content-Type", operation.content_type or ""), *operation.headers],
            body=b"{}" if body is None else encode(spelled(body, operation.timestamps)),
        )
        given = getattr(request, "headers", None)
        if given is not None:
            constant = {name.lower() for name, _ in operation.headers}
            for parameter in operation.wire_headers:
                value = getattr(given, parameter.field)
                if value is not None and parameter.name.lower() not in constant:
                    draft.wire_headers.append((parameter.name, str(value)))
        return draft

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success. Its media type is not looked at: servers that speak this protocol name all kinds.

        Raises:
            DecodeError: It is not a JSON object.
        """
        if operation.output is None:
            return None
        return decode(operation.output, (response.body.strip() and response.body) or b"{}")

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success."""
        return json_failure(operation, response)

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Always: services of this protocol promise that a repeated request does no harm."""
        return True
