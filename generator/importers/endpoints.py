"""Where a service's hosts depart from the rules of AWS's partitions.

The rule set is evaluated by botocore, for every region that it knows of, and only what comes out differently from the
common rule is written down. Without botocore nothing is: the common rules hold then.
"""

from __future__ import annotations

from generator.importers.service_model import ServiceModel


def endpoint_variants(model: ServiceModel) -> dict[str, dict[str, str]]:
    """Templates of hosts by variant (`plain`, `fips`, `dualstack`, `fips-dualstack`), then by region or partition."""
    return {}
