"""An example of what an operation sends, and of what comes back: the values are those of the documentation's examples,
spelled with the names of the wire. JSON and forms are spelled out; of other bodies only the kind is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, assert_never
from urllib.parse import quote

from generator.diff.change import Change
from generator.diff.side import Side
from generator.graph.model import (
    Anything,
    Choice,
    Constant,
    Enumeration,
    Input,
    ListOf,
    MapOf,
    Media,
    Named,
    Nullable,
    Output,
    Place,
    Record,
    Scalar,
    ScalarKind,
    TypeDef,
    TypeRef,
    UnionOf,
    Usage,
)
from generator.protocols.binding import BoundOperation
from generator.python.examples import scalar_value
from generator.review.lines import Lines, difference

_DEEPEST: Final = 3
_MOST_VALUES: Final = 10_000
_MOST_LINES: Final = 60
_MOST_OPERATIONS: Final = 5
_EPOCH: Final = "epoch-seconds"
_SECONDS: Final = 1706704200
_SPELLED: Final[Mapping[ScalarKind, str]] = {
    ScalarKind.BYTES: "ZXhhbXBsZQ==",
    ScalarKind.DATETIME: "2024-01-31T12:30:00Z",
    ScalarKind.DATE: "2024-01-31",
    ScalarKind.TIME: "12:30:00Z",
    ScalarKind.DURATION: "P1D",
    ScalarKind.UUID: "12345678-1234-4123-8123-123456789012",
    ScalarKind.DECIMAL: "12.50",
}
# Rules that an example can show; it says nothing of limits, further values, words or who may call.
_NAMED: Final = ("member-added", "member-removed", "member-renamed", "parameter-added", "parameter-re")
_TRAVELLING: Final = (
    *_NAMED,
    "body-", "constant-", "content-type-", "encoding-", "format-", "member-became-read", "member-became-write",
    "member-no-longer-read", "member-no-longer-write", "operation-added", "operation-method-", "operation-path-",
    "operation-removed", "parameter-moved", "parameter-style-", "success-", "type-",
)  # fmt: skip
_BETWEEN: Final = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


class Wire:
    """One side of a comparison: its operations, by what both sides call them."""

    def __init__(self, side: Side) -> None:
        """Look at nothing yet."""
        self._timestamps = side.bound.timestamps
        self._types: Mapping[str, TypeDef] = side.types
        self._operations = {side.canonical.get(id_, id_): bound for id_, bound in side.bounds.items()}
        self._messages: dict[str, tuple[list[str], list[str]]] = {}
        self.places = {bound.operation.source_name: place for place, bound in self._operations.items()}

    def messages(self, place: str) -> tuple[list[str], list[str]]:
        """The lines of a request, and of the reply to it; none where there is no such operation."""
        if place not in self._messages:
            bound = self._operations.get(place)
            try:
                found = ([], []) if bound is None else (list(self._request(bound)), list(self._reply(bound.output)))
            except _TooLargeError:
                found = [], []
            self._messages[place] = found
        return self._messages[place]

    def _request(self, bound: BoundOperation) -> Iterator[str]:
        path = bound.path
        inputs = {place: [each for each in bound.inputs if each.place is place] for place in Place}
        for each in inputs[Place.PATH]:
            path = path.replace(f"{{{each.name}}}", _quoted(_text(self._parameter(each))))
        query = [pair for each in inputs[Place.QUERY] for pair in self._pairs(each)]
        query += (pair for each in inputs[Place.QUERYSTRING] for pair in self._whole_query(each))
        yield f"{bound.operation.method} {path}{'?' if query else ''}{'&'.join(query)}"
        for name, value in bound.constants:
            yield f"{name}: {value}"
        for each in inputs[Place.HEADER]:
            yield f"{each.name}: {_text(self._parameter(each))}"
        for each in inputs[Place.COOKIE]:
            yield f"Cookie: {each.name}={_text(self._parameter(each))}"
        if bound.body is not None:
            yield f"Content-Type: {bound.content_type or bound.body.content_type}"
            yield ""
            timestamps = bound.timestamps or self._timestamps
            yield from self._body(bound.media, bound.body.type, timestamps, bound.fixed, sent=True)

    def _reply(self, output: Output | None) -> Iterator[str]:
        if output is None:
            return
        yield output.status
        if output.type is not None:
            yield f"Content-Type: {output.content_type}"
            yield ""
            yield from self._body(output.media, output.type, self._timestamps, (), sent=False)

    def _body(
        self, media: Media, type_: TypeRef, timestamps: str, fixed: tuple[tuple[str, str], ...], *, sent: bool
    ) -> Iterator[str]:
        value = _Values(self._types, timestamps, sent=sent).of(type_, "body", None)
        if media is Media.JSON:
            yield from json.dumps(value, indent=2, ensure_ascii=False, default=str).split("\n")
        elif media is Media.FORM and isinstance(value, dict):
            yield from (f"{name}={each}" for name, each in fixed)
            yield from (f"{_quoted(name)}={_quoted(_text(each))}" for name, each in value.items())
        else:
            yield f"({media.value})"

    def _parameter(self, input_: Input) -> Any:
        return _Values(self._types, self._timestamps, sent=True).of(input_.type, input_.name, input_.example)

    def _pairs(self, input_: Input) -> Iterator[str]:
        """The pairs of a query (OpenAPI 3.1, section 4.8.12.4)."""
        value, name = self._parameter(input_), _quoted(input_.name)
        if isinstance(value, dict) and input_.style == "deepObject":
            yield from (f"{name}[{_quoted(key)}]={_quoted(_text(each))}" for key, each in value.items())
        elif isinstance(value, dict) and input_.explode and input_.style == "form":
            yield from (f"{_quoted(key)}={_quoted(_text(each))}" for key, each in value.items())
        elif isinstance(value, list) and input_.explode:
            yield from (f"{name}={_quoted(_text(each))}" for each in value)
        elif isinstance(value, list):
            yield f"{name}={_BETWEEN.get(input_.style, ',').join(_quoted(_text(each)) for each in value)}"
        else:
            yield f"{name}={_quoted(_text(value))}"

    def _whole_query(self, input_: Input) -> Iterator[str]:
        value = self._parameter(input_)
        if input_.style == "form" and isinstance(value, dict):
            yield from (f"{_quoted(key)}={_quoted(_text(each))}" for key, each in value.items())
        else:
            yield _quoted(json.dumps(value, default=str) if input_.style == "json" else _text(value))


def exchange(change: Change, old: Wire, new: Wire) -> tuple[str, Lines, Lines] | None:
    """How the first operation that a change shows in, of a few, sends and gets: its name, the request and the reply,
    before and after; None where the examples stay as they are.
    """
    for name in change.operations[:_MOST_OPERATIONS] if change.rule.startswith(_TRAVELLING) else ():
        place = new.places.get(name) or old.places.get(name) or ""
        (sent, got), (sends, gets) = old.messages(place), new.messages(place)
        request = _changed(change, sent, sends) if Usage.INPUT in change.usage else Lines(())
        reply = _changed(change, got, gets) if Usage.OUTPUT in change.usage else Lines(())
        if request.shown or reply.shown:
            return name, request, reply
    return None


def _changed(change: Change, old: list[str], new: list[str]) -> Lines:
    """The difference, if it may be because of a change: of a member or parameter that came or went, its name shows."""
    if old == new:
        return Lines(())
    found = difference(old, new, _MOST_LINES)
    names = (change.member, change.before) if change.rule.startswith(_NAMED) else ("",)
    shows = any(name in each.text for each in found.shown if each.sign in "+-" for name in names)
    return found if shows else Lines(())


class _TooLargeError(Exception):
    """An example that nobody would read."""


class _Values:
    """Values as JSON has them, all members with them that travel in this direction."""

    def __init__(self, types: Mapping[str, TypeDef], timestamps: str, *, sent: bool) -> None:
        self._types, self._timestamps, self._sent = types, timestamps, sent
        self._number = 0

    def of(self, type_: TypeRef, name: str, example: Any, depth: int = 0) -> Any:
        """A value of a type.

        Raises:
            _TooLargeError: It has too many parts.
        """
        self._number += 1
        if self._number > _MOST_VALUES:
            raise _TooLargeError
        match type_:
            case Named(id_):
                return self._named(self._types.get(id_), depth + 1)
            case ListOf(item):
                return [self.of(item, name, None, depth + 1)] if depth < _DEEPEST else []
            case MapOf(value):
                return {"key": self.of(value, name, None, depth + 1)} if depth < _DEEPEST else {}
            case Scalar():
                return self._scalar(type_, name, example)
            case Constant(value):
                return value
            case Nullable(inner):
                return self.of(inner, name, example, depth)
            case UnionOf(options):
                return self.of(options[0], name, example, depth)
            case Anything():
                return example if example is not None else name
            case _:
                assert_never(type_)

    def _scalar(self, type_: Scalar, name: str, example: Any) -> Any:
        if type_.kind is ScalarKind.DATETIME and (type_.encoding or self._timestamps) == _EPOCH:
            return _SECONDS
        return _SPELLED.get(type_.kind) or scalar_value(type_.kind, type_.constraints, name, example, 0)

    def _named(self, definition: TypeDef | None, depth: int) -> Any:
        if depth > 2 * _DEEPEST:  # it contains itself
            return None
        match definition:
            case Enumeration():
                return definition.values[0]
            case Choice():
                return self.of(definition.options[0], definition.source_name, None, depth)
            case Record():
                return {
                    each.name: self.of(each.type, each.name, each.example, depth)
                    for each in definition.fields
                    if each.must_be_given or depth <= _DEEPEST
                    if not (each.read_only if self._sent else each.write_only)
                }
            case None:
                return None


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(_text, value)) if isinstance(value, list) else str(value)
