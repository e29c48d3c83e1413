"""Results that go on: one page leads to the next by a token or a URL that its reply carries, or by counting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

import msgspec

from .errors import PaginationError
from .model import Response

if TYPE_CHECKING:
    from .client import AsyncClient, Client
    from .operation import Operation

__all__ = ["Page", "Pager", "at", "set_pager"]

T = TypeVar("T")
_WAYS = {
    False: ("a blocking", "`for item in result`, `result.pages()` or `result.next()`"),
    True: ("an asyncio", "`async for item in result`, `result.pages_async()` or `await result.next_async()`"),
}


class Pager:
    """Knows how a page was asked for, and so how to ask for the one after it.

    Attributes:
        trail: A position further back, and how many pages there have been: where it comes again, the pages go in a
            circle.
    """

    def __init__(
        self, client: Client | AsyncClient, operation: Operation[Any], request: Any, options: dict[str, Any]
    ) -> None:
        self.client = client
        self.operation = operation
        self.trail: tuple[Any, int] = (None, 0)
        self._request = request
        self._options = options

    def items(self, page: Response) -> list[Any]:
        """The items of a page; a reply without them is an empty page."""
        found = at(self._body(page), self._shape.items)
        return found if isinstance(found, list) else []

    def token(self, page: Response) -> str | None:
        """The token or URL of the page after `page`, None after the last, and where pages are counted."""
        shape = self._shape
        if shape.more is not None and not at(self._body(page), shape.more):
            return None
        if shape.style == "link":
            from .page_url import next_link  # few APIs have pages of this kind

            return next_link(page.headers)
        body = self._body(page)
        found = None if shape.output is None else at(body, shape.output)
        return found or (None if shape.otherwise is None else at(body, shape.otherwise)) or None

    def position(self, page: Response) -> int | None:
        """Where the page after `page` begins, or its number; None after the last, and where nothing is counted."""
        shape = self._shape
        if shape.style not in ("offset", "page"):
            return None
        body = self._body(page)
        if not self.items(page) or (shape.more is not None and not at(body, shape.more)):
            return None
        group = getattr(self._request, shape.group) or self._nothing()
        asked = getattr(group, shape.token)
        if shape.style == "page":
            here = shape.first if asked is None else int(asked)
            done, following = here - shape.first + 1, here + 1
        else:
            done = following = (0 if asked is None else int(asked)) + len(self.items(page))
        total = None if shape.total is None else at(body, shape.total)
        return None if total is not None and done >= int(total) else following

    def following(self, page: Response) -> tuple[Any, dict[str, Any]] | None:
        """The request for the page after `page` and its options, None after the last.

        Raises:
            PaginationError: The server named a page that was read before, which would never end.
        """
        shape = self._shape
        token = self.token(page) if shape.style not in ("offset", "page") else self.position(page)
        if token is None:
            return None
        if shape.group is None:
            self._refuse_circle(page, (token,), (self._options.get("resume_url"),))
            return self._request, {**self._options, "resume_url": token}
        group = getattr(self._request, shape.group) or self._nothing()
        names = (shape.token, *(name for name, _ in shape.further))
        beginning = self._beginning(page, token)
        self._refuse_circle(page, beginning, tuple(getattr(group, name) for name in names))
        changed = msgspec.structs.replace(group, **dict(zip(names, beginning, strict=True)))
        return msgspec.structs.replace(self._request, **{shape.group: changed}), dict(self._options)

    def followed(self, page: Response, result: Response) -> None:
        """Hand on to the page after `page` what a circle is known by.

        Raises:
            PaginationError: It is the same page again, though the next one was asked for.
        """
        pager = vars(result).get("pager")
        if not isinstance(pager, Pager):
            return
        mark, count = self.trail
        # The mark moves on at every power of two, so that it lies within any circle sooner or later (Brent).
        here = self._beginning(page, self.token(page)) if count & (count + 1) == 0 else mark
        pager.trail = (here, count + 1)
        counted = self._shape.style in ("offset", "page")
        if counted and page.raw_response.body == result.raw_response.body and _tells_apart(self.items(page)):
            raise self._circle(result, "the page that was read before")

    @property
    def is_async(self) -> bool:
        """Whether pages are fetched by an asyncio client."""
        from .client import AsyncClient  # that module imports this one

        return isinstance(self.client, AsyncClient)

    @property
    def _shape(self) -> Any:
        return self.operation.pagination

    def _beginning(self, page: Response, token: Any) -> tuple[Any, ...]:
        """All that the page after `page` is asked for with; `token` is the first of it."""
        return (token, *(at(self._body(page), way) for _, way in self._shape.further))

    def _refuse_circle(self, page: Response, beginning: tuple[Any, ...], asked: tuple[Any, ...]) -> None:
        if beginning in (asked, self.trail[0]):
            raise self._circle(page, "the token or place of a page that was read before")

    def _circle(self, page: Response, what: str) -> PaginationError:
        return PaginationError(
            f"{self.operation.name} answered with {what}",
            raw_response=page.raw_response,
            request_id=page.request_id,
        )

    def _nothing(self) -> Any:
        """What holds the token, where the first page was asked for without any of it: parameters, or the body."""
        known = self.operation.groups.get(self._shape.group)
        kind = self.operation.body if known is None else known[0]
        return None if kind is None else kind()

    def _body(self, page: Response) -> Any:
        return getattr(page, self.operation.field or "")


def at(body: Any, way: str) -> Any:
    """What a way of attributes and positions leads to, None where it ends early."""
    for step in way.split(".") if way else ():
        if isinstance(body, list):
            index = int(step)
            body = body[index] if -len(body) <= index < len(body) else None
        else:
            body = getattr(body, step, None)
    return None if body is msgspec.UNSET else body


def _tells_apart(items: list[Any]) -> bool:
    """Whether two pages with the same items are one: numbers and texts may well repeat themselves."""
    return bool(items) and isinstance(items[0], msgspec.Struct | dict)


class Page(Response, Generic[T], kw_only=True, dict=True):
    """A result that holds some of the items. Iterating goes through the items of this page and of all that follow.

    From a blocking client: `for item in result`, `result.pages()`, `result.next()`. From an asyncio client: `async for
    item in result`, `result.pages_async()`, `await result.next_async()`. The ways of the other client are refused at
    once, for what works with a single page fails as soon as there are two.
    """

    @property
    def items(self) -> list[T]:
        """The items of this page alone."""
        return self._pager.items(self)

    @property
    def next_token(self) -> str | None:
        """What to ask with to go on after this page, now or in another process; None after the last page."""
        return self._pager.token(self)

    @property
    def next_position(self) -> int | None:
        """Where pages or items are counted: the number to go on with after this page; None after the last page."""
        return self._pager.position(self)

    def next(self) -> Self | None:
        """Fetch the next page; None after the last.

        Raises:
            SDKError: As the operation itself does.
            PaginationError: The server leads in a circle, or the result came from an asyncio client.
        """
        pager = self._going_on(is_async=False)
        following = pager.following(self)
        if following is None:
            return None
        client: Any = pager.client
        result = client._invoke(pager.operation, *following)  # noqa: SLF001  (the client's other half)
        pager.followed(self, result)
        return cast("Self", result)

    def pages(self) -> Iterator[Self]:
        """This page and all that follow, each fetched when it is asked for."""
        self._going_on(is_async=False)
        page: Self | None = self
        while page is not None:
            yield page
            page = page.next()

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    async def next_async(self) -> Self | None:
        """Like `next`, from an asyncio client."""
        pager = self._going_on(is_async=True)
        following = pager.following(self)
        if following is None:
            return None
        client: Any = pager.client
        result = await client._invoke(pager.operation, *following)  # noqa: SLF001  (the client's other half)
        pager.followed(self, result)
        return cast("Self", result)

    async def pages_async(self) -> AsyncIterator[Self]:
        """Like `pages`, from an asyncio client."""
        self._going_on(is_async=True)
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

    def _going_on(self, *, is_async: bool) -> Pager:
        """The pager, for the ways of one kind of client.

        Raises:
            PaginationError: The result came from no client, or from one of the other kind.
        """
        pager = self._pager
        if pager.is_async is not is_async:
            kind, ways = _WAYS[pager.is_async]
            raise PaginationError(f"this result came from {kind} client: go on with {ways}")
        return pager


def set_pager(
    page: Response, client: Client | AsyncClient, operation: Operation[Any], request: Any, options: dict[str, Any]
) -> None:
    """Make a result that is a page go on, or one that has links know what was asked."""
    if isinstance(page, Page):
        vars(page)["pager"] = Pager(client, operation, request, options)
    elif operation.links:
        vars(page)["asked"] = (client, operation, request)
