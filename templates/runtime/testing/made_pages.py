"""Pages in bodies that are made: what leads on is written where the API's description says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from ..operation import Pagination

__all__ = ["asked", "changed", "holder_of", "last_page"]


def asked(shape: Pagination, request: Any) -> Any:
    """The token or number that a request asks with, None for the first page."""
    if shape.group is None:
        return None
    value = getattr(getattr(request, shape.group, None), shape.token or "", None)
    return value if shape.style in ("offset", "page") else value or None


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
