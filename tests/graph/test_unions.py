"""`oneOf`, `anyOf` and several types: which union is which type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.graph.model import (
    Choice,
    Constant,
    Enumeration,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Scalar,
    ScalarKind,
    Tag,
    TypeRef,
    UnionOf,
)
from tests.graph.conftest import Understand, id_of, members

STRING, INTEGER, NUMBER = Scalar(ScalarKind.STRING), Scalar(ScalarKind.INTEGER), Scalar(ScalarKind.NUMBER)
BOOLEAN = Scalar(ScalarKind.BOOLEAN)
CAT = "Cat: {type: object, required: [kind], properties: {kind: {const: cat}, name: {type: string}}}"
DOG = "Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [dog, pup]}}}"
BIRD = "Bird: {type: object, properties: {wings: {type: integer}}}"
_REF = "{{$ref: '#/components/schemas/{}'}}"
TO_CAT, TO_DOG, TO_BIRD = (_REF.format(name) for name in ("Cat", "Dog", "Bird"))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{oneOf: [{type: string}, {type: integer}]}", UnionOf((STRING, INTEGER))),
        ("{anyOf: [{type: integer}, {type: number}]}", UnionOf((INTEGER, NUMBER))),
        ("{type: [string, integer]}", UnionOf((STRING, INTEGER))),
        ("{type: [string, integer, 'null']}", Nullable(UnionOf((STRING, INTEGER)))),
        ("{oneOf: [{type: string}, {type: integer}, {type: 'null'}]}", Nullable(UnionOf((STRING, INTEGER)))),
        ("{oneOf: [{type: string}, {type: [integer, 'null']}]}", Nullable(UnionOf((STRING, INTEGER)))),
        ("{oneOf: [{type: string}, {type: integer, nullable: true}]}", Nullable(UnionOf((STRING, INTEGER)))),
        ("{oneOf: [{type: string}, {enum: [null]}]}", Nullable(STRING)),
        ("{oneOf: [{type: string}, {const: null}]}", Nullable(STRING)),
        ("{oneOf: [{type: string, maxLength: 1}, {type: string, minLength: 3}]}", STRING),
        ("{oneOf: [{type: string}, {const: auto}]}", STRING),
        ("{oneOf: [{const: auto}, {type: integer}]}", UnionOf((Constant("auto"), INTEGER))),
        ("{oneOf: [{type: array, items: {type: string}}, {type: string}]}", UnionOf((ListOf(STRING), STRING))),
        (
            "{oneOf: [{oneOf: [{type: string}, {type: integer}]}, {anyOf: [{type: boolean}, {type: string}]}]}",
            UnionOf((STRING, INTEGER, BOOLEAN)),
        ),
        (
            "{oneOf: [{type: string}, {type: object, additionalProperties: {type: string}}]}",
            UnionOf((STRING, MapOf(STRING))),
        ),
        ("{enum: [a, 1, null]}", Nullable(UnionOf((STRING, INTEGER)))),
        ("{enum: [1.5, true]}", UnionOf((NUMBER, BOOLEAN))),
    ],
)
def test_what_json_tells_apart_is_a_union_in_place(
    subject: Callable[[str], TypeRef], schema: str, expected: TypeRef
) -> None:
    assert subject(f"Subject: {schema}") == expected


@pytest.mark.parametrize(
    ("schema", "tag"),
    [
        (f"{{oneOf: [{TO_CAT}, {TO_DOG}]}}", Tag("kind", (("cat", 0), ("dog", 1), ("pup", 1)))),
        (f"{{oneOf: [{TO_CAT}, {TO_BIRD}]}}", None),
        (f"{{oneOf: [{TO_CAT}, {TO_BIRD}], discriminator: {{propertyName: t}}}}", Tag("t", (("Cat", 0), ("Bird", 1)))),
        (
            f"{{oneOf: [{TO_CAT}, {TO_BIRD}],"
            " discriminator: {propertyName: t, mapping: {c: Cat, b: '#/components/schemas/Bird', x: Gone}}}",
            Tag("t", (("c", 0), ("b", 1))),
        ),
        (
            f"{{oneOf: [{TO_DOG}, {TO_CAT}], discriminator: {{propertyName: kind}}}}",
            Tag("kind", (("dog", 0), ("pup", 0), ("cat", 1), ("Dog", 0), ("Cat", 1))),
        ),
    ],
)
def test_objects_make_a_definition_with_a_tag_where_one_tells_them_apart(
    schemas: Understand, schema: str, tag: Tag | None
) -> None:
    found = schemas("\n".join((f"Subject: {schema}", CAT, DOG, BIRD)))

    choice = found.api.types[id_of("Subject")]
    assert isinstance(choice, Choice)
    assert choice.tag == tag
    assert len(choice.options) == 2


def test_pieces_of_an_enumeration_are_one(schemas: Understand) -> None:
    found = schemas("Subject: {oneOf: [{const: a, title: First}, {enum: [b, c]}, {const: a}]}")

    [definition] = found.api.types.values()
    assert isinstance(definition, Enumeration)
    assert (definition.source_name, definition.values) == ("Subject", ("a", "b", "c"))


@pytest.mark.parametrize("options", ["{type: string}, {enum: [a, b]}", "{enum: [a, b]}, {type: string}"])
def test_any_text_or_a_list_of_texts_is_an_open_enumeration(schemas: Understand, options: str) -> None:
    found = schemas(f"Subject: {{anyOf: [{options}]}}")

    assert found.api.operations[0].body is not None
    assert [type(type_) for type_ in found.api.types.values()] == [Enumeration]


def test_a_choice_may_contain_itself(schemas: Understand) -> None:
    found = schemas("""
        Subject: {anyOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Subject'}}]}
        """)

    choice = found.api.types[id_of("Subject")]
    assert isinstance(choice, Choice)
    assert choice.options == (STRING, ListOf(Named(id_of("Subject"))))


def test_members_beside_a_choice_are_members_of_each_option(schemas: Understand) -> None:
    found = schemas(f"""
        Subject:
          type: object
          required: [id]
          properties: {{id: {{type: string}}}}
          oneOf: [{TO_BIRD}, {{properties: {{fins: {{type: integer}}}}}}]
        {BIRD}
        """)

    at = f"{id_of('Subject')}/oneOf"
    assert found.api.types[id_of("Subject")].options == (  # type: ignore[union-attr]
        Named(f"{at}/0"),
        Named(f"{at}/1"),
    )
    assert members_at(found, f"{at}/0") == {"id": (STRING, True), "wings": (INTEGER, False)}
    assert members_at(found, f"{at}/1") == {"id": (STRING, True), "fins": (INTEGER, False)}


def members_at(found: object, id_: str) -> dict[str, tuple[TypeRef, bool]]:
    return {field.name: (field.type, field.required) for field in found.api.types[id_].fields}  # type: ignore[attr-defined]


def test_options_that_only_say_what_is_required_change_nothing(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          type: object
          properties: {a: {type: string}, b: {type: string}}
          oneOf: [{required: [a]}, {type: object, required: [b]}]
        """)

    assert members(found, "Subject") == {"a": (STRING, False), "b": (STRING, False)}


@pytest.mark.parametrize(
    "level",
    [
        "{{anyOf: [{{type: array, items: {0}}}, {{type: object, additionalProperties: {0}}}]}}",
        "{{type: [array, object], items: {0}, additionalProperties: {0}}}",
    ],
)
def test_thirty_unions_of_unions_do_not_grow_with_each_step(schemas: Understand, level: str) -> None:
    levels = "\n".join(f"L{n}: {level.format(_REF.format(f'L{n + 1}'))}" for n in range(30))

    assert schemas(f"Subject: {_REF.format('L0')}\n{levels}\nL30: {{type: string}}").api.operations
