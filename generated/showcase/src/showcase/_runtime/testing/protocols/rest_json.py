"""HTTP as OpenAPI describes it, as servers speak it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, get_type_hints
from urllib.parse import parse_qsl

from msgspec.structs import fields

from ...arguments import variant
from ...codec import encode
from ...http import Headers, HTTPRequest, HTTPResponse
from ...operation import Operation, Parameter
from ...parameters import header_fields
from ...spelling import spelled
from ..bodies import content_of, read_json
from ..service import Failure, UnexpectedRequest, UnreadableRequest
from ..streams import fitness, is_stream, written
from .rest_forms import read_multipart, read_urlencoded
from .rest_parameters import element_type, from_header, from_pairs, from_path, from_query, split_pairs, value_of

__all__ = ["RestJsonService"]

_GROUPS = {
    "path": "path_params",
    "query": "query_params",
    "querystring": "query_string",
    "header": "headers",
    "cookie": "cookies",
}
_VARIABLE = re.compile(r"\{([^{}]+)\}")
_TOKEN = {"access_token": "stub-token", "token_type": "Bearer", "expires_in": 3600}
_BAD_REQUEST, _SERVER_ERROR, _NOT_FOUND, _TOO_MANY = 400, 500, 404, 429


class RestJsonService:
    """The protocol.

    Args:
        operations: The operations by the way to their methods.
    """

    request_id_header = "X-Request-Id"

    def __init__(self, operations: Mapping[str, Operation[Any]]) -> None:
        # Where two templates fit, the one with more fixed text is meant (OpenAPI 3.1.1, section 4.8.8.1).
        self._routes = sorted(
            ((operation.method, _expression(operation), name, operation) for name, operation in operations.items()),
            key=lambda route: (route[3].path.count("{"), -len(_VARIABLE.sub("", route[3].path))),
        )

    def find(self, request: HTTPRequest) -> str | None:
        """By method and path, and by what is asked for where a stream is another choice; what stands before the path is
        the server's own.
        """
        path, _, query = request.target.partition("?")
        headers, said = Headers(request.headers), split_pairs(query)
        given = {*(header.lower() for header in headers), *(parameter.lower() for parameter, _ in said)}
        fits = [
            (len(match["before"]), *_lack(operation, given), fitness(operation, headers.get("accept")), name)
            for method, expression, name, operation in self._routes
            if method == request.method and (match := expression.fullmatch(path)) is not None
            if all(headers.get(header) == value for header, value in operation.headers)
            if all(pair in said for pair in operation.fixed)
        ]
        return min(fits, key=lambda fit: fit[:-1])[-1] if fits else None

    def token(self, request: HTTPRequest) -> HTTPResponse | None:
        """A token of OAuth 2.0 for whoever asks for one (RFC 6749, section 5.1), at whatever URL; and for whoever asks
        where tokens come from, such a URL (RFC 8414, section 3).
        """
        if request.method == "GET" and "/.well-known/" in request.target:
            metadata = {"token_endpoint": f"{request.origin.scheme}://{request.origin.authority}/token"}
            return HTTPResponse(200, Headers([("Content-Type", "application/json")]), json.dumps(metadata).encode())
        if request.method != "POST" or "grant_type" not in dict(parse_qsl(request.body.decode("latin-1"))):
            return None
        return HTTPResponse(200, Headers([("Content-Type", "application/json")]), json.dumps(_TOKEN).encode())

    def describe(self, request: HTTPRequest) -> str:
        """Method and path."""
        return f"{request.method} {request.target.partition('?')[0]}"

    def read(self, operation: Operation[Any], request: HTTPRequest) -> Any:
        """Parameters from where they travel, and the body."""
        sent = Headers(request.headers).get("content-type", "")
        if sent in operation.contents:
            operation = variant(operation, sent)
        made: dict[str, Any] = {}
        said = _Said(operation, request)
        for place, field in _GROUPS.items():
            parameters = [parameter for parameter in operation.parameters if parameter.place == place]
            kind = operation.groups[field][0] if field in operation.groups else None
            if kind is None or not parameters:
                continue
            hints = get_type_hints(kind)
            found = {each.field: said.value(each, hints[each.field], parameters) for each in parameters}
            given = {name: value for name, value in found.items() if value is not None}
            if given or field in operation.required_groups:
                made[field] = _group(kind, given)
        if operation.content_type is not None and (request.body or operation.body_required):
            made["request"] = _body(operation, request)
        return operation.request(**made)

    def success(self, operation: Operation[Any], status: int, body: Any) -> HTTPResponse:
        """A reply as it is documented."""
        if body is None:
            return HTTPResponse(status, Headers(()), b"")
        if operation.stream is not None and is_stream(operation) and not isinstance(body, bytes):
            headers = Headers([("Content-Type", operation.accept)])
            return HTTPResponse(status, headers, written(operation.stream, body, self.event))
        content = body.encode() if isinstance(body, str) else body
        if operation.output_media == "xml":
            from ...xml_codec import encode_xml  # few APIs speak XML

            content = encode_xml(body, timestamps=operation.timestamps)
        elif operation.output_media == "json" or not isinstance(content, bytes):
            content = encode(spelled(body, operation.timestamps))
        kinds = (kind.strip() for kind in operation.accept.split(",") if "*" not in kind)
        return HTTPResponse(status, Headers([("Content-Type", next(kinds, "application/json"))]), content)

    def event(self, data: Any) -> tuple[str, bytes]:
        """Media type and text of what an event of AWS holds."""
        return "application/json", encode(data)

    def fields(self, parameter: Parameter, value: Any) -> Iterable[tuple[str, str]]:
        """As a client would send them."""
        return header_fields(parameter, value)

    def failure(self, operation: Operation[Any] | None, failure: Failure) -> HTTPResponse:
        """A problem document (RFC 9457), unless the test says what the document is."""
        status = failure.status or _status(operation, failure)
        reason = HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""
        document = {
            "title": reason or "Error",
            "status": status,
            "detail": failure.message,
            **({} if failure.code is None else {"code": failure.code}),
            **failure.members,
        }
        content = json.dumps(document if failure.document is None else failure.document).encode()
        headers = [("Content-Type", "application/problem+json"), *failure.headers]
        return HTTPResponse(status, Headers(headers), content, reason)

    def throttling(self, retry_after: float | None) -> Failure:
        """429 (RFC 6585, section 4), with the wait in seconds."""
        headers = () if retry_after is None else (("Retry-After", f"{retry_after:g}"),)
        return Failure(status=_TOO_MANY, message="Rate exceeded", headers=headers)

    def refusal(self, error: UnexpectedRequest) -> Failure:
        """404 for what is not known, 400 for what cannot be read."""
        return Failure(status=_NOT_FOUND if error.operation is None else _BAD_REQUEST, message=str(error))

    def wrongly_dated(self, request: HTTPRequest, now: datetime) -> Failure | None:
        """Nothing here is dated."""
        return None


def _lack(operation: Operation[Any], given: set[str]) -> tuple[int, int]:
    """How many required parameters are missing, and the more there are that are not, the less: where operations have
    one method and path, these tell them apart.
    """
    needed = {name.lower() for name in _needed(operation)}
    return len(needed - given), -len(needed) - len(operation.fixed)


def _needed(operation: Operation[Any]) -> Iterator[str]:
    for place in ("query", "header"):
        if _GROUPS[place] in operation.required_groups:
            kind = operation.groups[_GROUPS[place]][0]
            required = {member.name for member in fields(kind) if member.required}
            yield from (each.name for each in operation.parameters if each.place == place and each.field in required)


def _expression(operation: Operation[Any]) -> re.Pattern[str]:
    """A path's template as an expression: every variable is a part of one segment, but for those that take several."""
    pieces = _VARIABLE.split(operation.path)
    greedy = {parameter.name for parameter in operation.parameters if parameter.style == "greedy"}
    fixed = [
        re.escape(piece) if number % 2 == 0 else "(.+)" if piece in greedy else "([^/]+)"
        for number, piece in enumerate(pieces)
    ]
    return re.compile(f"(?P<before>(?:/[^?]*?)??){''.join(fixed)}")


class _Said:
    """What a request says outside its body, by place."""

    def __init__(self, operation: Operation[Any], request: HTTPRequest) -> None:
        path, _, query = request.target.partition("?")
        match = _expression(operation).fullmatch(path)
        values = () if match is None else match.groups()[1:]
        self._path = dict(zip(_VARIABLE.findall(operation.path), values, strict=True))
        self._whole_query = query
        self._query = split_pairs(query)
        self._headers = Headers(request.headers)
        self._cookies = "&".join(self._headers.get("cookie", "").split("; "))

    def value(self, parameter: Parameter, hint: Any, others: Sequence[Parameter]) -> Any:
        """The value of one parameter, None where it was not sent."""
        name, type_ = parameter.name, element_type(hint)
        found: Any = None
        match parameter.place:
            case "path":
                found = from_path(parameter, type_, self._path[name]) if name in self._path else None
            case "header" if parameter.style == "prefix":
                found = {key[len(name) :]: text for key, text in self._headers.raw if key.startswith(name)} or None
            case "header":
                found = from_header(parameter, type_, self._headers[name]) if name in self._headers else None
            case "querystring" if parameter.style == "form":
                return (
                    read_urlencoded(self._whole_query.encode(), type_, parameter.parts) if self._whole_query else None
                )
            case "querystring":
                found = from_query(parameter, self._whole_query) if self._whole_query else None
            case place:
                pairs = self._query if place == "query" else split_pairs(self._cookies)
                names = [each.name for each in others if each is not parameter]
                style, explode = parameter.style, parameter.explode
                found = from_pairs(name, type_, pairs, style=style, explode=explode, others=names)
        return None if found is None else value_of(f"{parameter.place} parameter {name!r}", found, type_)


def _group(kind: type[Any], given: Mapping[str, Any]) -> Any:
    try:
        return kind(**given)
    except TypeError as error:
        raise UnreadableRequest(str(error)) from None


def _body(operation: Operation[Any], request: HTTPRequest) -> Any:
    type_ = element_type(get_type_hints(operation.request)["request"])
    content = content_of(request)
    match operation.media:
        case "form":
            return read_urlencoded(content, type_, operation.parts)
        case "xml":
            from ...xml_codec import decode_xml

            return decode_xml(type_, content)
        case "multipart":
            return read_multipart(content, Headers(request.headers).get("content-type", ""), type_)
        case "text":
            return content.decode("utf-8", "replace")
        case "binary":
            return content
    try:
        return read_json(type_, content, lax=operation.timestamps is not None)
    except UnreadableRequest as error:
        raise UnreadableRequest(f"the body: {error}") from None


def _status(operation: Operation[Any] | None, failure: Failure) -> int:
    errors = {} if operation is None else operation.errors
    key = next((key for key, kind in errors.items() if kind is failure.kind), None)
    if key is None:
        if failure.code is not None and failure.kind is None:
            return _BAD_REQUEST
        what = "this" if failure.kind is None else failure.kind.__name__
        known = ", ".join(kind.__name__ for kind in errors.values()) or "none"
        raise ValueError(f"an error needs a status: {what} is not documented here; the documented ones are {known}")
    if key == "DEFAULT":
        return _SERVER_ERROR
    return int(key[0]) * 100 if key.endswith("XX") else int(key)
