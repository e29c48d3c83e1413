"""Schemas: Swagger's dialect differs from OpenAPI 3.0's in four keywords, and in where references lead."""

from __future__ import annotations

from typing import Final

from generator.openapi.swagger.context import Context
from generator.openapi.swagger.part import Part

_SINGLE: Final = ("items", "additionalProperties", "not")
_SECTION: Final = "#/components/schemas/"
_SEVERAL: Final = ("properties", "allOf", "anyOf", "oneOf")


def convert_schema(schema: Part, context: Context) -> None:
    """Rewrites a schema and all below it in place; what a reference leads to is somebody else's turn."""
    if not context.enter(schema):
        return
    if isinstance(schema.value.get("$ref"), str):
        _reference(schema, context)
        return
    _types(schema)
    if schema.value.pop("x-nullable", None) is True:
        schema.value["nullable"] = True
    _discriminator(schema)
    for key in _SINGLE:
        if key in schema:
            convert_schema(schema.child(key), context)
    for key in _SEVERAL:
        if key in schema:
            for _, below in schema.child(key).children():
                convert_schema(below, context)


def _reference(schema: Part, context: Context) -> None:
    target = context.followed(schema)
    if target is not None and not schema.value["$ref"].startswith(_SECTION):
        context.elsewhere.append(target)
    if schema.value.pop("x-nullable", None) is True:  # beside a `$ref`, OpenAPI 3.0 would not look at it
        reference = schema.made({"$ref": schema.value.pop("$ref")})
        schema.put("allOf", schema.made_list([reference]))
        schema.value["nullable"] = True


def _types(schema: Part) -> None:
    declared = schema.value.get("type")
    if declared == "file":
        schema.value.update(type="string", format="binary")
    elif isinstance(declared, list) and "null" in declared:  # JSON Schema's, which OpenAPI 3.0 has not
        others = [name for name in declared if name != "null"]
        schema.value.update(type=others[0] if len(others) == 1 else others, nullable=True)


def _discriminator(schema: Part) -> None:
    name = schema.take("discriminator") if isinstance(schema.value.get("discriminator"), str) else None
    if name is not None:
        discriminator = name.made({})
        discriminator.put("propertyName", name)
        schema.put("discriminator", discriminator)
