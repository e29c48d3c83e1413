"""How a choice's objects are told apart: by a discriminator, or by a member that has its own values in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.graph import allof, records
from generator.graph.model import Named, Tag, TypeRef
from generator.openapi.model import Discriminator, Schema

if TYPE_CHECKING:
    from generator.graph.types import Context

__all__ = ["Tag", "tag", "values_of"]


def tag(
    context: Context, schema: Schema, choices: Sequence[Schema], found: Sequence[TypeRef], options: Sequence[TypeRef]
) -> Tag | None:
    """The tag of a choice; None where no member tells its objects apart.

    Args:
        context: What the rules share.
        schema: What says that there is a choice.
        choices: The schemas of the options.
        found: Their types, as many.
        options: The different types among them: what the tag's values lead to.
    """
    objects = [
        (choice, _members(context, choice), options.index(type_))
        for choice, type_ in zip(choices, found, strict=False)
        if isinstance(type_, Named) and type_ in options and context.shapes[type_.id] == "object"
    ]
    if not objects:
        return None
    if schema.discriminator is not None:
        return _declared(context, schema.discriminator, objects)
    if len(objects) < 2:  # noqa: PLR2004
        return None
    candidates = (_by_values(context, name, objects) for name in objects[0][1])
    return next((candidate for candidate in candidates if candidate is not None), None)


Objects = Sequence[tuple[Schema, dict[str, Schema], int]]


def _members(context: Context, choice: Schema) -> dict[str, Schema]:
    target = context.follow(choice)
    return dict((allof.merge(context, target) if target.all_of else target).properties)


def _declared(context: Context, discriminator: Discriminator, objects: Objects) -> Tag | None:
    """The mapping's values, the members' own values, and the names of components, which are the values by default
    (OpenAPI 3.1, section 4.8.25).
    """
    values: dict[str, int] = {}
    for value, target in discriminator.mapping.items():
        for choice, _, position in objects:
            if _is_meant(context, target, choice):
                values.setdefault(value, position)
    mapped = set(values.values())
    named = {
        name: position
        for choice, _, position in objects
        if position not in mapped and (name := context.names.get(choice.ref or "")) is not None
    }
    for _, members, position in objects:
        for value in values_of(context, members.get(discriminator.property_name)):
            values.setdefault(value, named.get(value, position))  # one list of all names may stand in each of them
    for name, position in named.items():
        values.setdefault(name, position)
    return Tag(discriminator.property_name, tuple(values.items())) if values else None


def _is_meant(context: Context, target: str, choice: Schema) -> bool:
    """Whether a mapping's value, a reference or the name of a component, leads to an option."""
    pointers = {choice.ref, choice.at, context.follow(choice).at}
    return target.removeprefix("#") in pointers or any(context.names.get(p or "") == target for p in pointers)


def _by_values(context: Context, name: str, objects: Objects) -> Tag | None:
    """A member that each of the objects has, with values that no other one has."""
    values: dict[str, int] = {}
    for _, members, position in objects:
        own = list(values_of(context, members.get(name)))
        if not own or any(value in values for value in own):
            return None
        values.update(dict.fromkeys(own, position))
    return Tag(name, tuple(values.items()))


def values_of(context: Context, member: Schema | None) -> Iterator[str]:
    """The texts that a member may be."""
    if member is None:
        return
    target = context.follow(member)
    if target.all_of:
        target = context.follow(allof.merge(context, target))
    values = target.enum if target.enum is not None else (target.const,)
    if all(records.is_text(value) for value in values):
        yield from values
