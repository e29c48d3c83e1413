"""Tags that say one thing: a member by which choices are told apart, and that has one value in a record.

Documents of OpenAPI 3.0 have no `const`: the tag is any text, or one list of all kinds, and which value means which
record is the discriminator's matter. Where that is exactly one, the member is as good as constant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from generator.graph.hierarchies import base_of
from generator.graph.model import Choice, Constant, Enumeration, Field, Named, Record, Scalar, ScalarKind, TypeDef
from generator.graph.passes import named_in

_Meaning = tuple[str, str]  # the name of a tag, and one of its values


def with_constant_tags(types: Mapping[str, TypeDef]) -> dict[str, TypeDef]:
    """The definitions, with constants for the tags of the records that all choices know by the same single value."""
    found = dict(types)
    for id_, meanings in _meanings(types.values()).items():
        definition = types.get(id_)
        match [*meanings]:
            case [(name, value)] if isinstance(definition, Record):
                fields = tuple(_fixed(each, value, types) if each.name == name else each for each in definition.fields)
                found[id_] = replace(definition, fields=fields)
    return found


def _meanings(definitions: Iterable[TypeDef]) -> dict[str, set[_Meaning | None]]:
    """What stands for each definition in choices; None among it where something else than a tag leads there."""
    found: dict[str, set[_Meaning | None]] = {}
    for definition in definitions:
        if isinstance(definition, Choice):
            for id_, meaning in _leading(definition):
                found.setdefault(id_, set()).add(meaning)
    return found


def _leading(choice: Choice) -> Iterator[tuple[str, _Meaning | None]]:
    for position, option in enumerate(choice.options):
        values = () if choice.tag is None else [value for value, index in choice.tag.values if index == position]
        # What others extend may be of a kind that the document does not know: whoever makes one says which.
        is_told = isinstance(option, Named) and option.id != base_of(choice.id)
        for id_ in named_in(option):
            if choice.tag is None or not values or not is_told:
                yield id_, None
            else:
                yield from ((id_, (choice.tag.name, value)) for value in values)


def _fixed(field: Field, value: str, types: Mapping[str, TypeDef]) -> Field:
    is_given = field.required and not field.read_only
    return replace(field, type=Constant(value)) if is_given and _is_one_of_several(field, value, types) else field


def _is_one_of_several(field: Field, value: str, types: Mapping[str, TypeDef]) -> bool:
    """Whether the member itself allows the value, and others too."""
    match field.type:
        case Scalar(ScalarKind.STRING):
            return True
        case Named(id_):
            definition = types.get(id_)
            return isinstance(definition, Enumeration) and len(definition.values) > 1 and value in definition.values
        case _:
            return False
