"""Exceptions: a class for each documented failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.graph.model import Named, Record, TypeDef
from generator.protocols.binding import BoundError
from generator.python.docstrings import docstring
from generator.python.naming import error_key
from generator.python.plan import ErrorPlan, OperationPlan
from generator.python.plan_models import words
from generator.python.setting import Setting
from generator.python.text import Identifier, Literal

_IN_CLASS = 4
_WORDS = frozenset({"message"})


def error_plans(setting: Setting) -> Iterator[ErrorPlan]:
    """The classes of the documented errors, each once."""
    seen = set()
    for operation in setting.bound.operations:
        for error in operation.errors:
            key = error_key(error.case.source_name, error.key)
            if key not in seen:
                seen.add(key)
                text = words(error.case.docs) or f"The error that the API calls {key}."
                details = details_of(error, setting.types)
                yield ErrorPlan(
                    name=setting.names.errors[key],
                    docstring=docstring(text, indent=_IN_CLASS),
                    details=None if details is None else setting.models.of(details),
                )


def shared_errors(operations: tuple[OperationPlan, ...]) -> tuple[tuple[Literal, Identifier], ...]:
    """The errors of all operations, in the order of their first mention."""
    return tuple(dict.fromkeys(error for operation in operations for error in operation.errors))


def details_of(error: BoundError, types: Mapping[str, TypeDef]) -> Named | None:
    """The type of an error's document where it says more than words: what else is there has a name and a type then."""
    type_ = error.case.type
    record = types.get(type_.id) if isinstance(type_, Named) else None
    if not isinstance(type_, Named) or not isinstance(record, Record):
        return None
    return type_ if any(field.name.lower() not in _WORDS for field in record.fields) else None
