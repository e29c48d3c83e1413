"""JSON over HTTP as OpenAPI describes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from urllib.parse import quote

from msgspec import Struct, to_builtins

from ..codec import decode, decode_any, encode
from ..draft import Draft
from ..errors import APIError, DecodeError, RequestError
from ..excerpt import excerpt
from ..http import HTTPResponse
from ..operation import Operation, Parameter
from ..spelling import spelled

__all__ = ["RestJson"]

_GROUPS = {"path": "path_params", "query": "query_params", "header": "headers", "cookie": "cookies"}
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
        draft = Draft(method=operation.method, path=operation.path, headers=[("Accept", "application/json")])
        for parameter in operation.parameters:
            group = getattr(request, _GROUPS[parameter.place])
            value = None if group is None else getattr(group, parameter.field)
            if value is not None:
                _place(draft, parameter, to_builtins(value) if isinstance(value, Struct) else value)
        body = request.request if operation.content_type is not None else None
        if body is not None:
            draft.headers.append(("Content-Type", operation.content_type or ""))
            draft.body = encode(spelled(body, operation.timestamps))
        return draft

    def decode(self, operation: Operation[Any], response: HTTPResponse) -> Any:
        """The body of a success, None where there is none.

        Raises:
            DecodeError: It is not JSON.
        """
        if operation.output is None or response.status_code in (204, 205, 304) or not response.body.strip():
            return None
        try:
            return decode(operation.output, response.body)
        except DecodeError as error:
            raise DecodeError(f"{error.message}: {excerpt(response)}".rstrip(": ")) from None

    def error(self, operation: Operation[Any], response: HTTPResponse) -> APIError:
        """The exception for a reply that is no success: the class documented for the status, the range, or
        `default`.
        """
        status = response.status_code
        keys = (str(status), f"{status // 100}XX", "DEFAULT")
        kind = next((operation.errors[key] for key in keys if key in operation.errors), APIError)
        try:
            document = decode_any(response.body)
        except DecodeError:
            document = None
        return kind(
            _message(document) or excerpt(response),
            code=_first(document, ("code", "error_code", "type")),
            data=document,
            raw_response=response,
            throttled=status == _TOO_MANY_REQUESTS or "retry-after" in response.headers,
            retryable=status in _RETRYABLE,
        )

    def is_repeatable(self, operation: Operation[Any]) -> bool:
        """Whether the method is idempotent (RFC 9110, section 9.2.2): a lost request may have been carried out."""
        return operation.method in _IDEMPOTENT


def _place(draft: Draft, parameter: Parameter, value: Any) -> None:
    name = parameter.name
    match parameter.place:
        case "path":
            draft.path = draft.path.replace(f"{{{name}}}", _segment(name, _joined(value)))
        case "query":
            if isinstance(value, list) and parameter.explode:
                draft.query.extend((name, _text(item)) for item in value)
            elif isinstance(value, dict) and parameter.explode:
                draft.query.extend((key, _text(item)) for key, item in value.items())
            else:
                draft.query.append((name, _joined(value)))
        case "header":
            draft.headers.append((name, _joined(value)))
        case "cookie":
            draft.cookies.append((name, quote(_joined(value), safe="")))


def _segment(name: str, value: str) -> str:
    if value in ("", ".", ".."):
        raise RequestError(f"path parameter {name!r} is {value!r}, which would address another resource")
    return quote(value, safe="")


def _joined(value: Any) -> str:
    """OpenAPI's default styles without `explode`: items, or names and values, separated by commas."""
    return ",".join(_items(value))


def _items(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield from (_text(item) for item in value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield _text(item)
    else:
        yield _text(value)


def _text(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _message(document: Any) -> str | None:
    if isinstance(document, dict) and isinstance(document.get("error"), dict):
        return _message(document["error"])
    # RFC 9457 names the occurrence `detail` and the kind `title`; the other names are common usage.
    return _first(document, ("message", "Message", "detail", "error_description", "error", "title"))


def _first(document: Any, names: tuple[str, ...]) -> str | None:
    if not isinstance(document, dict):
        return None
    return next((document[name] for name in names if isinstance(document.get(name), str)), None)
