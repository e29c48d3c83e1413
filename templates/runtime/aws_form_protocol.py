"""What AWS's query protocol and EC2's have in common: forms that name an action, replies in XML."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from .aws_query_form import Name, form
from .aws_xml_failures import xml_failure
from .codec import decode_plain
from .draft import Draft
from .errors import APIError
from .http import HTTPResponse
from .operation import Operation
from .xml_codec import bare, plain_of
from .xml_tree import Element, parse

__all__ = ["AwsFormProtocol"]


class AwsFormProtocol(ABC):
    """The two directions. Subclasses say what members are called, and where in a reply the result is."""

    @property
    @abstractmethod
    def name_of(self) -> Name:
        """What members are called."""

    @abstractmethod
    def result(self, root: Element) -> Element:
        """The element that is the result."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object as a draft.

        Raises:
            RequestError: It is nested too deeply.
        """
        return Draft(
            method=operation.method,
            path=operation.path,
            headers=[("Content-Type", operation.content_type or "")],
            body=form(operation, getattr(request, "request", None), self.name_of),
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
        element = self.result(parse(response.body))
        return decode_plain(operation.output, plain_of(bare(operation.output), element))

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success."""
        return xml_failure(operation, response)

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Always: services of AWS promise that a repeated request does no harm."""
        return True
