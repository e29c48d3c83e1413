"""Credentials of a container, from the endpoint that ECS, EKS or another host puts into its environment.

Plain http is refused but for this machine and the addresses of those hosts: whoever answers learns the container's
token.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import CredentialsError
from ...http import HTTPRequest, Origin
from ..credentials import Credentials
from .documents import Spelling, read_credentials, read_object, read_token
from .outside import Outside, split_url

__all__ = ["ContainerSource"]

_RELATIVE, _FULL = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"
_ECS = Origin("http", "169.254.170.2", 80)
_HOSTS = {"localhost", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"}
_SECONDS = 2.0
_ATTEMPTS = 3
_SUCCESS = 200
_SPELLING = Spelling(token="Token")  # noqa: S106  (what it is called, and not what it is)


@dataclass(frozen=True, slots=True, repr=False)
class ContainerSource:
    """Credentials of the container's role."""

    outside: Outside

    def load(self) -> Credentials | None:
        """Ask the endpoint that the environment names, if it names one.

        Raises:
            CredentialsError: It gives no credentials.
            ConfigurationError: It may not be asked, or is not written as a URL.
        """
        environ = self.outside.environ
        if relative := environ.get(_RELATIVE):
            where = _RELATIVE
            if not relative.startswith("/"):
                raise CredentialsError(f"{where} does not begin with a slash")
            origin, target = _ECS, split_url(f"http://{_ECS.host}{relative}", where)[1]
        elif full := environ.get(_FULL):
            where = _FULL
            origin, target = split_url(full, where)
            _check(origin)
        else:
            return None
        request = HTTPRequest("GET", origin, target, [("Accept", "application/json"), *self._authorization()])
        response = self.outside.send(request, where, seconds=_SECONDS, attempts=_ATTEMPTS, is_local=True)
        if response.status_code != _SUCCESS:
            raise CredentialsError(f"{where}: the endpoint answered with status {response.status_code}")
        return read_credentials(read_object(response.body, where), where, _SPELLING)

    def describe(self) -> str:
        """Name the variables."""
        return f"the container ({_RELATIVE}, {_FULL})"

    def _authorization(self) -> list[tuple[str, str]]:
        """The token; that of the file counts, and is read at each load, because the host replaces it."""
        variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
        if path := self.outside.environ.get(f"{variable}_FILE"):
            return [("Authorization", read_token(path, f"{variable}_FILE"))]
        token = self.outside.environ.get(variable)
        if token and not (token.isascii() and token.isprintable()):
            raise CredentialsError(f"{variable} holds a character that no token has")
        return [("Authorization", token)] if token else []


def _check(origin: Origin) -> None:
    if origin.scheme == "https" or origin.host in _HOSTS:
        return
    from ipaddress import ip_address  # here, because few containers get this far

    try:
        is_loopback = ip_address(origin.host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise CredentialsError(
            f"{_FULL} leads to {origin.host} over plain http; "
            f"allowed are https, this machine and {', '.join(sorted(_HOSTS))}"
        )
