"""What must hold of values beyond their types, as calls of the runtime's constraint classes.

Only what is constrained is written: an attribute without a limit, and a class without such an attribute, has no entry.
A constraint stands where it means something (JSON Schema Validation, section 6): lengths of text, bounds of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.graph.model import (
    Constant,
    Constraints,
    Enumeration,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Record,
    Scalar,
    ScalarKind,
    TypeRef,
)
from generator.protocols.binding import BoundOperation
from generator.python.bodies import reply_attribute
from generator.python.identifiers import dotted_path, identifier
from generator.python.literals import literal
from generator.python.naming import GROUP_CLASSES, GROUPS, class_name
from generator.python.plan.package import ConstraintsPlan
from generator.python.setting import Setting
from generator.python.text import Code, Identifier

_NUMBERS = frozenset({ScalarKind.INTEGER, ScalarKind.NUMBER})


def constraints_plans(setting: Setting) -> tuple[ConstraintsPlan, ...]:
    """The constraints of every class: the models, then what the operations' requests hold."""
    spell = _Spelling(setting)
    found = list(_records(setting, spell))
    for bound in setting.bound.operations:
        found += _requests(setting, bound, spell)
    return tuple(plan for plan in found if plan.members)


def _records(setting: Setting, spell: _Spelling) -> Iterator[ConstraintsPlan]:
    for record in setting.types.values():
        if isinstance(record, Record):
            names = setting.names.fields[record.id]
            members = [(names[field.name], field.type) for field in record.fields]
            beside = setting.names.beside.get(record.id)
            if beside is not None and record.extra is not None:
                members.append((beside, MapOf(record.extra)))
            yield _plan(f"_shared.{setting.names.types[record.id]}", members, spell)


def _requests(setting: Setting, bound: BoundOperation, spell: _Spelling) -> Iterator[ConstraintsPlan]:
    """The groups of parameters, and the request object and the result where their bodies are no records."""
    names = setting.names.operations[bound.operation.id]
    for place in GROUPS:
        members = ((names.inputs[place, input_.name], input_.type) for input_ in bound.inputs if input_.place is place)
        yield _plan(f"_operations.{class_name(f'{names.stem}{GROUP_CLASSES[place]}')}", members, spell)
    if bound.body is not None:
        request = ((identifier("request"), bound.body.type),)
        yield _plan(f"_operations.{class_name(f'{names.stem}Request')}", request, spell)
    field = reply_attribute(bound, setting.types)
    if field is not None and bound.output is not None and bound.output.type is not None:
        # Nobody checks replies; who invents them needs to know.
        reply = ((field, bound.output.type),)
        yield _plan(f"_operations.{class_name(f'{names.stem}Response')}", reply, spell)


def _plan(model: str, members: Iterable[tuple[Identifier, TypeRef]], spell: _Spelling) -> ConstraintsPlan:
    written = ((literal(str(name)), spell.of(type_)) for name, type_ in members)
    return ConstraintsPlan(
        model=dotted_path(model), members=tuple((name, code) for name, code in written if code is not None)
    )


class _Spelling:
    """Constraints as the runtime's classes."""

    def __init__(self, setting: Setting) -> None:
        self._types = setting.types
        self._whole = setting.bound.patterns_match_whole

    def of(self, type_: TypeRef) -> Code | None:
        """The constraint of a type; None where it has none of its own: a definition's are written with it."""
        match type_:
            case Nullable(inner):
                return self.of(inner)
            case Scalar(ScalarKind.STRING, Constraints() as declared):
                return _call(
                    "_k.Text",
                    min_length=declared.min_length,
                    max_length=declared.max_length,
                    pattern=self._pattern(declared.pattern),
                    format=declared.format,
                )
            case Scalar(kind, Constraints() as declared) if kind in _NUMBERS:
                return _number(declared)
            case ListOf(item, limits):
                bounds = limits or Limits()
                return _call(
                    "_k.Items",
                    minimum=bounds.minimum,
                    maximum=bounds.maximum,
                    item=self.of(item),
                    unique=bounds.unique or None,
                )
            case MapOf(value, key, limits, required):
                bounds = limits or Limits()
                return _call(
                    "_k.Entries",
                    minimum=bounds.minimum,
                    maximum=bounds.maximum,
                    key=self._key(key),
                    value=self.of(value),
                    required=required or None,
                )
            case Constant(float() as value):
                return _call("_k.OneOf", values=(value,))
            case _:
                return None

    def _key(self, type_: TypeRef | None) -> Code | None:
        """Keys are plain strings in Python, so what they may be stands here."""
        match type_:
            case None:
                return None
            case Named(id_):
                definition = self._types.get(id_)
                return _call("_k.OneOf", values=definition.values) if isinstance(definition, Enumeration) else None
            case Constant(value):
                return _call("_k.OneOf", values=(value,))
            case _:
                return self.of(type_)

    def _pattern(self, pattern: str | None) -> str | None:
        if pattern is None or not self._whole or pattern.startswith("^") or pattern.endswith("$"):
            return pattern
        return f"^(?:{pattern})$"


def _number(declared: Constraints) -> Code | None:
    return _call(
        "_k.Number",
        minimum=declared.minimum,
        maximum=declared.maximum,
        exclusive_minimum=declared.exclusive_minimum,
        exclusive_maximum=declared.exclusive_maximum,
        multiple_of=declared.multiple_of,
    )


def _call(callee: str, **arguments: object) -> Code | None:
    """A call with the arguments that are not None, in the order of the class's attributes; None where none is left."""
    given: list[str] = []
    skipped = False
    for name, value in arguments.items():
        if value is None:
            skipped = True
        else:
            code = value if isinstance(value, Code) else literal(value)
            given.append(f"{name}={code}" if skipped else code)
    return Code(f"{callee}({', '.join(given)})") if given else None
