"""AWS REST-JSON (Smithy: restJson1): requests and replies as HTTP binds them, errors named by a code."""

from __future__ import annotations

from typing import Any

from ..aws.failures import json_failure
from ..draft import Draft
from ..errors import APIError
from ..http import HTTPResponse
from ..http_binding import drafted, read_body
from ..operation import Operation

__all__ = ["AwsRestJson"]


class AwsRestJson:
    """The protocol's two directions."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object as a draft. Where a body is described one is sent: the services refuse its absence.

        Raises:
            RequestError: A path parameter is empty, or would change the path's meaning.
        """
        draft = drafted(operation, request)
        if operation.content_type is not None and not draft.body and operation.media == "json":
            draft.body = b"{}"
            draft.headers.append(("Content-Type", operation.content_type))
        return draft

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success, None where there is none.

        Raises:
            DecodeError: It is not JSON where JSON is documented.
        """
        return read_body(operation, response)

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success."""
        return json_failure(operation, response)

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Always: services of AWS promise that a repeated request does no harm."""
        return True
