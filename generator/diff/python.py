"""The second level: what became of the Python that callers write against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.diff import witness
from generator.diff.change import Change, Subject
from generator.diff.pairing import Pairing
from generator.diff.python_classes import Class, class_changes
from generator.diff.python_client import client_changes
from generator.diff.python_methods import CLIENT, MethodComparison
from generator.diff.python_types import relation, renamed
from generator.diff.rules import BREAKING
from generator.diff.side import Side, Slot
from generator.diff.spelling import value_text
from generator.graph.model import Choice, Enumeration, Record, Usage
from generator.python.naming import GROUPS
from generator.python.plan.package import OperationPlan

_SHARED, _OPERATIONS, _ERRORS = "models/shared.py", "models/operations.py", "models/errors.py"
_PLACES = {field: place for place, field in GROUPS.items()}


def python_changes(pairing: Pairing, before: Side, after: Side) -> list[Change]:
    """All changes between two plans of packages."""
    comparison = _Comparison(pairing, before, after)
    return [
        *comparison.methods(),
        *comparison.schemas(),
        *comparison.errors(),
        *comparison.schemes(),
        *client_changes(before, after),
    ]


class _Comparison:
    def __init__(self, pairing: Pairing, before: Side, after: Side) -> None:
        self._before, self._after = before, after
        self._operations = [
            (old.id, new.id)
            for old, new in pairing.operations
            if old.id in before.operations and new.id in after.operations
        ]
        self._schemas = [
            (found.before.id, found.after.id)
            for found in pairing.schemas
            if found.before.id in before.types and found.after.id in after.types
        ]
        self._names = self._renames()

    def _renames(self) -> Mapping[str, str]:
        old, new = self._before.names.types, self._after.names.types
        found = {f"shared.{old[first]}": f"shared.{new[second]}" for first, second in self._schemas}
        for first, second in self._operations:
            olds, news = _own_classes(self._before.operations[first]), _own_classes(self._after.operations[second])
            found.update({name: news[role] for role, name in olds.items() if role in news})
        return {name: called for name, called in found.items() if name != called}

    # --- methods, and the classes of their own ---

    def methods(self) -> Iterator[Change]:
        before, after = self._before, self._after
        for old, new in self._operations:
            yield from MethodComparison(before, after, old, new, self._names).changes()
            olds, news = self._classes(before, old), self._classes(after, new)
            for role, made in news.items():
                if role in olds:
                    yield from class_changes(olds[role], made, self._names)
                else:
                    yield _came(made)
            for role, made in olds.items():
                if role not in news:
                    yield _went(made)
        paired = {new for _, new in self._operations}
        for id_ in after.operations:
            if id_ not in paired:
                yield self._method("python-method-added", after, id_)
                yield from (_came(made) for made in self._classes(after, id_).values())
        paired = {old for old, _ in self._operations}
        for id_ in before.operations:
            if id_ not in paired:
                yield self._method("python-method-removed", before, id_)
                yield from (_went(made) for made in self._classes(before, id_).values())

    def _method(self, rule: str, side: Side, id_: str) -> Change:
        name = side.bounds[id_].operation.source_name
        method = side.method(id_)
        proof = witness.call(str(side.plan.class_name), method, side.arguments(id_))
        is_gone = rule == "python-method-removed"
        return Change(
            rule=rule,
            subject=Subject("operation", id_, name),
            before=method,
            after=method,
            operations=(name,),
            witness=proof if is_gone else "",
            place=CLIENT,
        )

    def _classes(self, side: Side, id_: str) -> Mapping[str, Class]:
        plan, bound = side.operations[id_], side.bounds[id_]
        subject = Subject("operation", side.canonical.get(id_, id_), bound.operation.source_name)
        key = side.key("operation", id_)

        def class_of(name: str, slots: list[Slot], usage: Usage) -> Class:
            return Class(
                symbol=f"operations.{name}", slots=slots, usage=usage, key=key, subject=subject, place=_OPERATIONS
            )

        found = {
            "request": class_of(plan.request.name, side.plain(plan.request, id_, {"request": "body"}), Usage.INPUT),
        }
        headers = side.reply_headers(id_)
        if plan.is_whole:
            found["result"] = class_of(
                plan.result.name, [*side.plain(plan.result, id_, _RESULT), *headers], Usage.OUTPUT
            )
        if streams := _streams(plan):
            # What the result has is told there, once.
            slots = [] if plan.is_whole else headers
            found.update({role: class_of(name, slots, Usage.OUTPUT) for role, name in streams.items()})
        for group in plan.groups:
            inputs = bound.at(_PLACES[group.field.strip("\"'")])
            found[str(group.field)] = class_of(group.model.name, side.group(group.model, inputs, id_), Usage.INPUT)
        return found

    # --- schemas ---

    def schemas(self) -> Iterator[Change]:
        before, after = self._before, self._after
        for old, new in self._schemas:
            yield from self._schema(old, new)
        for id_ in self._unpaired(after, 1):
            yield _came(self._class(after, id_))
        for id_ in self._unpaired(before, 0):
            yield _went(self._class(before, id_))

    def _unpaired(self, side: Side, position: int) -> Iterator[str]:
        paired = {pair[position] for pair in self._schemas}
        return (id_ for id_ in side.types if id_ not in paired)

    def _class(self, side: Side, id_: str) -> Class:
        type_ = side.types[id_]
        plan = side.records.get(id_) or side.enums.get(id_) or side.choices[id_]
        return Class(
            symbol=f"shared.{side.names.types[id_]}",
            slots=side.slots(id_) if isinstance(type_, Record) else (),
            usage=type_.usage,
            key=side.key("schema", id_),
            subject=Subject("schema", side.canonical.get(id_, id_), type_.source_name),
            place=_SHARED,
            docstring=str(plan.docstring),
        )

    def _schema(self, old: str, new: str) -> Iterator[Change]:
        first, second = self._before.types[old], self._after.types[new]
        before, after = self._class(self._before, old), self._class(self._after, new)
        yield from class_changes(before, after, self._names)
        if type(first) is not type(second):
            yield Change(
                rule="python-class-kind-changed",
                subject=after.subject,
                name=after.symbol,
                before=_WORDS[type(first)],
                after=_WORDS[type(second)],
                place=_SHARED,
            )
        elif isinstance(first, Enumeration) and isinstance(second, Enumeration):
            yield from self._values(first, second, before, after)
        elif isinstance(first, Choice):
            yield from self._options(old, new, before, after)

    def _values(self, old: Enumeration, new: Enumeration, before: Class, after: Class) -> Iterator[Change]:
        olds, news = self._before.names.members[old.id], self._after.names.members[new.id]
        values = {str(name): value for value, name in olds.items()}
        for value, name in news.items():
            if str(name) not in values:
                yield _value("python-value-added", after, value, after=f"{after.symbol}.{name}")
            elif values[str(name)] != value:
                yield _value(
                    "python-value-changed", after, value,
                    name=f"{after.symbol}.{name}", before=repr(values[str(name)]), after=repr(value),
                )  # fmt: skip
        kept = {str(name) for name in news.values()}
        for gone, value in values.items():
            if gone not in kept:
                symbol = f"{before.symbol}.{gone}"
                yield _value("python-value-removed", after, value, before=symbol, witness=witness.mention(symbol))

    def _options(self, old: str, new: str, before: Class, after: Class) -> Iterator[Change]:
        first = renamed(self._before.options(old), self._names)
        second = self._after.options(new)
        found = relation(first, second)
        if found != "same":
            reads = Usage.OUTPUT in after.usage and found != "narrowed"
            change = Change(
                rule=f"python-type-{found}",
                subject=after.subject,
                name=after.symbol,
                before=first,
                after=second,
                usage=after.usage,
                place=_SHARED,
                witness=witness.choose(before.symbol, self._before.options(old), reads=reads),
            )
            yield change if change.impact is BREAKING else replace(change, witness="")

    # --- exceptions and credentials ---

    def errors(self) -> Iterator[Change]:
        olds = {str(each.name): each for each in self._before.plan.errors}
        news = {str(each.name): each for each in self._after.plan.errors}
        keys = {str(name): key for side in (self._before, self._after) for key, name in side.names.errors.items()}
        raisers = [self._raisers(side) for side in (self._before, self._after)]
        for name, each in news.items():
            subject = Subject("api", "", "API")
            symbol = f"errors.{name}"
            if name not in olds:
                yield Change(
                    rule="python-exception-added",
                    subject=subject,
                    member=f"{_ERROR}{keys[name]}",
                    after=symbol,
                    place=_ERRORS,
                    operations=raisers[1][name],
                )
            elif renamed(str(olds[name].details), self._names) != str(each.details):
                yield Change(
                    rule="python-type-changed",
                    subject=subject,
                    member=f"{_ERROR}{keys[name]}",
                    name=f"{symbol}.details",
                    before=str(olds[name].details),
                    after=str(each.details),
                    place=_ERRORS,
                    usage=Usage.OUTPUT,
                )
        for name in olds:
            if name not in news:
                symbol = f"errors.{name}"
                yield Change(
                    rule="python-exception-removed", subject=Subject("api", "", "API"), member=f"{_ERROR}{keys[name]}",
                    before=symbol, place=_ERRORS, witness=witness.mention(symbol), operations=raisers[0][name],
                )  # fmt: skip

    def _raisers(self, side: Side) -> Mapping[str, Sequence[str]]:
        """The operations that raise each exception."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for id_, plan in side.operations.items():
            for _, name in plan.errors:
                found[str(name)].append(side.bounds[id_].operation.source_name)
        return found

    def schemes(self) -> Iterator[Change]:
        api = Subject("api", "", "API")
        olds = {key: str(name) for key, (name, _) in self._before.names.schemes.items()}
        news = {key: str(name) for key, (name, _) in self._after.names.schemes.items()}
        bases = [{str(each.name): str(each.base) for each in side.plan.schemes} for side in (self._before, self._after)]
        for key, name in news.items():
            if key not in olds and name in bases[1]:
                yield Change(rule="python-class-added", subject=api, member=key, after=f"shared.{name}", place=_SHARED)
            elif key in olds and bases[0].get(olds[key]) != bases[1].get(name):
                before, after = bases[0].get(olds[key], "not there"), bases[1].get(name, "not there")
                yield Change(
                    rule="python-class-kind-changed", subject=api, member=key, name=f"shared.{name}",
                    before=before, after=after, place=_SHARED,
                )  # fmt: skip
        for key, name in olds.items():
            if key not in news and name in bases[0]:
                symbol = f"shared.{name}"
                yield Change(
                    rule="python-class-removed", subject=api, member=key, before=symbol, place=_SHARED,
                    witness=witness.mention(symbol),
                )  # fmt: skip


def _own_classes(plan: OperationPlan) -> dict[str, str]:
    """The names of an operation's own classes, by what they are for."""
    groups = {str(group.field): str(group.model.name) for group in plan.groups}
    return {"request": str(plan.request.name), "result": str(plan.result.name), **groups, **_streams(plan)}


def _streams(plan: OperationPlan) -> dict[str, str]:
    """The classes of an operation's streams that are its own."""
    classes = plan.stream_classes
    return {} if classes is None else {"stream": str(classes.name), "stream for asyncio": str(classes.async_name)}


_ERROR = "*error:"
_RESULT: Mapping[str, str] = {}
_WORDS = {Record: "a class with attributes", Enumeration: "an enumeration", Choice: "a choice"}


def _came(made: Class) -> Change:
    return Change(rule="python-class-added", subject=made.subject, after=made.symbol, place=made.place)


def _went(made: Class) -> Change:
    return Change(
        rule="python-class-removed",
        subject=made.subject,
        before=made.symbol,
        place=made.place,
        witness=witness.mention(made.symbol),
    )


def _value(rule: str, owner: Class, value: str | int, **particulars: Any) -> Change:
    return Change(
        rule=rule,
        subject=owner.subject,
        member=value_text(value),
        usage=owner.usage,
        place=owner.place,
        **particulars,
    )
