"""The protocol of Amazon EC2, as the service speaks it."""

from __future__ import annotations

from ...aws_query_form import ec2_name
from ..aws_actions import AwsActions

__all__ = ["AwsEc2Service"]


class AwsEc2Service(AwsActions):
    """The protocol."""

    name_of = staticmethod(ec2_name)
    has_frame = False
