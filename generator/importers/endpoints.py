"""Where a service departs from the rules of AWS's partitions: its hosts, and the regions that are signed for.

botocore evaluates the service's rule set, for every region that it knows of and one of each partition that it does not,
and only what comes out differently from the common rule is written down. Without botocore nothing is.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from generator.importers.service_model import ServiceModel, read_json

# As the runtime of the clients has them (`aws/endpoints.py`).
_HOSTS: Final = {
    "plain": "{prefix}.{region}.{dns_suffix}",
    "fips": "{prefix}-fips.{region}.{dns_suffix}",
    "dualstack": "{prefix}.{region}.{dual_stack_dns_suffix}",
    "fips-dualstack": "{prefix}-fips.{region}.{dual_stack_dns_suffix}",
}


def endpoint_variants(model: ServiceModel) -> dict[str, dict[str, str]]:
    """Templates of hosts by variant (`plain`, `fips`, `dualstack`, `fips-dualstack`), then by region or partition."""
    partitions = _partitions(model)
    found = {
        variant: {place: host for partition in partitions for place, host in partition.exceptions(variant)}
        for variant in _HOSTS
    }
    return {variant: exceptions for variant, exceptions in found.items() if exceptions}


def signing_regions(model: ServiceModel) -> dict[str, str]:
    """The region to sign for, by partition, where it is one for all regions of the partition."""
    found = ((partition.id, partition.signing_region()) for partition in _partitions(model))
    return {id_: region for id_, region in found if region is not None}


def _partitions(model: ServiceModel) -> list[_Partition]:
    package = importlib.util.find_spec("botocore")
    if model.endpoint_rules is None or package is None or not package.submodule_search_locations:
        return []
    from botocore.endpoint_provider import EndpointProvider  # an extra, and slow to import

    partitions = read_json(Path(package.submodule_search_locations[0]) / "data" / "partitions.json")
    resolve = EndpointProvider(model.endpoint_rules, partitions).resolve_endpoint
    prefix = model.metadata["endpointPrefix"]
    return [_Partition(prefix, resolve, partition) for partition in partitions["partitions"]]


@dataclass(frozen=True, slots=True)
class _Partition:
    """The endpoints of a service in one partition."""

    prefix: str
    resolve: Callable[..., Any]
    facts: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.facts["id"])

    @property
    def regions(self) -> list[str]:
        return [region for region in self.facts["regions"] if not region.endswith("-global")]

    @property
    def unknown_region(self) -> str:
        """A region as it may come to be: what holds there is the rule, not an exception."""
        return f"{self.regions[0].rstrip('0123456789')}99"

    def exceptions(self, variant: str) -> Iterator[tuple[str, str]]:
        """Where hosts are not what the common rule makes them: the partition as a whole, then single regions."""
        common = _HOSTS[variant]
        usual = self._template(variant, self.unknown_region) or common
        if usual != common:
            yield self.id, usual
        for region in self.regions:
            template = self._template(variant, region)
            if template is not None and self._host(template, region) != self._host(usual, region):
                yield region, template

    def signing_region(self) -> str | None:
        """The region of the signature in a region that nobody knows, where it is another one."""
        endpoint = self._endpoint("plain", self.unknown_region)
        schemes = {} if endpoint is None else endpoint.properties
        regions = [scheme.get("signingRegion") for scheme in schemes.get("authSchemes", ())]
        return next((str(region) for region in regions if region not in (None, self.unknown_region)), None)

    def _host(self, template: str, region: str) -> str:
        outputs = self.facts["outputs"]
        suffixes = {"dns_suffix": outputs["dnsSuffix"], "dual_stack_dns_suffix": outputs["dualStackDnsSuffix"]}
        return template.format(prefix=self.prefix, region=region, **suffixes)

    def _template(self, variant: str, region: str) -> str | None:
        """The host in a region, with its parts named; None where the service has no such endpoint."""
        endpoint = self._endpoint(variant, region)
        if endpoint is None:
            return None
        host = str(endpoint.url).partition("://")[2].partition("/")[0]
        for name, suffix in (("dual_stack_dns_suffix", "dualStackDnsSuffix"), ("dns_suffix", "dnsSuffix")):
            domain = self.facts["outputs"][suffix]
            if host.endswith(f".{domain}"):
                host = f"{host.removesuffix(domain)}{{{name}}}"
                break
        if host.startswith((f"{self.prefix}.", f"{self.prefix}-fips.")):
            host = host.replace(self.prefix, "{prefix}", 1)
        return ".".join("{region}" if label == region else label for label in host.split("."))

    def _endpoint(self, variant: str, region: str) -> Any:
        from botocore.exceptions import EndpointProviderError

        try:
            return self.resolve(Region=region, UseFIPS="fips" in variant, UseDualStack="dualstack" in variant)
        except EndpointProviderError:
            return None
