"""Schema objects: OpenAPI 3.0's dialect and JSON Schema 2020-12's, read into one form.

The dialects' differences end here: `nullable` and `type: [..., null]` both become `nullable`, a boolean
`exclusiveMinimum` becomes a number, content keywords become formats, `example` and the first of `examples`
are the same.
"""

from __future__ import annotations

import re
from typing import Any

from generator.openapi.model import ABSENT, Constraints, Discriminator, Schema
from generator.openapi.node import Node, pointer_of

_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_TEXTUAL = re.compile(r"^text/|json|xml|yaml|javascript|urlencoded", re.IGNORECASE)
_UNLIMITED = Constraints()
_LIMITING = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "uniqueItems"}
    | {f"{bound}{what}" for bound in ("min", "max") for what in ("Length", "Items", "Properties")}
)


def parse_schema(node: Node) -> Schema:
    """The schema at `node`. What is not a schema is reported and read as the empty schema, which allows anything."""
    if isinstance(node.data, bool):
        return Schema(at=node.at, never=not node.data)
    if not node.is_mapping:
        node.wrong_type("a schema (an object)")
        return Schema(at=node.at)
    types, nullable = _types(node)
    implied = _implied_format(node)
    return Schema(
        at=node.at,
        ref=_reference(node),
        types=types or (("string",) if implied is not None and "$ref" not in node else ()),
        nullable=nullable,
        format=node.text("format") or implied,
        title=node.text("title"),
        description=node.text("description"),
        default=node.data.get("default", ABSENT),
        const=node.data.get("const", ABSENT),
        enum=_enum(node),
        properties=tuple((name, parse_schema(child)) for name, child in node.mapping("properties")),
        declares_properties="properties" in node,
        required=_required(node),
        additional_properties=_additional_properties(node),
        property_names=_subschema(node, "propertyNames") or _subschema(node, "x-propertyNames"),
        pattern_properties=tuple(parse_schema(child) for _, child in node.mapping("patternProperties")),
        items=_subschema(node, "items"),
        prefix_items=_subschemas(node, "prefixItems"),
        all_of=_subschemas(node, "allOf"),
        any_of=_subschemas(node, "anyOf"),
        one_of=_subschemas(node, "oneOf"),
        content_media_type=node.text("contentMediaType"),
        content_schema=_subschema(node, "contentSchema"),
        discriminator=_discriminator(node),
        constraints=_constraints(node),
        read_only=node.flag("readOnly"),
        write_only=node.flag("writeOnly"),
        deprecated=node.flag("deprecated"),
        example=_example(node),
        xml=node.get("xml", dict) or {},
        extensions=node.extensions(),
    )


def _implied_format(node: Node) -> str | None:
    """The format of OpenAPI 3.0 that JSON Schema's words about content stand for since 3.1 (OpenAPI 3.1.1, section
    4.4.2, "Migrating binary descriptions from OAS 3.0"); None where the content is text.
    """
    encoding, media_type = node.text("contentEncoding"), node.text("contentMediaType")
    if encoding is not None:
        return "byte" if encoding.lower() == "base64" else None
    return None if media_type is None or _TEXTUAL.search(media_type) else "binary"


def _reference(node: Node) -> str | None:
    reference = node.data.get("$ref")
    return pointer_of(reference) if isinstance(reference, str) else None


def _types(node: Node) -> tuple[tuple[str, ...], bool]:
    declared = node.data.get("type")
    names = [declared] if isinstance(declared, str) else declared if isinstance(declared, list) else []
    known = [name for name in names if name in _TYPES]
    if (declared is not None and len(known) != len(names)) or (declared is not None and not names):
        node.report.warning(
            "SPEC031",
            f"{declared!r} is not a type of JSON Schema",
            node.document.locate(f"{node.at}/type"),
            help=f"use one of {', '.join(sorted(_TYPES))}",
            effect="the value is typed as Any",
        )
    nullable = node.flag("nullable") or "null" in known
    return tuple(dict.fromkeys(name for name in known if name != "null")), nullable


def _enum(node: Node) -> tuple[Any, ...] | None:
    values = node.get("enum", list)
    return None if values is None else tuple(values)


def _required(node: Node) -> frozenset[str]:
    # Swagger 1.2's boolean `required` survives in many documents; it says nothing here.
    return frozenset() if isinstance(node.data.get("required"), bool) else frozenset(node.texts("required"))


def _additional_properties(node: Node) -> Schema | bool | None:
    value = node.data.get("additionalProperties")
    return value if value is None or isinstance(value, bool) else parse_schema(node.child("additionalProperties"))


def _subschema(node: Node, key: str) -> Schema | None:
    if key not in node or isinstance(node.data[key], list):  # an `items` array is JSON Schema's before 2020-12
        return None
    return parse_schema(node.child(key))


def _subschemas(node: Node, key: str) -> tuple[Schema, ...]:
    if key not in node.data:  # nearly always; the rest of this would take a third of the time of reading a document
        return ()
    return tuple(parse_schema(child) for child in node.array(key))


def _discriminator(node: Node) -> Discriminator | None:
    if not isinstance(node.data.get("discriminator"), dict):
        return None
    child = node.child("discriminator")
    name = child.text("propertyName")
    if name is None:
        return None
    mapping = {key: value.data for key, value in child.mapping("mapping") if isinstance(value.data, str)}
    return Discriminator(property_name=name, mapping=mapping, at=child.at)


def _constraints(node: Node) -> Constraints:
    if _LIMITING.isdisjoint(node.data):
        return _UNLIMITED
    minimum, exclusive_minimum = _bounds(node, "minimum", "exclusiveMinimum")
    maximum, exclusive_maximum = _bounds(node, "maximum", "exclusiveMaximum")
    return Constraints(
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=node.number("multipleOf"),
        min_length=_count(node, "minLength"),
        max_length=_count(node, "maxLength"),
        pattern=node.text("pattern"),
        min_items=_count(node, "minItems"),
        max_items=_count(node, "maxItems"),
        unique_items=node.flag("uniqueItems"),
        min_properties=_count(node, "minProperties"),
        max_properties=_count(node, "maxProperties"),
    )


def _bounds(node: Node, inclusive: str, exclusive: str) -> tuple[float | int | None, float | int | None]:
    """OpenAPI 3.0 marks the bound as exclusive with a boolean; JSON Schema 2020-12 has a number of its own for it."""
    bound = node.number(inclusive)
    marker = node.data.get(exclusive)
    if isinstance(marker, bool):
        return (None, bound) if marker else (bound, None)
    return bound, node.number(exclusive)


def _count(node: Node, key: str) -> int | None:
    value = node.number(key)
    return int(value) if value is not None and value >= 0 and value == int(value) else None


def _example(node: Node) -> Any:
    if "example" in node:
        return node.data["example"]
    examples = node.data.get("examples")
    return examples[0] if isinstance(examples, list) and examples else ABSENT
