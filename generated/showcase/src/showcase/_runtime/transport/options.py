"""How connections are made: the options that all bundled transports share, and clients pass on to their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..errors import ConfigurationError

__all__ = ["ENVIRONMENT", "ClientCertificate", "Connections", "Verify"]

Verify = bool | str | Callable[[], bool | str]
ClientCertificate = str | tuple[str, str] | tuple[str, str, str] | None

ENVIRONMENT = "environment"
"""The option `proxy` that leaves the choice to the environment's variables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """What a client makes its transport with, where it is given none.

    Attributes:
        verify: True for the system's certificate authorities, the path of a PEM file or directory for those alone,
            False to accept any certificate; None where the user says nothing.
        default_verify: Asked at the first need where `verify` is None; None for the system's authorities.
        client_certificate: A PEM file with certificate and key, or the paths of both, and the key's password.
        proxy: A proxy's URL, None for no proxy, or `ENVIRONMENT`.
    """

    verify: bool | str | None = None
    default_verify: Callable[[], bool | str] | None = None
    client_certificate: ClientCertificate = field(default=None, repr=False)
    proxy: str | None = field(default=ENVIRONMENT, repr=False)

    def arguments(self, transport: object) -> dict[str, Any]:
        """Arguments of a bundled transport.

        Args:
            transport: The user's own, or None.

        Raises:
            ConfigurationError: Both are given.
        """
        given: dict[str, Any] = {"verify": self.verify, "client_certificate": self.client_certificate}
        given = {name: value for name, value in given.items() if value is not None}
        if self.proxy != ENVIRONMENT:
            given["proxy"] = self.proxy
        if transport is not None and given:
            raise ConfigurationError(
                f"transport= makes its connections itself: give {', '.join(given)} to it, or leave transport= out"
            )
        if self.verify is None and self.default_verify is not None:
            given["verify"] = self.default_verify
        return given
