"""How the metadata service of an EC2 instance is asked: settings of the environment, then of the profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import ConfigurationError
from ..profiles import Profile

__all__ = ["InstanceSettings", "read_settings"]

_ENDPOINTS = {"ipv4": "http://169.254.169.254", "ipv6": "http://[fd00:ec2::254]"}
_MOST_SECONDS, _MOST_ATTEMPTS = 60.0, 10


@dataclass(frozen=True, slots=True)
class InstanceSettings:
    """Settings of one load.

    Attributes:
        endpoint: URL of the service.
        seconds: Limit of one attempt.
        attempts: How often each request is sent at most.
        needs_session: Whether the first version of the protocol, which has no sessions, is switched off.
    """

    endpoint: str
    seconds: float
    attempts: int
    needs_session: bool


def read_settings(environ: Mapping[str, str], profile: Profile) -> InstanceSettings:
    """Read the settings.

    Raises:
        ConfigurationError: One of them is not what it must be.
    """

    def find(setting: str) -> str:
        return environ.get(f"AWS_{setting.upper()}") or profile.get(setting) or ""

    mode = find("ec2_metadata_service_endpoint_mode").lower() or "ipv4"
    if mode not in _ENDPOINTS:
        raise ConfigurationError("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither 'IPv4' nor 'IPv6'")
    seconds = _number(find("metadata_service_timeout") or "1", "AWS_METADATA_SERVICE_TIMEOUT", _MOST_SECONDS)
    attempts = _number(
        find("metadata_service_num_attempts") or "1", "AWS_METADATA_SERVICE_NUM_ATTEMPTS", _MOST_ATTEMPTS
    )
    return InstanceSettings(
        endpoint=find("ec2_metadata_service_endpoint") or _ENDPOINTS[mode],
        seconds=seconds,
        attempts=max(1, int(attempts)),
        needs_session=find("ec2_metadata_v1_disabled").lower() == "true",
    )


def _number(text: str, name: str, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= most:  # also where it is no number at all, as NaN is
        raise ConfigurationError(f"{name} is not a number above 0 and up to {most:g}")
    return number
