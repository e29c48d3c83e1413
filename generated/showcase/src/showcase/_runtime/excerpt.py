"""A short, harmless piece of a reply for a message: proxies and portals answer with pages that say what is wrong."""

from __future__ import annotations

import re

from .http import HTTPResponse

__all__ = ["excerpt"]

_LIMIT = 200


def excerpt(response: HTTPResponse) -> str:
    """The beginning of a textual body without its markup, or the reason phrase.

    A body that looks like JSON is never shown: it may hold what must not be printed.
    """
    body = response.body[: 8 * _LIMIT].lstrip()
    if body and body[:1] not in b'{["' and b"\0" not in body:
        text = re.sub(
            r"<(script|style).*?</\1>|<[^>]*>", " ", body.decode("utf-8", "replace"), flags=re.DOTALL | re.IGNORECASE
        )
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        if text:
            return text if len(text) <= _LIMIT else text[: _LIMIT - 3] + "..."
    return response.reason
