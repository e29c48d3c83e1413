"""Results that go on: one page leads to the next by a token that its reply carries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

import msgspec

from .errors import PaginationError
from .model import Response

if TYPE_CHECKING:
    from .client import AsyncClient, Client
    from .operation import Operation

__all__ = ["Page", "Pager", "set_pager"]

T = TypeVar("T")


class Pager:
    """Knows how a page was asked for, and so how to ask for the one after it."""

    def __init__(
        self, client: Client | AsyncClient, operation: Operation[Any], request: Any, options: dict[str, Any]
    ) -> None:
        self.client = client
        self.operation = operation
        self._request = request
        self._options = options

    def items(self, page: Response) -> list[Any]:
        """The items of a page; a reply without them is an empty page."""
        return getattr(self._body(page), self._shape.items, None) or []

    def token(self, page: Response) -> str | None:
        """The token of the page after `page`, None after the last."""
        return getattr(self._body(page), self._shape.output, None) or None

    def following(self, page: Response) -> tuple[Any, dict[str, Any]] | None:
        """The request for the page after `page` and its options, None after the last.

        Raises:
            PaginationError: The server named the page that was just read, which would never end.
        """
        token = self.token(page)
        if token is None:
            return None
        group = getattr(self._request, self._shape.group) or self._nothing()
        if token == getattr(group, self._shape.token):
            raise PaginationError(
                f"{self.operation.name} answered with the token that it was asked with",
                raw_response=page.raw_response,
                request_id=page.request_id,
            )
        changed = msgspec.structs.replace(group, **{self._shape.token: token})
        return msgspec.structs.replace(self._request, **{self._shape.group: changed}), dict(self._options)

    @property
    def _shape(self) -> Any:
        return self.operation.pagination

    def _nothing(self) -> Any:
        """What holds the token, where the first page was asked for without any of it: parameters, or the body."""
        known = self.operation.groups.get(self._shape.group)
        kind = self.operation.body if known is None else known[0]
        return None if kind is None else kind()

    def _body(self, page: Response) -> Any:
        return getattr(page, self.operation.field or "")


class Page(Response, Generic[T], kw_only=True, dict=True):
    """A result that holds some of the items. Iterating goes through the items of this page and of all that follow.

    From a blocking client: `for item in result`, `result.pages()`, `result.next()`. From an asyncio client: `async
    for item in result`,
    `result.pages_async()`, `await result.next_async()`.
    """

    @property
    def items(self) -> list[T]:
        """The items of this page alone."""
        return self._pager.items(self)

    @property
    def next_token(self) -> str | None:
        """What to ask with to go on after this page, now or in another process; None after the last page."""
        return self._pager.token(self)

    def next(self) -> Self | None:
        """Fetch the next page; None after the last.

        Raises:
            SDKError: As the operation itself does.
            PaginationError: The server leads in a circle.
        """
        pager = self._pager
        following = pager.following(self)
        if following is None:
            return None
        client: Any = pager.client
        return cast("Self", client._invoke(pager.operation, *following))  # noqa: SLF001  (the client's other half)

    def pages(self) -> Iterator[Self]:
        """This page and all that follow, each fetched when it is asked for."""
        page: Self | None = self
        while page is not None:
            yield page
            page = page.next()

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    async def next_async(self) -> Self | None:
        """Like `next`, from an asyncio client."""
        pager = self._pager
        following = pager.following(self)
        if following is None:
            return None
        client: Any = pager.client
        result = await client._invoke(pager.operation, *following)  # noqa: SLF001  (the client's other half)
        return cast("Self", result)

    async def pages_async(self) -> AsyncIterator[Self]:
        """Like `pages`, from an asyncio client."""
        page: Self | None = self
        while page is not None:
            yield page
            page = await page.next_async()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages_async():
            for item in page.items:
                yield item

    @property
    def _pager(self) -> Pager:
        pager = self.__dict__.get("pager")
        if not isinstance(pager, Pager):
            raise PaginationError("this result came from no client, so it cannot go on")
        return pager


def set_pager(
    page: Response, client: Client | AsyncClient, operation: Operation[Any], request: Any, options: dict[str, Any]
) -> None:
    """Make a result that is a page go on."""
    if isinstance(page, Page):
        vars(page)["pager"] = Pager(client, operation, request, options)
