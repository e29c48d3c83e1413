"""Where credentials are looked for when the user gives none, and in which order.

The chain is a tuple of sources; another kind of credentials is another entry. It refuses to guess: half a key pair is
an error and not a reason to look elsewhere. Once a source has answered, it alone is asked again when its credentials
end, so that a program never changes its identity by itself.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..errors import CredentialsError
from .refresh import RefreshingCredentials
from .sources.container import ContainerSource
from .sources.instance import InstanceSource
from .sources.key_pairs import EnvironmentSource
from .sources.outside import Outside
from .sources.profile import ProfileSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .credentials import Credentials, CredentialsSource

__all__ = ["CredentialsChain", "default_chain", "default_credentials", "resolve_credentials"]


class CredentialsChain:
    """Sources that are asked in order until one has credentials.

    Args:
        sources: In the order they are asked.
    """

    def __init__(self, sources: tuple[CredentialsSource, ...]) -> None:
        self._sources = sources
        self._found: CredentialsSource | None = None

    def load(self) -> Credentials:
        """The credentials of the first source that has some, and from then on of that source.

        Raises:
            CredentialsError: There are none, or they are incomplete or of a kind that is not supported.
            ConfigurationError: A file is malformed, or the profile that was asked for does not exist.
        """
        for source in self._sources if self._found is None else (self._found,):
            credentials = source.load()
            if credentials is not None:
                self._found = source
                return credentials
        if self._found is not None:
            raise CredentialsError(f"there are no AWS credentials any more in {self._found.describe()}")
        places = "; ".join(source.describe() for source in self._sources)
        raise CredentialsError(
            f"no AWS credentials found; looked in: {places}. "
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, run `aws configure`, or give the client its credentials"
        )


def default_chain(outside: Outside) -> CredentialsChain:
    """The chain of the AWS tools: the environment, the profile, the container, the instance.

    A profile named in code is more explicit than the environment's credentials, which are then not looked at.
    """
    sources = (ProfileSource(outside), ContainerSource(outside), InstanceSource(outside))
    return CredentialsChain(sources if outside.profile else (EnvironmentSource(outside.environ), *sources))


def default_credentials(
    environ: Mapping[str, str] | None = None, profile: str | None = None, region: str | None = None
) -> RefreshingCredentials:
    """A provider that looks for credentials at its first use and renews them when they end.

    Args:
        environ: Used in place of the process's environment.
        profile: The profile to read; else `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, `default`.
        region: Where roles are assumed; None looks in the environment and the profile.
    """
    return RefreshingCredentials(
        default_chain(Outside(os.environ if environ is None else environ, profile, region)).load
    )


def resolve_credentials(environ: Mapping[str, str] | None = None, profile: str | None = None) -> Credentials:
    """Find credentials once.

    Args:
        environ: Used in place of the process's environment.
        profile: The profile to read; else `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, `default`.

    Raises:
        CredentialsError: There are none, or they are incomplete or of a kind that is not supported.
        ConfigurationError: A file is malformed, or the profile that was asked for does not exist.
    """
    return default_chain(Outside(os.environ if environ is None else environ, profile)).load()
