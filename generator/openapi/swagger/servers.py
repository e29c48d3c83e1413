"""Where the API is: scheme, host and path, which OpenAPI 3.0 has as one URL."""

from __future__ import annotations

from collections.abc import Sequence

from generator.openapi.swagger.context import Context
from generator.openapi.swagger.part import Part


def servers(context: Context, owner: Part, schemes: Sequence[str]) -> Part | None:
    """The servers that are reached by some schemes, the safe one first; None where the document names no place.

    Where no scheme is written, the one meant is that by which the document was fetched (Swagger 2.0, "Swagger
    Object"), which nobody knows any more; so it is the safe one.
    """
    host = context.read(context.document, "host", str)
    path = (context.read(context.document, "basePath", str) or "").rstrip("/")
    path = f"/{path.lstrip('/')}" if path else ""
    if host:
        known = sorted((scheme for scheme in schemes if scheme in ("http", "https")), reverse=True)
        urls = [f"{scheme}://{host}{path}" for scheme in dict.fromkeys(known or ["https"])]
    else:
        urls = [path] if path else []
    place = next((context.document.child(key) for key in ("host", "basePath") if key in context.document), owner)
    return place.made_list(place.made({"url": url}) for url in urls) if urls else None
