"""References to types: what stands in the graph where a member, a parameter or a body has a type.

A definition is referred to by its id alone, so that a graph with cycles is still a tree of values. What a definition
is stands in `model`, which offers these names too.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class ScalarKind(Enum):
    """Kinds of single values. `BYTES` are spelled in base64, `BINARY` is content that travels as it is, a
    `FILE` such content inside a form, an `UPLOAD` such content as the body of a request.
    """

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    BYTES = "bytes"
    BINARY = "binary"
    FILE = "file"
    UPLOAD = "upload"
    DATETIME = "datetime"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    UUID = "uuid"
    DECIMAL = "decimal"


class Constraints(Struct, frozen=True, kw_only=True):
    """What a value must satisfy beyond its type. None means no such constraint. `format` is a string's, of those that
    have no type of their own.
    """

    minimum: float | int | None = None
    maximum: float | int | None = None
    exclusive_minimum: float | int | None = None
    exclusive_maximum: float | int | None = None
    multiple_of: float | int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None


class Named(Struct, frozen=True):
    """The definition whose id is `id`."""

    id: str


class Limits(Struct, frozen=True):
    """How many items a list or map may have, None means no limit; `unique` is for lists whose items all differ."""

    minimum: int | None = None
    maximum: int | None = None
    unique: bool = False


class ListOf(Struct, frozen=True):
    """A list of one type of item."""

    item: TypeRef
    limits: Limits | None = None


class MapOf(Struct, frozen=True):
    """String keys; `key` is there where the keys are constrained."""

    value: TypeRef
    key: TypeRef | None = None
    limits: Limits | None = None


class Scalar(Struct, frozen=True):
    """A single value."""

    kind: ScalarKind
    constraints: Constraints | None = None
    encoding: str | None = (
        None  # how the value is spelled on the wire where the kind alone does not say: `epoch-seconds`
    )


class Constant(Struct, frozen=True):
    """Exactly one value."""

    value: str | int | float | bool


class Nullable(Struct, frozen=True):
    """Null, or a value of the inner type."""

    inner: TypeRef


class Anything(Struct, frozen=True):
    """Any JSON value."""


class UnionOf(Struct, frozen=True):
    """A value of one of several types that JSON itself tells apart: a string, or a number, or a list ... Types that it
    does not tell apart make a `Choice`. Null is never among them; `Nullable` says that.
    """

    options: tuple[TypeRef, ...]


TypeRef = Named | ListOf | MapOf | Scalar | Constant | Nullable | UnionOf | Anything
