"""AWS REST-XML, as services speak it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import Struct

from ...http import Headers, HTTPRequest, HTTPResponse
from ...operation import Operation
from ...xml_codec import encode_xml
from ..aws_xml_failures import AwsXmlFailures
from .rest_json import RestJsonService

__all__ = ["AwsRestXmlService"]


class AwsRestXmlService(AwsXmlFailures, RestJsonService):
    """The protocol: requests and successes as HTTP binds them, refusals as services of AWS write them."""

    request_id_header = "x-amz-request-id"

    def find(self, request: HTTPRequest) -> str | None:
        """By method, path and the fixed part of the query."""
        return super().find(_with_bucket(request))

    def read(self, operation: Operation[Any], request: HTTPRequest) -> Any:
        """Parameters from where they travel, and the body."""
        return super().read(operation, _with_bucket(request) if operation.bucket else request)

    def success(self, operation: Operation[Any], status: int, body: Any) -> HTTPResponse:
        """A reply as it is documented."""
        if operation.output_media != "xml" or not isinstance(body, Struct):
            return super().success(operation, status, body)
        content = encode_xml(body, timestamps=operation.timestamps)
        return HTTPResponse(status, Headers([("Content-Type", "application/xml")]), content)

    def event(self, data: Any) -> tuple[str, bytes]:
        """Media type and text of what an event holds."""
        return "text/xml", encode_xml(data)


def _with_bucket(request: HTTPRequest) -> HTTPRequest:
    """The request with the bucket in its path, where it stands before the host."""
    bucket, _, host = request.origin.host.partition(".")
    return replace(request, target=f"/{bucket}{request.target}") if host.startswith("s3.") else request
