"""Pages that are asked for by a URL of the server's own: in the body, or in the header field `Link`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from .errors import ConfigurationError, PaginationError, RequestError
from .url import split_server_url

if TYPE_CHECKING:
    from .draft import Draft
    from .http import Headers, Origin
    from .operation import Operation

__all__ = ["lead", "next_link"]

# One link, then its parameters (RFC 8288, section 3); a comma or semicolon inside of quotes or brackets ends neither.
_LINK = re.compile(r'\s*<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)\s*(?:,|$)')
_PARAMETER = re.compile(r';\s*([^\s=;,]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))')
# What may stand in a target as it is; anything else is percent-encoded, so that it cannot end the request line.
_SAFE = "/?:@!$&'()*+,;=-._~%[]"


def next_link(headers: Headers) -> str | None:
    """The target of the link with the relation `next`, None where there is none."""
    rest = headers.get("link", "")
    while found := _LINK.match(rest):
        parameters: dict[str, str] = {}
        for name, quoted, bare in _PARAMETER.findall(found[2]):
            parameters.setdefault(name.lower(), quoted or bare)  # the first `rel` counts (section 3.3)
        if "next" in parameters.get("rel", "").lower().split() and "anchor" not in parameters:
            return found[1]
        rest = rest[found.end() :]
        if not rest:
            break
    return None


def lead(draft: Draft, operation: Operation[Any], origin: Origin, url: Any) -> None:
    """Send an addressed draft to the URL of a page.

    Args:
        draft: The request for the first page; a relative URL is resolved against it.
        operation: What is called.
        origin: The server that is called.
        url: Where the page is.

    Raises:
        RequestError: The operation has no pages that have URLs.
        PaginationError: The page is on another server, which must not see what this one is authenticated with.
    """
    if operation.pagination is None or operation.pagination.style not in ("url", "link"):
        raise RequestError(f"{operation.name} takes no resume_url: its pages have no URLs")
    base = f"{origin.scheme}://{origin.authority}{draft.target}"
    try:
        parts = urlsplit(urljoin(base, str(url)))
        there, _ = split_server_url(f"{parts.scheme}://{parts.netloc}", "the next page's URL")
    except (ValueError, ConfigurationError):
        raise PaginationError(f"{operation.name}: the URL of the next page cannot be read") from None
    # Servers behind a proxy that ends TLS often name themselves by http; what is asked is still the origin's https.
    is_upgraded = (there.scheme, origin.scheme, there.host, there.port) == ("http", "https", origin.host, 80)
    if there != origin and not is_upgraded:
        raise PaginationError(f"{operation.name}: the next page is on another server, {there.authority}: not asked for")
    draft.path = quote(parts.path or "/", safe=_SAFE)
    draft.query = [quote(parts.query, safe=_SAFE)] if parts.query else []
