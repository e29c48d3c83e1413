"""How pages of a result follow each other; part of the graph."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from generator.graph.travel import Place

Path = tuple[str | int, ...]
"""The way to a value inside of a reply's body: members by their names on the wire, items of lists by their positions
(-1 for the last). The empty way is the body itself.
"""


class PageStyle(Enum):
    """What leads from a page to the next one."""

    TOKEN = "token"  # noqa: S105  (no password)
    """A value of the reply is sent back."""
    OFFSET = "offset"
    """The number of items before the page is counted on."""
    PAGE = "page"
    """The number of the page is counted on."""
    URL = "url"
    """A URL in the body."""
    LINK = "link"
    """A URL in the header field `Link`, with the relation `next` (RFC 8288)."""


class Pagination(Struct, frozen=True, kw_only=True):
    """How a page leads to the next one.

    Attributes:
        style: What leads on.
        results: The way to the items.
        input: What asks for a page: a parameter where it has a `place`, else a member of the body; None for URLs.
        place: Where it is.
        output: The way to the token, or to the URL.
        limit: What asks for a number of items: a parameter, or a member of the body.
        total: The way to the number of all items, or of all pages where pages are counted.
        more: The way to a value that says whether there is a further page.
        first: Number of the first page.
    """

    style: PageStyle = PageStyle.TOKEN
    results: Path
    input: str | None = None
    place: Place | None = None
    output: Path | None = None
    limit: str | None = None
    total: Path | None = None
    more: Path | None = None
    first: int = 1
