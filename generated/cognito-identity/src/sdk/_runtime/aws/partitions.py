"""The partitions of AWS: groups of regions that share their domains.

Data, as AWS publishes it. A region that no partition claims belongs to `aws`, so that a new region works at once.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Partition", "find_partition"]


class Partition(NamedTuple):
    """A group of regions.

    Attributes:
        id: Such as `aws-cn`.
        areas: How the names of its regions begin, as alternatives of a regular expression.
        dns_suffix: The domain of its endpoints.
        dual_stack_dns_suffix: The domain of its endpoints for both IPv4 and IPv6.
    """

    id: str
    areas: str
    dns_suffix: str
    dual_stack_dns_suffix: str


_AWS = Partition("aws", "us|eu|ap|sa|ca|me|af|il|mx", "amazonaws.com", "api.aws")
_PARTITIONS = (
    _AWS,
    Partition("aws-cn", "cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
    Partition("aws-eusc", "eusc-de", "amazonaws.eu", "api.amazonwebservices.eu"),
    Partition("aws-iso", "us-iso", "c2s.ic.gov", "api.aws.ic.gov"),
    Partition("aws-iso-b", "us-isob", "sc2s.sgov.gov", "api.aws.scloud"),
    Partition("aws-iso-e", "eu-isoe", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    Partition("aws-iso-f", "us-isof", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
    Partition("aws-us-gov", "us-gov", "amazonaws.com", "api.aws"),
)


def find_partition(region: str) -> Partition:
    """The partition of a region, or of a pseudo region such as `aws-cn-global`, by the form of its name."""
    for partition in _PARTITIONS:
        if region == f"{partition.id}-global" or re.fullmatch(rf"(?:{partition.areas})-\w+-\d+", region):
            return partition
    return _AWS
