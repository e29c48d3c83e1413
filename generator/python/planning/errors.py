"""Exceptions: a class for each documented failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.graph.model import Named, Record, TypeDef, TypeRef
from generator.protocols.binding import BoundApi, BoundError
from generator.python.docstrings import docstring
from generator.python.literals import literal
from generator.python.naming import error_key
from generator.python.plan.package import ErrorPlan, OperationPlan
from generator.python.planning.models import words
from generator.python.setting import Setting
from generator.python.text import Annotation, Identifier, Literal

_IN_CLASS = 4
_WORDS = frozenset({"message"})


def error_plans(setting: Setting) -> Iterator[ErrorPlan]:
    """The classes of the documented errors, each once."""
    details: dict[str, dict[str, None]] = {}
    for error, type_ in documents_of_errors(setting.bound, setting.types):
        key = error_key(error.case.source_name, error.key)
        details.setdefault(key, {})[str(setting.signatures.of(type_))] = None
    seen = set()
    for operation in setting.bound.operations:
        for error in operation.errors:
            key = error_key(error.case.source_name, error.key)
            if key not in seen:
                seen.add(key)
                text = words(error.case.docs) or f"The error that the API calls {key}."
                yield ErrorPlan(
                    name=setting.names.errors[key],
                    docstring=docstring(text, indent=_IN_CLASS),
                    details=Annotation(" | ".join(details[key])) if key in details else None,
                )


def shared_errors(operations: tuple[OperationPlan, ...]) -> tuple[tuple[Literal, Identifier], ...]:
    """The errors of all operations, in the order of their first mention."""
    return tuple(dict.fromkeys(error for operation in operations for error in operation.errors))


def shared_error_types(operations: tuple[OperationPlan, ...]) -> tuple[tuple[Literal, Annotation], ...]:
    """The types of all operations' error documents, in the order of their first mention."""
    return tuple(dict.fromkeys(found for operation in operations for found in operation.error_types))


def error_types(setting: Setting, errors: tuple[BoundError, ...]) -> tuple[tuple[Literal, Annotation], ...]:
    """By what a reply is recognised: the type of the error's document, where that is worth one."""
    documents = _documents(setting.bound, errors, setting.types)
    return tuple((literal(error.key), setting.values.of(type_)) for error, type_ in documents)


def documents_of_errors(bound: BoundApi, types: Mapping[str, TypeDef]) -> Iterator[tuple[BoundError, TypeRef]]:
    """The documented errors, and the types of their documents that are worth one."""
    for operation in bound.operations:
        yield from _documents(bound, operation.errors, types)


def _documents(
    bound: BoundApi, errors: tuple[BoundError, ...], types: Mapping[str, TypeDef]
) -> Iterator[tuple[BoundError, TypeRef]]:
    for error in errors:
        type_ = error.case.type
        if type_ is not None and not (bound.errors_by_code and _is_only_words(type_, types)):
            yield error, type_


def _is_only_words(type_: TypeRef, types: Mapping[str, TypeDef]) -> bool:
    """Whether a document says nothing beyond the code and the message, which every error has."""
    record = types.get(type_.id) if isinstance(type_, Named) else None
    return not isinstance(record, Record) or all(field.name.lower() in _WORDS for field in record.fields)
