"""Schemas of replies, as the maker of replies is given them."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.conformance.reply_schemas import ReplySchemas, TooLarge

NOT_NULL = {"type": ["boolean", "number", "string", "array", "object"]}


def of(schema: Any, **schemas: Any) -> Any:
    return ReplySchemas({"openapi": "3.0.3", "components": {"schemas": schemas}}).of(schema)


def test_object_is_closed_and_has_what_is_required_of_it() -> None:
    made = of({"required": ["a", "b"], "properties": {"a": {"type": "string"}, "c": {}, "d": {"writeOnly": True}}})

    assert made == {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"type": "string"}, "b": {}, "c": NOT_NULL},
        "additionalProperties": False,
    }


def test_discriminator_makes_one_of_its_kinds() -> None:
    base = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"small": "#/components/schemas/Cat"}},
    }
    kinds = {
        name: {
            "allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {name: {"type": "null"}}}]
        }
        for name in ("Cat", "Dog")
    }

    made = of({"$ref": "#/components/schemas/Pet"}, Pet=base, **kinds)

    assert [(sorted(each["properties"]), each["properties"]["kind"]) for each in made["oneOf"]] == [
        (["Cat", "kind"], {"const": "small"}),
        (["Dog", "kind"], {"const": "Dog"}),
    ]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"pattern": "^[a-f0-9\\-]+$", "minLength": 36, "maxLength": 36}, "^[a-f0-9\\-]{36,36}$"),
        ({"pattern": "\\d*", "minLength": 9}, "^\\d{9,9}$"),
        ({"pattern": "^(a|b)+$", "minLength": 36}, None),
        ({"pattern": "^(a|b)+$", "minLength": 3}, "^(a|b)+$"),
        ({"pattern": "\\p{L}"}, None),
    ],
)
def test_pattern_is_kept_where_texts_of_the_length_have_it(schema: dict[str, Any], expected: str | None) -> None:
    assert of({"type": "string", **schema}).get("pattern") == expected


def test_list_ends_after_a_few_items() -> None:
    assert of({"type": "array", "items": {"type": "integer"}, "maxItems": 1000})["maxItems"] == 3
    assert of({"type": "array", "items": {"type": "integer"}, "minItems": 7})["maxItems"] == 7


def test_schema_that_is_too_large_is_made_less_deep() -> None:
    def wide(target: str) -> dict[str, Any]:
        members = {f"m{number}": {"$ref": f"#/components/schemas/{target}"} for number in range(30)}
        return {"type": "object", "properties": {"own": {"type": "string"}, **members}}

    schemas = {"A": wide("B"), "B": wide("C"), "C": wide("D"), "D": {"type": "string"}}

    made = of({"$ref": "#/components/schemas/A"}, **schemas)

    assert list(made["properties"]) == ["own", *(f"m{number}" for number in range(30))]
    assert list(made["properties"]["m0"]["properties"]) == ["own"]


def test_schema_that_needs_itself_is_none() -> None:
    loop = {"type": "object", "required": ["me"], "properties": {"me": {"$ref": "#/components/schemas/Loop"}}}

    with pytest.raises(TooLarge):
        of({"$ref": "#/components/schemas/Loop"}, Loop=loop)
