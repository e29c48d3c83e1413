"""AWS REST-JSON, as services speak it."""

from __future__ import annotations

from ..aws_failures import AwsFailures
from .rest_json import RestJsonService

__all__ = ["AwsRestJsonService"]


class AwsRestJsonService(AwsFailures, RestJsonService):
    """The protocol: requests and successes as HTTP binds them, refusals as services of AWS write them."""
