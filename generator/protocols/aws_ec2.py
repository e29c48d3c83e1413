"""The protocol of Amazon EC2 (Smithy: ec2Query): the query protocol with names and lists spelled in another way."""

from __future__ import annotations

from generator.graph.model import Api
from generator.protocols import aws_actions, aws_service
from generator.protocols.binding import BoundApi, XmlStyle

NAME = "aws_ec2"
_STYLE = XmlStyle(wrapped=True, item="item", entry="entry")


def detect(api: Api) -> tuple[str, ...]:
    """The facts that speak for this protocol; none unless all that are needed are there.

    Documents of the two protocols differ in nothing that is certain; there is one service of this one.
    """
    found = aws_actions.facts(api) if is_meant(api) else ()
    return (*found, "its server, or its name of a protocol, is that of EC2") if found else ()


def is_meant(api: Api) -> bool:
    """Whether the document names this protocol, or no protocol and the service of this one."""
    return aws_service.trait(api).get("name", aws_service.host_prefix(api)) == "ec2"


def bind(api: Api, evidence: tuple[str, ...]) -> BoundApi:
    """Bind every action."""
    return aws_actions.bind(api, evidence, protocol=NAME, xml=_STYLE)
