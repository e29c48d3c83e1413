"""Types as Python spells them. `Annotations` knows where it writes: in `models/shared.py` types stand without a prefix.

Modules are imported under names with an underscore (`_dt`, `_t`, `_m`), so that no schema or member can shadow what
an annotation means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from generator.graph.model import (
    Anything,
    Constant,
    Enumeration,
    Field,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Scalar,
    ScalarKind,
    TypeDef,
    TypeRef,
    UnionOf,
)
from generator.python.literals import literal
from generator.python.naming import Names
from generator.python.text import Annotation, Literal

_SCALARS = {
    ScalarKind.STRING: "str",
    ScalarKind.INTEGER: "int",
    ScalarKind.NUMBER: "float",
    ScalarKind.BOOLEAN: "bool",
    ScalarKind.BYTES: "bytes",
    ScalarKind.BINARY: "bytes",
    ScalarKind.FILE: "_f.File | bytes",
    ScalarKind.UPLOAD: "_u.Upload | bytes",
    ScalarKind.DATETIME: "_dt.datetime",
    ScalarKind.DATE: "_dt.date",
    ScalarKind.TIME: "_dt.time",
    ScalarKind.DURATION: "_dt.timedelta",
    ScalarKind.UUID: "_uuid.UUID",
    ScalarKind.DECIMAL: "_decimal.Decimal",
}


def can_be_unset(field: Field) -> bool:
    """Whether null is another thing than not being there."""
    return not field.required and isinstance(field.type, Nullable)


class Annotations:
    """Annotations for one module.

    Args:
        types: The definitions.
        names: Their names.
        prefix: What stands before the name of a type: `""` or `"shared."`.
        at_run_time: Whether annotations are evaluated (models) or only read by type checkers (signatures).
        as_value: Whether they are arguments, and not annotations: type checkers know no alias of a union there, which
            an open enumeration is for them.
    """

    def __init__(
        self, types: Mapping[str, TypeDef], names: Names, *, prefix: str, at_run_time: bool, as_value: bool = False
    ) -> None:
        self._types = types
        self._names = names
        self._prefix = prefix
        self._at_run_time = at_run_time
        self._as_value = as_value

    def of(self, type_: TypeRef, *, optional: bool = False) -> Annotation:
        """The annotation of `type_`, with None where `optional`."""
        text = self._spell(type_)
        return Annotation(f"{text} | None" if optional and not text.endswith("| None") else text)

    def of_field(self, field: Field) -> Annotation:
        """The annotation of a member. One that may be absent and may be null tells the two apart."""
        if can_be_unset(field):
            return Annotation(f"{self._spell(field.type)} | _m.UnsetType")
        return self.of(field.type, optional=not field.required)

    def constant(self, type_: TypeRef) -> Literal | None:
        """The only value of `type_`, None where there are more."""
        definition = self._types.get(type_.id) if isinstance(type_, Named) else None
        if isinstance(definition, Enumeration) and len(definition.values) == 1:
            return literal(definition.values[0])
        return literal(type_.value) if isinstance(type_, Constant) else None

    def _spell(self, type_: TypeRef) -> str:
        match type_:
            case Named(id_):
                return self._named(id_)
            case ListOf(item):
                return f"list[{self._spell(item)}]"
            case MapOf(value):
                return f"dict[str, {self._spell(value)}]"
            case Scalar(kind):
                return _SCALARS[kind]
            case Constant(value):
                return "float" if isinstance(value, float) else f"_t.Literal[{literal(value)}]"
            case Nullable(inner):
                return f"{self._spell(inner)} | None"
            case UnionOf(options):
                return " | ".join(dict.fromkeys(self._spell(option) for option in options))
            case Anything():
                return "_t.Any"
            case _:
                assert_never(type_)

    def _named(self, id_: str) -> str:
        name = f"{self._prefix}{self._names.types[id_]}"
        definition = self._types[id_]
        if self._as_value or not isinstance(definition, Enumeration):
            return name
        if self._at_run_time:
            return f"_m.Open[{name}]" if definition.kind is ScalarKind.STRING else f"_m.OpenInt[{name}]"
        return f"{name} | {_SCALARS[definition.kind]}"
