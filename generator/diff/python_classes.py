"""What became of classes: their attributes, values and options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.diff import witness
from generator.diff.change import Change, Subject
from generator.diff.python_types import relation, renamed, without_none
from generator.diff.rules import BREAKING
from generator.diff.side import Key, Slot
from generator.graph.model import Usage

ABSENT = frozenset({None, "None", "UNSET", "_m.UNSET"})  # no default of the API: what is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class of one side."""

    symbol: str
    slots: Sequence[Slot]
    usage: Usage
    key: Key
    subject: Subject
    place: str
    docstring: str = ""


def subject_of(key: Key, name: str) -> Subject:
    """The subject that a key leads to."""
    kind = key[0]
    return Subject("operation" if kind == "operation" else "schema" if kind == "schema" else "api", key[1], name)


def class_changes(old: Class, new: Class, names: Mapping[str, str]) -> Iterator[Change]:
    """Compare two classes; `names` has the new names of classes by their old ones."""
    if old.symbol != new.symbol:
        # The one that is gone may have been taken over by another class.
        yield _change(
            "python-class-renamed", new, new.key, before=old.symbol, after=new.symbol,
            witness=witness.mention(old.symbol), usage=Usage.BOTH,
        )  # fmt: skip
    before = {slot.name: slot for slot in old.slots}
    after = {slot.name: slot for slot in new.slots}
    for slot in new.slots:
        if slot.name in before:
            yield from _slot(old, new, before[slot.name], slot, names)
        else:
            is_required = slot.default is None
            rule = "python-attribute-added-required" if is_required else "python-attribute-added"
            proof = witness.make(old.symbol, old.slots) if is_required and Usage.INPUT in new.usage else ""
            yield _change(rule, new, slot.key, after=f"{new.symbol}.{slot.name}", witness=proof)
    for slot in old.slots:
        if slot.name not in after:
            proof = witness.read(old.symbol, slot)
            yield _change("python-attribute-removed", new, slot.key, before=f"{old.symbol}.{slot.name}", witness=proof)
    if old.docstring != new.docstring:
        yield _change("python-docstring-changed", new, new.key, name=new.symbol)


def _slot(old: Class, new: Class, before: Slot, after: Slot, names: Mapping[str, str]) -> Iterator[Change]:
    symbol = f"{new.symbol}.{after.name}"
    first, second = renamed(before.annotation, names), after.annotation
    if (before.default is None) != (after.default is None):
        is_required = after.default is None
        rule = "python-attribute-became-required" if is_required else "python-attribute-became-optional"
        proof = _proof(old, new, before, makes=is_required)
        yield _change(rule, new, after.key, name=symbol, witness=proof)
        first, second = without_none(first), without_none(second)
    elif before.default != after.default and not {before.default, after.default} <= ABSENT:
        yield _change(
            "python-argument-default-changed", new, after.key,
            name=symbol, before=str(before.default), after=str(after.default),
        )  # fmt: skip
    found = relation(first, second)
    if found != "same":
        proof = _proof(old, new, before, makes=found == "narrowed" or Usage.OUTPUT not in new.usage, extra=before)
        yield _change(f"python-type-{found}", new, after.key, name=symbol, before=first, after=second, witness=proof)


def _proof(old: Class, new: Class, slot: Slot, *, makes: bool, extra: Slot | None = None) -> str:
    if makes and Usage.INPUT in new.usage:
        return witness.make(old.symbol, old.slots, extra)
    return witness.read(old.symbol, slot) if Usage.OUTPUT in new.usage else ""


def _change(rule: str, owner: Class, key: Key, **particulars: Any) -> Change:
    values = {"usage": owner.usage, **particulars}
    subject = owner.subject if key[:2] == owner.key[:2] else subject_of(key, owner.subject.name)
    change = Change(rule=rule, subject=subject, member=key[2], place=owner.place, **values)
    return replace(change, witness="") if change.impact != BREAKING else change
