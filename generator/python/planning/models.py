"""Classes of values: records, enumerations, security schemes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from generator.graph.model import (
    Choice,
    Docs,
    Enumeration,
    Field,
    Input,
    ListOf,
    MapOf,
    Nullable,
    Record,
    Scalar,
    ScalarKind,
    TypeDef,
    TypeRef,
    UnionOf,
    Usage,
)
from generator.protocols.binding import XmlStyle
from generator.python.annotations import Annotations, can_be_unset
from generator.python.docstrings import docstring
from generator.python.identifiers import dotted_path, identifier
from generator.python.literals import literal
from generator.python.markup import plain_markdown
from generator.python.naming import Names
from generator.python.plan.package import Attribute, ChoicePlan, EnumPlan, ModelsPlan, RecordPlan
from generator.python.planning.constraints import constraints_plans
from generator.python.planning.xml import xml_table
from generator.python.setting import Setting
from generator.python.text import Annotation, Code, Docstring, Identifier, Literal

MODEL = dotted_path("_m.Model")
OPEN_MODEL = dotted_path("_m.OpenModel")
RESPONSE = dotted_path("_m.Response")
_IN_CLASS = 4
_Def = TypeVar("_Def", bound=TypeDef)


def models_plan(setting: Setting) -> ModelsPlan:
    """All classes of values, in the graph's order."""
    names, types = setting.names, setting.types
    own = Annotations(types, names, prefix="", at_run_time=True)
    timestamps, xml = setting.bound.timestamps, setting.bound.xml
    return ModelsPlan(
        records=tuple(record_plan(each, names, own, timestamps, xml) for each in _each(types, Record)),
        choices=tuple(choice_plan(each, names, types) for each in _each(types, Choice)),
        enums=tuple(enum_plan(each, names) for each in _each(types, Enumeration)),
        constraints=constraints_plans(setting),
    )


def _each(types: Mapping[str, TypeDef], kind: type[_Def]) -> Iterator[_Def]:
    return (type_ for type_ in types.values() if isinstance(type_, kind))


def record_plan(
    record: Record, names: Names, annotations: Annotations, timestamps: str, xml: XmlStyle | None = None
) -> RecordPlan:
    """The class of a record of the graph; `timestamps` is how they are spelled where a member does not say, `xml` how
    lists and maps are.
    """
    fields = names.fields[record.id]
    beside = names.beside.get(record.id)
    extra = () if beside is None or record.extra is None else (_beside(beside, annotations.of(record.extra)),)
    return RecordPlan(
        name=names.types[record.id],
        base=OPEN_MODEL if extra else MODEL,
        docstring=docstring(words(record.docs) or f"{record.source_name}.", indent=_IN_CLASS),
        attributes=(*(attribute(field, fields[field.name], annotations) for field in record.fields), *extra),
        sensitive=name_set(fields[field.name] for field in record.fields if field.sensitive),
        required_to_send=name_set(fields[field.name] for field in record.fields if field.required_to_send),
        timestamps=_timestamps({fields[field.name]: _encoding(field.type) for field in record.fields}, timestamps),
        xml=xml_table(record, names, xml),
    )


def _timestamps(encodings: Mapping[Identifier, str | None], default: str) -> Literal | None:
    declared = {str(name): encoding for name, encoding in encodings.items() if encoding not in (None, default)}
    return literal(declared) if declared else None


def _encoding(type_: TypeRef) -> str | None:
    """How the timestamps of a member are spelled, those in its lists and maps too; None where it does not say."""
    match type_:
        case Scalar():
            return type_.encoding
        case ListOf(inner) | MapOf(inner) | Nullable(inner):
            return _encoding(inner)
        case UnionOf(options):
            return next((found for option in options if (found := _encoding(option)) is not None), None)
        case _:
            return None


def _beside(name: Identifier, item: Annotation) -> Attribute:
    return Attribute(
        name=name,
        annotation=Annotation(f"dict[str, {item}]"),
        value=Code("_m.beside()"),
        docstring=docstring("Further members, by their names on the wire.", indent=_IN_CLASS),
    )


def attribute(field: Field, name: Identifier, annotations: Annotations) -> Attribute:
    """One attribute: required ones without a default, constants with their value, others with what says that they are
    not there.
    """
    wire_name = None if field.name == name else literal(field.name)
    constant = annotations.constant(field.type) if field.required else None
    if constant is not None:
        value: Code | None = Code(f"_m.constant({constant}{'' if wire_name is None else f', {wire_name}'})")
    elif field.required:
        value = None if wire_name is None else Code(f"_m.field(name={wire_name})")
    else:
        absent = absence(field)
        value = absent if wire_name is None else Code(f"_m.field(default={absent}, name={wire_name})")
    return Attribute(
        name=name,
        annotation=annotations.of_field(field),
        value=value,
        docstring=member_docstring(field),
    )


def absence(field: Field) -> Code:
    """What an optional member is where it is not there."""
    return Code("_m.UNSET" if can_be_unset(field) else "None")


def member_docstring(member: Field | Input) -> Docstring | None:
    """The words of a member; None where it has none."""
    text = words(member.docs)
    if member.deprecated:
        text = f"Deprecated. {text}".strip()
    return docstring(text, indent=_IN_CLASS) if text else None


def plain_attribute(name: str, annotation: str, *, required: bool, text: str) -> Attribute:
    """An attribute that is not of the API: a group of parameters, or the body of a request object."""
    return Attribute(
        name=identifier(name),
        annotation=Annotation(annotation if required else f"{annotation} | None"),
        value=None if required else Code("None"),
        docstring=docstring(text, indent=_IN_CLASS),
    )


def name_set(names: Iterable[Identifier]) -> Code | None:
    """A literal frozenset of the names; None for none."""
    found = ", ".join(literal(str(name)) for name in names)
    return Code(f"frozenset({{{found}}})") if found else None


def enum_plan(enumeration: Enumeration, names: Names) -> EnumPlan:
    """The class of an enumeration."""
    base = "_m.OpenEnum" if enumeration.kind is ScalarKind.STRING else "_m.OpenIntEnum"
    return EnumPlan(
        name=names.types[enumeration.id],
        base=dotted_path(base),
        docstring=docstring(
            words(enumeration.docs) or f"{enumeration.source_name}.",
            "Values that this version does not know are kept; `is_known` tells.",
            indent=_IN_CLASS,
        ),
        members=tuple((names.members[enumeration.id][value], literal(value)) for value in enumeration.values),
    )


def choice_plan(choice: Choice, names: Names, types: Mapping[str, TypeDef]) -> ChoicePlan:
    """The union of a choice, and the class that reads it."""
    seen = Annotations(types, names, prefix="", at_run_time=False)
    read = Annotations(types, names, prefix="", at_run_time=True)
    spelled = list(dict.fromkeys(str(seen.of(option)) for option in choice.options))
    has_records = any(isinstance(types.get(getattr(option, "id", "")), Record) for option in choice.options)
    if has_records and Usage.OUTPUT in choice.usage:
        spelled.append("_m.Unknown")
    return ChoicePlan(
        name=names.types[choice.id],
        alias=literal(" | ".join(spelled)),
        docstring=docstring(words(choice.docs) or f"{choice.source_name}.", indent=_IN_CLASS),
        options=Annotation(f"tuple[{', '.join(str(read.of(option)) for option in choice.options)}]"),
        tag=None if choice.tag is None else literal(choice.tag.name),
        values=None if choice.tag is None else literal(dict(choice.tag.values)),
    )


def words(docs: Docs) -> str:
    """The text of a node as Markdown: its description, else its summary."""
    return plain_markdown(docs.description or docs.summary or "").strip()


def summary_and_words(docs: Docs) -> str:
    """The text of an operation as Markdown: its summary, and below that what its description adds."""
    summary, description = docs.summary or "", docs.description or ""
    repeated = description.strip().startswith(summary.strip().rstrip("."))
    return plain_markdown(description if repeated else f"{summary}\n\n{description}").strip()
