"""Where the services are that hand out credentials, by the rules and settings that hold for every AWS service."""

from __future__ import annotations

from ...http import Origin
from ...url import split_server_url
from ..endpoints import resolve_endpoint
from .outside import Outside

__all__ = ["locate"]

# In this partition the plain host names meet FIPS 140 already.
_VARIANTS = {"fips": {"aws-us-gov": "{prefix}.{region}.{dns_suffix}"}}


def locate(prefix: str, service_id: str, region: str, outside: Outside) -> tuple[Origin, str]:
    """The origin of a service in a region, and the path before its own.

    Raises:
        ConfigurationError: The region or a setting is not valid.
    """
    url = resolve_endpoint(
        endpoint_prefix=prefix,
        service_id=service_id,
        region=region,
        environ=outside.environ,
        profile=outside.profile,
        variants=_VARIANTS,
    )
    return split_server_url(url)
