"""The blocking and the asyncio client behind one face, so that each test is written once and holds for both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import sdk
from sdk.models import shared

__all__ = ["Asyncio", "Blocking", "Caller", "Connect", "key_pair"]


# Most tests are about what one attempt does; those about retries say so.
ONE_ATTEMPT = {"retries": 0}


class Caller(Protocol):
    """A client that calls an operation by its method's name."""

    client: Any

    def __call__(self, operation: str, *arguments: Any, **keywords: Any) -> Any:
        """Call the operation and return its result."""
        ...

    def close(self) -> None:
        """Close the client."""
        ...


class Blocking:
    """The blocking client."""

    def __init__(self, **options: Any) -> None:
        self.client = sdk.SDK(**{**ONE_ATTEMPT, **options})

    def __call__(self, operation: str, *arguments: Any, **keywords: Any) -> Any:
        return getattr(self.client, operation)(*arguments, **keywords)

    def close(self) -> None:
        self.client.close()


class Asyncio:
    """The asyncio client, in an event loop of its own."""

    def __init__(self, **options: Any) -> None:
        self.client = sdk.AsyncSDK(**{**ONE_ATTEMPT, **options})
        self._runner = asyncio.Runner()

    def __call__(self, operation: str, *arguments: Any, **keywords: Any) -> Any:
        async def call() -> Any:
            return await getattr(self.client, operation)(*arguments, **keywords)

        return self._runner.run(call())

    def close(self) -> None:
        self._runner.run(self.client.aclose())
        self._runner.close()


Connect = Callable[..., Caller]


def key_pair(
    access_key_id: str = "AKIDINCODE", secret_access_key: str = "secret-in-code", session_token: str | None = None
) -> shared.Security:
    """Credentials given in code."""
    return shared.Security(
        hmac=shared.SchemeHmac(
            access_key_id=access_key_id, secret_access_key=secret_access_key, session_token=session_token
        )
    )
