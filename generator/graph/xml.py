"""The XML object of schemas (OpenAPI 3.1, section 4.8.26): what a member says itself, else what its schema says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from generator.graph.model import Xml
from generator.openapi.model import Schema

if TYPE_CHECKING:
    from generator.graph.types import Context

# Without the rarer letters of Namespaces in XML 1.0, section 3; one colon, because documents write prefixes into names.
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?")


def xml_of(context: Context, schema: Schema) -> Xml:
    """What the document says of the values of `schema` in XML."""
    said = _said(context, schema)
    target = context.follow(schema)
    branches = (target, *map(context.follow, target.all_of))
    items = next((each.items for each in branches if each.items is not None), None)
    keys = next((each.property_names for each in branches if each.property_names is not None), None)
    values = next(
        (each.additional_properties for each in branches if isinstance(each.additional_properties, Schema)), None
    )
    wrapped, is_attribute = said.get("wrapped"), said.get("attribute") is True
    if is_attribute and any(each.properties or each.items is not None for each in branches):
        # No attribute holds members: documents of AWS say here how an attribute of the element is written.
        return Xml(name=_name(said.get("name")))
    return Xml(
        name=_name(said.get("name")),
        attribute=is_attribute,
        wrapped=wrapped if isinstance(wrapped, bool) else None,
        item=_name_of(context, items),
        key=_name_of(context, keys),
        value=_name_of(context, values),
        namespace=_text(said.get("namespace")),
        prefix=_name(said.get("prefix")),
        query=_name(said.get("x-queryName")),
    )


def _said(context: Context, schema: Schema) -> Mapping[str, Any]:
    """The keywords of the XML objects that apply; those beside a reference win over those behind it."""
    behind = [each for each in (*schema.all_of, schema) if each.ref is not None]
    beside = [each for each in schema.all_of if each.ref is None]
    found: dict[str, Any] = {}
    for each in (*map(context.follow, behind), *beside, schema):
        found.update(each.xml)
    return found


def _name_of(context: Context, schema: Schema | None) -> str | None:
    return None if schema is None else _name(_said(context, schema).get("name"))


def _name(value: object) -> str | None:
    return value if isinstance(value, str) and _NAME.fullmatch(value) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
