"""`oneOf`, `anyOf` and several types in one schema: one type out of several.

Options that JSON tells apart (a string, or a number, or a list) stay a union in place. Options that take a look at the
value (two objects, a date or any text) make a definition, so that the client has a class that knows how to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from generator.graph import records, tags
from generator.graph.model import (
    Anything,
    Choice,
    Constant,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Scalar,
    ScalarKind,
    TypeRef,
    UnionOf,
)
from generator.openapi.model import ABSENT, Schema

if TYPE_CHECKING:
    from generator.graph.types import Context

_KINDS = {ScalarKind.INTEGER: "integer", ScalarKind.NUMBER: "number", ScalarKind.BOOLEAN: "boolean"}
_PLAIN: dict[type, ScalarKind] = {
    str: ScalarKind.STRING,
    bool: ScalarKind.BOOLEAN,
    int: ScalarKind.INTEGER,
    float: ScalarKind.NUMBER,
}


def several_types(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    """`type: [string, integer]`: a union of what the schema is as each of them."""
    if len(schema.types) < 2:  # noqa: PLR2004
        return None
    alone = replace(schema, one_of=(), any_of=(), nullable=False)
    found = [context.type_of(replace(alone, types=(name,)), hint) for name in schema.types]
    return _joined(context, schema, found, hint, ())


def mixed_values(context: Context, schema: Schema, hint: str) -> TypeRef | None:  # noqa: ARG001  (like every rule)
    """An `enum` of several kinds of values: a union of the kinds, open as every enumeration is."""
    if not schema.enum or schema.types:
        return None
    kinds = dict.fromkeys(_PLAIN.get(type(value)) for value in schema.enum if value is not None)
    found = tuple(Scalar(kind) for kind in kinds if kind is not None)
    if len(found) != len(kinds) or not found:
        return None
    joined = found[0] if len(found) == 1 else UnionOf(found)
    return Nullable(joined) if None in schema.enum else joined


def union(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    """`oneOf` and `anyOf`."""
    options = list(_flattened(context, schema))
    choices = [option for option in options if not _is_null(option)]
    if not choices or _only_constrains(schema, choices):
        return None
    if schema.properties or schema.required:
        choices = [_beside(schema, option) for option in choices]
    choices = _with_one_list_of_values(choices)
    name = context.name_of(schema, hint)
    context.open_unions.add(schema.at)
    found = [context.type_of(option, _name_of(name, option, choices)) for option in choices]
    context.open_unions.discard(schema.at)
    joined = _joined(context, schema, found, hint, choices)
    nullable = len(options) > len(choices) and any(_is_null(option) for option in options)
    return Nullable(joined) if nullable and not isinstance(joined, Nullable | Anything) else joined


def _flattened(context: Context, schema: Schema) -> Iterator[Schema]:
    """The options, and in the place of one that is nothing but a choice, the options of that."""
    pending, seen = [*schema.one_of, *schema.any_of][::-1], {schema.at}
    while pending:
        option = pending.pop()
        target = context.follow(option)
        inner = (*target.one_of, *target.any_of)
        if not inner or target.properties or target.all_of or target.discriminator:
            yield option
        elif target.at not in seen:
            seen.add(target.at)
            if target.nullable:
                yield Schema(at=target.at, nullable=True)
            pending += inner[::-1]


def _is_null(schema: Schema) -> bool:
    if schema.const is None or schema.enum == (None,):
        return True
    return schema.nullable and not schema.types and schema.ref is None and not schema.all_of and schema.enum is None


def _only_constrains(schema: Schema, choices: Sequence[Schema]) -> bool:
    """Whether the options only say which members must come together: `oneOf: [{required: [a]}, {required: [b]}]`."""
    own = schema.properties or schema.types
    return bool(own) and not any(_has_shape(option) for option in choices)


def _has_shape(option: Schema) -> bool:
    return bool(
        option.ref is not None
        or option.properties
        or option.items is not None
        or option.enum is not None
        or option.const is not ABSENT
        or option.all_of
        or option.one_of
        or option.any_of
        or isinstance(option.additional_properties, Schema)
        or (option.types and option.types != ("object",))
    )


def _beside(schema: Schema, option: Schema) -> Schema:
    """One option together with the members that all options have."""
    own = replace(
        schema, one_of=(), any_of=(), all_of=(), discriminator=None, title=None, description=None, nullable=False
    )
    part = replace(option, at=f"{option.at}/allOf")  # a place of its own: a schema is not all of itself
    return Schema(at=option.at, all_of=(own, part), title=option.title, description=option.description)


def _with_one_list_of_values(choices: list[Schema]) -> list[Schema]:
    """Constants and inline lists of texts become one list at the place of the first: an enumeration in pieces."""
    pieces = [option for option in choices if _texts(option)]
    if len(pieces) < 2:  # noqa: PLR2004
        return choices
    values = tuple(value for option in pieces for value in _texts(option))
    whole = Schema(at=pieces[0].at, types=("string",), enum=values)
    return [whole if option is pieces[0] else option for option in choices if option is pieces[0] or not _texts(option)]


def _texts(option: Schema) -> tuple[Any, ...]:
    values = (option.const,) if option.const is not ABSENT else option.enum or ()
    is_inline = option.ref is None and not option.all_of
    return values if is_inline and values and all(records.is_text(value) for value in values) else ()


def _name_of(name: str, option: Schema, choices: Sequence[Schema]) -> str:
    """What an option without a name of its own is called."""
    if len(choices) == 1 or _texts(option):
        return name
    if option.title and len(option.title) <= _TITLE_LIMIT:
        return f"{name} {option.title}"
    inline = [choice for choice in choices if choice.properties or choice.all_of]
    position = next((index for index, choice in enumerate(inline) if choice is option), 0)
    return f"{name} option {position + 1}" if len(inline) > 1 else f"{name} object"


_TITLE_LIMIT = 40


def _joined(
    context: Context, schema: Schema, found: Sequence[TypeRef], hint: str, choices: Sequence[Schema]
) -> TypeRef:
    """One type out of several: in place where JSON tells them apart, else a definition."""
    nullable = any(isinstance(type_, Nullable) for type_ in found)
    bare = [type_.inner if isinstance(type_, Nullable) else type_ for type_ in found]
    if any(isinstance(type_, Anything) for type_ in bare):
        _say_anything(context, schema)
        return Anything()
    options = _distinct(context, bare)
    joined: TypeRef
    if len(options) == 1 and schema.at not in context.recursive:
        joined = options[0]
    elif _is_told_apart(context, options) and schema.at not in context.recursive:
        joined = UnionOf(tuple(options))
    elif Named(schema.at) in options:  # the name is taken by one of them
        _say_anything(context, schema)
        joined = Anything()
    else:
        tag = tags.tag(context, schema, choices, bare, options)
        joined = context.define(schema, hint, _maker(tuple(options), tag), shape="choice")
    return Nullable(joined) if nullable and not isinstance(joined, Anything) else joined


def _maker(options: tuple[TypeRef, ...], tag: tags.Tag | None) -> Any:
    def make(_context: Context, schema: Schema, name: str) -> Choice:
        return Choice(
            id=schema.at,
            source_name=name,
            docs=records.docs_of(schema),
            options=options,
            tag=tag,
            deprecated=schema.deprecated,
        )

    return make


def _distinct(context: Context, found: Sequence[TypeRef]) -> list[TypeRef]:
    """Each type once, without those that another one contains: text contains constants, an open enumeration text."""
    flat = [part for type_ in found for part in (type_.options if isinstance(type_, UnionOf) else (type_,))]
    once = list(dict.fromkeys(_without_constraints(type_) if len(flat) > 1 else type_ for type_ in flat))
    scalars = {type_.kind for type_ in once if isinstance(type_, Scalar)}
    if any(_shape(context, type_) == "string" and isinstance(type_, Named) for type_ in once):
        once = [type_ for type_ in once if type_ != Scalar(ScalarKind.STRING)]
    return [type_ for type_ in once if not (isinstance(type_, Constant) and _PLAIN[type(type_.value)] in scalars)]


def _without_constraints(type_: TypeRef) -> TypeRef:
    match type_:
        case Scalar(constraints=constraints) if constraints is not None:
            return replace(type_, constraints=None)
        case ListOf(item, limits) if limits is not None:
            return ListOf(item)
        case Constant(float()):
            return Scalar(ScalarKind.NUMBER)
        case _:
            return type_


def _is_told_apart(context: Context, options: Sequence[TypeRef]) -> bool:
    shapes = [_shape(context, type_) for type_ in options]
    return "choice" not in shapes and len(set(shapes)) == len(shapes) and not any(map(_holds_union, options))


def _holds_union(type_: TypeRef) -> bool:
    """Whether a union stands inside: unions in place of unions in place ... double in length with every step."""
    match type_:
        case UnionOf():
            return True
        case ListOf(inner) | MapOf(inner) | Nullable(inner):
            return _holds_union(inner)
        case _:
            return False


def _shape(context: Context, type_: TypeRef) -> str:
    """How JSON writes it."""
    match type_:
        case Named(id_):
            return context.shapes[id_]
        case ListOf():
            return "array"
        case MapOf():
            return "object"
        case Scalar(kind):
            return _KINDS.get(kind, "string")
        case Constant(value):
            return _KINDS.get(_PLAIN[type(value)], "string")
        case _:
            return "choice"


def _say_anything(context: Context, schema: Schema) -> None:
    context.report.note(
        "TYPE010",
        "a choice one of whose options allows anything is typed as Any",
        context.locate(schema.at),
        help="nothing to do; the values pass through as plain data",
        effect="values pass through as plain data",
    )
