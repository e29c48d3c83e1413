import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.characters import escape, is_visible, notation
from generator.terminal import visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_nothing_but_visible_characters_on_one_line(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown


@given(ANY_TEXT)
def test_lines_can_be_kept(text: str) -> None:
    shown = visible(text, keep_newlines=True)
    assert shown.replace("\n", "").isprintable()
    assert shown.splitlines() == shown.removesuffix("\n").split("\n") or not shown


def test_hostile_text(payload: str) -> None:
    assert visible(payload).isprintable()


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_left_alone(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("é 中 🙂", "é 中 🙂"),
        ("\x1b]0;t\x07", r"\x1b]0;t\x07"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\rb", r"a\rb"),
        ("a\nb", r"a\nb"),
        ("\x9b31m", r"\x9b31m"),
        ("\x7f", r"\x7f"),
        ("\u202e\u2066\u200e", r"\u202e\u2066\u200e"),
        ("\u2028", r"\u2028"),
        ("\ud800", r"\ud800"),
        ("\ufe0f", r"\ufe0f"),
        ("\U000e0041", r"\U000e0041"),
        ("\u3164\u115f\u2800", r"\u3164\u115f\u2800"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_line_break_is_kept_as_a_newline() -> None:
    assert visible("a\r\nb\rc\u2028d\x85e\x1b", keep_newlines=True) == "a\nb\nc\nd\ne\\x1b"


@given(st.characters(exclude_categories=()))
def test_notation_is_pythons(char: str) -> None:
    assert notation(char).encode("ascii").decode("unicode_escape") == char
    assert escape(char, keep=char) == char
    assert escape(char) == (char if is_visible(char) else notation(char))
