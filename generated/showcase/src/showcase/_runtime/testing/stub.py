"""The API's other side in the same process: a transport that answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from email.utils import format_datetime
from itertools import count
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from msgspec.structs import fields

from ..constraints import Table
from ..errors import RequestError
from ..http import Headers, HTTPRequest, HTTPResponse, Timeout
from ..operation import Api, Operation
from ..retry import Retries
from ..validation import check_request
from .clock import FastClock
from .made_headers import MadeHeaders, ReplyField
from .made_replies import MadeReplies
from .recorded_call import RecordedCall
from .route import Replies, Route
from .service import Failure, Service, UnexpectedRequest, UnreadableRequest
from .values import Values

__all__ = ["Knowledge", "ReplyField", "Stub"]

Name = TypeVar("Name", bound=str)
_CREDENTIALS = frozenset({"access_key_id", "secret_access_key", "token"})
_SERVER = "https://stub.test"  # a name that no resolver finds (RFC 6761, section 6.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What a stub is told of an API, beside what the client knows.

    Attributes:
        api: The API as a whole.
        operations: The operations by the way to their methods: `create_pet`, or `pets.create`.
        groups: The attributes of the client by the classes behind them.
        statuses: Statuses of successes, where not 200.
        constraints: What values must satisfy.
        examples: What the document shows of members, by class and attribute, as plain data.
        replies: What the document shows of whole replies, by the operation's name, as plain data.
        headers: Documented header fields of successes, by the way to the method.
    """

    api: Api
    operations: Mapping[str, Operation[Any]]
    groups: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)
    constraints: Table = field(default_factory=dict)
    examples: Mapping[type, Mapping[str, Any]] = field(default_factory=dict)
    replies: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, Sequence[ReplyField]] = field(default_factory=dict)


class Stub(Generic[Name]):
    """A transport that answers every operation, and writes down what it is asked. Safe to use from several threads.

    Attributes:
        calls: Every request, in order.
        strict: Whether requests are refused that break the description's limits.
        clock: Its time, which is the real one, but that waiting takes none of it. Clients made by the stub share it.
    """

    def __init__(self, knowledge: Knowledge, service: Service, *, strict: bool = False) -> None:
        self.strict = strict
        self.calls: list[RecordedCall] = []
        self.clock = FastClock()
        self._knowledge = knowledge
        self._service = service
        self._skew = timedelta()
        self._values = Values(knowledge.constraints, knowledge.examples)
        self._made = MadeReplies(self._values, knowledge.replies)
        self._routes = {
            name: Route(
                name,
                operation,
                self._replies(name, operation),
                self._made,
                MadeHeaders(operation.name, knowledge.headers.get(name, ()), self._values, service),
            )
            for name, operation in knowledge.operations.items()
        }
        self._lock = threading.Lock()
        self._numbers = count(1)

    @property
    def async_transport(self) -> AsyncDoor:
        """The same stub as the transport of an asyncio client."""
        return AsyncDoor(self)

    @property
    def pending(self) -> dict[str, int]:
        """Answers that were prepared for a number of times and not asked for: how many, by operation."""
        return {name: route.pending for name, route in self._routes.items() if route.pending}

    @property
    def operations(self) -> Mapping[str, Operation[Any]]:
        """The operations by the way to their methods."""
        return self._knowledge.operations

    def on(self, operation: Name | Callable[..., Any]) -> Route:
        """The answers of an operation.

        Args:
            operation: A method of a client, or the way to it: `client.pets.create` or `"pets.create"`.

        Raises:
            LookupError: There is no such operation.
        """
        name = operation if isinstance(operation, str) else self._way_to(operation)
        if name in self._routes:
            return self._routes[name]
        near = get_close_matches(name, self._routes, 1)
        raise LookupError(f"there is no operation {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))

    def skew(self, ahead: timedelta) -> None:
        """Let the server's clock be wrong: it says so in the Date header, and refuses signatures by it.

        Args:
            ahead: How far it is ahead of the client's; negative for behind.
        """
        self._skew = ahead

    def reset(self) -> None:
        """Forget what was prepared and what was written down."""
        self.calls.clear()
        self._skew = timedelta()
        for route in self._routes.values():
            route.reset()

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Answer a request.

        Raises:
            TransportError: A test prepared that no answer arrives.
            UnexpectedRequest: The API knows no such request.
        """
        if request.upload is not None:
            request = replace(request, body=b"".join(request.upload), upload=None)
        return self.answer(request)

    def close(self) -> None:
        """Nothing is open."""

    def answer(self, request: HTTPRequest, preferred: Failure | None = None) -> HTTPResponse:
        """Answer a request. See `send`.

        Args:
            request: The request.
            preferred: An error that whoever sent the request asks for.
        """
        name = self._service.find(request)
        if name is None:
            token = self._service.token(request)
            if token is not None:
                return self._dated(token)
            raise UnexpectedRequest(
                f"{self._knowledge.api.title} has no operation for {self._service.describe(request)}"
            )
        operation = self.operations[name]
        try:
            read = self._service.read(operation, request)
            if self.strict:
                check_request(operation, read, self._knowledge.api.module, "strict")
        except (UnreadableRequest, RequestError) as error:
            raise UnexpectedRequest(
                f"{name} was sent what its description does not allow: {error}", operation
            ) from None
        call = RecordedCall(operation=name, name=operation.name, request=read, attempt=request.attempt, http=request)
        with self._lock:
            self.calls.append(call)
            respond = self._routes[name].next_answer() if preferred is None else None
        refused = self._service.wrongly_dated(request, self._now()) if self._skew else preferred
        if refused is not None or respond is None:
            call.response = self._failure(operation, refused or Failure())
        else:
            call.response = respond(call)
        return call.response

    def refusal(self, error: UnexpectedRequest) -> HTTPResponse:
        """What a real server would answer where `answer` raises."""
        return self._failure(error.operation, self._service.refusal(error))

    def unmet(self) -> dict[str, Any]:
        """Constraints that no value could be made for, by the way to the member; every operation is tried."""
        for operation in self.operations.values():
            self._made.described(operation)
        return dict(self._values.unmet)

    def client_options(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What a client needs to talk to the stub, below what the test says itself: nothing of the environment."""
        made: dict[str, Any] = {"server_url": _SERVER, "clock": self.clock, "retries": Retries()}
        if self._knowledge.api.security is not None:
            made["security"] = _stand_in(self._knowledge.api.security)
        if "default_region" in self._knowledge.api.settings:
            made["region"] = self._knowledge.api.settings["default_region"]
        return {**made, **options}

    def _way_to(self, method: Callable[..., Any]) -> str:
        owner, _, name = getattr(method, "__qualname__", repr(method)).rpartition(".")
        group = self._knowledge.groups.get(owner)
        return name if group is None else f"{group}.{name}"

    def _now(self) -> datetime:
        return self.clock.now() + self._skew

    def _replies(self, name: str, operation: Operation[Any]) -> Replies:
        """How one operation's replies are written: by the protocol, with a date and a request id."""
        status = self._knowledge.statuses.get(name, 200)
        return Replies(
            success=lambda body, fields: self._dated(self._service.success(operation, status, body), fields),
            failure=lambda failure: self._failure(operation, failure),
            throttling=self._service.throttling,
        )

    def _failure(self, operation: Operation[Any] | None, failure: Failure) -> HTTPResponse:
        return self._dated(self._service.failure(operation, failure))

    def _dated(self, response: HTTPResponse, fields: Sequence[tuple[str, str]] = ()) -> HTTPResponse:
        added = (
            ("Date", format_datetime(self._now(), usegmt=True)),
            (self._service.request_id_header, f"00000000-0000-4000-8000-{next(self._numbers):012d}"),
        )
        known = {name.lower() for name, _ in fields}
        usual = [pair for pair in (*added, *response.headers.raw) if pair[0].lower() not in known]
        headers = Headers([*usual, *fields])
        return HTTPResponse(response.status_code, headers, response.body, response.reason)


class AsyncDoor:
    """A stub as the transport of an asyncio client."""

    def __init__(self, stub: Stub[Any]) -> None:
        self._stub = stub

    async def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Answer a request. See `Stub.send`."""
        return self._stub.send(request, timeout)

    async def aclose(self) -> None:
        """Nothing is open."""


def _stand_in(security: type[Any]) -> Any:
    """Something of every scheme, which no server would take."""
    hints = get_type_hints(security)
    made = {}
    for name in security.__struct_fields__:
        scheme = next(option for option in get_args(hints[name]) if option is not type(None))
        needed = {field.name for field in fields(scheme) if field.required} or _CREDENTIALS & set(
            scheme.__struct_fields__
        )
        made[name] = scheme(**{each: f"stub-{each}" for each in sorted(needed)})
    return security(**made)
