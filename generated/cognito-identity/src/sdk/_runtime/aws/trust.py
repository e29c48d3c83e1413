"""Which certificate authorities AWS's tools trust. It refuses to read a certificate: it knows where they are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .profiles import expand_home, load_profile

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ca_bundle"]


def ca_bundle(environ: Mapping[str, str] | None = None, profile: str | None = None) -> str | bool:
    """The path that `AWS_CA_BUNDLE` or `ca_bundle` of the profile names; True, the system's authorities, without them.

    Args:
        environ: Used in place of the process's environment.
        profile: The profile to read; else the one that the environment names.

    Raises:
        ConfigurationError: The profile cannot be read, or does not exist.
    """
    variables = os.environ if environ is None else environ
    path = variables.get("AWS_CA_BUNDLE") or load_profile(variables, profile).get("ca_bundle")
    return expand_home(path, variables) if path else True
