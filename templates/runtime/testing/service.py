"""What a protocol's server half offers, and what a stub says to a test that asks for the impossible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ..errors import APIError
from ..http import HTTPRequest, HTTPResponse
from ..operation import Operation, Parameter

__all__ = ["Failure", "Service", "UnexpectedRequest", "UnreadableRequest"]


class UnexpectedRequest(AssertionError):
    """A request that the API does not know, or that no test prepared for. No client retries it.

    Attributes:
        operation: The operation that it names, None where it names none.
    """

    def __init__(self, message: str, operation: Operation[Any] | None = None) -> None:
        super().__init__(message)
        self.operation = operation


class UnreadableRequest(ValueError):
    """A request that is not what the operation's description says; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error to answer with.

    Attributes:
        kind: The class of a documented error, None for others.
        code: Its code, where the class does not decide it.
        status: HTTP status, None for the usual one.
        message: What the server says.
        members: Further members of the error document.
        document: The whole error document, instead of one with the message.
        headers: Further header fields.
    """

    kind: type[APIError] | None = None
    code: str | None = None
    status: int | None = None
    message: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    document: Any = None
    headers: tuple[tuple[str, str], ...] = ()


class Service(Protocol):
    """One protocol, seen from the server."""

    request_id_header: str

    def find(self, request: HTTPRequest) -> str | None:
        """The operation that a request is for, by the way to its method; None for none."""
        ...

    def token(self, request: HTTPRequest) -> HTTPResponse | None:
        """The answer of an authorization server, where that is what a request is for; else None."""
        ...

    def describe(self, request: HTTPRequest) -> str:
        """What a request asks for, for people; without any value that may be secret."""
        ...

    def read(self, operation: Operation[Any], request: HTTPRequest) -> Any:
        """The request object that a client must have been called with.

        Raises:
            UnreadableRequest: There is none.
        """
        ...

    def success(self, operation: Operation[Any], status: int, body: Any) -> HTTPResponse:
        """A reply with `body`, None for none."""
        ...

    def fields(self, parameter: Parameter, value: Any) -> Iterable[tuple[str, str]]:
        """The header fields of a reply that `value` is written as."""
        ...

    def failure(self, operation: Operation[Any] | None, failure: Failure) -> HTTPResponse:
        """A reply that the client raises.

        Raises:
            ValueError: The operation documents no such error, and there is no status or code to recognise it by.
        """
        ...

    def throttling(self, retry_after: float | None) -> Failure:
        """What a server says that is asked too much; `retry_after` in seconds."""
        ...

    def refusal(self, error: UnexpectedRequest) -> Failure:
        """What a real server would say to such a request."""
        ...

    def wrongly_dated(self, request: HTTPRequest, now: datetime) -> Failure | None:
        """Why a signature is refused at `now`, None where it is not."""
        ...
