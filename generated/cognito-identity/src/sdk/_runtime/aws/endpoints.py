"""Which URL a client of an AWS service talks to.

A URL from the configuration comes first, else the region's partition and the FIPS and dual-stack switches make one.
It refuses URLs that could send a signed request elsewhere than they seem to, and to drop a switch silently: who asked
for a FIPS endpoint gets one or an error.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import ConfigurationError
from ..url import split_server_url
from .partitions import find_partition
from .profiles import Profile, load_profile
from .region import check_region, split_fips

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["check_endpoint", "resolve_endpoint"]

_HOSTS = {
    "plain": "{prefix}.{region}.{dns_suffix}",
    "fips": "{prefix}-fips.{region}.{dns_suffix}",
    "dualstack": "{prefix}.{region}.{dual_stack_dns_suffix}",
    "fips-dualstack": "{prefix}-fips.{region}.{dual_stack_dns_suffix}",
}
_VARIANTS = {(False, False): "plain", (True, False): "fips", (False, True): "dualstack", (True, True): "fips-dualstack"}

_NO_VARIANTS: Mapping[str, Mapping[str, str]] = {}


def resolve_endpoint(
    *,
    endpoint_prefix: str,
    service_id: str,
    region: str,
    environ: Mapping[str, str],
    profile: str | None = None,
    use_fips: bool | None = None,
    use_dualstack: bool | None = None,
    explicit: str | None = None,
    variants: Mapping[str, Mapping[str, str]] = _NO_VARIANTS,
) -> str:
    """Find the URL of a service.

    The first of: `explicit`, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, `endpoint_url` of the service in the
    services section of the profile, `endpoint_url` of the profile, the rules of AWS.

    Args:
        endpoint_prefix: The first label of the service's hosts, such as `cognito-identity`.
        service_id: The service's name in settings, such as `Cognito Identity`.
        region: A region or pseudo region.
        environ: The environment's variables; an empty one counts as unset.
        profile: The profile to read; else the one that the environment names.
        use_fips: Ask for a FIPS 140 endpoint; None to read `AWS_USE_FIPS_ENDPOINT`, else the profile.
        use_dualstack: Ask for IPv4 and IPv6; None to read `AWS_USE_DUALSTACK_ENDPOINT`, else the profile.
        explicit: A URL given in code.
        variants: Where the service departs from the rules: by variant (`plain`, `fips`, `dualstack`,
            `fips-dualstack`), then by region or partition id, a template of the host with the fields `prefix`,
            `region`, `dns_suffix` and `dual_stack_dns_suffix`.

    Returns:
        An absolute URL; a configured one as it was written.

    Raises:
        ConfigurationError: The region or a setting is not valid, or a URL is configured beside a FIPS or dual-stack
            switch.
    """
    settings = _Settings(environ, profile)
    true_region, pseudo_fips = split_fips(region)
    check_region(true_region)
    fips = pseudo_fips or settings.switch("use_fips_endpoint", explicit=use_fips)
    dualstack = settings.switch("use_dualstack_endpoint", explicit=use_dualstack)
    url, source = (explicit, "the endpoint URL") if explicit else settings.endpoint_url(service_id)
    if url:
        if fips or dualstack:
            kind = "FIPS" if fips else "dual-stack"
            raise ConfigurationError(f"{source} is set, and so is the choice of a {kind} endpoint; drop one of them")
        return check_endpoint(url, source)
    partition = find_partition(true_region)
    variant = _VARIANTS[fips, dualstack]
    exceptions = variants.get(variant, {})
    template = exceptions.get(true_region) or exceptions.get(partition.id) or _HOSTS[variant]
    host = template.format(
        prefix=endpoint_prefix,
        region=true_region,
        dns_suffix=partition.dns_suffix,
        dual_stack_dns_suffix=partition.dual_stack_dns_suffix,
    )
    return f"https://{host}"


def check_endpoint(url: str, source: str = "the endpoint URL") -> str:
    """Return `url` if it is an absolute http or https URL of nothing but a host, a port and a path.

    Args:
        url: What to check.
        source: Where it comes from, for the message, which never shows the URL: it may hold a password.

    Raises:
        ConfigurationError: It is anything else.
    """
    split_server_url(url, source)
    return url


class _Settings:
    """Settings of the environment and of the profile, which is read at the first setting the environment lacks."""

    def __init__(self, environ: Mapping[str, str], profile: str | None) -> None:
        self._environ = environ
        self._profile_name = profile

    @cached_property
    def _profile(self) -> Profile:
        return load_profile(self._environ, self._profile_name)

    def switch(self, setting: str, *, explicit: bool | None = None) -> bool:
        """A setting that is `true` or `false`; false where it is nowhere."""
        if explicit is not None:
            return explicit
        variable = f"AWS_{setting.upper()}"
        source, value = variable, self._environ.get(variable)
        if not value:
            source, value = f"{setting} of profile {self._profile.name!r}", self._profile.get(setting)
        if not value:
            return False
        # Anything else, such as `1`, may have been meant either way.
        if value.lower() not in ("true", "false"):
            raise ConfigurationError(f"{source} is neither 'true' nor 'false'")
        return value.lower() == "true"

    def endpoint_url(self, service_id: str) -> tuple[str | None, str]:
        """The configured URL of a service, if there is one, and where it was found."""
        if self.switch("ignore_configured_endpoint_urls"):
            return None, ""
        service = service_id.lower().replace(" ", "_").replace("-", "_")
        for variable in (f"AWS_ENDPOINT_URL_{service.upper()}", "AWS_ENDPOINT_URL"):
            if url := self._environ.get(variable):
                return url, variable
        url = self._profile.service_setting(service, "endpoint_url") or self._profile.get("endpoint_url")
        return url, f"endpoint_url of profile {self._profile.name!r}"
