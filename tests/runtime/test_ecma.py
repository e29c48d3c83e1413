"""Patterns of documents, searched as ECMA-262 searches them."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from runtime.character_sets import category
from runtime.ecma import compile_pattern

FOUND = [
    ("a", "cat"),
    ("^a", "ab"),
    ("a$", "ba"),
    (r"^\d+$", "42"),
    (r"^\w+$", "a_Z9"),
    (r"^\W$", "é"),
    (r"^\D$", "٣"),
    (r"^\s$", "\ufeff"),
    (r"^\s$", "\u2028"),
    (r"^\S$", "\u0085"),
    (r"^[\s\S]{3}$", "a\nb"),
    (r"^[^]$", "\n"),
    (r"^.$", "\u0085"),
    (r"^.$", "😀"),
    (r"^[\w._:/-]+$", "a-b/c:d"),
    (r"^[\w-:]+$", "a-:"),
    (r"^[-a]+$", "a-"),
    (r"^[a\-z]$", "-"),
    (r"^[^\d]$", "x"),
    (r"^[\D\d]$", "5"),
    (r"^[^\W_]$", "a"),
    (r"^[\b]$", "\b"),
    (r"\bcat\b", "a cat."),
    (r"\bé", "aé"),
    (r"^\p{L}+$", "Straße"),
    (r"^\p{Lu}$", "É"),
    (r"^\p{Letter}$", "字"),
    (r"^\p{gc=Nd}$", "٣"),
    (r"^\p{General_Category=Decimal_Number}$", "٣"),
    (r"^\P{L}$", "5"),
    (r"^[^\p{L}]$", "5"),
    (r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$", "a\u0301+5!😀"),
    (r"^\p{So}$", "😀"),
    (r"^\p{Any}$", "\n"),
    (r"^\p{ASCII}$", "~"),
    (r"^\p{LC}$", "a"),
    (r"^\p{Co}$", "\U000f0000"),
    (r"^\p{Cn}$", "\U00050000"),
    (r"^\u0041\x42\u{1F600}$", "AB😀"),
    (r"^\uD83D\uDE00$", "😀"),
    (r"^[\uD83D\uDE00]$", "😀"),
    (r"^\cJ\t\n\v\f\r\0$", "\n\t\n\v\f\r\0"),
    (r"^a{2}$", "aa"),
    (r"^a{2,}$", "aaa"),
    (r"^a{,5}$", "a{,5}"),
    (r"^a{x}$", "a{x}"),
    (r"^{$", "{"),
    (r"^]}$", "]}"),
    (r"^(?<year>\d{4})-\k<year>$", "2026-2026"),
    (r"^(a)?b\1$", "b"),
    (r"^(a)?b\1$", "aba"),
    (r"^(?:a|b)+?$", "abab"),
    (r"^(?=a)a(?!c)", "ab"),
    (r"(?<=a)b", "ab"),
    (r"(?<!a)b", "cb"),
    (r"^\/\.\*\#\ \-$", "/.*# -"),
    (r"^[a[]$", "["),
    ("^#  x$", "#  x"),
]
NOT_FOUND = [
    ("^a", "ba"),
    ("a$", "a\n"),
    (r"^\d+$", "٣"),
    (r"^\w+$", "é"),
    (r"^\s$", "\u0085"),
    (r"^\s$", "\x1c"),
    (r"^.$", "\u2028"),
    (r"^.$", "\r"),
    (r"[]", "anything"),
    (r"^[^\w]$", "_"),
    (r"^[\S]+$", "a b"),
    (r"\bé", " é"),
    (r"^\p{Lu}$", "é"),
    (r"^\P{L}$", "a"),
    (r"^\p{LC}$", "ʰ"),
    (r"^\p{ASCII}$", "\x80"),
    (r"^a{,5}$", "aaa"),
    (r"^(a)?b\1$", "ba"),
    (r"^\$$", "x"),
]
UNCHECKED = [
    "(",
    "[a",
    "a{5,2}",
    "*",
    "[z-a]",
    r"[\d-z-a]",
    "\\",
    r"\A",
    r"\z",
    r"\h",
    r"\pL",
    r"\p{IsAlphabetic}",
    r"\p{Script=Greek}",
    r"\p{L",
    r"[a-z&&[^b]]",
    "[[:alpha:]]",
    "(?i)a",
    "(?>a)",
    "(?P<a>b)",
    "(?#comment)",
    "(?<a>b)(?<a>c)",
    r"\2",
    r"\k<none>",
    r"\012",
    r"\u{110000}",
    "(?<=a+)b",
    "a{99999999999999999999}",
    "(" * 5000 + ")" * 5000,
]


@pytest.mark.parametrize(("pattern", "text"), FOUND)
def test_found(pattern: str, text: str) -> None:
    compiled = compile_pattern(pattern)
    assert compiled is not None
    assert compiled.search(text)


@pytest.mark.parametrize(("pattern", "text"), NOT_FOUND)
def test_not_found(pattern: str, text: str) -> None:
    compiled = compile_pattern(pattern)
    assert compiled is not None
    assert not compiled.search(text)


@pytest.mark.parametrize("pattern", UNCHECKED, ids=range(len(UNCHECKED)))
def test_what_cannot_be_checked_is_not(pattern: str) -> None:
    assert compile_pattern(pattern) is None


@pytest.mark.parametrize("name", ["L", "Lu", "M", "N", "Nd", "P", "S", "Sc", "Z", "Zs", "C", "Cc", "Cn", "Co", "Cs"])
def test_categories_are_unicodes(name: str) -> None:
    found = category(name)
    assert found is not None
    held = bytearray(sys.maxunicode + 1)
    for low, high in found:
        held[low : high + 1] = b"\1" * (high + 1 - low)
    wrong = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)).startswith(name) != held[point]
    ]
    assert wrong == []
