"""Which schema is which type: one rule after the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.graph.model import (
    Anything,
    Constant,
    Constraints,
    Enumeration,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Record,
    Scalar,
    ScalarKind,
    TypeRef,
)
from tests.graph.conftest import Understand, id_of, members

Subject = Callable[[str], TypeRef]

STRING = Scalar(ScalarKind.STRING)
SUBJECT = Named(id_of("Subject"))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string}", STRING),
        ("{type: integer}", Scalar(ScalarKind.INTEGER)),
        ("{type: integer, format: int64}", Scalar(ScalarKind.INTEGER)),
        ("{type: number}", Scalar(ScalarKind.NUMBER)),
        ("{type: boolean}", Scalar(ScalarKind.BOOLEAN)),
        ("{type: string, format: date-time}", Scalar(ScalarKind.DATETIME)),
        ("{type: string, format: date}", Scalar(ScalarKind.DATE)),
        ("{type: string, format: time}", Scalar(ScalarKind.TIME)),
        ("{type: string, format: duration}", Scalar(ScalarKind.DURATION)),
        ("{type: string, format: uuid}", Scalar(ScalarKind.UUID)),
        ("{type: string, format: byte}", Scalar(ScalarKind.BYTES)),
        ("{type: string, contentEncoding: base64}", Scalar(ScalarKind.BYTES)),
        ("{contentEncoding: base64, contentMediaType: image/png}", Scalar(ScalarKind.BYTES)),
        ("{type: string, contentEncoding: quoted-printable, contentMediaType: image/png}", STRING),
        ("{type: string, contentMediaType: application/problem+json}", STRING),
        ("{type: string, contentMediaType: text/csv}", STRING),
        ("{type: string, contentMediaType: image/png}", STRING),  # outside of forms there are no files
        ("{type: string, format: decimal}", Scalar(ScalarKind.DECIMAL)),
        ("{type: string, format: nobody-knows}", STRING),
        ("{type: string, format: email}", Scalar(ScalarKind.STRING, Constraints(format="email"))),
        ("{type: integer, format: email}", Scalar(ScalarKind.INTEGER)),
        ("{type: integer, format: date-time}", Scalar(ScalarKind.INTEGER)),
        (
            "{type: string, format: date-time, x-timestampFormat: unixTimestamp}",
            Scalar(ScalarKind.DATETIME, None, "unixTimestamp"),
        ),
        (
            "{type: string, minLength: 1, maxLength: 9, pattern: '[a-z]+'}",
            Scalar(ScalarKind.STRING, Constraints(min_length=1, max_length=9, pattern="[a-z]+")),
        ),
        (
            "{type: integer, minimum: 0, exclusiveMaximum: 10, multipleOf: 2}",
            Scalar(ScalarKind.INTEGER, Constraints(minimum=0, exclusive_maximum=10, multiple_of=2)),
        ),
    ],
)
def test_scalars(subject: Subject, schema: str, expected: TypeRef) -> None:
    assert subject(f"Subject: {schema}") == expected


@pytest.mark.parametrize(
    "schema",
    [
        "{}",
        "true",
        "false",
        "{description: Words alone.}",
        "{enum: [null]}",
        "{const: {a: 1}}",
        "{type: mystery}",
        "{$ref: '#/components/schemas/Missing'}",
    ],
)
def test_what_has_no_one_type_is_anything(subject: Subject, schema: str) -> None:
    assert subject(f"Subject: {schema}") == Anything()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: [string, 'null']}", Nullable(STRING)),
        ("{type: string, nullable: true}", Nullable(STRING)),
        ("{oneOf: [{type: string}, {type: 'null'}]}", Nullable(STRING)),
        ("{anyOf: [{type: 'null'}, {type: string}]}", Nullable(STRING)),
        ("{anyOf: [{type: string}]}", STRING),
        ("{oneOf: [{type: [string, 'null']}, {type: 'null'}]}", Nullable(STRING)),
        ("{type: [array, 'null'], items: {type: [string, 'null']}}", Nullable(ListOf(Nullable(STRING)))),
    ],
)
def test_nullable_in_both_dialects(subject: Subject, schema: str, expected: TypeRef) -> None:
    assert subject(f"Subject: {schema}") == expected


@pytest.mark.parametrize("nullable", ["type: [object, 'null']", "type: object, nullable: true"])
def test_a_nullable_definition_is_nullable_wherever_it_is_used(schemas: Understand, nullable: str) -> None:
    found = schemas(f"""
        Subject:
          type: object
          properties: {{a: {{$ref: '#/components/schemas/Maybe'}}, b: {{$ref: '#/components/schemas/Maybe'}}}}
        Maybe: {{{nullable}, properties: {{x: {{type: string}}}}}}
        """)

    maybe = Nullable(Named(id_of("Maybe")))
    assert members(found, "Subject") == {"a": (maybe, False), "b": (maybe, False)}


def test_an_enumeration_with_null_is_nullable_wherever_it_is_used(schemas: Understand) -> None:
    found = schemas("""
        Subject: {type: object, properties: {a: {$ref: '#/components/schemas/E'}, b: {$ref: '#/components/schemas/E'}}}
        E: {enum: [x, null, y]}
        """)

    assert members(found, "Subject") == {
        "a": (Nullable(Named(id_of("E"))), False),
        "b": (Nullable(Named(id_of("E"))), False),
    }
    assert found.api.types[id_of("E")].values == ("x", "y")  # type: ignore[union-attr]


def test_a_choice_of_anything_is_anything_and_said_to_be(schemas: Understand) -> None:
    found = schemas("Subject: {oneOf: [{type: string}, {}]}")

    assert found.api.operations[0].body is not None
    assert found.api.operations[0].body.type == Anything()
    assert found.codes() == ["TYPE010"]


@pytest.mark.parametrize(
    ("schema", "kind", "values"),
    [
        ("{type: string, enum: [a, b, a]}", ScalarKind.STRING, ("a", "b")),
        ("{enum: [a, b]}", ScalarKind.STRING, ("a", "b")),
        ("{type: integer, enum: [2, 1]}", ScalarKind.INTEGER, (2, 1)),
        ("{type: string, enum: [1, 1.5, true, a]}", ScalarKind.STRING, ("1", "1.5", "true", "a")),
    ],
)
def test_enumerations(schemas: Understand, schema: str, kind: ScalarKind, values: tuple[object, ...]) -> None:
    found = schemas(f"Subject: {schema}")

    definition = found.api.types[id_of("Subject")]
    assert isinstance(definition, Enumeration)
    assert (definition.kind, definition.values) == (kind, values)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: boolean, enum: [true]}", Scalar(ScalarKind.BOOLEAN)),
        ("{type: number, enum: [1.5, 2.5]}", Scalar(ScalarKind.NUMBER)),
        ("{type: string, enum: []}", STRING),
    ],
)
def test_lists_of_other_values_stay_scalars(subject: Subject, schema: str, expected: TypeRef) -> None:
    assert subject(f"Subject: {schema}") == expected


@pytest.mark.parametrize("value", ["a", 1, True])
def test_constants(subject: Subject, value: object) -> None:
    assert subject(f"Subject: {{const: {str(value).lower()}}}") == Constant(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: array, items: {type: string}}", ListOf(STRING)),
        ("{items: {type: string}}", ListOf(STRING)),
        ("{type: array}", ListOf(Anything())),
        ("{type: array, items: {type: string}, minItems: 1, maxItems: 3}", ListOf(STRING, Limits(1, 3))),
        ("{type: object, additionalProperties: {type: string}}", MapOf(STRING)),
        ("{additionalProperties: {type: string}}", MapOf(STRING)),
        ("{type: object, additionalProperties: true}", MapOf(Anything())),
        ("{type: object}", MapOf(Anything())),
        ("{type: object, maxProperties: 5}", MapOf(Anything(), None, Limits(None, 5))),
        ("{type: object, additionalProperties: false}", MapOf(Anything(), None, Limits(None, 0))),
        ("{type: object, required: [b, a]}", MapOf(Anything(), None, None, ("a", "b"))),
        (
            "{type: object, additionalProperties: {type: string}, propertyNames: {type: string, maxLength: 9}}",
            MapOf(STRING, Scalar(ScalarKind.STRING, Constraints(max_length=9))),
        ),
    ],
)
def test_lists_and_maps(subject: Subject, schema: str, expected: TypeRef) -> None:
    assert subject(f"Subject: {schema}") == expected


def test_an_object_without_members_is_a_record_only_where_it_says_so(schemas: Understand) -> None:
    found = schemas("Subject: {type: object, properties: {}}")

    assert found.api.types[id_of("Subject")].fields == ()  # type: ignore[union-attr]


def test_members_and_further_members(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          type: object
          required: [a, ghost]
          properties: {a: {type: string}, b: {}}
          additionalProperties: {type: integer}
        """)

    assert members(found, "Subject") == {"a": (STRING, True), "b": (Anything(), False)}
    assert found.api.types[id_of("Subject")].extra == Scalar(ScalarKind.INTEGER)  # type: ignore[union-attr]


def test_an_inline_object_is_named_after_its_place(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          type: object
          properties:
            address: {type: object, properties: {city: {type: string}}}
            lines: {type: array, items: {type: object, properties: {text: {type: string}}}}
        """)

    assert [(type_.id, type_.source_name) for type_ in found.api.types.values()] == [
        (id_of("Subject"), "Subject"),
        (id_of("Subject/properties/address"), "Subject address"),
        (id_of("Subject/properties/lines/items"), "Subject lines item"),
    ]


def test_a_reference_outside_the_components_is_followed(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            get:
              operationId: a
              responses:
                "200":
                  description: Fine.
                  content:
                    application/json:
                      schema: {type: object, properties: {x: {type: string}}}
          /b:
            get:
              operationId: b
              responses:
                "200":
                  description: Fine.
                  content:
                    application/json:
                      schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}
        """)

    place = "/paths/~1a/get/responses/200/content/application~1json/schema"
    assert [operation.outputs[0].type for operation in found.api.operations] == [Named(place), Named(place)]
    assert [type_.source_name for type_ in found.api.types.values()] == ["a response"]


def test_a_dangling_reference_costs_itself_only(schemas: Understand) -> None:
    found = schemas("Subject: {type: object, properties: {a: {$ref: '#/components/schemas/Gone'}, b: {type: string}}}")

    assert members(found, "Subject") == {"a": (Anything(), False), "b": (STRING, False)}
    assert found.codes() == ["REF002"]


def test_a_component_with_slashes_and_tildes_keeps_its_name(schemas: Understand) -> None:
    found = schemas("""
        Subject: {$ref: '#/components/schemas/a~1b~0c'}
        "a/b~c": {type: object, properties: {x: {type: string}}}
        """)

    assert [(type_.id, type_.source_name) for type_ in found.api.types.values()] == [(id_of("a~1b~0c"), "a/b~c")]


def test_words_beside_a_reference_describe_the_member(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          type: object
          properties:
            own: {allOf: [{$ref: '#/components/schemas/Id'}, {description: Own words.}]}
            theirs: {$ref: '#/components/schemas/Id'}
        Id: {type: string, description: Words of the type.}
        """)

    record = found.api.types[id_of("Subject")]
    assert isinstance(record, Record)
    assert [field.docs.description for field in record.fields] == ["Own words.", "Words of the type."]


def test_required_members_of_one_direction_need_not_be_there_in_the_other(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            post:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/In'}}}}
              responses:
                "200": {description: "", content: {application/json: {schema: {$ref: '#/components/schemas/Out'}}}}
            put:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}}
              responses:
                "200": {description: "", content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}}
        components:
          schemas:
            In: &schema
              type: object
              required: [r, w]
              properties: {r: {type: string, readOnly: true}, w: {type: string, writeOnly: true}}
            Out: *schema
            Both: *schema
        """)

    required = {
        name: {key for key, (_, needed) in members(found, name).items() if needed} for name in ("In", "Out", "Both")
    }
    assert required == {"In": {"w"}, "Out": {"r"}, "Both": set()}


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("", {"known": (STRING, True), "a/b": (Anything(), True), "wanted": (Anything(), True)}),
        ("additionalProperties: false,", {"known": (STRING, True)}),
        ("additionalProperties: {type: string},", {"known": (STRING, True)}),
    ],
)
def test_a_member_that_is_only_required_can_be_given(
    schemas: Understand, extra: str, expected: dict[str, tuple[TypeRef, bool]]
) -> None:
    text = f"Subject: {{type: object, {extra} required: [wanted, known, a/b], properties: {{known: {{type: string}}}}}}"

    assert members(schemas(text), "Subject") == expected


def test_what_another_branch_describes_is_not_just_required(schemas: Understand) -> None:
    found = schemas("""
        Subject:
          allOf:
            - {type: object, required: [name], properties: {age: {type: integer}}}
            - {type: object, properties: {name: {type: string}}}
    """)

    assert members(found, "Subject") == {"age": (Scalar(ScalarKind.INTEGER), False), "name": (STRING, True)}
