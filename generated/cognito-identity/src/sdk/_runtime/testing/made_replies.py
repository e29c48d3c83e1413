"""Bodies of replies, made from the API's description.

A member that the request has under the same name and type says what was sent: who creates a pool called x is answered
with a pool called x. Everything else is invented, and the same on every run. A result with pages is a single page,
unless a test prepares more.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from .bodies import converted
from .made_pages import asked, changed, holder_of, key_of, last_page
from .service import UnreadableRequest
from .streams import is_stream, made_items
from .values import Place, Values

if TYPE_CHECKING:
    from ..operation import Operation
    from .recorded_call import RecordedCall

__all__ = ["MadeReplies"]

_GROUPS = ("path_params", "query_params", "request")


class MadeReplies:
    """Makes them.

    Args:
        values: Makes the values.
        examples: Whole replies that the document shows, by the operation's name, as plain data.
    """

    def __init__(self, values: Values, examples: Mapping[str, Any]) -> None:
        self._values = values
        self._examples = examples

    def described(self, operation: Operation[Any]) -> Any:
        """A body without regard to any request: what the document shows, where that is valid, else one that is made."""
        if operation.output is None:
            return None
        if is_stream(operation):
            return made_items(operation, self._values)
        if operation.name in self._examples:
            try:
                return converted(self._examples[operation.name], operation.output)
            except UnreadableRequest:
                pass  # documents are careless with examples
        return self._values.body(operation.result, operation.output, Place(operation.field or "result", operation.name))

    def body(self, operation: Operation[Any], call: RecordedCall, members: Mapping[str, Any]) -> Any:
        """The body of a success, None where the operation has none.

        Args:
            operation: The operation.
            call: What is answered.
            members: Attributes of the body that are decided.
        """
        made = self.described(operation)
        if operation.pagination is not None and not operation.pagination.items:
            made = last_page(operation.pagination, call.request, made)
        if not isinstance(made, Struct):
            return made
        decided = {**self._sent(operation, call, type(made)), **members}
        if operation.pagination is not None and operation.output is type(made):
            made = last_page(operation.pagination, call.request, made)
        return replace(made, **decided)

    def pages(self, operation: Operation[Any], count: int, items: int) -> dict[Hashable, Any]:
        """Pages by what asks for them, a token or a number; None asks for the first.

        Raises:
            TypeError: What leads from page to page is nothing that can be made up.
        """
        shape = operation.pagination
        assert shape is not None
        first = self.described(operation)
        bodies = [changed(first, shape.items, self._items(operation, first, number, items)) for number in range(count)]
        if shape.more is not None:
            holder_of(first, shape.more)
            bodies = [changed(body, shape.more, number < count) for number, body in enumerate(bodies, 1)]
        if shape.style in ("offset", "page"):
            step = items if shape.style == "offset" else 1
            start = 0 if shape.style == "offset" else shape.first
            counted = [body if shape.total is None else changed(body, shape.total, None) for body in bodies]
            pages: dict[Hashable, Any] = {start + number * step: body for number, body in enumerate(counted)}
            return {None: counted[0], **pages, start + count * step: changed(counted[-1], shape.items, [])}
        if shape.style != "token" or shape.output is None:
            raise TypeError(f"the pages of {operation.name} have URLs: prepare them with `answer`")
        return self._pages_by_token(operation, bodies, (shape.output, *(way for _, way in shape.further)))

    def _pages_by_token(
        self, operation: Operation[Any], bodies: list[Any], ways: tuple[str, ...]
    ) -> dict[Hashable, Any]:
        """Pages that say at the end of `ways` what asks for the page after them."""
        holders = [holder_of(bodies[0], way) for way in ways]
        nothing = [None] * len(ways)
        tokens = [
            [self._values.member(type(holder), name, Place(name, operation.name, number)) for holder, name in holders]
            for number in range(1, len(bodies))
        ]
        pages = {}
        for beginning, following, body in zip([nothing, *tokens], [*tokens, nothing], bodies, strict=True):
            page = body
            for way, value in zip(ways, following, strict=True):
                page = changed(page, way, value)
            pages[key_of(beginning)] = page
        return pages

    def _items(self, operation: Operation[Any], body: Any, page: int, count: int) -> list[Any]:
        """The items of one page."""
        assert operation.pagination is not None
        if not operation.pagination.items:
            (item,) = get_args(operation.output)
            places = (Place("item", operation.name, number) for number in range(page * count, (page + 1) * count))
            return [self._values.of(item, place) for place in places]
        holder, name = holder_of(body, operation.pagination.items)
        return self._values.several(type(holder), name, count, Place("", operation.name, page))

    def token(self, operation: Operation[Any], call: RecordedCall) -> Any:
        """What a request asks for a page with; see `pages`."""
        shape = operation.pagination
        assert shape is not None
        return asked(shape, call.request)

    def _sent(self, operation: Operation[Any], call: RecordedCall, class_: type[Struct]) -> dict[str, Any]:
        """Members of the reply that the request has too."""
        token = None if operation.pagination is None else operation.pagination.token
        wanted = get_type_hints(class_)
        found = {}
        for group in (getattr(call.request, name, None) for name in _GROUPS):
            if not isinstance(group, Struct):
                continue
            hints = get_type_hints(type(group))
            for name in group.__struct_fields__:
                value = getattr(group, name)
                if (
                    value is not None
                    and value is not UNSET
                    and name != token
                    and name in wanted
                    and _same(hints[name], wanted[name])
                ):
                    found[name] = value
        return found


def _same(one: Any, other: Any) -> bool:
    return _options(one) == _options(other)


def _options(hint: Any) -> frozenset[Any]:
    """What a type allows beside nothing."""
    absent = {type(None), UnsetType}
    return frozenset(get_args(hint)) - absent if absent & set(get_args(hint)) else frozenset((hint,))
