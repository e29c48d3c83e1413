"""The protocol of Amazon EC2 (Smithy: ec2Query): a form to `/` that names an action; the root is the result."""

from __future__ import annotations

from ..aws_form_protocol import AwsFormProtocol
from ..aws_query_form import Name, ec2_name
from ..xml_tree import Element

__all__ = ["AwsEc2"]


class AwsEc2(AwsFormProtocol):
    """The protocol's two directions."""

    @property
    def name_of(self) -> Name:
        """What members are called."""
        return ec2_name

    def result(self, root: Element) -> Element:
        """The root itself."""
        return root
