"""The AWS query protocol (Smithy: awsQuery): a form to `/` that names an action, a result in an element of its own."""

from __future__ import annotations

from ..aws_form_protocol import AwsFormProtocol
from ..aws_query_form import Name, query_name
from ..xml_tree import Element

__all__ = ["AwsQuery"]


class AwsQuery(AwsFormProtocol):
    """The protocol's two directions."""

    @property
    def name_of(self) -> Name:
        """What members are called."""
        return query_name

    def result(self, root: Element) -> Element:
        """`XResponse` holds `XResult` and the request's metadata; without a result of its own it stands for itself."""
        return next((child for child in root.children if child.name.endswith("Result")), root)
