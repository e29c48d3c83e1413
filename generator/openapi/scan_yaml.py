"""YAML text as plain data, and the places of its values.

Only PyYAML's events are used: the budgets hold while they are consumed, no constructor is ever called, and scalars
resolve by the core schema of YAML 1.2 (section 10.3.2), so that `on`, `yes` and dates stay text. Merge keys (`<<`) are
understood although YAML 1.2 dropped them: documents are full of them.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from generator.diagnostics import Diagnostic, Location, Refusal, Related, Report
from generator.openapi.budget import (
    FREE_EXPANSION,
    MAX_ALIASES,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_EXPANSION,
    MAX_NODES,
    duplicate_key,
    no_finite_number,
    too_deep,
    too_many_nodes,
)
from generator.openapi.place import Place
from generator.openapi.tree import copied
from generator.source import SourceFile

_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MERGE: Final = "<<"
_PREFIX: Final = "tag:yaml.org,2002:"
_INT: Final = re.compile(r"[-+]?[0-9]+")
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CONSTANTS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


_SPECIAL: Final = frozenset(("", *"~nNtTfF-+.0123456789"))
_TAGS: Final[Mapping[str, type]] = {"str": str, "null": type(None), "bool": bool, "int": int, "float": float}


class _Node:
    """A value with its offsets in the text. Neither checked nor frozen: there may be millions."""

    __slots__ = ("children", "end", "size", "start", "value")

    def __init__(self, value: Any, start: int, end: int, children: "_Children", size: int = 1) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.children = children
        self.size = size


_Children = dict[str, tuple[_Node | None, _Node]]
_NO_CHILDREN: Final[_Children] = {}


def scan_yaml(source: SourceFile, report: Report) -> tuple[Any, "YamlPlaces"]:
    """Reads a YAML text.

    Raises:
        Refusal: It isn't one YAML document, means something that JSON could not carry, writes a key twice, or exceeds
            a budget.
    """
    if found := _FORBIDDEN.search(source.text):
        raise Refusal.because(
            "SPEC003",
            f"the control character U+{ord(found.group()):04X} is not allowed in YAML",
            source.location(*found.span()),
            help='remove it, or write it as an escape in double quotes: "\\x1b"',
        )
    root = _Composer(source, report).document()
    return root.value, YamlPlaces(root)


class YamlPlaces:
    """Finds values in a YAML text: they were noted when it was read."""

    def __init__(self, root: _Node) -> None:
        """Takes the composed tree."""
        self._root = root

    def find(self, tokens: Sequence[str]) -> Place:
        """See `Places.find`. A value under an alias stands where its anchor is."""
        key: _Node | None = None
        node = self._root
        for token in tokens:
            if token not in node.children:
                break
            key, node = node.children[token]
        return Place(node.start, node.end, key.start, key.end) if key else Place(node.start, node.end)


class _Composer:
    """Turns events into nodes, within the budgets."""

    def __init__(self, source: SourceFile, report: Report) -> None:
        self._source = source
        self._report = report
        self._events: Iterator[Any] = yaml.parse(source.text, Loader=_LOADER)
        self._anchors: dict[str, _Node | None] = {}
        self._parsed = 0
        self._aliases = 0
        self._expanded = 0
        self._duplicates: list[Diagnostic] = []

    def document(self) -> _Node:
        """The one document of the text."""
        try:
            root = self._document()
        except yaml.MarkedYAMLError as error:
            raise _syntax_error(self._source, error) from None
        if self._duplicates:
            raise Refusal(self._duplicates)
        return root

    def _document(self) -> _Node:
        next(self._events)  # the stream's start
        if type(first := next(self._events)) is yaml.StreamEndEvent:
            raise Refusal.because(
                "SPEC016", "the file is empty", self._at(first), help="write the document, or give another path"
            )
        root = self._node(next(self._events), 0)
        next(self._events)  # the document's end
        if type(following := next(self._events)) is not yaml.StreamEndEvent:
            raise Refusal.because(
                "SPEC011", "a second document begins here", self._at(following), help="keep one document per file"
            )
        return root

    def _node(self, event: Any, depth: int) -> _Node:
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._alias(event)
        self._parsed += 1
        if self._parsed + self._expanded > MAX_NODES:
            raise too_many_nodes(self._at(event))
        if kind is yaml.ScalarEvent:
            node = _Node(self._scalar(event), event.start_mark.index, event.end_mark.index, _NO_CHILDREN)
        else:
            node = self._collection(event, depth + 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _collection(self, event: Any, depth: int) -> _Node:
        if depth > MAX_DEPTH:
            raise too_deep(self._at(event))
        is_mapping = type(event) is yaml.MappingStartEvent
        if event.tag not in (None, "!", _PREFIX + ("map" if is_mapping else "seq")):
            raise self._bad_tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = None  # until it is complete, an alias of it would contain itself
        children = self._mapping(depth) if is_mapping else self._sequence(depth)
        values = {key: node.value for key, (_, node) in children.items()}
        size = 1 + sum(node.size for _, node in children.values())
        start = event.start_mark.index
        return _Node(values if is_mapping else list(values.values()), start, start + 1, children, size)

    def _sequence(self, depth: int) -> _Children:
        children: _Children = {}
        while type(event := next(self._events)) is not yaml.SequenceEndEvent:
            children[str(len(children))] = (None, self._node(event, depth))
        return children

    def _mapping(self, depth: int) -> _Children:
        children: _Children = {}
        inherited: set[str] = set()
        while type(event := next(self._events)) is not yaml.MappingEndEvent:
            is_merge = type(event) is yaml.ScalarEvent and event.value == _MERGE and event.implicit[0]
            key = self._key(event)
            node = self._node(next(self._events), depth)
            if is_merge:
                merged = self._merged(node)
                inherited |= merged.keys() - children.keys()
                children = {**children, **{name: merged[name] for name in merged if name not in children}}
                continue
            if key.value in children and key.value not in inherited:
                self._note_duplicate(key, children[key.value][0] or key)
            inherited.discard(key.value)
            children[key.value] = (key, node)
        return children

    def _merged(self, node: _Node) -> _Children:
        """What `<<` brings in: one mapping, or several of which the first that has a key wins."""
        sources = [child for _, child in node.children.values()] if type(node.value) is list else [node]
        merged: _Children = {}
        for source in sources:
            if type(source.value) is not dict:
                raise Refusal.because(
                    "SPEC005",
                    "`<<` merges mappings only",
                    self._source.location(source.start, source.end),
                    help='refer to a mapping, or quote the key: "<<"',
                )
            merged = {**source.children, **merged}
        return merged

    def _key(self, event: Any) -> _Node:
        """A key as text: as it is written when it would mean something else."""
        kind = type(event)
        if kind is yaml.AliasEvent and type((node := self._alias(event)).value) is str:
            return node
        if kind is not yaml.ScalarEvent:
            raise Refusal.because(
                "SPEC014",
                "a key must be text",
                self._at(event),
                help="write the key as text, without `?`, brackets or braces",
            )
        if event.implicit[0] and event.value in _CONSTANTS:
            self._report.warning(
                "SPEC013",
                f"the key {event.value!r} is not text, and is read as if it were",
                self._at(event),
                help="put the key in quotes",
            )
        key = _Node(event.value, event.start_mark.index, event.end_mark.index, _NO_CHILDREN)
        if event.anchor is not None:
            self._anchors[event.anchor] = key
        return key

    def _alias(self, event: Any) -> _Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            what = "contains itself" if event.anchor in self._anchors else "has no anchor in front of it"
            raise Refusal.because(
                "SPEC009",
                f"the alias *{event.anchor} {what}",
                self._at(event),
                help="use `$ref` for what repeats or recurs",
            )
        self._aliases += 1
        self._expanded += node.size
        allowed = max(FREE_EXPANSION, MAX_EXPANSION * self._parsed)
        if self._aliases > MAX_ALIASES or self._expanded > allowed:
            raise Refusal.because(
                "SPEC008",
                f"alias budget: more than {MAX_ALIASES:,} aliases, or more than {allowed:,} values by way of them",
                self._at(event),
                help="use `$ref` for what repeats",
            )
        # A value of its own for every alias: what an overlay changes at one place must not change at another.
        return _Node(copied(node.value), event.start_mark.index, event.end_mark.index, node.children, node.size)

    def _scalar(self, event: Any) -> Any:
        if event.tag is None or event.tag == "!":
            return self._plain(event) if event.implicit[0] else event.value
        expected = _TAGS.get(event.tag.removeprefix(_PREFIX)) if event.tag.startswith(_PREFIX) else None
        if expected is str:
            return event.value
        value = self._plain(event)
        if expected is float and type(value) is int:
            return float(value)
        if expected is None or type(value) is not expected:
            raise self._bad_tag(event)
        return value

    def _plain(self, event: Any) -> Any:
        """A scalar without quotes, by the core schema."""
        written: str = event.value
        if written[:1] not in _SPECIAL:  # nearly all of them
            return written
        if written in _CONSTANTS:
            return _CONSTANTS[written]
        if _NO_NUMBER.fullmatch(written):
            raise no_finite_number(written, self._at(event))
        if _INT.fullmatch(written) or _BASED.fullmatch(written):
            if len(written) > MAX_DIGITS:
                raise no_finite_number(written, self._at(event))
            return int(written, 0 if written[1:2] in ("o", "x") else 10)
        if _FLOAT.fullmatch(written):
            value = float(written)
            if len(written) > MAX_DIGITS or math.isinf(value):
                raise no_finite_number(written, self._at(event))
            return value
        return written

    def _at(self, event: Any) -> Location:
        return self._source.location(event.start_mark.index, event.end_mark.index)

    def _bad_tag(self, event: Any) -> Refusal:
        return Refusal.because(
            "SPEC015", f"the tag {event.tag} does not fit a value of JSON", self._at(event), help="remove the tag"
        )

    def _note_duplicate(self, key: _Node, first: _Node) -> None:
        here, there = (self._source.location(node.start, node.end) for node in (key, first))
        self._duplicates.append(duplicate_key(key.value, here, there))


def _syntax_error(source: SourceFile, error: yaml.MarkedYAMLError) -> Refusal:
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(source.text)) if mark else 0
    has_tab = source.text[at : at + 1] == "\t"
    problem = "a tab where YAML wants spaces" if has_tab else f"not YAML: {error.problem or error.context}"
    related: Related = ()
    if error.context and error.context_mark and error.context_mark is not mark:
        related = ((error.context, source.location(error.context_mark.index)),)
    return Refusal.because(
        "SPEC005",
        problem,
        source.location(at, at + 1),
        help="indent with spaces" if has_tab else "correct the syntax; text with special characters needs quotes",
        related=related,
    )
