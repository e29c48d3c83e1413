"""AWS JSON 1.0 and 1.1, as services speak it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

from ...codec import encode
from ...http import Headers, HTTPRequest, HTTPResponse
from ...operation import Operation, Parameter
from ...spelling import spelled
from ..aws_failures import AwsFailures
from ..bodies import content_of, read_json
from ..streams import is_stream, written

__all__ = ["AwsJsonService"]

_TARGET = "x-amz-target"
_TIMESTAMPS = "epoch-seconds"


class AwsJsonService(AwsFailures):
    """The protocol.

    Args:
        operations: The operations by the way to their methods.
    """

    def __init__(self, operations: Mapping[str, Operation[Any]]) -> None:
        self._by_target = {
            value: name
            for name, operation in operations.items()
            for header, value in operation.headers
            if header.lower() == _TARGET
        }

    def find(self, request: HTTPRequest) -> str | None:
        """By the target header alone: every path is as good as `/`."""
        return self._by_target.get(Headers(request.headers).get(_TARGET, "")) if request.method == "POST" else None

    def token(self, request: HTTPRequest) -> HTTPResponse | None:
        """None: credentials are not asked for here."""
        return None

    def describe(self, request: HTTPRequest) -> str:
        """The target."""
        return f"X-Amz-Target {Headers(request.headers).get(_TARGET)!r}"

    def read(self, operation: Operation[Any], request: HTTPRequest) -> Any:
        """The body, into the class that the request object has for it."""
        type_ = get_type_hints(operation.request).get("request")
        if type_ is None:
            return operation.request()
        # Timestamps may be numbers, which a strict reader refuses.
        body = read_json(type_, content_of(request) or b"{}", lax=operation.timestamps is not None)
        return operation.request(request=body)

    def fields(self, parameter: Parameter, value: Any) -> Iterable[tuple[str, str]]:
        """None: everything is in the body."""
        return ()

    def success(self, operation: Operation[Any], status: int, body: Any) -> HTTPResponse:
        """A reply; without a body it is empty, as the services' own is."""
        if operation.stream is not None and is_stream(operation):
            content = body if isinstance(body, bytes) else written(operation.stream, body, self.event)
            return HTTPResponse(status, Headers([("Content-Type", operation.accept)]), content)
        content = b"" if body is None else encode(spelled(body, _TIMESTAMPS))
        return HTTPResponse(status, Headers([("Content-Type", self.content_type(operation))]), content, "OK")

    def event(self, data: Any) -> tuple[str, bytes]:
        """Media type and text of what an event holds."""
        return "application/json", encode(spelled(data, _TIMESTAMPS))

    def content_type(self, operation: Operation[Any] | None) -> str:
        """Of replies: as of requests."""
        return (operation and operation.content_type) or "application/x-amz-json-1.1"
