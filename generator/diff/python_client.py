"""What became of the client's class: its name, and what it is made with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from generator.diff import witness
from generator.diff.change import Change, Subject
from generator.diff.python_methods import CLIENT
from generator.diff.python_types import relation
from generator.diff.rules import BREAKING
from generator.diff.side import Key, Side, Slot, shown
from generator.graph.model import Usage
from generator.python.literals import literal

_SERVER: Key = ("api", "", "server")


def client_changes(before: Side, after: Side) -> Iterator[Change]:
    """Compare the classes; of their arguments those that a document decides about."""
    old, new = str(before.plan.class_name), str(after.plan.class_name)
    if old != new:
        yield _change("python-class-renamed", ("api", "", ""), before=old, after=new, witness=witness.mention(old))
    given = {slot.name: slot for slot in _arguments(before)}
    taken = {slot.name: slot for slot in _arguments(after)}
    own = _variables(before) | _variables(after)
    for name, slot in taken.items():
        if name not in given:
            yield _change("python-argument-added", slot.key, name=new, after=name, operations=own.get(name, ()))
        elif (found := relation(given[name].annotation, slot.annotation)) != "same":
            yield _change(
                f"python-type-{found}", slot.key, name=f"{new}({name})",
                before=given[name].annotation, after=slot.annotation, witness=_made(old, given[name]),
            )  # fmt: skip
    for name, slot in given.items():
        if name not in taken:
            yield _change(
                "python-argument-removed", slot.key, name=old, before=name, witness=_made(old, slot),
                operations=own.get(name, ()),
            )  # fmt: skip


_OF_AWS = (("region", "str | None"), ("use_fips", "bool | None"), ("use_dual_stack", "bool | None"))


def _arguments(side: Side) -> Iterator[Slot]:
    plan, choice = side.plan, side.plan.wire.server_choice
    if plan.security is not None:
        yield Slot("security", "shared.Security | None", "None", ("api", "", next(iter(side.bound.api.auth), "")))
    if choice is not None:
        if choice.annotation is not None:
            words = dict.fromkeys(literal(each.name or each.url) for each in side.bound.api.servers)
            yield Slot("server", " | ".join((*map(_word, words), "int", "None")), "None", _SERVER)
        for variable in choice.variables:
            yield Slot(str(variable.argument), shown(variable.annotation), "None", _SERVER)
    if plan.features.is_aws:
        yield from (Slot(name, annotation, "None", ("api", "", "")) for name, annotation in _OF_AWS)
    if plan.features.has_buckets:
        yield Slot("path_style", "bool | None", "None", ("api", "", ""))


def _variables(side: Side) -> dict[str, Sequence[str]]:
    """The operations whose own servers have a variable, by the client's argument for it."""
    if side.plan.wire.server_choice is None:
        return {}
    arguments = {str(each.name): str(each.argument) for each in side.plan.wire.server_choice.variables}
    found: dict[str, Sequence[str]] = {}
    for bound in side.bound.operations:
        for variable in (each for server in bound.servers for each in server.variables):
            name = arguments[literal(variable.name)]
            found[name] = (*found.get(name, ()), bound.operation.source_name)
    return found


def _word(value: str) -> str:
    return f"typing.Literal[{value}]"  # apart from the others, so that one that comes or goes is seen


def _made(class_: str, slot: Slot) -> str:
    return witness.make(class_, (slot,), slot)


def _change(rule: str, key: Key, **particulars: Any) -> Change:
    subject = Subject("api", "", "API")
    change = Change(rule=rule, subject=subject, member=key[2], usage=Usage.INPUT, place=CLIENT, **particulars)
    return replace(change, witness="") if change.impact is not BREAKING else change
