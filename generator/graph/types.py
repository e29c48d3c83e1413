"""From schemas to types: an ordered list of small rules, the first that applies decides.

A rule looks at one schema and answers with a type, or None for "not mine". Objects with members and enumerations
become definitions,
built once each by id, in the order in which they are met; everything else is written where it is used. Definitions
are built one after
the other and never inside one another: a chain of them may be longer than Python's stack.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from generator.graph import allof, hierarchies, preferences, records, scalars, unions
from generator.graph.model import Anything, Constant, Limits, ListOf, MapOf, Named, Nullable, TypeDef, TypeRef
from generator.openapi.library import BUNDLED
from generator.openapi.model import Schema
from generator.openapi.pointer import split

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report

_OTHER_FILES: Final = f"/{BUNDLED}/"
_COMPONENTS: Final = "/components/"
_SHARED_SCHEMA: Final = "/schema"
_SHARED: Final = {"parameters": "", "requestBodies": "request", "responses": "response"}
_DEFINITIONS: Final = frozenset({"$defs", "definitions", "schemas"})


class Context(Struct):
    """What the rules share: the document's schemas, the report, and the definitions built so far.

    `filled_in` holds the pointers of members that clients fill in by themselves, so that no caller has to;
    `preferred` the names that the document would like, by the pointers of what they name.
    """

    lookup: Callable[[str], Schema | None]
    locate: Callable[[str], Location]
    report: Report
    types: dict[str, TypeDef] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)
    pending: deque[Callable[[], TypeDef]] = field(default_factory=deque)
    following: set[str] = field(default_factory=set)
    extensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    references: dict[str, TypeRef] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    open_unions: set[str] = field(default_factory=set)
    recursive: set[str] = field(default_factory=set)
    filled_in: set[str] = field(default_factory=set)
    preferred: dict[str, str] = field(default_factory=dict)

    def type_of(self, schema: Schema, hint: str) -> TypeRef:
        """The type of `schema`. `hint` names it where the document does not: an inline object is named after its
        place.
        """
        if schema.at.endswith(_SHARED_SCHEMA) and schema.at.startswith(_COMPONENTS):
            hint = self._shared_name(schema.at) or hint
        found = next((found for rule in _RULES if (found := rule(self, schema, hint)) is not None), Anything())
        return Nullable(found) if schema.nullable and not isinstance(found, Nullable | Anything) else found

    def follow(self, schema: Schema) -> Schema:
        """What `schema`'s reference leads to in the end, or `schema` itself; the empty schema where that is a cycle."""
        seen: set[str] = set()
        while schema.ref is not None:
            if schema.ref in seen:
                return Schema(at=schema.at)
            seen.add(schema.ref)
            target = self.lookup(schema.ref)
            if target is None:
                return Schema(at=schema.at)
            schema = target
        return schema

    def name_of(self, schema: Schema, hint: str) -> str:
        """The component's name, what another file calls it, or the hint."""
        return self.names.get(schema.at) or _name_in_file(schema.at) or hint

    def _shared_name(self, at: str) -> str | None:
        """The name of what several operations share, and that is not to change with the operation that comes first."""
        _, kind, name, *inside = split(at)
        if kind not in _SHARED or (len(inside) != 1 and inside[:1] != ["content"]):
            return None
        role = _SHARED[kind]
        is_taken = not role and name in self.names.values()
        return f"{name} {role or 'parameter'}" if role or is_taken else name

    def define(
        self, schema: Schema, hint: str, make: Callable[[Context, Schema, str], TypeDef], *, shape: str = "object"
    ) -> Named:
        """A reference to the definition of `schema`, which `finish` builds once however often it is asked for.

        Args:
            schema: What is defined.
            hint: Its name, where the document has none for it.
            make: Makes the definition.
            shape: How JSON writes its values: `object`, `string`, `integer`, or `choice` where there are several ways.
        """
        if schema.at not in self.defined:
            self.defined.add(schema.at)
            self.shapes[schema.at] = shape
            name = self.name_of(schema, hint)
            self.prefer(schema.at, preferences.type_name(schema))
            self.pending.append(lambda: make(self, schema, name))
        return Named(schema.at)

    def prefer(self, at: str, name: str | None) -> None:
        """Take note of the name that the document would like for what is at a pointer, if it says one."""
        if name is not None:
            self.preferred[at] = name

    def finish(self) -> None:
        """Build the definitions that were asked for, and those that they ask for."""
        while self.pending:
            definition = self.pending.popleft()()
            self.types[definition.id] = definition


def _name_in_file(at: str) -> str | None:
    """What is at a pointer into another file is called there: `schemas/pets.yaml#/Pet` is a Pet, as is `Pet.yaml`."""
    if not at.startswith(_OTHER_FILES):
        return None
    _, file, *inside = split(at)
    # Deeper than this, and below a list or a schema, what it is called is a matter of its place.
    is_definition = not inside or len(inside) == 1 or inside[-2] in _DEFINITIONS
    return (inside[-1] if inside else PurePosixPath(file).stem) if is_definition else None


Rule = Callable[[Context, Schema, str], TypeRef | None]


def _reference(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    if schema.ref is None:
        return None
    target = context.lookup(schema.ref)
    if target is None:  # dangling: the loader has reported it
        return Anything()
    if target.at in context.references:
        return context.references[target.at]
    if target.at in context.open_unions:  # a choice that contains itself becomes a definition, where it can stop
        context.recursive.add(target.at)
        return Named(target.at)
    if target.at in context.following:  # a list or map that contains itself has no name to stop at
        return Anything()
    context.following.add(target.at)
    found = context.references[target.at] = context.type_of(target, context.name_of(target, hint))
    context.following.discard(target.at)
    return found


def _constant(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    if records.is_text(schema.const) or isinstance(schema.const, int | float | bool):
        return Constant(schema.const)
    return None


def _enumeration(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    if not records.is_enumeration(schema):
        return None
    shape = "string" if any(isinstance(value, str) for value in records.listed(schema)) else "integer"
    named = context.define(schema, hint, records.enumeration, shape=shape)
    return Nullable(named) if schema.enum is not None and None in schema.enum else named


def _all_of(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    if not schema.all_of:
        return None
    merged = allof.merge(context, schema)
    return context.type_of(merged, context.name_of(schema, hint))


def _array(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    if schema.types != ("array",) and not (not schema.types and schema.items is not None):
        return None
    item = Anything() if schema.items is None else context.type_of(schema.items, f"{hint} item")
    declared = schema.constraints
    return ListOf(item, _limits(declared.min_items, declared.max_items, unique=declared.unique_items))


def _limits(minimum: int | None, maximum: int | None, *, unique: bool = False) -> Limits | None:
    return Limits(minimum, maximum, unique) if unique or minimum is not None or maximum is not None else None


def _record(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    return context.define(schema, hint, records.record) if records.is_record(schema) else None


def _map(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    value = records.further_members(schema)
    if schema.types != ("object",) and (value is None or bool(schema.types)):
        return None
    key = None if schema.property_names is None else _key(context, schema.property_names, f"{hint} key")
    limits = _limits(schema.constraints.min_properties, schema.constraints.max_properties)
    return MapOf(Anything() if value is None else context.type_of(value, f"{hint} value"), key, limits)


def _key(context: Context, schema: Schema, hint: str) -> TypeRef:
    """The type of a map's keys: strings, which few documents say (JSON Schema 2020-12, section 10.3.2.4)."""
    target = context.follow(schema)
    return context.type_of(target if target.types else replace(target, types=("string",)), hint)


def _scalar(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    return scalars.scalar(schema)


_RULES: tuple[Rule, ...] = (
    _reference,
    hierarchies.hierarchy,
    _all_of,
    _constant,
    _enumeration,
    unions.mixed_values,
    unions.union,
    unions.several_types,
    _array,
    _record,
    _map,
    _scalar,
)
