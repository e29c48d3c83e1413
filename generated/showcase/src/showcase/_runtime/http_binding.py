"""Requests and replies as OpenAPI binds them to HTTP: parameters at their places, bodies by their media type."""

from __future__ import annotations

import re
from codecs import lookup
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .codec import decode, encode
from .draft import Draft
from .errors import DecodeError
from .excerpt import excerpt
from .http import HTTPResponse
from .operation import Operation, Parameter
from .parameters import place
from .spelling import spelled

if TYPE_CHECKING:
    from .uploads import Upload

__all__ = ["documented_key", "drafted", "read_body"]

_GROUPS = {
    "path": "path_params",
    "query": "query_params",
    "querystring": "query_string",
    "header": "headers",
    "cookie": "cookies",
}
_CHARSET = re.compile(r';\s*charset="?([A-Za-z0-9_.:-]+)', re.IGNORECASE)


def drafted(operation: Operation[Any], request: Any) -> Draft:
    """The request object as a draft.

    Raises:
        RequestError: A path parameter is empty, or would change the path's meaning.
    """
    draft = Draft(method=operation.method, path=operation.path, headers=[("Accept", operation.accept)])
    if operation.fixed:
        named = ((quote(name, safe=""), quote(value, safe="")) for name, value in operation.fixed)
        draft.query = [f"{name}={value}" if value else name for name, value in named]
    for parameter in operation.parameters:
        group = getattr(request, _GROUPS[parameter.place])
        value = None if group is None else getattr(group, parameter.field)
        if value is not None and parameter.place == "querystring" and parameter.style == "form":
            draft.query.extend(_form_query(parameter, value))
        elif value is not None:
            place(draft, parameter, value)
    body = request.request if operation.content_type is not None else None
    if body is not None:
        content_type = operation.content_type or ""
        if operation.media == "binary" and hasattr(body, "can_begin"):
            draft.upload, boundary = body, None
        else:
            written, boundary = _written(operation, body)
            if isinstance(written, bytes):
                draft.body = written
            else:
                draft.upload = written
        if operation.media != "binary" or all(name.lower() != "content-type" for name, _ in draft.headers):
            draft.headers.append(("Content-Type", f"{content_type}; boundary={boundary}" if boundary else content_type))
    return draft


def _form_query(parameter: Parameter, value: Any) -> Iterator[str]:
    """All of the query as a form (OpenAPI 3.2, section 4.12.1); nothing for one without members."""
    from .forms import urlencoded  # few queries are forms as a whole

    if written := urlencoded(value, parameter.parts):
        yield written.decode("ascii")


def read_body(operation: Operation[Any], response: HTTPResponse) -> Any:
    """The body of a success, None where there is none.

    Raises:
        DecodeError: It is not JSON, or XML, where that is documented.
    """
    output, media = operation.output, operation.output_media
    if operation.outputs:
        output, media = operation.outputs.get(documented_key(operation.outputs, response.status_code), (output, media))
    if output is None or response.status_code in (204, 205, 304):
        return None
    if media == "binary":
        return response.body
    if media == "text":
        return response.body.decode(_charset(response), "replace")
    if not response.body.strip():
        return None
    try:
        if media == "xml" and not _is_json(response):
            from .xml_codec import decode_xml  # few APIs speak XML

            return decode_xml(output, response.body)
        return decode(output, response.body)
    except DecodeError as error:
        if operation.stream is not None and _is_a(operation.stream.accept, response):
            raise DecodeError("the server answered with a stream: call the method for it") from None
        raise DecodeError(f"{error.message}: {excerpt(response)}".rstrip(": ")) from None


def documented_key(documented: Mapping[str, Any], status: int) -> str:
    """Under what a status is documented: by itself, as one of a range, or as whatever else there is."""
    keys = (str(status), f"{status // 100}XX")
    return next((key for key in keys if key in documented), "DEFAULT")


def _written(operation: Operation[Any], body: Any) -> tuple[bytes | Upload, str | None]:
    """The body's bytes, or what they are read from, and the boundary where it has parts."""
    match operation.media:
        case "json":
            return encode(spelled(body, operation.timestamps)), None
        case "xml":
            from .xml_codec import encode_xml

            name, namespace = operation.root or (None, None)
            return encode_xml(body, name, namespace, operation.timestamps), None
        case "form":
            from .forms import urlencoded  # few APIs have forms

            return urlencoded(body, operation.parts), None
        case "multipart":
            from .forms import multipart

            return multipart(body, operation.parts)
        case _:
            return (body.encode() if isinstance(body, str) else bytes(body)), None


def _is_a(media_type: str, response: HTTPResponse) -> bool:
    return response.headers.get("content-type", "").lower().startswith(media_type)


def _is_json(response: HTTPResponse) -> bool:
    """Whether a server answers in JSON where XML is documented: many speak both."""
    return "json" in response.headers.get("content-type", "")


def _charset(response: HTTPResponse) -> str:
    """What the reply says of its text (RFC 9110, section 8.3.2), UTF-8 where that is nothing Python knows."""
    match = _CHARSET.search(response.headers.get("content-type", ""))
    try:
        return lookup(match[1]).name if match else "utf-8"
    except LookupError:
        return "utf-8"
