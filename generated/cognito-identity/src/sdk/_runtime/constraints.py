"""What values must satisfy beyond their types, as data: written by the generator, read by whoever checks or invents
values.

A generated `_constraints` module holds one table, `CONSTRAINTS`: by class, by attribute, what the document says. It is
imported when something asks for it, and by nothing else: a client that never checks pays nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

__all__ = ["Constraint", "Entries", "Items", "Number", "OneOf", "Table", "Text"]


class Text(Struct, frozen=True):
    """A string. Lengths count Unicode code points (JSON Schema Validation, section 6.3); `pattern` is an ECMA-262
    expression that is searched, not matched: the document's own text, with anchors where its API means the whole text.
    `format` says what such strings are, for those who invent one; it is not checked.
    """

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None


class Number(Struct, frozen=True):
    """A number (section 6.2)."""

    minimum: float | int | None = None
    maximum: float | int | None = None
    exclusive_minimum: float | int | None = None
    exclusive_maximum: float | int | None = None
    multiple_of: float | int | None = None


class Items(Struct, frozen=True):
    """A list (section 6.4) and its items."""

    minimum: int | None = None
    maximum: int | None = None
    item: Constraint | None = None
    unique: bool = False


class Entries(Struct, frozen=True):
    """A map (section 6.5), its keys and its values; `required` keys are never missing."""

    minimum: int | None = None
    maximum: int | None = None
    key: Constraint | None = None
    value: Constraint | None = None
    required: tuple[str, ...] = ()


class OneOf(Struct, frozen=True):
    """One of some values, where the type does not say so: the keys of a map."""

    values: tuple[str | int | float, ...]


Constraint: TypeAlias = Text | Number | Items | Entries | OneOf
Table: TypeAlias = Mapping[type, Mapping[str, Constraint]]
