"""Header fields of replies as values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import Struct

from runtime.enums import OpenEnum
from runtime.http import Headers, HTTPResponse
from runtime.model import Response
from runtime.reply_headers import header


class Colour(OpenEnum):
    RED = "red"


class Size(Struct, kw_only=True):
    width: int
    height: int | None = None


def read(value: str, type_: Any, how: str = "") -> Any:
    fields = (("Other", "x"), ("X-Value", value))
    return header(Response(raw_response=HTTPResponse(200, Headers(fields), b"")), "x-value", type_, how)


WHEN = datetime(2014, 4, 29, 18, 30, 38, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "type_", "how", "expected"),
    [
        ("a b", str, "", "a b"),
        ("12", int, "", 12),
        ("1.5", float, "", 1.5),
        ("true", bool, "", True),
        ("red", Colour, "", Colour.RED),
        ("blue", Colour, "", Colour("blue")),
        ("Tue, 29 Apr 2014 18:30:38 GMT", datetime, "", WHEN),
        ("2014-04-29T18:30:38Z", datetime, "", WHEN),
        ("1398796238", datetime, "", WHEN),
        ("aGk=", bytes, "", b"hi"),
        ("1, 2,3", list[int], "", [1, 2, 3]),
        ('a, "b, \\"c\\"" ,d', list[str], "", ["a", 'b, "c"', "d"]),
        ("Tue, 29 Apr 2014 18:30:38 GMT, Tue, 29 Apr 2014 18:30:38 GMT", list[datetime], "", [WHEN, WHEN]),
        ("2014-04-29T18:30:38Z, 2014-04-29T18:30:38Z", list[datetime], "", [WHEN, WHEN]),
        ("width,3,height,4", Size, "", Size(width=3, height=4)),
        ("width=3,height=4", Size, "explode", Size(width=3, height=4)),
        ("a,1,b,2", dict[str, int], "", {"a": 1, "b": 2}),
        ('{"width": 3}', Size, "json", Size(width=3)),
        ("", list[str], "", []),
        # What strays from its description is kept as it came.
        ("many", int, "", "many"),
        ("no json", Size, "json", "no json"),
    ],
)
def test_values(value: str, type_: Any, how: str, expected: Any) -> None:
    found = read(value, type_, how)
    assert (found, type(found)) == (expected, type(expected))


def test_a_field_that_is_not_there() -> None:
    reply = Response(raw_response=HTTPResponse(200, Headers(()), b""))
    assert header(reply, "X-Value", int) is None
    assert header(reply, "X-Meta-", dict[str, str], "prefix") == {}


def test_a_map_of_fields_whose_names_begin_alike() -> None:
    fields = (("X-Meta-Who", "me"), ("x-meta-Count", "3"), ("X-Other", "4"))
    reply = Response(raw_response=HTTPResponse(200, Headers(fields), b""))
    assert header(reply, "x-meta-", dict[str, str], "prefix") == {"Who": "me", "Count": "3"}
