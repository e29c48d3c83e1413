"""What one operation answers: prepared by the test, else made from the API's description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Self, cast, get_type_hints

import msgspec

from ..codec import encode
from ..errors import APIError, ConnectionLost, TransportError
from ..http import Headers, HTTPResponse
from .bodies import read_json
from .made_headers import MadeHeaders
from .made_replies import MadeReplies
from .service import Failure, UnexpectedRequest, UnreadableRequest

if TYPE_CHECKING:
    from ..operation import Operation
    from .recorded_call import RecordedCall

__all__ = ["Replies", "Route"]

_NONE: Mapping[str, Any] = {}
_Respond = Callable[["RecordedCall"], HTTPResponse]


@dataclass(frozen=True, slots=True)
class Replies:
    """How the replies of one operation are written.

    Attributes:
        success: With a body, None for none, and header fields.
        failure: With an error.
        throttling: The error of a server that is asked too much, by the seconds that it asks to wait.
    """

    success: Callable[[Any, Sequence[tuple[str, str]]], HTTPResponse]
    failure: Callable[[Failure], HTTPResponse]
    throttling: Callable[[float | None], Failure]


@dataclass(slots=True)
class _Prepared:
    """An answer, and how many more times it is given."""

    respond: _Respond
    times: int


class Route:
    """The answers of one operation.

    What is prepared for a number of times is given first, in the order of preparation; then what is prepared without a
    number, the last one; then what is made from the description. Methods return the route, so they can be chained:
    `stub.on("get_pet").throttle(times=2).reply(name="Rex")`.

    Attributes:
        operation: The way to the operation's method.
    """

    def __init__(
        self, operation: str, described: Operation[Any], replies: Replies, made: MadeReplies, headers: MadeHeaders
    ) -> None:
        self.operation = operation
        self._described = described
        self._replies = replies
        self._made = made
        self._headers = headers
        self._queue: list[_Prepared] = []
        self._standing: _Respond = self._answer_as_described

    @property
    def pending(self) -> int:
        """How many answers that were prepared for a number of times have not been given yet."""
        return sum(prepared.times for prepared in self._queue)

    def reply(self, body: Any = None, /, *, times: int | None = None, **members: Any) -> Self:
        """Answer with a documented success.

        Args:
            body: The whole body: a model, or plain data, which is sent as it is.
            times: How often; None for from now on.
            **members: Members of the body, and attributes of the result that are header fields; those that are not
                named are made up. A header field that is None is left out.

        Raises:
            TypeError: The reply has no such member, or the member cannot be of that type.
        """
        fields = {name: members.pop(name) for name in self._headers.names if self._is_header(name, members)}
        self._headers.check(fields)
        if body is not None and members:
            raise TypeError("reply takes a body or its members, not both")
        if members:
            self._check(members)
        if body is None:
            return self._prepare(
                lambda call: self._success(self._made.body(self._described, call, members), fields), times
            )
        return self._prepare(lambda _: self._success(body, fields), times)

    def pages(self, count: int, *, items: int = 2) -> Self:
        """Answer with pages, each leading to the next by a token of its own; a token asks for the same page again.

        Args:
            count: How many pages there are.
            items: How many items each of them has.

        Raises:
            TypeError: The operation has no pages.
        """
        if self._described.pagination is None:
            raise TypeError(f"{self.operation} has no pages")
        pages = self._made.pages(self._described, count, items)

        def respond(call: RecordedCall) -> HTTPResponse:
            token = self._made.token(self._described, call)
            if token not in pages:
                raise UnexpectedRequest(f"{self.operation}: no page led to the token {token!r}", self._described)
            return self._success(pages[token])

        return self._prepare(respond, None)

    def fail(
        self,
        error: type[APIError] | str | int,
        message: str = "",
        *,
        status: int | None = None,
        times: int | None = None,
        document: Any = None,
        **members: Any,
    ) -> Self:
        """Answer with an error.

        Args:
            error: The class of a documented error, or any error code, or a status.
            message: What the server says.
            status: HTTP status; None for the documented one, or the protocol's usual one.
            times: How often; None for from now on.
            document: The whole error document, as plain data, instead of one with the message.
            **members: Further members of the error document.

        Raises:
            ValueError: The operation documents no such error, so that nothing says how it travels.
        """
        failure = Failure(
            kind=error if isinstance(error, type) else None,
            code=error if isinstance(error, str) else None,
            status=error if isinstance(error, int) else status,
            message=message,
            members=members,
            document=document,
        )
        self._replies.failure(failure)  # a mistake belongs to the line that made it
        return self._prepare(lambda _: self._replies.failure(failure), times)

    def throttle(self, times: int = 1, *, retry_after: float | None = None) -> Self:
        """Answer that the server is asked too much.

        Args:
            times: How often.
            retry_after: Seconds that the server asks to wait, None where it says nothing.
        """
        failure = self._replies.throttling(retry_after)
        return self._prepare(lambda _: self._replies.failure(failure), times)

    def lose(self, times: int = 1, *, error: TransportError | None = None) -> Self:
        """Give no answer: the connection breaks after the request was sent.

        Args:
            times: How often.
            error: What a transport raises instead, such as `ReadTimeout("no answer")`.
        """
        # Made anew each time: clients write into what they raise.
        kind, message = (ConnectionLost, "the connection broke") if error is None else (type(error), error.message)

        def respond(_: RecordedCall) -> HTTPResponse:
            raise kind(message)

        return self._prepare(respond, times)

    def raw(
        self,
        status: int,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        *,
        times: int | None = None,
    ) -> Self:
        """Answer with these bytes, whatever the API says.

        Args:
            status: HTTP status.
            headers: Header fields.
            body: The body.
            times: How often; None for from now on.
        """
        given = headers.items() if isinstance(headers, Mapping) else headers
        fields = tuple(cast("Iterable[tuple[str, str]]", given))
        return self._prepare(lambda _: HTTPResponse(status, Headers(fields), body), times)

    def answer(self, function: Callable[[RecordedCall], Any], *, times: int | None = None) -> Self:
        """Let a function answer.

        Args:
            function: Takes the recorded request; returns the body, an `HTTPResponse`, or None for what is made from the
                description; or raises one of the API's errors.
            times: How often; None for from now on.
        """

        def respond(call: RecordedCall) -> HTTPResponse:
            try:
                found = function(call)
            except APIError as error:
                failure = Failure(kind=type(error), code=error.code, message=error.message)
                return self._replies.failure(failure)
            if isinstance(found, HTTPResponse):
                return found
            return self._answer_as_described(call) if found is None else self._success(found)

        return self._prepare(respond, times)

    def reset(self) -> Self:
        """Forget everything that was prepared."""
        self._queue.clear()
        self._standing = self._answer_as_described
        return self

    def next_answer(self) -> _Respond:
        """What answers the next request; to be called by one thread at a time."""
        if not self._queue:
            return self._standing
        prepared = self._queue[0]
        prepared.times -= 1
        if prepared.times == 0:
            self._queue.pop(0)
        return prepared.respond

    def _prepare(self, respond: _Respond, times: int | None) -> Self:
        if times is None:
            self._standing = respond
        elif times < 1:
            raise ValueError(f"times is {times}; it takes a number from 1")
        else:
            self._queue.append(_Prepared(respond, times))
        return self

    def _answer_as_described(self, call: RecordedCall) -> HTTPResponse:
        return self._success(self._made.body(self._described, call, {}))

    def _success(self, body: Any, fields: Mapping[str, Any] = _NONE) -> HTTPResponse:
        return self._replies.success(body, self._headers.made(fields))

    def _is_header(self, name: str, members: Mapping[str, Any]) -> bool:
        """Whether a name is meant that the body does not have."""
        return name in members and name not in getattr(self._described.output, "__struct_fields__", ())

    def _check(self, members: Mapping[str, Any]) -> None:
        class_ = self._described.output
        if not (isinstance(class_, type) and issubclass(class_, msgspec.Struct)):
            raise TypeError(f"{self.operation} answers with nothing that has members; pass the body as a whole")
        hints = get_type_hints(class_)
        for name, value in members.items():
            if name not in class_.__struct_fields__:
                near = get_close_matches(name, (*class_.__struct_fields__, *self._headers.names), 1)
                tip = f"; did you mean {near[0]!r}?" if near else ""
                raise TypeError(f"{class_.__name__} has no member {name!r}{tip}")
            try:
                read_json(hints[name], encode(value))
            except UnreadableRequest as error:
                raise TypeError(f"{class_.__name__}.{name}: {error}") from None
