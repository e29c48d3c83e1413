"""Security schemes that consist of adding something to a request."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from .errors import ConfigurationError, CredentialsError
from .model import Model
from .retry import Retries

if TYPE_CHECKING:
    from .draft import Draft
    from .errors import APIError
    from .operation import Api, Operation

__all__ = ["ApiKey", "Basic", "Bearer", "SchemeAuth"]


class ApiKey(Model, kw_only=True):
    """A key in a header, the query or a cookie."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"api_key"})
    __parameter__: ClassVar[tuple[str, str]] = ("header", "Authorization")

    api_key: str
    """The key, sent as it is."""

    def apply(self, draft: Draft) -> None:
        """Add the key."""
        place, name = self.__parameter__
        if place == "query":
            draft.query.append(f"{quote(name, safe='')}={quote(self.api_key, safe='')}")
        elif place == "cookie":
            draft.cookies.append((name, self.api_key))
        else:
            draft.headers.append((name, self.api_key))


class Bearer(Model, kw_only=True):
    """A bearer token (RFC 6750)."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"token"})

    token: str
    """The token, without the word Bearer."""

    def apply(self, draft: Draft) -> None:
        """Add the token."""
        draft.headers.append(("Authorization", f"Bearer {self.token}"))


class Basic(Model, kw_only=True):
    """User name and password (RFC 7617)."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"password"})

    username: str
    """User name; it holds no colon."""
    password: str
    """Password."""

    def apply(self, draft: Draft) -> None:
        """Add user name and password."""
        pair = b64encode(f"{self.username}:{self.password}".encode()).decode()
        draft.headers.append(("Authorization", f"Basic {pair}"))


class SchemeAuth:
    """Authentication by the schemes above: the first alternative of an operation for which the user gave everything."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def base_url(self, operation: Operation[Any]) -> str:
        """The first server of the operation or of the API's description, its variables at their defaults.

        Raises:
            ConfigurationError: There is none, or none with a host.
        """
        servers = operation.servers or self._api.servers
        if not servers:
            raise ConfigurationError("the API names no server: pass server_url=")
        server = servers[0]
        if "://" not in server.url.partition("{")[0] and not server.url.startswith("{"):
            raise ConfigurationError(f"the API's server {server.url!r} has no host: pass server_url=")
        url = server.url
        for name, default in server.variables.items():
            url = url.replace(f"{{{name}}}", default)
        return url

    def identify(self, operation: Operation[Any], security: Any) -> list[Any]:
        """The schemes that a call is authenticated with.

        Raises:
            CredentialsError: No alternative is complete.
        """
        for alternative in operation.security:
            found = (getattr(security, self._api.schemes.get(key, ""), None) for key in alternative)
            given = [scheme for scheme in found if scheme is not None]
            if len(given) == len(alternative):
                return given
        if operation.security:
            wanted = " or ".join(" with ".join(alternative) for alternative in operation.security)
            raise CredentialsError(f"{operation.name} needs {wanted}: pass security= to the client")
        return []

    async def identify_async(self, operation: Operation[Any], security: Any) -> list[Any]:
        """The same; nothing is waited for."""
        return self.identify(operation, security)

    def retries(self) -> Retries:
        """The defaults; there is no other place to look in."""
        return Retries()

    def repair(self, error: APIError, operation: Operation[Any], security: Any, identity: list[Any]) -> bool:
        """Nothing that a scheme adds gets better by itself."""
        return False

    def authenticate(self, draft: Draft, identity: list[Any], *, has_server: bool) -> None:
        """Add what the schemes add."""
        for scheme in identity:
            scheme.apply(draft)
