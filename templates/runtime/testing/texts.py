"""Strings that satisfy lengths and a pattern, always the same for the same name and number.

A string that looks like what its name promises is taken where one fits; else one is written along the pattern. Whatever
comes out has been matched against the pattern; where nothing is found, the answer is None, and the caller decides.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from .pattern_reader import UnreadablePattern, read_pattern
from .patterns import Alternatives, Backreference, Chars, Edge, Group, Look, Node, Repeat, Sequence, matches

if TYPE_CHECKING:
    from ..constraints import Text

__all__ = ["plain_text", "satisfies", "text_for", "uuid_text"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALPHABET = _LETTERS + "0123456789" + _LETTERS.upper() + "-_./:@ ,;+=~!#$%&'()*<>?[]^`{|}\"\\\t\n"
_COUNTS = (8, 4, 2, 1, 0, 12, 16, 24, 36, 64)
_VARIANTS = 6
_LONGEST = 100_000
# Names and addresses that are nobody's (RFC 2606, RFC 5737, RFC 3849), by formats of JSON Schema (2020-12, Validation,
# section 7.3).
_FORMATS = {
    "email": "user{}@example.com",
    "idn-email": "user{}@example.com",
    "hostname": "host{}.example.com",
    "idn-hostname": "host{}.example.com",
    "ipv4": "192.0.2.{}",
    "ipv6": "2001:db8::{}",
    "uri": "https://example.com/{}",
    "uri-reference": "https://example.com/{}",
    "iri": "https://example.com/{}",
    "iri-reference": "https://example.com/{}",
    "uri-template": "https://example.com/{}",
    "json-pointer": "/{}",
    "relative-json-pointer": "0/{}",
    "regex": "{}",
}


def text_for(limits: Text, name: str, number: int) -> str | None:
    """A string within the limits, None where none is found.

    Args:
        limits: Lengths and pattern.
        name: What the string is for: the member's name.
        number: 0 for the first of its kind; another number gives another string where the pattern leaves room.
    """
    least, most = limits.min_length or 0, sys.maxsize if limits.max_length is None else limits.max_length
    if least > most or least > _LONGEST:
        return None
    shown = _formatted(limits.format, number)
    if limits.pattern is None:
        if shown is not None and least <= len(shown) <= most:
            return shown
        arns = (text for text in _likely(name, number) if text.startswith("arn:")) if _is_arn(name) else ()
        return next((text for text in arns if least <= len(text) <= most), plain_text(name, number, least, most))
    try:
        tree = read_pattern(limits.pattern)
    except UnreadablePattern:
        return None
    candidates = chain(
        [] if shown is None else [shown],
        _likely(name, number),
        _written(tree, _hint(name, number), number, least, most),
    )
    return next((text for text in candidates if least <= len(text) <= most and matches(tree, text)), None)


def satisfies(text: str, limits: Text) -> bool:
    """Whether a text is within its limits; not, where the pattern cannot be read or is too slow."""
    if not (limits.min_length or 0) <= len(text) <= (sys.maxsize if limits.max_length is None else limits.max_length):
        return False
    try:
        return limits.pattern is None or matches(read_pattern(limits.pattern), text)
    except UnreadablePattern:
        return False


def _formatted(format_: str | None, number: int) -> str | None:
    """What a string of a known format may be."""
    return _FORMATS[format_].format(number + 1) if format_ in _FORMATS else None


def plain_text(name: str, number: int, least: int = 0, most: int = sys.maxsize) -> str:
    """The name itself, numbered, made as long as it must be."""
    text = _hint(name, number)
    if len(text) > most:
        mark = str(number + 1) if number else ""
        text = (text[: max(0, most - len(mark))] + mark)[:most]
    return text + (_LETTERS * (least // len(_LETTERS) + 1))[: max(0, least - len(text))]


def digest(name: str, number: int) -> str:
    """Hexadecimal digits that only the name and the number decide."""
    return hashlib.sha256(f"{name}#{number}".encode()).hexdigest()


def uuid_text(name: str, number: int) -> str:
    """A UUID of version 4 in form (RFC 9562, section 5.4), though nothing about it is random."""
    hex_ = digest(name, number)
    return f"{hex_[:8]}-{hex_[8:12]}-4{hex_[13:16]}-8{hex_[17:20]}-{hex_[20:32]}"


def _hint(name: str, number: int) -> str:
    return f"{name}_{number + 1}" if number else name


def _is_arn(name: str) -> bool:
    return "arn" in name.split("_") or name.endswith(("_arns", "_ar_ns"))


def _likely(name: str, number: int) -> Iterator[str]:
    """What such strings often are, the member's own name first."""
    hint, mark = _hint(name, number), f"-{number + 1}" if number else ""
    uuid = uuid_text(name, number)
    if _is_arn(name):
        yield f"arn:aws:iam::123456789012:role/example{mark}"
    yield from (hint, hint.replace("_", "-"), f"us-east-1:{uuid}", uuid)
    yield f"{123456789012 + number}"
    yield f"arn:aws:iam::123456789012:role/example{mark}"
    yield from (f"example{mark}.com", f"user{mark}@example.com", f"https://example.com/{hint}", "2024-01-31")
    yield from (f"10.0.0.{number % 250 + 1}", f"1.0.{number}", "eu-west-1", f"Passw0rd!{mark}", hint.title())


def _written(tree: Node, hint: str, number: int, least: int, most: int) -> Iterator[str]:
    """Strings along the pattern: of easy lengths first, then exactly as long as they must at least be."""
    for variant in range(_VARIANTS):
        for count in (len(hint), *_COUNTS):
            if count <= most:
                yield _Writer(hint, number, variant, count).write(tree)
        shortest = _Writer(hint, number, variant, 0).write(tree)
        for aim in (least, most):
            if len(shortest) <= aim <= _LONGEST:
                yield _Writer(hint, number, variant, 0, aim - len(shortest)).write(tree)


@dataclass(slots=True)
class _Writer:
    """Writes one string.

    Attributes:
        hint: What it should remind of.
        number: Which one of its kind.
        variant: Which alternatives are taken, where there are some.
        count: How often something without a fixed number is repeated.
        extra: How many characters more than that are wanted.
    """

    hint: str
    number: int
    variant: int
    count: int
    extra: int = 0
    _written: int = 0

    def write(self, tree: Node) -> str:
        return self._text(tree, {})

    def _text(self, node: Node, groups: dict[int, str]) -> str:
        match node:
            case Chars():
                return self._chars(node, 1)
            case Sequence(nodes):
                return "".join(self._text(part, groups) for part in nodes)
            case Alternatives(nodes):
                return self._text(nodes[(self.variant + self.number) % len(nodes)], groups)
            case Repeat(inner, least, most):
                return self._repeated(inner, least, _LONGEST if most is None else most, groups)
            case Group(number, inner):
                groups[number] = self._text(inner, groups)
                return groups[number]
            case Backreference(number):
                return groups.get(number, "")
            case Edge() | Look():
                return ""  # what they ask for is left to the match that follows

    def _repeated(self, node: Node, least: int, most: int, groups: dict[int, str]) -> str:
        times = max(least, min(self.count, most))
        if isinstance(node, Chars):
            times += (more := max(0, min(self.extra, most - times)))
            self.extra -= more
            return self._chars(node, times)
        parts = [self._text(node, groups) for _ in range(times)]
        while self.extra > 0 and len(parts) < most:
            part = self._text(node, groups)
            if not part or len(part) > self.extra:
                break
            self.extra -= len(part)
            parts.append(part)
        return "".join(parts)

    def _chars(self, class_: Chars, count: int) -> str:
        if count > 1 and count == len(self.hint) and all(char in class_ for char in self.hint):
            return self.hint
        alphabet = _alphabet(class_)
        start = int(digest(self.hint, self._written + self.variant)[:8], 16)
        self._written += count
        seeds = bytes.fromhex(digest(self.hint, start))
        return "".join(alphabet[(seeds[at % len(seeds)] + at // len(seeds)) % len(alphabet)] for at in range(count))


def _alphabet(class_: Chars) -> str:
    """The characters of a class to write with: of the most ordinary kind that it has; a question mark for none."""
    found = "".join(char for char in _ALPHABET if char in class_)
    for kind in (_LETTERS, _LETTERS.upper(), "0123456789"):
        if set(kind) <= set(found):
            return kind
    if set("0123456789abcdef") <= set(found):
        return "0123456789abcdef"
    firsts = (item[0] for item in class_.items if isinstance(item, tuple))
    return found or next((char for char in firsts if char in class_), "?")
