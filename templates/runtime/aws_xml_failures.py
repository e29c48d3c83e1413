"""Errors of AWS's services in XML: the first `Error` element, wherever the protocol puts it.

The code on the wire may lack the ending that the error's name has in the description: `NotFound` is
`NotFoundException`.
"""

from __future__ import annotations

from typing import Any

from .aws.failures import failure
from .errors import APIError, DecodeError
from .http import HTTPResponse
from .operation import Operation
from .xml_tree import Element, parse

__all__ = ["xml_failure"]

_ENDINGS = ("", "Exception", "Fault")


def xml_failure(operation: Operation[Any], response: HTTPResponse) -> APIError:
    """The exception for an error whose document is XML."""
    document = _document(response)
    if not document and not response.body:  # HEAD is answered without one, and events of streams have none
        said = response.headers.get("x-amzn-errormessage", response.reason)
        return failure(operation, response, response.headers.get("x-amzn-errortype"), said, document)
    code = document.get("Code")
    known = next((f"{code}{ending}" for ending in _ENDINGS if f"{code}{ending}" in operation.errors), None)
    return failure(operation, response, code, document.get("Message"), document, known=known)


def _document(response: HTTPResponse) -> dict[str, str]:
    """The members of the error, empty where the body is no error document."""
    try:
        error = _error(parse(response.body.lstrip())) if response.body.strip() else None
    except DecodeError:
        return {}
    return {} if error is None else {child.name: child.text for child in error.children if not child.children}


def _error(root: Element) -> Element | None:
    """`Error` itself, or in ErrorResponse, or in Errors of Response."""
    if root.name == "Error":
        return root
    return next((found for child in root.children if (found := _error(child)) is not None), None)
