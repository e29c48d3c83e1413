"""Operations that share a tag: what a client's attributes are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .operation import Operation, R

if TYPE_CHECKING:
    from .client import AsyncClient, Client
    from .streams import AsyncStream, Stream

__all__ = ["AsyncGroup", "Group"]

S = TypeVar("S", bound="Stream[Any]")
A = TypeVar("A", bound="AsyncStream[Any]")


class Group:
    """Operations that share a tag, on a blocking client."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        return self._client._invoke(operation, request, arguments)  # noqa: SLF001  (a part of it)

    def _stream(self, kind: type[S], operation: Operation[Any], request: Any, arguments: dict[str, Any]) -> S:
        return self._client._stream(kind, operation, request, arguments)  # noqa: SLF001  (a part of it)


class AsyncGroup:
    """Operations that share a tag, on an asyncio client."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def _invoke(self, operation: Operation[R], request: Any, arguments: dict[str, Any]) -> R:
        return await self._client._invoke(operation, request, arguments)  # noqa: SLF001  (a part of it)

    async def _stream(self, kind: type[A], operation: Operation[Any], request: Any, arguments: dict[str, Any]) -> A:
        return await self._client._stream(kind, operation, request, arguments)  # noqa: SLF001  (a part of it)
