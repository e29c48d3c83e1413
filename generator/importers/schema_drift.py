"""How far a schema of ours is from the imported one: members, required, types, constraints, values and marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.importers.parts import Node

Said = tuple[str, str, str, object, object]
"""Kind, subject, pointer in our document, what ours says and what theirs says; None where one says nothing."""

_CONSTRAINTS: Final = (
    "minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems", "minProperties", "maxProperties",
)  # fmt: skip
# A document without a format means no other Python type, and no other spelling, than one with these.
_IMPLIED_FORMATS: Final = frozenset({"int32", "float", "double", "password"})
_MARKS: Final = ("deprecated", "x-fault", "x-idempotencyToken", "contentMediaType")


class SchemaDrift:
    """Compares schemas, each pair once, whatever circles they go in."""

    def __init__(self) -> None:
        """Nothing is compared yet."""
        self._seen: set[tuple[str, str]] = set()

    def compare(self, ours: Node, theirs: Node, subject: str) -> Iterator[Said]:
        """What differs between two schemas, and in whatever they lead to.

        Args:
            ours: Of the kept document.
            theirs: Of the imported one.
            subject: What to call them where the imported one has no name.
        """
        if ours.name is not None and theirs.name is not None:
            yield from _marks(subject, ours.beside, theirs.beside, ours.pointer)
            subject = theirs.name
            ours, theirs = ours.component, theirs.component
        pair = (ours.pointer, theirs.pointer)
        if pair in self._seen:
            return
        self._seen.add(pair)
        yield from _differing("type", subject, ours, ("type", _type(ours)), _type(theirs))
        for key in _CONSTRAINTS:
            yield from _differing("constraint", f"{subject}.{key}", ours, (key, ours.get(key)), theirs.get(key))
        yield from _marks(subject, ours, theirs, ours.pointer)
        yield from _values(subject, ours, theirs)
        yield from self._members(subject, ours, theirs)
        for part, keys in (("item", ("items",)), ("value", ("additionalProperties",)), ("key", _KEYS)):
            yield from self._inner(f"{subject} {part}", ours, theirs, keys)

    def _members(self, subject: str, ours: Node, theirs: Node) -> Iterator[Said]:
        our_members, their_members = ours.children("properties"), theirs.children("properties")
        for name in our_members.keys() - their_members.keys():
            yield "member", f"{subject}.{name}", our_members[name].pointer, name, None
        for name in their_members.keys() - our_members.keys():
            yield "member", f"{subject}.{name}", ours.pointer, None, name
        our_required, their_required = ours.words("required"), theirs.words("required")
        for name in our_members.keys() & their_members.keys():
            said = (name in our_required, name in their_required)
            if said[0] != said[1]:
                yield "required", f"{subject}.{name}", our_members[name].pointer, *said
            yield from self.compare(our_members[name], their_members[name], f"{subject}.{name}")

    def _inner(self, subject: str, ours: Node, theirs: Node, keys: tuple[str, ...]) -> Iterator[Said]:
        ours_inner, theirs_inner = _first(ours, keys), _first(theirs, keys)
        if ours_inner is not None and theirs_inner is not None:
            yield from self.compare(ours_inner, theirs_inner, subject)
        elif theirs_inner is not None and (_type(theirs_inner) or theirs_inner.name):
            yield "type", subject, ours.pointer, None, theirs_inner.name or _type(theirs_inner)


_KEYS: Final = ("propertyNames", "x-propertyNames")  # OpenAPI 3.0 has no word of its own


def _first(node: Node, keys: tuple[str, ...]) -> Node | None:
    return next(filter(None, map(node.child, keys)), None)


def _differing(kind: str, subject: str, ours: Node, said: tuple[str, object], theirs: object) -> Iterator[Said]:
    key, value = said
    if value != theirs:
        yield kind, subject, ours.place(key), value, theirs


def _marks(subject: str, ours: Node, theirs: Node, at: str) -> Iterator[Said]:
    for key in _MARKS:
        said = (ours.get(key) or None, theirs.get(key) or None)  # to be marked as false is not to be marked
        if said[0] != said[1]:
            yield key.removeprefix("x-"), subject, ours.place(key) or at, *said
    if _is_sensitive(theirs) and not _is_sensitive(ours):  # to hide more than AWS does is ours to decide
        yield "sensitive", subject, at, None, True


def _type(node: Node) -> str | None:
    """Type and spelling as one text, such as `string/date-time/epoch-seconds`."""
    kind = node.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    named = [str(kind) for kind in kinds if kind not in (None, "null")]
    if not named and node.children("properties"):
        named = ["object"]
    format_ = node.get("format")
    spelled = [] if format_ in (None, *_IMPLIED_FORMATS) else [str(format_)]
    if spelled == ["date-time"]:
        spelled.append(str(node.get("x-timestampFormat") or "date-time"))
    return "/".join([*named, *spelled]) or None


def _is_sensitive(node: Node) -> bool:
    return node.get("x-sensitive") is True or node.get("format") == "password"


def _values(subject: str, ours: Node, theirs: Node) -> Iterator[Said]:
    """Single values of an enumeration; a constant is an enumeration of one."""
    our_values, their_values = _enumerated(ours), _enumerated(theirs)
    at = ours.place("enum")
    for value in our_values:
        if value not in their_values:
            yield "enum value", subject, f"{at}/{list(our_values).index(value)}" if "enum" in at else at, value, None
    for value in their_values:
        if value not in our_values:
            yield "enum value", subject, at, None, value


def _enumerated(node: Node) -> dict[str, None]:
    constant = node.get("const")
    return node.words("enum") if constant is None else {str(constant): None}
