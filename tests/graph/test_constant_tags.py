"""Tags of discriminators: which are constants, and which stay as the document has them."""

from __future__ import annotations

import pytest

from generator.graph.model import Choice, Constant, Enumeration, Named, Scalar, ScalarKind, Tag, TypeRef
from tests.graph.conftest import Understand, id_of, members

TEXT = Scalar(ScalarKind.STRING)
KIND = "Kind: {type: string, enum: [home, locker]}"
TO_KIND = "{$ref: '#/components/schemas/Kind'}"


def delivery(name: str, tag: str = "{type: string}", required: str = "[method]") -> str:
    return f"{name}: {{type: object, required: {required}, properties: {{method: {tag}, place: {{type: string}}}}}}"


def choice(mapping: str = "{home: Home, locker: Locker}", tag: str = "method", more: str = "") -> str:
    options = "{$ref: '#/components/schemas/Home'}, {$ref: '#/components/schemas/Locker'}" + more
    return f"{{oneOf: [{options}], discriminator: {{propertyName: {tag}, mapping: {mapping}}}}}"


@pytest.mark.parametrize("tag", ["{type: string}", "{type: string, maxLength: 9}", TO_KIND])
@pytest.mark.parametrize("more", ["", ", {type: string}", ", {type: object, additionalProperties: {type: integer}}"])
def test_one_value_of_a_tag_is_a_constant(schemas: Understand, tag: str, more: str) -> None:
    found = schemas("\n".join((f"Subject: {choice(more=more)}", delivery("Home", tag), delivery("Locker", tag), KIND)))

    assert members(found, "Home")["method"] == (Constant("home"), True)
    assert members(found, "Locker")["method"] == (Constant("locker"), True)
    assert id_of("Kind") not in found.api.types


def test_names_of_components_are_values_too(schemas: Understand) -> None:
    found = schemas("\n".join((f"Subject: {choice('{}')}", delivery("Home"), delivery("Locker"))))

    assert members(found, "Home")["method"] == (Constant("Home"), True)


def test_one_list_of_all_names_may_stand_in_each_option(schemas: Understand) -> None:
    tag = "{type: string, enum: [Home, Locker]}"
    found = schemas("\n".join((f"Subject: {choice('{}')}", delivery("Home", tag), delivery("Locker", tag))))

    subject = found.api.types[id_of("Subject")]
    assert isinstance(subject, Choice)
    assert subject.tag == Tag("method", (("Home", 0), ("Locker", 1)))
    assert members(found, "Locker")["method"] == (Constant("Locker"), True)


@pytest.mark.parametrize(
    ("subject", "home", "type_"),
    [
        (choice("{home: Home, house: Home, locker: Locker}"), delivery("Home"), TEXT),
        (choice(), delivery("Home", required="[]"), TEXT),
        (choice(), delivery("Home", "{type: integer}"), Scalar(ScalarKind.INTEGER)),
        (choice("{flat: Home, locker: Locker}"), delivery("Home", TO_KIND), Named(id_of("Kind"))),
        (f"{{oneOf: [{choice()}, {choice('{flat: Home, locker: Locker}')}]}}", delivery("Home"), TEXT),
        (f"{{oneOf: [{choice()}, {choice(tag='place')}]}}", delivery("Home"), TEXT),
        (
            f"{{type: object, properties: {{a: {choice()}, b: {{oneOf: [{{$ref: '#/components/schemas/Home'}}, "
            "{type: object, additionalProperties: {type: integer}}]}}}",
            delivery("Home"),
            TEXT,
        ),
        (
            f"{{type: object, properties: {{a: {choice()}, b: {{oneOf: [{{type: array, items: {{type: string}}}}, "
            "{type: array, items: {$ref: '#/components/schemas/Home'}}]}}}",
            delivery("Home"),
            TEXT,
        ),
    ],
    ids=["two values", "optional", "no text", "not listed", "two choices", "two tags", "no tag", "in a list"],
)
def test_a_tag_that_may_say_something_else_stays(schemas: Understand, subject: str, home: str, type_: TypeRef) -> None:
    found = schemas("\n".join((f"Subject: {subject}", home, delivery("Locker"), KIND)))

    assert members(found, "Home")["method"][0] == type_


def test_what_others_extend_keeps_its_tag(schemas: Understand) -> None:
    found = schemas("""
        Subject: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}},
          discriminator: {propertyName: kind, mapping: {home: Home, locker: Subject}}}
        Home: {allOf: [{$ref: '#/components/schemas/Subject'}, {type: object, properties: {bell: {type: string}}}]}
        Flat: {allOf: [{$ref: '#/components/schemas/Home'}, {type: object, properties: {floor: {type: integer}}}]}
        Kind: {type: string, enum: [home, locker]}
        """)

    assert members(found, "Subject/discriminator")["kind"] == (Named(id_of("Kind")), True)
    assert members(found, "Home")["kind"] == (Named(id_of("Kind")), True)  # Flat is one too
    assert isinstance(found.api.types[id_of("Kind")], Enumeration)
