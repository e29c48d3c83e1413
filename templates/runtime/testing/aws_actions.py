"""Services of AWS whose operations a form names, seen from the server: the query protocol and EC2's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from msgspec import Struct

from ..aws_query_form import Name
from ..codec import decode_plain
from ..http import Headers, HTTPRequest, HTTPResponse
from ..operation import Operation, Parameter
from ..xml_codec import Member, bare, encode_xml, members
from .aws_xml_failures import AwsXmlFailures
from .bodies import content_of

__all__ = ["AwsActions"]

_XML = "text/xml"
# A form as a tree: the text of a name and what stands below it.
_Tree = dict[str, Any]


class AwsActions(AwsXmlFailures):
    """The protocol but for what the two spell in their own way.

    Args:
        operations: The operations by the way to their methods.
    """

    name_of: Name
    has_frame = True  # whether an element stands around the result

    def __init__(self, operations: Mapping[str, Operation[Any]]) -> None:
        self._by_action = {dict(operation.fixed)["Action"]: name for name, operation in operations.items()}

    def find(self, request: HTTPRequest) -> str | None:
        """By the action alone."""
        return self._by_action.get(_action(request)) if request.method == "POST" else None

    def token(self, request: HTTPRequest) -> HTTPResponse | None:
        """None: credentials are not asked for here."""
        return None

    def describe(self, request: HTTPRequest) -> str:
        """The action."""
        return f"Action {_action(request)!r}"

    def read(self, operation: Operation[Any], request: HTTPRequest) -> Any:
        """The form, into the class that the request object has for it."""
        type_ = bare(get_type_hints(operation.request).get("request"))
        if not isinstance(type_, type):
            return operation.request()
        tree: _Tree = {}
        for name, value in parse_qsl(content_of(request).decode(), keep_blank_values=True):
            below = tree
            for part in name.split("."):
                below = below.setdefault(part, {})
            below[""] = value
        return operation.request(request=decode_plain(type_, self._plain(type_, tree)))

    def fields(self, parameter: Parameter, value: Any) -> Iterable[tuple[str, str]]:
        """None: everything is in the body."""
        return ()

    def success(self, operation: Operation[Any], status: int, body: Any) -> HTTPResponse:
        """A reply: what the operation answers, in the elements that stand around it."""
        content = (
            b""
            if body is None
            else encode_xml(body, self.result_name(operation), timestamps=operation.timestamps).partition(b"?>")[2]
        )
        document = b"<%s>%s</%s>" % ((name := f"{operation.name}Response".encode()), content, name)
        return HTTPResponse(
            status, Headers([("Content-Type", _XML)]), document if self.has_frame else content or document, "OK"
        )

    def result_name(self, operation: Operation[Any]) -> str:
        """The name of the element that is the result."""
        return f"{operation.name}Result" if self.has_frame else f"{operation.name}Response"

    def _plain(self, type_: Any, tree: _Tree) -> Any:
        if isinstance(type_, type) and issubclass(type_, Struct):
            named = ((member, *self.name_of(member)) for member in members(type_))
            return {
                member.name: self._member(member, between, tree[name])
                for member, name, between in named
                if name in tree
            }
        return tree.get("")

    def _member(self, member: Member, between: str, tree: _Tree) -> Any:
        type_, key, value = member.type, member.facts.get("key", "key"), member.facts.get("value", "value")
        below = tree.get(between, {}) if between else tree
        numbered = [below[number] for number in sorted(filter(str.isdigit, below), key=int)]
        if get_origin(type_) is list:
            return [self._plain(bare(get_args(type_)[0]), item) for item in numbered]
        if get_origin(type_) is dict:
            value_type = bare(get_args(type_)[1])
            return {item[key][""]: self._plain(value_type, item[value]) for item in numbered}
        return self._plain(type_, tree)


def _action(request: HTTPRequest) -> str:
    return dict(parse_qsl(content_of(request).decode("latin-1"))).get("Action", "")
