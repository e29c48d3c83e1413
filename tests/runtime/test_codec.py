"""Reading what strays from its description, at the edges that no service is expected to reach."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from msgspec import Struct

from runtime.choices import Choice, Unknown
from runtime.codec import decode, decode_details, decode_plain, encode
from runtime.enums import OpenEnum
from runtime.errors import DecodeError, RequestError


class Colour(OpenEnum):
    RED = "red"


class Cat(Struct, kw_only=True):
    colour: Colour
    lives: int | None = None


class Dog(Struct, kw_only=True):
    size: int


class Pet(Choice):
    __options__: tuple[Cat, Dog]


class Branch(Struct, kw_only=True):
    below: Branch | None = None
    kind: Literal["branch"] | None = None
    length: int | None = None


class Owner(Struct, kw_only=True):
    pet: Pet


@pytest.mark.parametrize("colour", ['["red"]', '{"a": 1}', "[[]]"])
def test_an_enumeration_that_is_a_list_or_an_object_is_no_reason_to_fail(colour: str) -> None:
    found = decode(Owner, f'{{"pet": {{"colour": {colour}}}}}'.encode()).pet

    assert isinstance(found, Unknown)


DEPTH = 700  # more than Python's limit allows for functions that call each other, less than its JSON reader's


def deep(depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"length": "long"}
    for _ in range(depth):
        found = {"below": found}
    return found


def test_nesting_too_deep_to_be_read_tolerantly_is_an_error_of_the_client() -> None:
    with pytest.raises(DecodeError, match="nested too deeply"):
        decode_plain(Branch, deep(DEPTH))
    assert decode_details(Branch, deep(DEPTH)) is None
    assert decode_plain(Branch, deep(2)).below.below.length == "long"


def test_a_number_of_too_many_digits_is_an_error_of_the_client() -> None:
    with pytest.raises(RequestError, match="number"):
        encode({"length": 10**5000})


@pytest.mark.parametrize(
    ("documented", "body", "message"),
    [
        (list[Cat], b'{"message": "not today"}', "an object where an array"),
        (list[Cat], b'"x"', "a string where an array"),
        (dict[str, int], b"[1]", "an array where an object"),
        (Cat, b"[]", "an array where an object"),
        (Cat, b"null", "null where an object"),
        (str, b'{"error": 1}', "an object where a string"),
        (int, b"[1]", "an array where a number"),
    ],
)
def test_a_body_of_another_shape_is_an_error(documented: Any, body: bytes, message: str) -> None:
    with pytest.raises(DecodeError, match=message):
        decode(documented, body)


@pytest.mark.parametrize(
    ("documented", "body", "value"),
    [(list[Cat], b"null", None), (dict[str, int], b"null", None), (str, b"5", 5), (int, b'"x"', "x"), (Any, b"[]", [])],
)
def test_a_body_that_is_another_scalar_or_null_is_kept(documented: Any, body: bytes, value: Any) -> None:
    assert decode(documented, body) == value
