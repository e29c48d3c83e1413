"""The AWS query protocol, as services speak it."""

from __future__ import annotations

from ...aws_query_form import query_name
from ..aws_actions import AwsActions

__all__ = ["AwsQueryService"]


class AwsQueryService(AwsActions):
    """The protocol."""

    name_of = staticmethod(query_name)
