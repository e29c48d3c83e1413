"""Strings along patterns: made, and matched, as ECMA-262 means them."""

from __future__ import annotations

import re
import time

import pytest

from runtime.constraints import Text
from runtime.ecma import compile_pattern
from runtime.testing.pattern_reader import UnreadablePattern, read_pattern
from runtime.testing.patterns import matches
from runtime.testing.texts import plain_text, satisfies, text_for

# As documents have them; Python reads these too, and so can be asked.
SHARED = [
    r"[\w\s+=,.@-]+",
    r"^[\w-]+:[0-9a-f-]+$",
    r"\d+",
    r"(un)?authenticated",
    r"^arn:aws(-[a-z]+)*:iam::\d{12}:role/[\w+=,.@/-]+$",
    r"^[A-Z]{3}-\d{4}$",
    r"^(\d{1,3}\.){3}\d{1,3}$",
    r"^#[0-9a-fA-F]{6}$",
    r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$",
    r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,32}$",
    r"^(?!aws:).{1,128}$",
    r"^([a-z])\1$",
    r"^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$",
    r"^v\d+(\.\d+)*(-(alpha|beta)\.\d)?$",
    r"[\x20-\x7e]{3}",
    r"^$|^[a-f]{5}$",
    r"\bword\b",
    r"^[\]\\^-]+$",
    r"^a{2,3}?b*?$",
]
ECMA = [
    (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "name"),
    (r"^\p{Lu}{3}$", None),
    (r"^\P{L}+$", None),
    (r"^[\u4e00-\u9fff]{2}$", "\u4e00\u4e00"),
    (r"^\u{1F600}$", "\U0001f600"),
    (r"^(?<year>\d{4})$", None),
    (r"^[^]+$", None),
    (r"^(?:\p{Print}+)$", "name"),
    (r"^[\p{Alpha}]{2}-[\p{Digit}]$", None),
]


@pytest.mark.parametrize("pattern", SHARED)
@pytest.mark.parametrize("number", [0, 1, 7])
def test_python_agrees_that_the_string_matches(pattern: str, number: int) -> None:
    text = text_for(Text(pattern=pattern), "member_name", number)

    assert text is not None
    assert re.fullmatch(pattern, text, re.ASCII), text
    other = compile_pattern(pattern)
    assert other is not None
    assert other.search(text)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Text(format="email"), ["user1@example.com", "user2@example.com"]),
        (Text(format="ipv4"), ["192.0.2.1", "192.0.2.2"]),
        (Text(format="email", pattern="^[a-z0-9]+@example[.]com$"), ["user1@example.com", "user2@example.com"]),
        (Text(format="email", pattern="^[a-z]{4}$"), ["name", "dsde"]),
        (Text(format="uri", max_length=8), ["name", "name_2"]),
        (Text(format="nobody-knows"), ["name", "name_2"]),
    ],
)
def test_a_format_is_kept_to_where_the_rest_allows(limits: Text, expected: list[str]) -> None:
    assert [text_for(limits, "name", number) for number in range(2)] == expected


@pytest.mark.parametrize(("pattern", "expected"), ECMA)
def test_what_python_cannot_read_is_written_too(pattern: str, expected: str | None) -> None:
    text = text_for(Text(pattern=pattern), "name", 0)

    assert text
    assert expected is None or text == expected
    other = compile_pattern(pattern)  # another reading of the same standard
    assert other is None or other.search(text)
    assert satisfies(text, Text(pattern=pattern))


@pytest.mark.parametrize("pattern", [r"[a-z]+", r"[a-z-]+", r"(ab)+", r"x[0-9]*y", None])
@pytest.mark.parametrize(("least", "most"), [(0, 4), (6, 6), (20, 2048), (300, 300)])
def test_lengths_are_kept_with_any_pattern(pattern: str | None, least: int, most: int) -> None:
    text = text_for(Text(min_length=least, max_length=most, pattern=pattern), "a_rather_long_name", 2)

    assert text is not None
    assert least <= len(text) <= most
    assert pattern is None or re.fullmatch(pattern, text)


@pytest.mark.parametrize("pattern", [None, r"[\w-]+:[0-9a-f-]+", r"[a-z]{8}", r"\d{4,9}", r"[a-z_0-9]+"])
def test_other_numbers_and_names_are_other_strings(pattern: str | None) -> None:
    limits = Text(pattern=pattern)

    found = {text_for(limits, "name", number) for number in range(20)}

    assert len(found) == 20
    assert text_for(limits, "name", 3) == text_for(limits, "name", 3)


def test_strings_look_like_what_their_names_promise() -> None:
    assert text_for(Text(pattern=r"[\w.-]+"), "pool_name", 0) == "pool_name"
    assert text_for(Text(pattern=r"[\w.-]+"), "pool_name", 1) == "pool_name_2"
    assert text_for(Text(min_length=20), "role_arn", 0) == "arn:aws:iam::123456789012:role/example"
    assert text_for(Text(pattern=r"^[a-z-]+$"), "pool_name", 0) == "pool-name"
    assert plain_text("a_long_name", 11, most=4) == "a_12"


@pytest.mark.parametrize(
    "limits",
    [Text(min_length=5, max_length=4), Text(pattern=r"^a$", min_length=2), Text(pattern="(?!)x"), Text(pattern="(")],
)
def test_what_cannot_be_met_is_said(limits: Text) -> None:
    assert text_for(limits, "name", 0) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[a",
        "a{2,1}",
        "*",
        "\\",
        r"\p{Script=Greek}",
        "(?i:a)",
        "a{999999999}",
        "(" * 100 + ")" * 100,
        "x" * 9999,
    ],
)
def test_what_is_not_understood_is_refused(pattern: str) -> None:
    with pytest.raises(UnreadablePattern):
        read_pattern(pattern)


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"^(a|a)*$", r"^(.*)*x$", r"(?=(a+)+$)b"])
def test_a_pattern_cannot_keep_it_busy(pattern: str) -> None:
    started = time.process_time()

    matches(read_pattern(pattern), "a" * 60 + "!")
    text_for(Text(pattern=pattern, min_length=50), "name", 0)

    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("ab|c", "c", True),
        ("ab|c", "abc", False),
        (r"a{2}", "aaa", False),
        (r"(a|b){2,}", "abab", True),
        (r"[^a-c]", "b", False),
        (r"\W", "é", True),  # word characters are ASCII
        (r"\d", "٣", False),
        (r".", "\n", False),
        (r"(?<=a)b", "b", False),
        (r"a(?<=a)b", "ab", True),
        (r"a(?<!a)b", "ab", False),
        (r"a\b-", "a-", True),
        (r"a\Bb", "ab", True),
        (r"(a)(b)\2\1", "abba", True),
        (r"\x41B\t", "AB\t", True),
        (r"[\d-]+", "1-2", True),
        (r"[\b]", "\b", True),
        ("a{,3}", "a{,3}", True),  # no quantifier without a first number
    ],
)
def test_matching_is_ecma_s(pattern: str, text: str, expected: bool) -> None:
    assert matches(read_pattern(pattern), text) is expected
