"""Objects that are extended: a schema with a discriminator is a value of one of those that are all of it and more.

`Pet` names a discriminator, `Cat` is `allOf: [Pet, ...]`; what is documented as a Pet may be a Cat (OpenAPI 3.1,
section 4.8.25). Here that becomes a choice under the base's name, with its own members as one of the options.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from generator.graph import records, tags
from generator.graph.model import Choice, Named, Tag, TypeRef
from generator.openapi.model import Schema

if TYPE_CHECKING:
    from generator.graph.types import Context

Extensions = Mapping[str, tuple[str, ...]]


def extensions(schemas: Mapping[str, Schema]) -> Extensions:
    """The components that extend each component, by their pointers, in the document's order."""
    found: dict[str, list[str]] = {}
    for pointer, schema in schemas.items():
        for branch in schema.all_of:
            if branch.ref is not None and branch.ref != pointer and schemas.get(branch.ref) is not None:
                found.setdefault(branch.ref, []).append(pointer)
    return {base: tuple(dict.fromkeys(pointers)) for base, pointers in found.items()}


def hierarchy(context: Context, schema: Schema, hint: str) -> TypeRef | None:
    """The choice between a component and those that extend it; None where it has no discriminator, or stands alone."""
    children = context.extensions.get(schema.at, ())
    if schema.discriminator is None or schema.one_of or schema.any_of or not children:
        return None
    if schema.at in context.defined:
        return Named(schema.at)
    return context.define(schema, hint, _choice, shape="choice")


def base_of(id_: str) -> str:
    """The id of what is extended, by that of the choice under its name."""
    return f"{id_}/discriminator"


def _choice(context: Context, schema: Schema, name: str) -> Choice:
    base = replace(schema, at=base_of(schema.at), discriminator=None)
    references = [Schema(at=pointer, ref=pointer) for pointer in context.extensions[schema.at]]
    found = [context.type_of(reference, name) for reference in references]
    found.append(context.type_of(base, f"{name} base"))
    # A component that is all of the base, and nothing more, is the base.
    found = [found[-1] if type_ == Named(schema.at) else type_ for type_ in found]
    options = tuple(dict.fromkeys(found))
    return Choice(
        id=schema.at,
        source_name=name,
        docs=records.docs_of(schema),
        options=options,
        tag=_tag(context, schema, [options.index(type_) for type_ in found]),
        deprecated=schema.deprecated,
    )


def _tag(context: Context, schema: Schema, positions: Sequence[int]) -> Tag | None:
    """Every value leads to the direct extension that it is one of, or below which it is.

    Args:
        context: Of the types.
        schema: The base.
        positions: Where each extension stands among the options, and last the base.
    """
    discriminator = schema.discriminator
    if discriminator is None:
        return None
    mapped = {target.removeprefix("#"): value for value, target in discriminator.mapping.items()}
    values: dict[str, int] = {}
    for position, child in zip(positions, context.extensions[schema.at], strict=False):
        for pointer in _below(context, child, {schema.at}):
            for value in _values(context, pointer, discriminator.property_name, mapped):
                values.setdefault(value, position)
    for value in _values(context, schema.at, discriminator.property_name, mapped):
        values.setdefault(value, positions[-1])
    return Tag(discriminator.property_name, tuple(values.items()))


def _below(context: Context, pointer: str, seen: set[str]) -> Iterator[str]:
    """A component, and all that extend it in any number of steps."""
    pending = [pointer]
    while pending:
        current = pending.pop()
        if current not in seen:
            seen.add(current)
            yield current
            pending += context.extensions.get(current, ())[::-1]


def _values(context: Context, pointer: str, member: str, mapped: Mapping[str, str]) -> Iterator[str]:
    schema = context.lookup(pointer)
    own: Any = None if schema is None else schema.extensions.get("x-ms-discriminator-value")
    if records.is_text(own):
        yield own
    name = context.names.get(pointer, "")
    if pointer in mapped or name in mapped:
        yield mapped.get(pointer) or mapped[name]
        return
    if schema is not None:
        described = dict(schema.properties) | {key: value for part in schema.all_of for key, value in part.properties}
        values = list(tags.values_of(context, described.get(member)))
        yield from values if len(values) == 1 else ()
    yield name
