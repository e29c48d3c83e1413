"""JSON text (RFC 8259) as plain data, and the places of its values.

The fast path is the standard library's C scanner and knows no places. The slow path, a tokeniser of a few lines, runs
only when the fast one found a fault that it can't locate. Comments, trailing commas, NaN and infinities are refused
although Python would take some of them.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, NoReturn

from generator.diagnostics import Diagnostic, Location, Refusal
from generator.openapi.budget import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    duplicate_key,
    no_finite_number,
    too_deep,
    too_many_nodes,
)
from generator.openapi.place import Place
from generator.source import SourceFile

_BLANKS: Final = " \t\n\r"
_BLANK: Final = re.compile(f"[{_BLANKS}]*")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)
_DECODER: Final = json.JSONDecoder()


class _Suspicion(Exception):
    """The fast path found what only the slow path can locate."""


def scan_json(source: SourceFile) -> Any:
    """Reads a JSON text.

    Raises:
        Refusal: It isn't JSON, writes a key twice, or exceeds a budget.
    """
    duplicates = False

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal duplicates
        built = dict(pairs)
        duplicates = duplicates or len(built) != len(pairs)
        return built

    _check_node_budget(source)
    try:
        value = json.loads(
            source.text,
            object_pairs_hook=build,
            parse_float=_finite_float,
            parse_int=_short_int,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise _syntax_error(source, error) from None
    except (_Suspicion, RecursionError):
        raise _Auditor(source).refusal() from None
    if duplicates or _is_deep(value):
        raise _Auditor(source).refusal()
    return value


def _check_node_budget(source: SourceFile) -> None:
    text = source.text
    # In front of every value but the first stands a bracket or a comma, and to count these takes no time at all.
    if text.count(",") + text.count("[") + text.count("{") < MAX_NODES:
        return
    tokens = (token for token in _TOKEN.finditer(text) if token.group() in "{[,")
    if beyond := next(islice(tokens, MAX_NODES, None), None):
        raise too_many_nodes(source.location(*beyond.span()))


def _finite_float(written: str) -> float:
    value = float(written)
    if len(written) > MAX_DIGITS or math.isinf(value):
        raise _Suspicion
    return value


def _short_int(written: str) -> int:
    if len(written) > MAX_DIGITS:
        raise _Suspicion
    return int(written)


def _no_constant(_written: str) -> NoReturn:
    raise _Suspicion


def _is_deep(value: Any) -> bool:
    """Whether anything nests deeper than allowed, level by level: recursion would go as deep itself."""
    level = [value] if type(value) in (dict, list) else []
    for _ in range(MAX_DEPTH):
        if not level:
            return False
        children = [child for node in level for child in (node.values() if type(node) is dict else node)]
        level = [child for child in children if type(child) is dict or type(child) is list]
    return bool(level)


class _Auditor:
    """Reads the text again, slowly, for the faults that the fast path could only suspect."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._open: list[dict[str, Location]] = []
        self._duplicates: list[Diagnostic] = []

    def refusal(self) -> Refusal:
        """The first fault that ends the reading, or else every key that is written twice."""
        previous = ""
        before = Location(self._source.name)
        for token in _TOKEN.finditer(self._source.text):
            written, at = token.group(), self._source.location(*token.span())
            if written in "{[":
                self._open.append({})
                if len(self._open) > MAX_DEPTH:
                    return too_deep(at)
            elif written in "}]":
                self._open.pop()
            elif written == ":":
                self._take_key(_DECODER.decode(previous), before)
            elif not _is_sound(written):
                return no_finite_number(written, at)
            previous, before = written, at
        return Refusal(self._duplicates)

    def _take_key(self, name: str, at: Location) -> None:
        first = self._open[-1].setdefault(name, at)
        if first is not at:
            self._duplicates.append(duplicate_key(name, at, first))


def _is_sound(written: str) -> bool:
    """Whether a token is anything but a number without a finite value."""
    try:
        return len(written) <= MAX_DIGITS and math.isfinite(float(written))
    except ValueError:
        return True


def _syntax_error(source: SourceFile, error: json.JSONDecodeError) -> Refusal:
    text, at = source.text, error.pos
    before = len(text[:at].rstrip(_BLANKS)) - 1
    following = text[at + 1 : at + 1000].lstrip(_BLANKS)[:1]
    message, advice = f"not JSON: {error.msg[0].lower()}{error.msg[1:]}", "correct the syntax"
    if text[at : at + 1] == "#" or text[at : at + 2] in ("//", "/*"):
        message, advice = "a comment: JSON has none", "remove the comment, or name the file `.yaml` and write YAML"
    elif text[at : at + 1] in ("}", "]") and text[before] == ",":
        message, advice, at = "a comma with nothing after it", "remove the comma", before
    elif text[at : at + 1] == "," and following in ("}", "]"):
        message, advice = "a comma with nothing after it", "remove the comma"
    elif text[at : at + 1] == "'":
        message, advice = "text in single quotes", 'use double quotes: `"`'
    return Refusal.because("SPEC004", message, source.location(at, at + 1), help=advice)


class JsonPlaces:
    """Finds values in a JSON text that has been read, one container at a time; the C scanner skips the rest."""

    def __init__(self, text: str) -> None:
        """Nothing is scanned before the first question."""
        self._text = text
        self._children: dict[int, dict[str, Place]] = {}

    def find(self, tokens: Sequence[str]) -> Place:
        """See `Places.find`."""
        start = self._skip_blank(0)
        place = Place(start, start + 1)
        for token in tokens:
            child = self._children_of(place.start).get(token)
            if child is None:
                break
            place = child
        return place

    def _children_of(self, start: int) -> dict[str, Place]:
        if start not in self._children:
            self._children[start] = dict(self._scan(start)) if self._text[start] in "{[" else {}
        return self._children[start]

    def _scan(self, start: int) -> Iterator[tuple[str, Place]]:
        is_object = self._text[start] == "{"
        at, index = self._skip_blank(start + 1), 0
        while self._text[at] not in "}]":
            key, key_start, key_end = str(index), None, None
            if is_object:
                key_start = at
                key, key_end = _DECODER.raw_decode(self._text, at)
                at = self._skip_blank(self._skip_blank(key_end) + 1)
            _, end = _DECODER.raw_decode(self._text, at)
            yield key, Place(at, at + 1 if self._text[at] in "{[" else end, key_start, key_end)
            at, index = self._skip_blank(end), index + 1
            if self._text[at] == ",":
                at = self._skip_blank(at + 1)

    def _skip_blank(self, at: int) -> int:
        found = _BLANK.match(self._text, at)
        return found.end() if found else at
