"""The AWS query protocol (Smithy: awsQuery): forms that name an action, answered in XML."""

from __future__ import annotations

from generator.graph.model import Api
from generator.protocols import aws_actions, aws_service
from generator.protocols.binding import BoundApi, XmlStyle

NAME = "aws_query"
_STYLE = XmlStyle(wrapped=True, item="member", entry="entry")


def detect(api: Api) -> tuple[str, ...]:
    """The facts that speak for this protocol; none unless all that are needed are there."""
    is_ec2 = aws_service.trait(api).get("name", aws_service.host_prefix(api)) == "ec2"
    return () if is_ec2 else aws_actions.facts(api)


def bind(api: Api, evidence: tuple[str, ...]) -> BoundApi:
    """Bind every action."""
    return aws_actions.bind(api, evidence, protocol=NAME, xml=_STYLE)
