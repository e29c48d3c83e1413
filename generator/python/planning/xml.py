"""What the class of a record says of itself in XML: a literal table, by attribute, and of the class itself under ""."""

from __future__ import annotations

from generator.graph.model import Field, ListOf, MapOf, Nullable, Record, TypeRef, Xml
from generator.protocols.binding import XmlStyle
from generator.python.literals import literal
from generator.python.naming import Names
from generator.python.text import Literal


def xml_table(record: Record, names: Names, style: XmlStyle | None) -> Literal | None:
    """The table; None where nothing differs from what a reader of the class would expect."""
    if style is None:
        return None
    fields = names.fields[record.id]
    table = {str(fields[field.name]): _member(field, style) for field in record.fields}
    table[""] = {"name": record.xml.name or record.source_name, **_namespace(record.xml)}
    return literal({name: facts for name, facts in table.items() if facts})


def _member(field: Field, style: XmlStyle) -> dict[str, object]:
    xml = field.xml
    facts: dict[str, object] = {} if xml.name in (None, field.name) else {"name": xml.name}
    wrapped = style.wrapped if xml.wrapped is None else xml.wrapped
    match _bare(field.type):
        case ListOf() if wrapped:
            facts["item"] = xml.item or style.item or xml.name or field.name
        case ListOf() if xml.item is not None:
            facts["name"] = xml.item  # without an element around them, the items' name is all there is
        case MapOf() if style.entry is not None:
            facts["entry"] = style.entry if wrapped else ""
            facts |= {what: name for what, name in (("key", xml.key), ("value", xml.value)) if name is not None}
        case _:
            pass
    further = {"query": xml.query} if xml.query is not None else {}
    return facts | further | ({"attribute": True} if xml.attribute else {}) | _namespace(xml)


def _namespace(xml: Xml) -> dict[str, object]:
    stated = {"namespace": xml.namespace, "prefix": xml.prefix}
    return {key: value for key, value in stated.items() if value is not None}


def _bare(type_: TypeRef) -> TypeRef:
    return _bare(type_.inner) if isinstance(type_, Nullable) else type_
