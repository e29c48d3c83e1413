"""Definitions: objects with members, and enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from generator.graph.model import Docs, Enumeration, Field, Record, ScalarKind
from generator.graph.preferences import member_names
from generator.graph.xml import xml_of
from generator.openapi.model import ABSENT, Schema
from generator.openapi.pointer import escape

if TYPE_CHECKING:
    from generator.graph.types import Context

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


# Lists of maps of lists; deeper nesting is a record's own matter.
_NESTING = 4


def is_record(schema: Schema) -> bool:
    """Whether `schema` is an object whose members matter: it names some, or says there are none (`properties: {}`)."""
    if schema.types not in ((), ("object",)):
        return False
    return bool(schema.properties) or (
        schema.declares_properties and bool(schema.types) and further_members(schema) is None
    )


def further_members(schema: Schema) -> Schema | None:
    """What members are that the schema does not name; None where it does not say that there are any."""
    extra = schema.additional_properties
    if isinstance(extra, Schema):
        return None if extra.never else extra
    if schema.pattern_properties:
        only = schema.pattern_properties[0]
        return only if len(schema.pattern_properties) == 1 and extra is not True else Schema(at=only.at)
    return Schema(at=f"{schema.at}/additionalProperties") if extra is True else None


def is_closed(schema: Schema) -> bool:
    """Whether `schema` says that there are no members but those that it names."""
    extra = schema.additional_properties
    return (extra is False or (isinstance(extra, Schema) and extra.never)) and not schema.pattern_properties


def is_enumeration(schema: Schema) -> bool:
    """Whether `schema` lists strings, or whole numbers."""
    if not schema.enum:
        return False
    values = [value for value in listed(schema) if value is not None]
    return bool(values) and (
        all(is_text(value) for value in values)
        or all(isinstance(value, int) and not isinstance(value, bool) for value in values)
    )


def listed(schema: Schema) -> tuple[Any, ...]:
    """The values of an enumeration: those of `type: string` are texts, also where YAML reads `on` or `1` otherwise."""
    values = schema.enum or ()
    if schema.types != ("string",):
        return values
    return tuple(_SPELLED[value] if isinstance(value, bool) else _as_text(value) for value in values)


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) else value


_SPELLED: Final = {True: "true", False: "false"}


def is_text(value: object) -> bool:
    """Whether `value` is a string that can be sent: JSON can spell half of a surrogate pair, and UTF-8 cannot."""
    return isinstance(value, str) and not _SURROGATE.search(value)


def record(context: Context, schema: Schema, name: str) -> Record:
    """The record that `schema` describes."""
    extra = further_members(schema)
    chosen = _alternative(schema)
    return Record(
        id=schema.at,
        source_name=name,
        docs=docs_of(schema),
        fields=tuple(
            _field(context, schema, key, member, name, shown=key in chosen)
            for key, member in (*schema.properties, *_undescribed(schema))
        ),
        extra=None if extra is None else context.type_of(extra, f"{name} value"),
        deprecated=schema.deprecated,
        xml=xml_of(context, schema),
    )


def _alternative(schema: Schema) -> frozenset[str]:
    """The members that the first alternative asks for, where the alternatives say no more than what must be there."""
    first = next(iter((*schema.any_of, *schema.one_of)), None)
    return frozenset() if first is None or first.properties else frozenset(first.required)


def _undescribed(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Members that must be there (JSON Schema Validation, section 6.5.3), and of which nothing else is said."""
    if not is_closed(schema) and further_members(schema) is None:
        described = {name for name, _ in schema.properties}
        for name in sorted(schema.required - described):
            yield name, Schema(at=f"{schema.at}/properties/{escape(name)}")


def _field(context: Context, owner: Schema, key: str, member: Schema, owner_name: str, *, shown: bool) -> Field:
    described = describe(context, member)
    return Field(
        at=member.at,
        name=key,
        type=context.type_of(member, f"{owner_name} {key}"),
        required=key in owner.required and member.at not in context.filled_in,
        docs=docs_of(described),
        sensitive=is_sensitive(context, member),
        deprecated=described.deprecated,
        read_only=described.read_only,
        write_only=described.write_only,
        example=None if described.example is ABSENT else described.example,
        xml=xml_of(context, member),
        shown=shown,
    )


def enumeration(context: Context, schema: Schema, name: str) -> Enumeration:
    """The enumeration that `schema` describes; a value listed twice counts once."""
    places: dict[str | int, str] = {}
    for index, value in enumerate(listed(schema)):
        if isinstance(value, str | int):
            places.setdefault(value, f"{schema.at}/enum/{index}")
    for value, preferred in member_names(schema, listed(schema)).items():
        context.prefer(places[value], preferred)
    return Enumeration(
        id=schema.at,
        source_name=name,
        docs=docs_of(schema),
        kind=ScalarKind.STRING if isinstance(next(iter(places)), str) else ScalarKind.INTEGER,
        values=tuple(places),
        places=tuple(places.values()),
        deprecated=schema.deprecated,
    )


def describe(context: Context, schema: Schema) -> Schema:
    """The schema whose words describe the value: its own, else the words beside a reference, else the reference's."""
    if schema.description is not None:
        return schema
    for branch in schema.all_of:
        if branch.ref is None and branch.description is not None:
            return branch
    if schema.ref is not None:
        return context.follow(schema)
    return next((context.follow(branch) for branch in schema.all_of if branch.ref is not None), schema)


def docs_of(schema: Schema) -> Docs:
    """The words of a schema."""
    return Docs(summary=schema.title, description=schema.description)


def is_sensitive(context: Context, schema: Schema, depth: int = 0) -> bool:
    """Whether the value, or an element of it, must not be shown: `x-sensitive`, or OpenAPI's format `password`."""
    target = context.follow(schema)
    if target.extensions.get("x-sensitive") is True or schema.extensions.get("x-sensitive") is True:
        return True
    if target.format == "password":
        return True
    if depth > _NESTING:
        return False
    inner = [*target.all_of, *target.any_of, *target.one_of, *([target.items] if target.items else [])]
    if isinstance(target.additional_properties, Schema) and not target.properties:
        inner.append(target.additional_properties)
    return any(is_sensitive(context, schema, depth + 1) for schema in inner)
