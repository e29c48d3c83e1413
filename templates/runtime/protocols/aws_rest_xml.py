"""AWS REST-XML (Smithy: restXml): requests and replies as HTTP binds them, bodies in XML, errors named by a code.

S3 answers some copies with 200 before it knows whether they succeed: an `Error` document is an error whatever the
status.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ..aws_key_encoding import ask_for_encoding, decode_keys
from ..aws_xml_failures import xml_failure
from ..codec import decode_plain
from ..draft import Draft
from ..errors import APIError
from ..http import HTTPResponse
from ..http_binding import drafted, read_body
from ..operation import Operation
from ..xml_codec import bare, members, plain_of
from ..xml_tree import Element, parse

__all__ = ["AwsRestXml"]

_ELSEWHERE = (301, 307, 400)


class AwsRestXml:
    """The protocol's two directions."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object as a draft.

        Raises:
            RequestError: A path parameter is empty, or would change the path's meaning; or a checksum is asked for that
                is not known.
        """
        draft = drafted(operation, request)
        if operation.checksum is not None and draft.upload is None and (draft.body or operation.body_required):
            from ..aws_checksums import add_checksum  # S3 alone has them

            add_checksum(draft, operation.checksum)
        if operation.bucket:
            ask_for_encoding(operation, draft)
        return draft

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success, None where there is none.

        Raises:
            DecodeError: It is not XML where XML is documented.
            APIError: It is an error all the same.
        """
        if operation.output is None or operation.output_media != "xml":
            return read_body(operation, response)
        type_, body = bare(operation.output), response.body.lstrip()  # white space keeps the connection alive
        if not body:
            return decode_plain(operation.output, {})
        root = parse(body)
        if root.name == "Error":
            error = xml_failure(operation, response)
            error.retryable = True  # as a 500 would be
            raise error
        if operation.bucket:
            decode_keys(root)
        return decode_plain(operation.output, plain_of(type_, _around(type_, root)))

    def decode_event(self, type_: Any, payload: bytes) -> Any:
        """What an event of a stream holds.

        Raises:
            DecodeError: It is not XML.
        """
        return decode_plain(type_, plain_of(type_, parse(payload)) if payload.strip() else {})

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success; of a bucket in another region, it says in which."""
        error, region = xml_failure(operation, response), response.headers.get("x-amz-bucket-region")
        if region is not None and response.status_code in _ELSEWHERE:
            error.add_note(f"the bucket is in the region {region[:40]!r}, which the client can be made with")
        return error

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Always: services of AWS promise that a repeated request does no harm."""
        return True


def _around(type_: Any, root: Element) -> Element:
    """The element whose children are the members: one around the root where the root is a member itself."""
    if not (isinstance(type_, type) and issubclass(type_, Struct)):
        return root
    names = {member.facts.get("name", member.name) for member in members(type_)}
    if root.name not in names or any(child.name in names for child in root.children):
        return root
    around = Element("", {})
    around.children.append(root)
    return around
