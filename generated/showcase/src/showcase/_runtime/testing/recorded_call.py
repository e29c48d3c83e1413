"""What a stub writes down of each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..http import Headers, HTTPRequest, HTTPResponse

__all__ = ["RecordedCall"]


@dataclass(slots=True, kw_only=True)
class RecordedCall:
    """One request as it arrived; every attempt of a call is one.

    Attributes:
        operation: The way to the operation's method: `create_pet`, or `pets.create` where methods are grouped.
        name: The operation's name in the API's description.
        request: The request object, read back from what was sent. Its `repr` hides what the API calls sensitive.
        attempt: 1 for the first attempt of a call.
        http: What was sent, byte for byte.
        response: The answer, None where there was none.
    """

    operation: str
    name: str
    request: Any
    attempt: int
    http: HTTPRequest
    response: HTTPResponse | None = None

    @property
    def body(self) -> Any:
        """The body of the request object, None where the operation takes none."""
        return getattr(self.request, "request", None)

    @property
    def headers(self) -> Headers:
        """The header fields that were sent, a case-insensitive mapping."""
        return Headers(self.http.headers)

    @property
    def signed(self) -> bool:
        """Whether an Authorization header was sent."""
        return "authorization" in self.headers
