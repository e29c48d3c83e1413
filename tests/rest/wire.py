"""A transport from memory, and calls through it by a client of either kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["Wire", "play"]


class Wire:
    """A transport of both kinds: loses the connection, or answers with a status, in the given order, the last for ever.

    Attributes:
        sent: What was asked.
    """

    def __init__(self, package: Any, *answers: int | None, is_async: bool) -> None:
        self._package = package
        self._answers = list(answers)
        self._is_async = is_async
        self.sent: list[Any] = []

    def send(self, request: Any, timeout: Any) -> Any:
        return self._answer_later(request) if self._is_async else self._answer(request)

    async def _answer_later(self, request: Any) -> Any:
        return self._answer(request)

    def _answer(self, request: Any) -> Any:
        self.sent.append(request)
        status = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if status is None:
            raise self._package.models.errors.ConnectionLost("gone")
        return self._package.HTTPResponse(status, self._package.Headers(()), b"")

    def close(self) -> None:
        """Nothing is open."""

    async def aclose(self) -> None:
        """Nothing is open."""

    def header(self, name: str) -> list[str | None]:
        """A header's value in each request."""
        return [{key.lower(): value for key, value in each.headers}.get(name.lower()) for each in self.sent]


def play(package: Any, kind: str, answers: Sequence[int | None], *made: Callable[[Any], Any], **options: Any) -> Wire:
    """Make calls one after the other with one client, `blocking` or `asyncio`; each of `made` takes the client."""
    wire = Wire(package, *answers, is_async=kind == "asyncio")
    if kind == "blocking":
        with package.SDK(transport=wire, **options) as client:
            for call in made:
                call(client)
        return wire

    async def main() -> None:
        async with package.AsyncSDK(transport=wire, **options) as client:
            for call in made:
                await call(client)

    asyncio.run(main())
    return wire
