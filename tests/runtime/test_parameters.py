"""Every style in every place: the standard's own table (OpenAPI 3.1, section 4.8.12.4), RFC 6570 where it applies, and
what the standard leaves open.

The values are the standard's: an empty string, a string, a list and an object.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from runtime.draft import Draft
from runtime.errors import RequestError
from runtime.operation import Parameter
from runtime.parameters import place

STRING = "blue"
LIST = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}

PATH = [
    # style, explode, string, list, object
    ("simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("label", False, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    ("label", True, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    ("matrix", False, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    ("matrix", True, ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
]
QUERY = [
    ("form", False, "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("form", True, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("spaceDelimited", False, "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
    ("pipeDelimited", False, "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
    (
        "deepObject",
        True,
        "color=blue",
        "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    ),
    (
        "json",
        False,
        "color=%22blue%22",
        "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
        "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
    ),
]
HEADER = [
    ("simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
]
COOKIE = [
    ("form", False, "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("form", True, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("cookie", True, "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"),
]
ROWS = [
    (where, style, explode, value, expected)
    for where, rows in (("path", PATH), ("query", QUERY), ("header", HEADER), ("cookie", COOKIE))
    for style, explode, *cells in rows
    for value, expected in zip((STRING, LIST, OBJECT), cells, strict=True)
]


def sent(
    where: str, style: str, value: Any, *, explode: bool, allow_reserved: bool = False, name: str = "color"
) -> str:
    """How the value travels."""
    draft = Draft(method="GET", path="/x/{color}" if where == "path" else "/x")
    parameter = Parameter(where, name, "color", explode=explode, style=style, allow_reserved=allow_reserved)
    place(draft, parameter, value)
    match where:
        case "path":
            return draft.path.removeprefix("/x/")
        case "query":
            return "&".join(draft.query)
        case "header":
            return ", ".join(value for _, value in draft.headers)
        case _:
            return "; ".join(f"{key}={item}" for key, item in draft.cookies)


@pytest.mark.parametrize(("where", "style", "explode", "value", "expected"), ROWS)
def test_the_table_of_the_standard(where: str, style: str, explode: bool, value: Any, expected: str) -> None:
    assert sent(where, style, value, explode=explode) == expected


@pytest.mark.parametrize(
    ("where", "style", "expected"),
    [
        ("path", "label", "."),
        ("path", "matrix", ";color"),
        ("query", "form", "color="),
        ("query", "deepObject", "color="),
        ("header", "simple", ""),
        ("cookie", "form", "color="),
    ],
)
def test_the_empty_string(where: str, style: str, expected: str) -> None:
    assert sent(where, style, "", explode=False) == expected


@pytest.mark.parametrize("value", [[], {}])
@pytest.mark.parametrize(
    ("where", "style"),
    [
        ("query", "form"),
        ("query", "spaceDelimited"),
        ("query", "deepObject"),
        ("header", "simple"),
        ("cookie", "form"),
        ("cookie", "cookie"),
    ],
)
@pytest.mark.parametrize("explode", [True, False])
def test_nothing_inside_is_not_sent(where: str, style: str, value: Any, explode: bool) -> None:
    assert sent(where, style, value, explode=explode) == ""


@pytest.mark.parametrize("value", ["", ".", "..", [], {}])
def test_a_path_must_not_lead_elsewhere(value: Any) -> None:
    with pytest.raises(RequestError, match="another resource"):
        sent("path", "simple", value, explode=False)


@pytest.mark.parametrize("value", [".", ["", ""]])
def test_a_label_must_not_lead_to_the_folder_above(value: Any) -> None:
    with pytest.raises(RequestError, match="another resource"):
        sent("path", "label", value, explode=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (1.5, "1.5"),
        (1e22, "1e%2B22"),
        (b"\xff\x00", "%2FwA%3D"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.UTC), "2024-02-29T01%3A02%3A03Z"),
        ("a&b=c d+e/é", "a%26b%3Dc%20d%2Be%2F%C3%A9"),
        ([1, None, True], "1,true"),
        ([["a"], {"b": 1}], "%5B%22a%22%5D,%7B%22b%22%3A1%7D"),
    ],
)
def test_values(value: Any, expected: str) -> None:
    assert sent("query", "form", value, explode=False) == f"color={expected}"


def test_reserved_characters_are_kept_on_demand() -> None:
    assert sent("query", "form", "a/b?c=d&e#f", explode=False, allow_reserved=True) == "color=a/b?c%3Dd%26e%23f"
    assert sent("path", "simple", "a/b:c", explode=False, allow_reserved=True) == "a%2Fb:c"


def test_a_comma_of_the_value_is_no_delimiter() -> None:
    assert sent("query", "form", ["a,b", "c"], explode=False) == "color=a%2Cb,c"
    assert sent("path", "label", ["a,b", "c"], explode=True) == ".a%2Cb.c"


def test_deep_objects_go_on_in_brackets() -> None:
    value = {"a": {"b": [1, 2]}, "c": [{"d": 1}, {"d": 2}], "e": None}

    assert sent("query", "deepObject", value, explode=True, name="f&g").replace("%5B", "[").replace("%5D", "]") == (
        "f%26g[a][b][]=1&f%26g[a][b][]=2&f%26g[c][0][d]=1&f%26g[c][1][d]=2"
    )


def test_the_names_of_an_object_are_encoded() -> None:
    assert sent("query", "form", {"a&b": 1}, explode=True) == "a%26b=1"
    assert sent("path", "matrix", {"a;b": 1}, explode=True) == ";a%3Bb=1"
