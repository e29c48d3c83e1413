"""`allOf`: references with words beside them, and objects that extend each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.graph.model import Constant, Constraints, Named, Nullable, Scalar, ScalarKind, TypeRef
from tests.graph.conftest import Understand, id_of, members

STRING = Scalar(ScalarKind.STRING)
INTEGER = Scalar(ScalarKind.INTEGER)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            "{allOf: [{$ref: '#/components/schemas/Id'}, {description: Words.}]}",
            Scalar(ScalarKind.STRING, Constraints(max_length=9)),
        ),
        ("{allOf: [{description: Words.}, {$ref: '#/components/schemas/Pet'}]}", Named(id_of("Pet"))),
        ("{allOf: [{$ref: '#/components/schemas/Pet'}], description: Words.}", Named(id_of("Pet"))),
        ("{allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}", Nullable(Named(id_of("Pet")))),
        ("{allOf: [{$ref: '#/components/schemas/Kind'}]}", Named(id_of("Kind"))),
        ("{allOf: [{$ref: '#/components/schemas/Dog'}]}", Named(id_of("Dog"))),
        ("{allOf: [{type: string}]}", STRING),
    ],
)
def test_one_meaningful_branch_is_the_type(subject: Callable[[str], TypeRef], schema: str, expected: TypeRef) -> None:
    assert subject(f"""
            Subject: {schema}
            Id: {{type: string, maxLength: 9}}
            Kind: {{type: string, enum: [a]}}
            Pet: {{type: object, properties: {{name: {{type: string}}}}}}
            Dog:
              allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{bark: {{type: string}}}}}}]
            """) == expected


def test_objects_extend_each_other(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          allOf:
            - {$ref: '#/components/schemas/Pet'}
            - {type: object, required: [bark], properties: {bark: {type: integer}}}
          required: [name]
          properties: {own: {type: string}}
        Pet: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}
        """)

    assert members(found, "Subject") == {
        "id": (STRING, True),
        "name": (STRING, True),
        "bark": (INTEGER, True),
        "own": (STRING, False),
    }
    assert list(found.api.types) == [id_of("Subject")]  # nobody mentions Pet itself


def test_the_nearer_description_of_a_member_wins(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          allOf: [{$ref: '#/components/schemas/Far'}, {type: object, properties: {a: {type: integer}}}]
          properties: {b: {type: integer}}
        Far: {type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}}}
        """)

    assert members(found, "Subject") == {"a": (INTEGER, False), "b": (INTEGER, False), "c": (STRING, False)}


def test_extension_over_several_steps(schemas: Understand) -> None:
    found = schemas("""
        Subject: {allOf: [{$ref: '#/components/schemas/Middle'}, {type: object, properties: {c: {type: string}}}]}
        Middle:
          allOf: [{$ref: '#/components/schemas/Root'}, {type: object, required: [b], properties: {b: {type: string}}}]
        Root: {type: object, required: [a], properties: {a: {type: string}}}
        """)

    assert members(found, "Subject") == {"a": (STRING, True), "b": (STRING, True), "c": (STRING, False)}


def test_required_alone_makes_members_of_the_reference_required(schemas: Understand) -> None:
    found = schemas("""
        Subject: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [name]}]}
        Pet: {type: object, properties: {name: {type: string}}}
        """)

    assert members(found, "Subject") == {"name": (STRING, True)}


def test_a_name_does_not_depend_on_who_is_met_first(schemas: Understand) -> None:
    """What is all of one other schema is that schema, not the first to say so."""
    found = schemas("""
        Subject:
          type: object
          properties: {cat: {$ref: '#/components/schemas/Cat'}, pet: {$ref: '#/components/schemas/Pet'}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}], description: A cat is a pet.}
        Pet: {allOf: [{type: object, properties: {name: {type: string}}}], description: A pet.}
        """)

    cat, pet = (type_ for type_, _ in members(found, "Subject").values())
    assert cat == pet
    assert [type_.source_name for type_ in found.api.types.values()] == ["Subject", "Pet"]


def test_a_member_for_which_a_branch_has_only_words_stays_what_it_is(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          allOf: [{$ref: '#/components/schemas/Far'}, {type: object, properties: {a: {description: New words.}}}]
        Far: {type: object, properties: {a: {type: integer, description: Old words.}}}
        """)

    record = found.api.types[id_of("Subject")]
    assert members(found, "Subject") == {"a": (INTEGER, False)}
    assert record.fields[0].docs.description == "New words."  # type: ignore[union-attr]


def test_constraints_of_all_branches_hold(subject: Callable[[str], TypeRef]) -> None:
    assert subject("""
        Subject: {allOf: [{type: string, maxLength: 9}, {minLength: 2, type: string}, {type: string, maxLength: 5}]}
        """) == Scalar(ScalarKind.STRING, Constraints(min_length=2, max_length=9))


def test_a_constant_in_a_branch_is_the_constant(subject: Callable[[str], TypeRef]) -> None:
    assert subject("Subject: {allOf: [{type: string}, {const: a}]}") == Constant("a")
