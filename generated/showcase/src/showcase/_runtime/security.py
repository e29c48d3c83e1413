"""Security schemes that consist of adding something to a request."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from .model import Model

if TYPE_CHECKING:
    from .draft import Draft

__all__ = ["ApiKey", "Authorization", "Basic", "Bearer", "Scheme"]

if TYPE_CHECKING:
    _Secret = str | Callable[[], str]
else:
    _Secret = Any  # a model's annotations are read at run time, and functions are no part of them


class Scheme(Model, kw_only=True):
    """What a call authenticates with."""

    __environment__: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Attributes, and the environment variables that stand for them."""


class ApiKey(Scheme, kw_only=True):
    """A key in a header, the query or a cookie."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"api_key"})
    __parameter__: ClassVar[tuple[str, str]] = ("header", "Authorization")

    api_key: _Secret
    """The key, sent as it is; or a function that is asked for it before every attempt."""

    def apply(self, draft: Draft) -> None:
        """Add the key."""
        place, name = self.__parameter__
        key = self.api_key() if callable(self.api_key) else self.api_key
        if place == "query":
            draft.query.append(f"{quote(name, safe='')}={quote(key, safe='')}")
        elif place == "cookie":
            draft.cookies.append((name, key))
        else:
            draft.headers.append((name, key))


class Bearer(Scheme, kw_only=True):
    """A bearer token (RFC 6750)."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"token"})

    token: _Secret
    """The token, without the word Bearer; or a function that is asked for it before every attempt."""

    def apply(self, draft: Draft) -> None:
        """Add the token."""
        token = self.token() if callable(self.token) else self.token
        draft.headers.append(("Authorization", f"Bearer {token}"))


class Authorization(Scheme, kw_only=True):
    """A way to authenticate that the client does not know: the user knows what the header holds."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"value"})

    value: str
    """Value of the Authorization header, with the scheme's name."""

    def apply(self, draft: Draft) -> None:
        """Add the header."""
        draft.headers.append(("Authorization", self.value))


class Basic(Scheme, kw_only=True):
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
