"""Which AWS region a client talks to.

A region becomes part of a host name, so what is not a host label is refused before it can name another host. It refuses
to know which regions exist: new ones work without a new client.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import ConfigurationError
from .profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["check_region", "resolve_region", "split_fips"]

_HOST_LABEL = re.compile(r"(?![0-9]+\Z)(?!-)[A-Za-z0-9-]{1,63}(?<!-)")


def resolve_region(
    explicit: str | None, environ: Mapping[str, str], profile: str | None = None, default: str | None = None
) -> str:
    """Find the region: given in code, else `AWS_REGION`, `AWS_DEFAULT_REGION`, else `region` of the profile.

    Args:
        explicit: Given in code.
        environ: The environment's variables; an empty one counts as unset.
        profile: The profile to read; else the one that the environment names.
        default: What it is when nothing says; None makes that an error.

    Returns:
        The region as it was written, so possibly a pseudo region (see `split_fips`).

    Raises:
        ConfigurationError: There is none, or what was found is no region's name.
    """
    if explicit:
        return check_region(explicit, "region")
    for variable in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        if value := environ.get(variable):
            return check_region(value, variable)
    settings = load_profile(environ, profile)
    if value := settings.get("region"):
        return check_region(value, f"region of profile {settings.name!r}")
    if default is not None:
        return default
    raise ConfigurationError(
        "no AWS region: give the client a region, set AWS_REGION, "
        f"or set region in profile {settings.name!r} of the AWS config file"
    )


def check_region(region: str, source: str = "region") -> str:
    """Return `region` if it can be one label of a host name (RFC 1123, section 2.1, but never only digits).

    Args:
        region: What to check.
        source: Where it comes from, for the message.

    Raises:
        ConfigurationError: It cannot.
    """
    if _HOST_LABEL.fullmatch(region) is None:
        raise ConfigurationError(f"{source} is {region[:80]!r}, which cannot be an AWS region such as 'us-east-1'")
    return region


def split_fips(region: str) -> tuple[str, bool]:
    """Split a pseudo region such as `fips-us-east-1` into the region, which is what is signed for, and True.

    Before there was a switch for FIPS endpoints, such names were the way to choose them.
    """
    name = region.removeprefix("fips-").removesuffix("-fips")
    return name, name != region
