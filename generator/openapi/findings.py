"""Errors of JSON Schema as short findings.

The library's own messages quote the instance, which may be the whole document, and name the first of many alternatives
that failed. Here the deepest error is picked, and only names and small values are quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Protocol

Steps = tuple[str | int, ...]
_SHORT: Final = 60
_QUOTING_NAMES_ONLY: Final = frozenset(
    {"required", "additionalProperties", "unevaluatedProperties", "dependentRequired"}
)


class Finding(NamedTuple):
    """One thing that the validator objects to.

    Args:
        path: Where, in the closed document.
        code: Of the registry.
        message: What is wrong.
    """

    path: Steps
    code: str
    message: str


class SchemaError(Protocol):
    """What is used of `jsonschema.exceptions.ValidationError`, which must not be imported here."""

    message: str
    validator: object
    validator_value: Any
    schema: Any
    instance: Any

    @property
    def absolute_path(self) -> Sequence[str | int]:
        """From what was validated to what is wrong."""
        ...

    @property
    def context(self) -> Sequence[SchemaError] | None:
        """Why each alternative failed."""
        ...


def from_error(error: SchemaError, place: Steps, code: str = "SPEC040") -> Finding:
    """The finding of an error.

    Args:
        error: As the validator made it.
        place: What the error's own path is relative to.
        code: What kind of finding it is.
    """
    deepest = _deepest(error)
    return Finding((*place, *deepest.absolute_path), code, _message(deepest))


def _deepest(error: SchemaError) -> SchemaError:
    while alternatives := [inner for inner in error.context or () if not _wants_reference(inner)]:
        depth = max(len(inner.absolute_path) for inner in alternatives)
        nearest = [inner for inner in alternatives if len(inner.absolute_path) == depth]
        # Of alternatives that failed equally early, the one is meant that at least is of the right type.
        nearest = [inner for inner in nearest if inner.validator != "type"] or nearest
        if len(nearest) > 1 and depth == len(error.absolute_path):
            return error
        error = nearest[0]
    return error


def _wants_reference(error: SchemaError) -> bool:
    """Whether this is the alternative that every object of OpenAPI 3.0 has, and that nobody meant."""
    return error.validator == "required" and bool(error.validator_value == ["$ref"])


def _message(error: SchemaError) -> str:
    rule, value = str(error.validator), error.validator_value
    instance = _quoted(error.instance)
    if not isinstance(error.validator, str):  # a check of the library's own, with a short text of its own
        return error.message[:1].lower() + error.message[1:]
    if rule == "additionalProperties" and (unknown := _unknown_keys(error)):
        return f"{', '.join(map(repr, unknown))} not allowed here"
    if rule in _QUOTING_NAMES_ONLY:
        return error.message[:1].lower() + error.message[1:]
    if rule == "type":
        kinds = [value] if isinstance(value, str) else value
        return (
            f"{instance} must be of type {' or '.join(map(str, kinds))}" if kinds else f"{instance} has no allowed type"
        )
    if rule in ("oneOf", "anyOf"):
        return f"{instance} has none of the forms that are allowed here"
    return f"{instance} does not satisfy `{rule}: {_quoted(value)}`"


def _unknown_keys(error: SchemaError) -> list[str]:
    known = error.schema.get("properties", {})
    return [key for key in error.instance if key not in known and not key.startswith("x-")]


def _quoted(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, Sequence) and not isinstance(value, str):
        shown = ", ".join(map(str, value))
        return f"[{shown}]" if len(shown) <= _SHORT and all(isinstance(item, str) for item in value) else "a list"
    shown = "null" if value is None else repr(value)
    return shown if len(shown) <= _SHORT else f"{shown[: _SHORT - 1]}…"
