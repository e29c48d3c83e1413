"""Exceptions: a class for each documented failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.graph.model import Named, Record, TypeDef, TypeRef
from generator.protocols.binding import BoundApi, BoundError
from generator.python.docstrings import docstring
from generator.python.naming import error_key
from generator.python.plan import ErrorPlan, OperationPlan
from generator.python.plan_models import words
from generator.python.setting import Setting
from generator.python.text import Annotation, Identifier, Literal

_IN_CLASS = 4
_WORDS = frozenset({"message"})


def error_plans(setting: Setting) -> Iterator[ErrorPlan]:
    """The classes of the documented errors, each once."""
    seen = set()
    documents: dict[str, dict[str, None]] = {}
    for key, type_ in error_types(setting.bound, setting.types):
        documents.setdefault(key, {})[str(setting.models.of(type_))] = None
    by_status = not setting.bound.errors_by_code
    for operation in setting.bound.operations:
        for error in operation.errors:
            key = error_key(error.case.source_name, error.key)
            if key not in seen:
                seen.add(key)
                text = words(error.case.docs) or f"The error that the API calls {key}."
                spelled = [*documents.get(key, ()), *(["None"] if by_status else [])]
                yield ErrorPlan(
                    name=setting.names.errors[key],
                    docstring=docstring(text, indent=_IN_CLASS),
                    details=Annotation(" | ".join(spelled)) if key in documents else None,
                    by_status=by_status,
                )


def error_types(bound: BoundApi, types: Mapping[str, TypeDef]) -> Iterator[tuple[str, TypeRef]]:
    """Keys of errors and the types of their documents. A code means one type; a status one in each operation."""
    seen = set()
    for operation in bound.operations:
        for error in operation.errors:
            key = error_key(error.case.source_name, error.key)
            type_ = _details_of(error, types) if bound.errors_by_code else error.case.type
            if type_ is not None and not (bound.errors_by_code and key in seen):
                seen.add(key)
                yield key, type_


def shared_errors(operations: tuple[OperationPlan, ...]) -> tuple[tuple[Literal, Identifier], ...]:
    """The errors of all operations, in the order of their first mention."""
    return tuple(dict.fromkeys(error for operation in operations for error in operation.errors))


def _details_of(error: BoundError, types: Mapping[str, TypeDef]) -> Named | None:
    """The type of an error's document where it says more than words: what else is there has a name and a type then."""
    type_ = error.case.type
    record = types.get(type_.id) if isinstance(type_, Named) else None
    if not isinstance(type_, Named) or not isinstance(record, Record):
        return None
    return type_ if any(field.name.lower() not in _WORDS for field in record.fields) else None
