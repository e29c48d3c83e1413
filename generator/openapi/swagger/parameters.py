"""Parameters: those of a body and of forms become request bodies, the others get a schema and a style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from generator.openapi.swagger.context import Context
from generator.openapi.swagger.part import Part
from generator.openapi.swagger.schemas import convert_schema

_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_IN_SCHEMA: Final = (
    "type", "format", "items", "default", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
    "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "x-nullable",
    "x-enum-varnames", "x-enumNames", "x-speakeasy-enums", "x-fern-enum", "x-ms-enum",
)  # fmt: skip
_STYLES: Final[Mapping[str, tuple[str, bool]]] = {
    "csv": ("form", False),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": ("form", True),
}


def is_payload(parameter: Part) -> bool:
    """Whether a parameter is the body, or a member of the form that is."""
    return parameter.value.get("in") in ("body", "formData")


def convert_parameter(parameter: Part, context: Context) -> None:
    """Rewrites a parameter of a path, a query or a header in place."""
    if not context.enter(parameter):
        return
    style = _style(parameter, context)
    convert_valued(parameter, context)
    if style is not None:
        parameter.value["style"], parameter.value["explode"] = style
    if "x-example" in parameter and "example" not in parameter:
        parameter.rename("x-example", "example")


def convert_valued(owner: Part, context: Context) -> None:
    """Gives a parameter or a header a schema made of the keywords it has itself."""
    schema = owner.child("schema") if "schema" in owner else _schema_of(owner)
    for key in (*_IN_SCHEMA, "collectionFormat"):
        owner.take(key)
    owner.put("schema", schema)
    convert_schema(schema, context)


def request_body(payload: Sequence[Part], consumes: Sequence[str], context: Context) -> Part | None:
    """The body that an operation's payload parameters amount to; None where there are none."""
    for parameter in payload:
        if parameter.value["in"] == "body":
            return _body(parameter, consumes, context)
    return _form(payload, consumes, context) if payload else None


def _body(parameter: Part, consumes: Sequence[str], context: Context) -> Part:
    kept = {
        key: value for key, value in parameter.value.items() if key in ("description", "required") or key[:2] == "x-"
    }
    body, media = parameter.made(kept), parameter.made({})
    if "schema" in parameter:
        schema = parameter.child("schema")
        convert_schema(schema, context)
        media.put("schema", schema)
    body.put("content", content(parameter, consumes or ["application/json"], media))
    return body


def content(owner: Part, types: Sequence[str], media: Part) -> Part:
    """A `content` that says the same of each media type."""
    found = owner.made({})
    for name in types:
        found.put(name, media)
    return found


def _form(members: Sequence[Part], consumes: Sequence[str], context: Context) -> Part:
    first = members[0]
    properties, encoding, required = first.made({}), first.made({}), []
    for member in members:
        name = str(member.value.get("name"))
        schema = _schema_of(member)
        schema.value.update({key: member.value[key] for key in ("description",) if key in member})
        style = _style(member, context)
        if style is not None:
            encoding.put(name, member.made({"style": style[0], "explode": style[1]}))
        if member.value.get("required") is True:
            required.append(name)
        convert_schema(schema, context)
        properties.put(name, schema)
    schema = first.made({"type": "object", **({"required": required} if required else {})})
    schema.put("properties", properties)
    media = first.made({})
    media.put("schema", schema)
    if encoding.value:
        media.put("encoding", encoding)
    body = first.made({"required": bool(required)})
    has_file = any(member.value.get("type") == "file" for member in members)
    body.put("content", content(first, _form_types(consumes, has_file=has_file), media))
    return body


def _form_types(consumes: Sequence[str], *, has_file: bool) -> Sequence[str]:
    """The forms among the media types; a file goes into a multipart form only (Swagger 2.0, "Parameter Object")."""
    forms = [name for name in consumes if name.partition(";")[0].strip().lower() in (_FORM, _MULTIPART)]
    if has_file:
        return [_MULTIPART]
    return forms or [_FORM]


def _schema_of(owner: Part) -> Part:
    schema = owner.made({key: owner.value[key] for key in _IN_SCHEMA if key in owner})
    if "items" in schema:
        schema.value["items"] = _item(schema.value["items"])
    return schema


def _item(items: Any) -> Any:
    """What an array in a parameter holds, without `collectionFormat`: OpenAPI 3.0 has no word for arrays in arrays."""
    if not isinstance(items, dict):
        return items
    return {key: _item(value) if key == "items" else value for key, value in items.items() if key != "collectionFormat"}


def _style(parameter: Part, context: Context) -> tuple[str, bool] | None:
    """Style and explode of an array; None for what isn't one."""
    if parameter.value.get("type") != "array":
        return None
    written = str(parameter.value.get("collectionFormat", "csv"))
    is_named = parameter.value.get("in") in ("query", "formData")  # in a path or a header there is only one way
    known = {name: _STYLES[name] for name in (_STYLES if is_named else ("csv",))}
    if written not in known:
        context.report.warning(
            "GEN011",
            f"OpenAPI 3 has no style for `collectionFormat: {written}` of a parameter in {parameter.value.get('in')}",
            parameter.child("collectionFormat").origin.location(),
            help=f"write one of {', '.join(sorted(known))}",
            effect=f"{parameter.value.get('name')!r} is sent with commas",
        )
    style, explode = known.get(written, _STYLES["csv"])
    return (style if is_named else "simple"), explode
