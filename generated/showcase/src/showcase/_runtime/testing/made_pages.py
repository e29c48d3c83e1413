"""Pages in bodies that are made: what leads on is written where the API's description says."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ..codec import encode

if TYPE_CHECKING:
    from ..operation import Pagination

__all__ = ["asked", "changed", "holder_of", "key_of", "last_page"]


def asked(shape: Pagination, request: Any) -> Any:
    """What a request asks for a page with, None for the first page: a number, or what `key_of` makes of its tokens."""
    if shape.group is None:
        return None
    group = getattr(request, shape.group, None)
    values = [getattr(group, name or "", None) for name in (shape.token, *(name for name, _ in shape.further))]
    return values[0] if shape.style in ("offset", "page") else key_of(values)


def key_of(tokens: Sequence[Any]) -> Hashable:
    """What a page is found by: its token as text, for a token may be an object, which no dictionary takes as a key; a
    tuple where a page begins at several values at once. None where there is no token.
    """
    keys = tuple(token if isinstance(token, str) else encode(token).decode() if token else None for token in tokens)
    if not any(keys):
        return None
    return keys[0] if len(keys) == 1 else keys


def holder_of(body: Any, way: str) -> tuple[Any, str]:
    """The object inside of a body that has the last attribute of a way, and that attribute.

    Raises:
        TypeError: The way leads through something else than objects that are there.
    """
    *steps, name = way.split(".")
    for step in steps:
        body = getattr(body, step, None)
    if not isinstance(body, Struct) or name not in body.__struct_fields__:
        raise TypeError("these pages cannot be made up: prepare them with `answer`")
    return body, name


def changed(body: Any, way: str, value: Any) -> Any:
    """The body with another value at the end of a way; as it is, where the way does not lead there."""
    if not way:
        return value
    step, _, rest = way.partition(".")
    if not isinstance(body, Struct) or step not in body.__struct_fields__:
        return body
    return replace(body, **{step: changed(getattr(body, step), rest, value)})


def last_page(shape: Pagination, request: Any, body: Any) -> Any:
    """The body as a page that leads nowhere: the only one, so that further ones are empty."""
    if shape.output is not None:
        body = changed(body, shape.output, None)
    if shape.more is not None:
        body = changed(body, shape.more, value=False)
    first = shape.first if shape.style == "page" else 0
    if shape.style in ("offset", "page") and asked(shape, request) not in (None, first):
        body = changed(body, shape.items, [])
    return body
