"""From the text of a regular expression to its tree."""

from __future__ import annotations

import re
from functools import lru_cache

from .patterns import Alternatives, Backreference, Chars, Edge, Group, Look, Node, Repeat, Sequence

__all__ = ["UnreadablePattern", "read_pattern"]

_LONGEST = 5_000
_DEEPEST = 40
_MOST_REPEATS = 100_000
_LINE_ENDS = (("\n", "\n"), ("\r", "\r"), ("\u2028", "\u2029"))
_WORD = Chars((("a", "z"), ("A", "Z"), ("0", "9"), ("_", "_")))
_DIGIT = Chars((("0", "9"),))
_SPACE = Chars((("\t", "\r"), (" ", " "), ("\u00a0", "\u00a0"), ("\ufeff", "\ufeff"), ("\u2028", "\u2029"), "Zs"))
_CLASSES = {"w": _WORD, "d": _DIGIT, "s": _SPACE}
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "0": "\0"}
_QUANTIFIER = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_LIMITS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_HEX = re.compile(r"u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})")
_PROPERTY = re.compile(r"[pP]\{(?:(?:General_Category|gc)=)?([A-Za-z_]+)\}")
_CATEGORIES = {
    **{name: (name,) for name in ("L", "M", "N", "P", "S", "Z", "C")},
    "Letter": ("L",),
    "Mark": ("M",),
    "Number": ("N",),
    "Punctuation": ("P",),
    "Symbol": ("S",),
    "Separator": ("Z",),
    "Other": ("C",),
    "Uppercase_Letter": ("Lu",),
    "Lowercase_Letter": ("Ll",),
    "Decimal_Number": ("Nd",),
    "Alphabetic": ("L", "Nl"),
    "Uppercase": ("Lu",),
    "Lowercase": ("Ll",),
    "White_Space": ("Z",),
    "Any": ("",),
}
# Java's, which AWS's documents have; and ECMA-262's own `ASCII`.
_RANGES = {
    "ASCII": (("\0", "\x7f"),),
    "Alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "Alpha": (("A", "Z"), ("a", "z")),
    "Digit": (("0", "9"),),
    "Graph": (("!", "~"),),
    "Print": ((" ", "~"),),
}
_SHORT_CATEGORY = re.compile(r"[LMNPSZC][a-z]")
_OPENINGS = (("(?:", None), ("(?=", (True, False)), ("(?!", (True, True)), ("(?<=", (False, False)))


class UnreadablePattern(ValueError):
    """The text is no regular expression, or one with something that is not understood here."""


@lru_cache(maxsize=1024)
def read_pattern(text: str) -> Node:
    """The tree of a pattern.

    Raises:
        UnreadablePattern: It cannot be read.
    """
    if len(text) > _LONGEST:
        raise UnreadablePattern("the pattern is too long")
    reader = _Reader(text)
    node = reader.alternatives()
    if reader.at < len(text):
        raise UnreadablePattern("a parenthesis that nothing opens")
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self.at = 0
        self._text = text
        self._groups = 0
        self._depth = 0

    def alternatives(self) -> Node:
        options = [self._sequence()]
        while self._takes("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Alternatives(tuple(options))

    def _sequence(self) -> Node:
        nodes: list[Node] = []
        while self.at < len(self._text) and self._text[self.at] not in "|)":
            nodes.append(self._quantified(self._atom()))
        return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))

    def _quantified(self, node: Node) -> Node:
        found = _QUANTIFIER.match(self._text, self.at)
        sign = self._text[self.at : self.at + 1]
        if found is not None:
            self.at = found.end()
            least = int(found[1])
            most = least if found[2] is None else int(found[3]) if found[3] else None
        elif sign in _LIMITS:
            self.at += 1
            least, most = _LIMITS[sign]
        else:
            return node
        self._takes("?")  # lazy or greedy: the same strings
        if least > _MOST_REPEATS or (most is not None and most < least):
            raise UnreadablePattern("limits of a repetition that cannot be kept")
        return Repeat(node, least, most)

    def _atom(self) -> Node:
        char = self._next()
        match char:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case ".":
                return Chars(_LINE_ENDS, negated=True)
            case "^" | "$":
                return Edge(char)
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise UnreadablePattern("a repetition of nothing")
            case _:
                return Chars(((char, char),))

    def _group(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadablePattern("too many groups in each other")
        self.at -= 1
        node = self._opened()
        if not self._takes(")"):
            raise UnreadablePattern("a parenthesis that nothing closes")
        self._depth -= 1
        return node

    def _opened(self) -> Node:
        for opening, look in (*_OPENINGS, ("(?<!", (False, True))):
            if self._takes(opening):
                node = self.alternatives()
                return node if look is None else Look(node, *look)
        named = re.compile(r"\(\?P?<[A-Za-z_$][\w$]*>").match(self._text, self.at)
        if named is None and self._text.startswith("(?", self.at):
            raise UnreadablePattern("a kind of group that is not understood")
        self.at = self.at + 1 if named is None else named.end()
        self._groups += 1
        number = self._groups
        return Group(number, self.alternatives())

    def _escape(self) -> Node:
        char = self._text[self.at : self.at + 1]
        if char in ("b", "B"):
            self.at += 1
            return Edge(char)
        if char.isdigit() and char != "0":
            self.at += 1
            return Backreference(int(char))
        item = self._escaped()
        return item if isinstance(item, Chars) else Chars((item,))

    def _escaped(self) -> tuple[str, str] | Chars:
        """What stands after a backslash, in a class or outside."""
        for expression, read in ((_HEX, _character), (_PROPERTY, _property)):
            found = expression.match(self._text, self.at)
            if found is not None:
                self.at = found.end()
                return read(found)
        char = self._next()
        if char.lower() in _CLASSES:
            class_ = _CLASSES[char.lower()]
            return class_ if char.islower() else Chars((class_,), negated=True)
        char = _CONTROLS.get(char, char)
        if char.isalnum() and char.isascii():
            raise UnreadablePattern(f"the escape \\{char} is not understood")
        return char, char

    def _class(self) -> Node:
        negated = self._takes("^")
        items: list[tuple[str, str] | str | Chars] = []
        while not self._takes("]"):
            first = self._class_item()
            if isinstance(first, tuple) and self._text[self.at : self.at + 1] == "-" and not self._ends_class():
                self.at += 1
                last = self._class_item()
                if isinstance(last, tuple):
                    first = (first[0], last[1])
                else:
                    items += [("-", "-"), last]
            items.append(first)
        return Chars(tuple(items), negated=negated)

    def _ends_class(self) -> bool:
        return self._text[self.at + 1 : self.at + 2] == "]"

    def _class_item(self) -> tuple[str, str] | Chars:
        char = self._next()
        if char != "\\":
            return char, char
        if self._takes("b"):
            return "\b", "\b"
        return self._escaped()

    def _next(self) -> str:
        if self.at >= len(self._text):
            raise UnreadablePattern("the pattern ends too early")
        self.at += 1
        return self._text[self.at - 1]

    def _takes(self, text: str) -> bool:
        taken = self._text.startswith(text, self.at)
        self.at += len(text) if taken else 0
        return taken


def _character(found: re.Match[str]) -> tuple[str, str]:
    number = int(found[1] or found[2] or found[3], 16)
    if number > 0x10FFFF:  # noqa: PLR2004  (the last code point of Unicode)
        raise UnreadablePattern("a code point that Unicode does not have")
    return chr(number), chr(number)


def _property(found: re.Match[str]) -> Chars:
    name = found[1]
    items: tuple[tuple[str, str] | str, ...] | None
    items = (name,) if _SHORT_CATEGORY.fullmatch(name) else _CATEGORIES.get(name) or _RANGES.get(name)
    if items is None:
        raise UnreadablePattern(f"the property {name} is not understood")
    return Chars(items, negated=found[0].startswith("P"))
