import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.openapi import pointer
from generator.openapi.tree import ABSENT, look_up

# RFC 6901, section 5, as pointers and, section 6, as fragments.
DOCUMENT = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, 'k"l': 6, " ": 7, "m~n": 8}


@pytest.mark.parametrize(
    ("written", "fragment", "value"),
    [
        ("", "", DOCUMENT),
        ("/foo", "/foo", ["bar", "baz"]),
        ("/foo/0", "/foo/0", "bar"),
        ("/", "/", 0),
        ("/a~1b", "/a~1b", 1),
        ("/c%d", "/c%25d", 2),
        ("/e^f", "/e%5Ef", 3),
        ("/g|h", "/g%7Ch", 4),
        ("/i\\j", "/i%5Cj", 5),
        ('/k"l', "/k%22l", 6),
        ("/ ", "/%20", 7),
        ("/m~0n", "/m~0n", 8),
    ],
)
def test_the_examples_of_the_standard(written, fragment, value):
    assert look_up(DOCUMENT, pointer.split(written)) == value
    assert pointer.from_fragment(fragment) == written


def test_an_escaped_tilde_escapes_nothing_else():
    assert pointer.split("/~01/~10") == ("~1", "/0")


@settings(derandomize=True, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=5))
def test_tokens_survive_the_way_through_a_pointer_and_a_reference(tokens):
    assert list(pointer.split(pointer.join(tokens))) == tokens
    assert list(pointer.split(pointer.from_fragment(pointer.to_reference(tokens)[1:]))) == tokens


@pytest.mark.parametrize("written", ["a", "#/a", "/~", "/~2", "/a~"])
def test_what_is_no_pointer(written):
    with pytest.raises(ValueError, match=r"/|~"):
        pointer.split(written)


@pytest.mark.parametrize("token", ["-", "-1", "+1", "01", "00", "1.0", "1e0", "", " 1", "\u0661", "2", "9" * 5000])
def test_what_is_no_index(token):
    assert look_up(["a", "b"], [token]) is ABSENT
