"""Lets openapi-core judge requests. Runs in an environment of its own: it asks for other versions of what the generator
uses.

    python -m benchmarks.conformance.judge DOCUMENT REQUESTS VERDICTS

The document is used as it is, but for a few things that would keep requests of it from being judged at all. A path may
have a fragment, which never travels (RFC 9110, section 7.1): the paths of AWS's descriptions have; then the operation
is judged at the path without it, alone. What these descriptions call application/json travels as
application/x-amz-json, and is judged as what they call it; what they call date-time may travel as a number. Header
parameters called Accept, Authorization and Content-Type are left out, because they are to be ignored (OpenAPI 3.1,
section 4.8.12.2). Where a call is made with every member that there is, read-only ones are among them on purpose, and
allowed. Patterns are read as ECMA-262's, by `regress`. What AWS's descriptions call text/xml travels as application/xml
(Smithy 2.0, AWS restXml). Numbers and booleans of a multipart form are text, by the standard (OpenAPI 3.0, section
4.7.15.1): openapi-core is told to read them as such, as it reads those of other forms; and XML, which it does not read,
is read for it by `xml_values.py`. Of two paths that differ in
nothing but the names of their parameters, which must not be (section 4.7.8.1), the operation's own is taken.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree.ElementTree import ParseError

from jsonschema_path import SchemaPath
from openapi_core import V30RequestValidator, V31RequestValidator, V32RequestValidator
from openapi_core.casting.schemas.exceptions import CastError
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types import factories
from openapi_core.deserializing.media_types.deserializers import MediaTypeDeserializer
from openapi_core.deserializing.media_types.exceptions import MediaTypeDeserializeError
from openapi_core.schema.encodings import get_content_type
from openapi_core.templating.paths.exceptions import PathError
from openapi_schema_validator import _regex
from regress import Regex, RegressError
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie

from benchmarks.conformance.likely_paths import LikelyPathFinder
from benchmarks.conformance.xml_values import XmlValues

_VALIDATORS = {"3.0": V30RequestValidator, "3.1": V31RequestValidator, "3.2": V32RequestValidator}
# What relative servers of a document are relative to; the caller knows it too.
_BASE = "https://api.test"
_AWS_JSON = re.compile(r"^application/x-amz-json-1\.[01]$")
_XML = frozenset({"application/xml", "text/xml"})
_PARAMETER = re.compile(r"\{[^}]*\}")
_IGNORED = frozenset({"accept", "authorization", "content-type"})
_SHOWN = 3
_LONGEST = 300


class Request:
    """A request in openapi-core's terms, taken apart by werkzeug and the standard library."""

    def __init__(self, recorded: dict[str, Any], names: Mapping[str, str]) -> None:
        parts = urlsplit(recorded["url"])
        headers = Headers([(name, value) for name, value in recorded["headers"]])
        self.host_url = f"{parts.scheme}://{parts.netloc}"
        self.path = parts.path
        self.method = recorded["method"].lower()
        self.body = base64.b64decode(recorded["body"]) or None
        content_type = _AWS_JSON.sub("application/json", headers.get("Content-Type", ""))
        self.content_type = names.get(content_type, content_type)
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(parts.query, keep_blank_values=True)),
            header=headers,
            cookie=parse_cookie(headers.get("Cookie")),
        )


class Judge:
    """Judges the requests of one document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = _without_ignored(document)
        self._kind = _VALIDATORS.get(str(document.get("openapi"))[:3], V31RequestValidator)
        self._places = {
            operation["operationId"]: path
            for path, item in document.get("paths", {}).items()
            if isinstance(item, dict)
            for operation in item.values()
            if isinstance(operation, dict) and "operationId" in operation
        }
        self._is_aws = document.get("info", {}).get("x-providerName") == "amazonaws.com"
        # AWS's descriptions that have XML have no other name for it.
        has_other_name = self._is_aws and '"application/xml"' not in json.dumps(document)
        self._names = {"application/xml": "text/xml"} if has_other_name else {}
        self._validator = cache(self._made)

    def refusals(self, recorded: dict[str, Any]) -> list[str]:
        """Why a request is no valid one; empty where it is."""
        path = self._places.get(recorded["name"], "")
        try:
            validator = self._validator(path if "#" in path else None, recorded["kind"] == "everything")
            request = Request(recorded, self._names)
            found = validator.path_finder.find(request.method, request.host_url + request.path)
            if found.path_result.pattern != path and _unnamed(found.path_result.pattern) == _unnamed(path):
                validator = self._validator(path, recorded["kind"] == "everything")
                found = validator.path_finder.find(request.method, request.host_url + request.path)
            for name, value in found.path_result.variables.items():
                # openapi-core takes the pieces of a path as they travel, and looks for the styles `label` and `matrix`
                # under the names that RFC 6570 writes.
                for key in (name, f".{name}", f".{name}*", f";{name}", f";{name}*"):
                    request.parameters.path[key] = unquote(value)
            return [_reason(error) for error in validator.iter_errors(request)]
        except PathError as error:
            return [_reason(error)]
        except Exception as error:  # noqa: BLE001  (the judge itself failed)
            return [f"JudgeFailed < {type(error).__name__}: {error}"[:_LONGEST]]

    def _made(self, path: str | None, writes_all: bool) -> Any:  # noqa: FBT001  (a key of the cache)
        document = _with_aws_times(self._document) if self._is_aws else self._document
        if path is not None:
            document = {**document, "paths": {path.partition("#")[0]: document["paths"][path]}}
        if writes_all:
            document = _without_read_only(document)
        return self._kind(SchemaPath.from_dict(document), base_url=_BASE, path_finder_cls=LikelyPathFinder)


class BodyDeserializer(MediaTypeDeserializer):  # type: ignore[misc]  # openapi-core is elsewhere
    """Reads what openapi-core leaves as it comes: XML, the texts of a multipart form by their types, JSON by its suffix
    (RFC 6839), and where any media type is allowed.
    """

    def deserialize(self, value: bytes) -> Any:
        """The value of a body."""
        if "*" in self.mimetype:
            with suppress(ValueError):
                return json.loads(value)
        try:
            if self.mimetype.endswith("+json"):
                return json.loads(value)
            if self.mimetype in _XML and self.schema is not None:
                return XmlValues(self.spec.read_value()).read(value, self.schema.read_value())
        except (ValueError, ParseError) as error:
            raise MediaTypeDeserializeError(self.mimetype, value) from error
        return super().deserialize(value)

    def decode_property_content_type(self, name: str, schema: Any, location: Any, encoding: Any = None) -> Any:
        """The value of a part; what is no number stays a text, for the schema to refuse."""
        found = super().decode_property_content_type(name, schema, location, encoding)
        if self.schema_caster is None or get_content_type(schema, encoding) != "text/plain":
            return found
        try:
            return self.schema_caster.evolve(schema).cast(found)
        except CastError:
            return found


def _unnamed(path: str) -> str:
    return _PARAMETER.sub("{}", path)


def ecma(pattern: str) -> Regex:
    """A pattern with the `u` flag, which JSON Schema asks for (2020-12, section 6.4), where it is one by that."""
    try:
        return Regex(pattern, "u")
    except RegressError:
        return Regex(pattern)


def _without_ignored(document: dict[str, Any]) -> dict[str, Any]:
    """The document without parameters that are to be ignored, nor references to them."""
    shared = (document.get("components") or {}).get("parameters") or {}
    references = {f"#/components/parameters/{name}" for name, each in shared.items() if _is_ignored(each)}

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: kept(each) for key, each in value.items()}
        if not isinstance(value, list):
            return value
        return [kept(each) for each in value if not _is_ignored(each) and not _refers(each, references)]

    found: dict[str, Any] = kept(document)
    return found


def _is_ignored(value: Any) -> bool:
    return isinstance(value, dict) and value.get("in") == "header" and str(value.get("name")).lower() in _IGNORED


def _refers(value: Any, references: set[str]) -> bool:
    return isinstance(value, dict) and value.get("$ref") in references


def _without_read_only(value: Any) -> Any:
    """Without what is said of read-only members: that they are, and that they are required, which is of replies."""
    if isinstance(value, list):
        return [_without_read_only(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: _without_read_only(each) for key, each in value.items() if (key, each) != ("readOnly", True)}
    members, required = value.get("properties"), value.get("required")
    if isinstance(members, dict) and isinstance(required, list):
        made["required"] = [name for name in required if not _is_read_only(members.get(name))]
    return made


def _is_read_only(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("readOnly") is True


def _with_aws_times(value: Any) -> Any:
    if isinstance(value, dict):
        made = {key: _with_aws_times(each) for key, each in value.items()}
        return {"anyOf": [made, {"type": "number"}]} if made.get("format") == "date-time" else made
    return [_with_aws_times(each) for each in value] if isinstance(value, list) else value


def _reason(error: BaseException) -> str:
    """The chain of an error's causes; what a schema has against a value is said by keyword and place."""
    texts = []
    each: BaseException | None = error
    while each is not None:
        text = _shortened(str(each))
        if found := getattr(each, "schema_errors", None):
            parts = (
                f"{_contradiction(one)}{one.validator} at /{'/'.join(map(str, one.absolute_path))}: {one.message}"
                for one in found
            )
            text = " & ".join(map(_shortened, list(parts)[:_SHOWN]))
        texts.append(f"{type(each).__name__}: {text}")
        each = each.__cause__
    return " < ".join(texts)


def _contradiction(error: Any) -> str:
    """What in the schema keeps every value from being valid."""
    schema = error.schema
    described = schema.get("properties") or {}
    forbidden = schema.get("additionalProperties") is False
    if error.validator == "additionalProperties" and not described and set(schema) & {"oneOf", "anyOf", "allOf"}:
        return "empty by its "
    if error.validator == "required" and forbidden and not set(schema["required"]) <= set(described):
        return "forbidden and "
    listed = schema.get("enum") or ()
    if (
        error.validator == "enum"
        and schema.get("type") == "array"
        and not any(isinstance(each, list) for each in listed)
    ):
        return "no list of "
    return ""


def _shortened(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} ... {text[-half:]}"


def main(document: Path, requests: Path, verdicts: Path) -> None:
    """Judge all requests that were sent."""
    warnings.simplefilter("ignore")
    _regex._REGEX_CLASS = ecma  # noqa: SLF001  (it has no other place for flags)
    factories.MediaTypeDeserializer = BodyDeserializer
    judge = Judge(json.loads(document.read_text(encoding="utf-8")))
    with verdicts.open("w", encoding="utf-8") as file:
        for line in requests.read_text(encoding="utf-8").splitlines():
            recorded = json.loads(line)
            if "url" in recorded:
                verdict = {"way": recorded["way"], "kind": recorded["kind"], "refusals": judge.refusals(recorded)}
                file.write(json.dumps(verdict) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
