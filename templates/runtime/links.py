"""Links: the arguments of calls that follow from a result, by the expressions of the API's description."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any, get_type_hints

from msgspec.structs import fields

from .codec import decode_any, decode_plain, plain
from .errors import DecodeError
from .model import Response
from .operation import Operation

__all__ = ["Linked"]

_EMBEDDED = re.compile(r"\{(\$[^{}]+)\}")
_GROUPS = {"path": "path_params", "query": "query_params", "header": "headers"}


class Linked(Response, kw_only=True, dict=True):
    """A result from which calls follow."""

    @property
    def links(self) -> Mapping[str, dict[str, Any]]:
        """Keyword arguments of the calls that follow, by the names of the links. What the exchange does not tell is
        left out; so is a link for which that must be given.
        """
        client, operation, request = self.__dict__.get("asked", (None, None, None))
        if client is None or operation is None:
            return {}
        module = sys.modules[client._module]  # noqa: SLF001  (the client's other half)
        exchange = _Exchange(operation, request, self)
        found = {}
        for name, link in operation.links.items():
            arguments = exchange.arguments(getattr(module, link.operation), link.arguments)
            if arguments is not None:
                found[name] = arguments
        return found


class _Exchange:
    """A request and its reply, as expressions speak of them (OpenAPI 3.1, section 4.8.20.4)."""

    def __init__(self, operation: Operation[Any], request: Any, result: Response) -> None:
        self._operation = operation
        self._request = request
        self._result = result

    def arguments(self, target: Operation[Any], link: Mapping[str, Any]) -> dict[str, Any] | None:
        """Those of a call of `target`; None where one is missing that must be given."""
        found = {}
        for name, said in link.items():
            kind = next((kind for kind, names in target.groups.values() if name in names), None)
            try:
                value = self.value(said)
                # A header is text, whatever the parameter is that takes it.
                found[name] = value if kind is None else decode_plain(get_type_hints(kind)[name], value)
            except (LookupError, DecodeError):
                if kind is None or any(member.required and member.name == name for member in fields(kind)):
                    return None
        return found

    def value(self, said: Any) -> Any:
        """The value of a constant or an expression.

        Raises:
            LookupError: There is none.
        """
        if not isinstance(said, str):
            return said
        if said.startswith("$"):
            return self._evaluated(said)
        return _EMBEDDED.sub(lambda found: str(self._evaluated(found[1])), said)

    def _evaluated(self, expression: str) -> Any:
        if expression == "$statusCode":
            return self._result.status_code
        if expression == "$method":
            return self._operation.method
        source, _, pointer = expression.partition("#")
        match source.split(".", 2):
            case ["$response", "body"]:
                return _pointed(decode_any(self._result.raw_response.body), pointer)
            case ["$response", "header", name]:
                return self._result.headers[name]
            case ["$request", "body"]:
                return _pointed(plain(getattr(self._request, "request", None)), pointer)
            case ["$request", place, name] if place in _GROUPS:
                return self._sent(place, name)
        raise LookupError(expression)

    def _sent(self, place: str, name: str) -> Any:
        for parameter in self._operation.parameters:
            same = parameter.name == name or (place == "header" and parameter.name.lower() == name.lower())
            if parameter.place == place and same:
                value = getattr(getattr(self._request, _GROUPS[place], None), parameter.field, None)
                if value is not None:
                    return value
        raise LookupError(name)


def _pointed(document: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) leads to."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list):
            document = document[int(key)] if key.isdigit() else None
        else:
            document = document[key] if isinstance(document, dict) else None
        if document is None:
            raise LookupError(pointer)
    return document
