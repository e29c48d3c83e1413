"""Keys by which a server recognises the attempts of one call, made where the caller gave none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from .clock import Clock
    from .draft import Draft
    from .operation import IdempotencyKey

__all__ = ["add_key", "with_key"]


def with_key(request: Any, key: IdempotencyKey, clock: Clock) -> Any:
    """The request object, with the key where that is a member of its body; the caller's own object stays as it is.

    Args:
        request: The request object.
        key: Where the key belongs.
        clock: Makes it.
    """
    body = request.request if key.place == "body" else None
    if not isinstance(body, Struct) or getattr(body, key.name) is not None:
        return request
    return replace(request, request=replace(body, **{key.name: clock.uuid()}))


def add_key(draft: Draft, key: IdempotencyKey, clock: Clock) -> None:
    """Add the key to what is to be sent where it is a header or in the query, and not there yet.

    Args:
        draft: The request, with everything that the caller gave.
        key: Where the key belongs.
        clock: Makes it.
    """
    if key.place == "query":
        from urllib.parse import quote  # slow to import, and keys in the query are rare

        name = quote(key.name, safe="")
        if not any(pair.startswith(f"{name}=") for pair in draft.query):
            draft.query.append(f"{name}={clock.uuid()}")
    elif key.place == "header" and all(other.lower() != key.name.lower() for other, _ in draft.headers):
        draft.headers.append((key.name, clock.uuid()))
