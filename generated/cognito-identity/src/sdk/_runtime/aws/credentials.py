"""Who signs: AWS credentials as a value, and the two shapes of what supplies them.

It refuses to look for any: where they are found is `chain`'s, how they stay fresh is `refresh`'s.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..errors import CredentialsError

__all__ = ["Credentials", "CredentialsProvider", "CredentialsSource"]


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """An AWS key pair, with a session token where it is temporary.

    Attributes:
        access_key_id: Names the key pair; the only part that is sent.
        secret_access_key: What requests are signed with.
        session_token: Belongs to temporary credentials.
        expiration: When temporary credentials end, where that is known.
        account_id: The account the credentials belong to, where that is known.

    Raises:
        CredentialsError: A part is empty, or holds white space or a character outside ASCII, or the expiration has no
            time zone.
    """

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None
    expiration: datetime | None = None
    account_id: str | None = None

    def __post_init__(self) -> None:
        for name in ("access_key_id", "secret_access_key", "session_token"):
            value = getattr(self, name)
            if value is None and name == "session_token":
                continue
            if not value:
                raise CredentialsError(f"{name} is empty")
            if not (value.isascii() and value.isprintable()) or " " in value:
                # The usual cause is a line break copied along; in a header it would be an injection.
                raise CredentialsError(f"{name} holds white space or a character that no key has")
        if self.expiration is not None and self.expiration.utcoffset() is None:
            raise CredentialsError("expiration has no time zone")

    def __repr__(self) -> str:
        return f"Credentials(access_key_id='...{self.access_key_id[-4:]}')"


CredentialsProvider = Callable[[], Credentials | Awaitable[Credentials]]
"""What a client asks for credentials before it signs; only an asyncio client can wait for an awaitable."""


class CredentialsSource(Protocol):
    """One place where credentials may be."""

    def load(self) -> Credentials | None:
        """Return the credentials that are there, or None to have the next source asked.

        Raises:
            ConfigurationError: Something is there but cannot be used.
        """
        ...

    def describe(self) -> str:
        """Say where was looked, for the message that nothing was found."""
        ...
