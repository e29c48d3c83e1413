"""XML as the values that a schema describes, by its `xml` objects (OpenAPI 3.0, section 4.7.26): what openapi-core,
which has no reader of its own, is to judge. Written from the standard, and from nothing that the clients use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, fromstring

_SCALARS: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


class XmlValues:
    """Reads the XML of one document's schemas. Those of AWS do not say that lists are wrapped, which they are in AWS
    restXml unless told otherwise (Smithy 2.0, `xmlFlattened`).
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._wraps = document.get("info", {}).get("x-providerName") == "amazonaws.com"

    def read(self, text: bytes, schema: Any) -> Any:
        """The value that a text stands for.

        Raises:
            ParseError: It is no XML.
            ValueError: A number in it is none.
        """
        return self._value(fromstring(text), schema)  # noqa: S314  (our own client wrote it)

    def _value(self, element: Element, schema: Any) -> Any:
        known = self._flat(schema)
        if known.get("properties") or known.get("type") == "object":
            return self._members(element, known.get("properties") or {})
        if known.get("type") == "array":
            return [self._value(child, known.get("items")) for child in element]
        return _scalar(element.text or "", known)

    def _members(self, element: Element, properties: Mapping[str, Any]) -> dict[str, Any]:
        """The members; what is none of them is there too, under its own name, for the schema to say something of it."""
        found: dict[str, Any] = {}
        read: set[str] = set()
        for name, schema in properties.items():
            known = self._flat(schema)
            style = known.get("xml") or {}
            if style.get("attribute"):
                if (key := style.get("name", name)) in element.attrib:
                    found[name] = _scalar(element.attrib[key], known)
                continue
            is_bare = known.get("type") == "array" and not style.get("wrapped", self._wraps)
            named = self._flat(known.get("items")).get("xml") or {} if is_bare else style
            wire = named.get("name", style.get("name", name))
            children = [child for child in element if _local(child.tag) == wire]
            read.add(wire)
            if children and is_bare:
                found[name] = [self._value(child, known.get("items")) for child in children]
            elif children:
                found[name] = self._value(children[0], schema)
        return found | {_local(child.tag): child.text for child in element if _local(child.tag) not in read}

    def _flat(self, schema: Any) -> dict[str, Any]:
        """A schema with what its reference and its `allOf` say."""
        if not isinstance(schema, Mapping):
            return {}
        found: dict[str, Any] = {}
        if isinstance(schema.get("$ref"), str):
            found = self._flat(self._target(schema["$ref"]))
        for branch in schema.get("allOf") or ():
            more = self._flat(branch)
            found |= {**more, "xml": {**(found.get("xml") or {}), **(more.get("xml") or {})}}
        own = {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}
        return {**found, **own, "xml": {**(found.get("xml") or {}), **(own.get("xml") or {})}}

    def _target(self, reference: str) -> Any:
        found: Any = self._document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        return found


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _scalar(text: str, schema: Mapping[str, Any]) -> Any:
    try:
        return _SCALARS.get(str(schema.get("type")), str)(text)
    except KeyError:
        raise ValueError(f"{text!r} is no boolean") from None
