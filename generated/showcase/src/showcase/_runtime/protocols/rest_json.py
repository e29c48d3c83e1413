"""HTTP as OpenAPI describes it: JSON where the document does not say otherwise, forms, text, and bytes as they are."""

from __future__ import annotations

from typing import Any

from ..codec import decode_any, decode_details
from ..draft import Draft
from ..errors import APIError, DecodeError
from ..excerpt import excerpt
from ..http import HTTPResponse
from ..http_binding import documented_key, drafted, read_body
from ..operation import Operation

__all__ = ["RestJson"]

_RETRYABLE = frozenset({408, 429, 500, 502, 503, 504})
_TOO_MANY_REQUESTS = 429
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"})


class RestJson:
    """The protocol's two directions."""

    def encode(self, operation: Operation[Any], request: Any) -> Draft:
        """The request object as a draft.

        Raises:
            RequestError: A path parameter is empty, or would change the path's meaning.
        """
        return drafted(operation, request)

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success, None where there is none.

        Raises:
            DecodeError: It is not JSON where JSON is documented.
        """
        return read_body(operation, response)

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success: the class documented for the status, the range, or
        `default`.
        """
        status = response.status_code
        key = documented_key(operation.errors, status)
        kind = operation.errors.get(key, APIError)
        try:
            document = decode_any(response.body)
        except DecodeError:
            document = None
        return kind(
            _message(document) or excerpt(response),
            code=_first(document, ("code", "error_code", "type")),
            data=document,
            details=decode_details(operation.error_types.get(key), document),
            raw_response=response,
            throttled=status == _TOO_MANY_REQUESTS or "retry-after" in response.headers,
            retryable=status in _RETRYABLE,
        )

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Whether the method is idempotent (RFC 9110, section 9.2.2), or the call has a key: a lost request may have
        been carried out.
        """
        return operation.method in _IDEMPOTENT or operation.idempotency is not None


def _message(document: Any) -> str | None:
    if isinstance(document, dict) and isinstance(document.get("error"), dict):
        return _message(document["error"])
    # RFC 9457 names the occurrence `detail` and the kind `title`; the other names are common usage.
    return _first(document, ("message", "Message", "detail", "error_description", "error", "title"))


def _first(document: Any, names: tuple[str, ...]) -> str | None:
    if not isinstance(document, dict):
        return None
    return next((document[name] for name in names if isinstance(document.get(name), str)), None)
