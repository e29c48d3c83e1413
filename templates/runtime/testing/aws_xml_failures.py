"""How services of AWS that speak XML refuse, seen from the server."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from ..http import Headers, HTTPResponse
from ..operation import Operation
from .aws_failures import AwsFailures, code_and_status
from .service import Failure

__all__ = ["AwsXmlFailures"]


class AwsXmlFailures(AwsFailures):
    """Refusals of a service whose error documents are XML."""

    def failure(self, operation: Operation[Any] | None, failure: Failure) -> HTTPResponse:
        """An error, named in its document."""
        code, status = code_and_status(operation, failure)
        members = {"Code": code, "Message": failure.message, **failure.members}
        content = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in members.items())
        document = f"<ErrorResponse><Error>{content}</Error></ErrorResponse>".encode()
        return HTTPResponse(status, Headers([("Content-Type", "text/xml"), *failure.headers]), document)
