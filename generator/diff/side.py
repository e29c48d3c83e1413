"""One side of a comparison: the graph, the plan, and which part of one became which part of the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Location, Report
from generator.graph.model import Choice, Enumeration, Field, Input, Record, TypeDef
from generator.protocols.binding import BoundApi, BoundOperation
from generator.python.annotations import Annotations, can_be_unset
from generator.python.bodies import body_fields
from generator.python.naming import Namer, Names
from generator.python.omissions import without_unwritable_members
from generator.python.plan.package import ChoicePlan, EnumPlan, OperationPlan, PackagePlan, RecordPlan
from generator.python.planning.package import travelling

Key = tuple[str, str, str]
"""What an API's change and a Python change have in common: kind and id of the subject, and the member."""

# What stands for a module in generated code, and what people call it.
_MODULES = {"_dt.": "datetime.", "_t.": "typing.", "_uuid.": "uuid.", "_decimal.": "decimal.", "_m.": ""}
_ALIAS = re.compile(r"\b(?:_dt|_t|_uuid|_decimal|_m)\.")
_OPEN = re.compile(r"_m\.Open(Int|)\[([\w.]+)\]")


@dataclass(frozen=True, slots=True)
class Slot:
    """An attribute or an argument: `default` is None where a value must be given; `key` leads to its cause."""

    name: str
    annotation: str
    default: str | None
    key: Key
    docs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side.

    Attributes:
        canonical: The ids by which both sides know an operation or a schema, by those that this side has.
    """

    bound: BoundApi
    plan: PackagePlan
    types: Mapping[str, TypeDef]
    names: Names
    operations: Mapping[str, OperationPlan]
    bounds: Mapping[str, BoundOperation]
    records: Mapping[str, RecordPlan]
    enums: Mapping[str, EnumPlan]
    choices: Mapping[str, ChoicePlan]
    canonical: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, bound: BoundApi, plan: PackagePlan, pins: Mapping[str, str], canonical: Mapping[str, str]) -> Side:
        """Find out which class of a plan is which schema of the graph: the planner goes through both in one order."""
        quiet = Report()
        types = without_unwritable_members(travelling(bound), quiet, Location)
        names = Namer(bound, str(plan.class_name), pins, quiet, Location, plan.names).name(types)
        ids = {kind: [id_ for id_, type_ in types.items() if isinstance(type_, kind)] for kind in _KINDS}
        return cls(
            bound=bound,
            plan=plan,
            types=types,
            names=names,
            operations={each.operation.id: made for each, made in zip(bound.operations, plan.operations, strict=True)},
            bounds={each.operation.id: each for each in bound.operations},
            records=dict(zip(ids[Record], plan.models.records, strict=True)),
            enums=dict(zip(ids[Enumeration], plan.models.enums, strict=True)),
            choices=dict(zip(ids[Choice], plan.models.choices, strict=True)),
            canonical=canonical,
        )

    def key(self, kind: str, id_: str, member: str = "") -> Key:
        """The key of something on this side."""
        return kind, self.canonical.get(id_, id_), member

    def method(self, id_: str) -> str:
        """How the method of an operation is called."""
        made = self.operations[id_]
        return f"client.{made.method}" if made.group is None else f"client.{made.group}.{made.method}"

    def slots(self, id_: str) -> list[Slot]:
        """The attributes of a record's class."""
        record = self.types[id_]
        assert isinstance(record, Record)
        spelled = Annotations(self.types, self.names, prefix="shared.", at_run_time=False)
        names = self.names.fields[id_]
        found = [self._member(each, str(names[each.name]), id_, spelled) for each in record.fields]
        if record.extra is not None:
            annotation = shown(f"dict[str, {spelled.of(record.extra)}]")
            found.append(Slot(str(self.names.beside[id_]), annotation, "{}", self.key("schema", id_, "*")))
        return found

    def _member(self, member: Field, name: str, id_: str, spelled: Annotations) -> Slot:
        if member.required:
            constant = spelled.constant(member.type)
            default = None if constant is None else str(constant)
        else:
            default = "UNSET" if can_be_unset(member) else "None"
        key = self.key("schema", id_, member.name)
        return Slot(name, shown(spelled.of_field(member)), default, key, member.docs.description or "")

    def arguments(self, id_: str) -> list[Slot]:
        """The keyword arguments of a method."""
        keys: dict[str, Key] = {}
        bound, names = self.bounds[id_], self.names.operations[id_]
        for each in bound.inputs:
            keys[str(names.inputs[each.place, each.name])] = self.key("operation", id_, each.name)
        body = body_fields(bound, self.types)
        if body is not None and names.flattens:
            for member in body.fields:
                keys[str(self.names.fields[body.id][member.name])] = self.key("schema", body.id, member.name)
        whole = self.key("operation", id_, "body")
        return [
            Slot(
                str(each.name),
                shown(each.annotation),
                None if each.default is None else str(each.default),
                keys.get(str(each.name), whole),
            )
            for each in self.operations[id_].arguments
        ]

    def group(self, model: RecordPlan, inputs: tuple[Input, ...], id_: str) -> list[Slot]:
        """The attributes of a class that holds parameters of one place."""
        names = self.names.operations[id_].inputs
        wires = {str(names[each.place, each.name]): each.name for each in inputs}
        return [
            Slot(
                str(each.name),
                shown(each.annotation),
                None if each.value is None else str(each.value),
                self.key("operation", id_, wires.get(str(each.name), "")),
            )
            for each in model.attributes
        ]

    def plain(self, model: RecordPlan, id_: str, members: Mapping[str, str]) -> list[Slot]:
        """The attributes of a class of an operation's own; `members` leads from them to members of the operation."""
        return [
            Slot(
                str(each.name),
                shown(each.annotation),
                None if each.value is None else str(each.value),
                self.key("operation", id_, members.get(str(each.name), "")),
            )
            for each in model.attributes
        ]

    def reply_headers(self, id_: str) -> list[Slot]:
        """The properties of a result that read its header fields."""
        wires = {str(name): wire for wire, name in self.names.operations[id_].reply_headers.items()}
        return [
            Slot(
                str(each.property),
                shown(each.annotation),
                "None",
                self.key("operation", id_, wires[str(each.property)]),
            )
            for each in self.operations[id_].reply_headers
        ]

    def options(self, id_: str) -> str:
        """The union that a choice stands for."""
        choice = self.types[id_]
        assert isinstance(choice, Choice)
        spelled = Annotations(self.types, self.names, prefix="shared.", at_run_time=False)
        return shown(" | ".join(dict.fromkeys(str(spelled.of(option)) for option in choice.options)))


_KINDS = (Record, Enumeration, Choice)


def shown(annotation: str) -> str:
    """An annotation as people write it."""
    text = _OPEN.sub(lambda found: f"{found[2]} | {'int' if found[1] else 'str'}", annotation)
    return _ALIAS.sub(lambda found: _MODULES[found.group()], text)
