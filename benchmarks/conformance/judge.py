"""Lets openapi-core judge requests. Runs in an environment of its own: it asks for other versions of what the generator
uses.

    python -m benchmarks.conformance.judge DOCUMENT REQUESTS VERDICTS

The document is used as it is, but for two things that would keep requests of it from being judged. A path may have a
fragment, which never travels (RFC 9110, section 7.1): the paths of AWS's descriptions have; then the operation is
judged at the path without it, alone. And where a call is made with every member that there is, read-only ones are among
them on purpose, and allowed. Patterns are read as
ECMA-262's, which openapi-core does where `regress` is installed.
"""

from __future__ import annotations

import base64
import json
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema_path import SchemaPath
from openapi_core import V30RequestValidator, V31RequestValidator, V32RequestValidator
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie

_VALIDATORS = {"3.0": V30RequestValidator, "3.1": V31RequestValidator, "3.2": V32RequestValidator}
# What relative servers of a document are relative to; the caller knows it too.
_BASE = "https://api.test"
_SHOWN = 3
_LONGEST = 300


class Request:
    """A request in openapi-core's terms, taken apart by werkzeug and the standard library."""

    def __init__(self, recorded: dict[str, Any]) -> None:
        parts = urlsplit(recorded["url"])
        headers = Headers([(name, value) for name, value in recorded["headers"]])
        self.host_url = f"{parts.scheme}://{parts.netloc}"
        self.path = parts.path
        self.method = recorded["method"].lower()
        self.body = base64.b64decode(recorded["body"]) or None
        self.content_type = headers.get("Content-Type", "")
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(parts.query, keep_blank_values=True)),
            header=headers,
            cookie=parse_cookie(headers.get("Cookie")),
        )


class Judge:
    """Judges the requests of one document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._kind = _VALIDATORS.get(str(document.get("openapi"))[:3], V31RequestValidator)
        self._places = {
            operation["operationId"]: path
            for path, item in document.get("paths", {}).items()
            for operation in item.values()
            if isinstance(operation, dict) and "operationId" in operation
        }
        self._validator = cache(self._made)

    def refusals(self, recorded: dict[str, Any]) -> list[str]:
        """Why a request is no valid one; empty where it is."""
        path = self._places.get(recorded["name"], "")
        try:
            validator = self._validator(path if "#" in path else None, recorded["kind"] == "everything")
            return [_reason(error) for error in validator.iter_errors(Request(recorded))]
        except Exception as error:  # noqa: BLE001  (the judge itself failed)
            return [f"JudgeFailed < {type(error).__name__}: {error}"[:_LONGEST]]

    def _made(self, path: str | None, writes_all: bool) -> Any:  # noqa: FBT001  (a key of the cache)
        document = self._document
        if path is not None:
            document = {**document, "paths": {path.partition("#")[0]: document["paths"][path]}}
        if writes_all:
            document = _without_read_only(document)
        return self._kind(SchemaPath.from_dict(document), base_url=_BASE)


def _without_read_only(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_read_only(each) for key, each in value.items() if (key, each) != ("readOnly", True)}
    return [_without_read_only(each) for each in value] if isinstance(value, list) else value


def _reason(error: BaseException) -> str:
    """The chain of an error's causes; what a schema has against a value is said by keyword and place."""
    texts = []
    each: BaseException | None = error
    while each is not None:
        text = str(each)[:_LONGEST]
        if found := getattr(each, "schema_errors", None):
            parts = (f"{one.validator} at /{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in found)
            text = " & ".join(part[:_LONGEST] for part in list(parts)[:_SHOWN])
        texts.append(f"{type(each).__name__}: {text}")
        each = each.__cause__
    return " < ".join(texts)


def main(document: Path, requests: Path, verdicts: Path) -> None:
    """Judge all requests that were sent."""
    warnings.simplefilter("ignore")
    judge = Judge(json.loads(document.read_text(encoding="utf-8")))
    with verdicts.open("w", encoding="utf-8") as file:
        for line in requests.read_text(encoding="utf-8").splitlines():
            recorded = json.loads(line)
            if "url" in recorded:
                verdict = {"way": recorded["way"], "kind": recorded["kind"], "refusals": judge.refusals(recorded)}
                file.write(json.dumps(verdict) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
