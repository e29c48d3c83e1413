"""Types that contain themselves, and chains of them that are longer than any stack."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.graph.model import Anything, ListOf, MapOf, Named, Nullable, Record, Scalar, ScalarKind, TypeRef
from tests.graph.conftest import Understand, id_of, members

STRING = Scalar(ScalarKind.STRING)


def test_a_record_that_contains_itself(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          type: object
          properties:
            parent: {oneOf: [{$ref: '#/components/schemas/Subject'}, {type: 'null'}]}
            children: {type: array, items: {$ref: '#/components/schemas/Subject'}}
            by_name: {type: object, additionalProperties: {$ref: '#/components/schemas/Subject'}}
        """)

    itself = Named(id_of("Subject"))
    assert {name: type_ for name, (type_, _) in members(found, "Subject").items()} == {
        "parent": Nullable(itself),
        "children": ListOf(itself),
        "by_name": MapOf(itself),
    }


def test_records_that_contain_each_other(schemas: Understand) -> None:
    found = schemas("""
        Subject: {type: object, properties: {other: {$ref: '#/components/schemas/Other'}}}
        Other: {type: object, properties: {back: {$ref: '#/components/schemas/Subject'}}}
        """)

    assert members(found, "Subject") == {"other": (Named(id_of("Other")), False)}
    assert members(found, "Other") == {"back": (Named(id_of("Subject")), False)}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: array, items: {$ref: '#/components/schemas/Subject'}}", ListOf(Anything())),
        ("{type: object, additionalProperties: {$ref: '#/components/schemas/Subject'}}", MapOf(Anything())),
        ("{$ref: '#/components/schemas/Subject'}", Anything()),
        ("{allOf: [{$ref: '#/components/schemas/Subject'}]}", Anything()),
        ("{anyOf: [{$ref: '#/components/schemas/Subject'}]}", Anything()),
    ],
)
def test_what_has_no_name_to_stop_at_ends_in_anything(
    subject: Callable[[str], TypeRef], schema: str, expected: TypeRef
) -> None:
    assert subject(f"Subject: {schema}") == expected


def test_a_list_whose_items_hold_the_list(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          type: array
          items: {type: object, properties: {below: {$ref: '#/components/schemas/Subject'}}}
        """)

    item = Named(id_of("Subject/items"))
    assert found.api.operations[0].body is not None
    assert found.api.operations[0].body.type == ListOf(item)
    assert members(found, "Subject/items") == {"below": (ListOf(item), False)}


def test_all_of_in_a_circle(schemas: Understand) -> None:
    found = schemas("""
        Subject: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {a: {type: string}}}]}
        B: {allOf: [{$ref: '#/components/schemas/Subject'}, {type: object, properties: {b: {type: string}}}]}
        """)

    assert members(found, "Subject") == {"b": (STRING, False), "a": (STRING, False)}


def test_a_chain_of_records_longer_than_the_stack(schemas: Understand) -> None:
    length = 2_000
    chain = [
        f"S{n}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/S{n + 1}'}}}}}}"
        for n in range(length)
    ]

    found = schemas("\n".join(["Subject: {$ref: '#/components/schemas/S0'}", *chain, f"S{length}: {{type: string}}"]))

    assert len(found.api.types) == length
    assert members(found, f"S{length - 1}") == {"next": (STRING, False)}


def test_a_chain_of_all_of_longer_than_the_stack(schemas: Understand) -> None:
    length = 1_200
    chain = [
        f"S{n}: {{allOf: [{{$ref: '#/components/schemas/S{n + 1}'}}], properties: {{p{n}: {{type: string}}}}}}"
        for n in range(length)
    ]

    found = schemas(
        "\n".join(
            ["Subject: {$ref: '#/components/schemas/S0'}", *chain, f"S{length}: {{type: object, properties: {{}}}}"]
        )
    )

    record = found.api.types[id_of("S0")]
    assert isinstance(record, Record)
    assert len(record.fields) == length


def test_diamonds_of_all_of_are_walked_once(schemas: Understand) -> None:
    """Forty levels of two: what is walked path by path never comes to an end."""
    levels = 40
    lines = ["Subject: {$ref: '#/components/schemas/L0'}"]
    for level in range(levels):
        for side in ("L", "R"):
            branches = f"[{{$ref: '#/components/schemas/L{level + 1}'}}, {{$ref: '#/components/schemas/R{level + 1}'}}]"
            lines.append(f"{side}{level}: {{allOf: {branches}, properties: {{{side}{level}: {{type: string}}}}}}")
    lines += [f"{side}{levels}: {{type: object, properties: {{end: {{type: string}}}}}}" for side in ("L", "R")]

    found = schemas("\n".join(lines))

    record = found.api.types[id_of("L0")]
    assert isinstance(record, Record)
    assert len(record.fields) == 2 * levels  # L0 to L39, R1 to R39, and the end
