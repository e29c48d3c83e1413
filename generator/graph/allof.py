"""`allOf`: one schema out of several.

Two forms cover what documents write: a reference with a description beside it (the reference's type, with its own
words), and
objects that extend each other (one record with all members). Nothing is inlined beyond that, so the result is linear
in the input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.openapi.model import ABSENT, Constraints, Schema

if TYPE_CHECKING:
    from generator.graph.types import Context


def merge(context: Context, schema: Schema) -> Schema:
    """A schema without `allOf` that allows what `schema` allows."""
    own = replace(schema, all_of=())
    direct = [branch for branch in schema.all_of if _says_something(branch)]
    if len(direct) == 1 and direct[0].ref is not None and not _says_something(own):
        return _with_words_of(schema, direct[0])
    meaningful = [branch for branch in (*_branches(context, schema), own) if _says_something(branch)]
    if not meaningful:
        return own
    if len(meaningful) == 1 and meaningful[0] is not own:
        return _with_words_of(schema, meaningful[0])
    return _merge_all(own, meaningful, context)


def _branches(context: Context, schema: Schema) -> list[Schema]:
    """What `schema` is all of, each once, and what that is all of in its turn. What comes later has the last word on
    a member.
    """
    found: list[Schema] = []
    pending, seen = list(schema.all_of), {schema.at}  # a schema that is all of itself adds nothing
    while pending:
        branch = pending.pop()
        target = context.follow(branch)
        if target.at not in seen:
            seen.add(target.at)
            pending += target.all_of
            # The reference itself is kept, not what it leads to: its target may be a definition with a name.
            found.append(branch if branch.ref is not None and not target.all_of else replace(target, all_of=()))
    return found[::-1]


def _says_something(schema: Schema) -> bool:
    return bool(
        schema.ref is not None
        or schema.types
        or schema.properties
        or schema.required
        or schema.enum is not None
        or schema.const is not ABSENT
        or schema.items is not None
        or schema.one_of
        or schema.any_of
        or schema.all_of
        or isinstance(schema.additional_properties, Schema)
        or "x-timestampFormat" in schema.extensions
    )


def _with_words_of(schema: Schema, only: Schema) -> Schema:
    """`only`, nullable where either is."""
    return replace(only, nullable=True) if schema.nullable and not only.nullable else only


def _member(known: Schema | None, further: Schema) -> Schema:
    """A member that several branches describe: the last one decides what it is, unless it has only words for it."""
    if known is None or _says_something(further):
        return further
    return replace(
        known,
        description=further.description or known.description,
        deprecated=known.deprecated or further.deprecated,
        read_only=known.read_only or further.read_only,
        write_only=known.write_only or further.write_only,
        constraints=_constraints(known.constraints, further.constraints),
        xml={**known.xml, **further.xml},
    )


def _constraints(first: Constraints, second: Constraints) -> Constraints:
    """Both: where they speak of the same thing, the first."""
    silent = Constraints()
    names = Constraints.__struct_fields__
    own = {name: value for name in names if (value := getattr(first, name)) != getattr(silent, name)}
    return replace(second, **own)


def _merge_all(own: Schema, branches: list[Schema], context: Context) -> Schema:
    properties: dict[str, Schema] = {}
    required: set[str] = set()
    merged = own
    for reference in branches:
        branch = context.follow(reference)
        for name, member in branch.properties:
            properties[name] = _member(properties.get(name), member)
        required |= branch.required
        merged = replace(
            merged,
            types=merged.types or branch.types,
            format=merged.format or branch.format,
            description=merged.description or branch.description,
            enum=merged.enum if merged.enum is not None else branch.enum,
            const=merged.const if merged.const is not ABSENT else branch.const,
            constraints=_constraints(merged.constraints, branch.constraints),
            items=merged.items or branch.items,
            one_of=merged.one_of or branch.one_of,
            any_of=merged.any_of or branch.any_of,
            additional_properties=(
                branch.additional_properties if merged.additional_properties is None else merged.additional_properties
            ),
            xml={**branch.xml, **merged.xml},
            extensions={**branch.extensions, **merged.extensions},
        )
    return replace(merged, properties=tuple(properties.items()), required=frozenset(required), ref=None)
