"""What became of methods: their names, arguments, results and exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.diff import witness
from generator.diff.change import Change, Subject
from generator.diff.python_classes import ABSENT
from generator.diff.python_types import relation, renamed, without_none
from generator.diff.rules import BREAKING
from generator.diff.side import Key, Side, Slot
from generator.graph.model import Usage

CLIENT = "client.py"


class MethodComparison:
    """The methods of one operation, by its ids on both sides; `names` has the new names of classes by the old ones."""

    def __init__(self, before: Side, after: Side, old: str, new: str, names: Mapping[str, str]) -> None:
        self._before, self._after, self._names = before, after, names
        self._old, self._new = before.operations[old], after.operations[new]
        self._id = new
        self._was, self._is = before.method(old), after.method(new)
        self._given, self._taken = before.arguments(old), after.arguments(new)
        self._subject = Subject("operation", new, after.bounds[new].operation.source_name)

    def changes(self) -> Iterator[Change]:
        """Compare them."""
        if self._was != self._is:
            yield self._change(
                "python-method-renamed", before=self._was, after=self._is, witness=self._call(), member=""
            )
        yield from self._arguments()
        yield from self._result()
        olds, news = ({str(name) for _, name in plan.errors} for plan in (self._old, self._new))
        olds = {self._names.get(name, name) for name in olds}
        for name in sorted(news - olds):
            yield self._change("python-raises-added", name=self._is, after=name, member=_ERROR)
        for name in sorted(olds - news):
            yield self._change("python-raises-removed", name=self._is, before=name, member=_ERROR)
        if self._old.docstring != self._new.docstring:
            yield self._change("python-docstring-changed", name=self._is)

    def _change(self, rule: str, *, key: Key | None = None, **particulars: Any) -> Change:
        subject = self._subject
        if key is not None and key[0] == "schema":
            subject = Subject(
                "schema", key[1], self._after.types[key[1]].source_name if key[1] in self._after.types else ""
            )
        values: dict[str, Any] = {"member": "" if key is None else key[2], "usage": Usage.INPUT, "place": CLIENT}
        change = Change(rule=rule, subject=subject, operations=(self._subject.name,), **(values | particulars))
        return replace(change, witness="") if change.impact != BREAKING else change

    def _call(self, extra: Slot | None = None) -> str:
        return witness.call(str(self._before.plan.class_name), self._was, self._given, extra)

    def _arguments(self) -> Iterator[Change]:
        before = {slot.name: slot for slot in self._given}
        after = {slot.name for slot in self._taken}
        for slot in self._taken:
            if slot.name in before:
                yield from self._argument(before[slot.name], slot)
            elif slot.default is None:
                yield self._change(
                    "python-argument-added-required", key=slot.key, name=self._is, after=slot.name, witness=self._call()
                )
            else:
                yield self._change("python-argument-added", key=slot.key, name=self._is, after=slot.name)
        for slot in self._given:
            if slot.name not in after:
                yield self._change(
                    "python-argument-removed",
                    key=slot.key, name=self._is, before=slot.name, witness=self._call(slot),
                )  # fmt: skip

    def _argument(self, old: Slot, new: Slot) -> Iterator[Change]:
        name = f"{self._is}({new.name})"
        first, second = renamed(old.annotation, self._names), new.annotation
        if (old.default is None) != (new.default is None):
            rule = "python-argument-became-required" if new.default is None else "python-argument-became-optional"
            yield self._change(rule, key=new.key, name=name, witness=self._call())
            first, second = without_none(first), without_none(second)
        elif old.default != new.default and not {old.default, new.default} <= ABSENT:
            yield self._change(
                "python-argument-default-changed",
                key=new.key, name=name, before=str(old.default), after=str(new.default),
            )  # fmt: skip
        found = relation(first, second)
        if found != "same":
            yield self._change(
                f"python-type-{found}", key=new.key, name=name, before=first, after=second, witness=self._call(old)
            )

    def _result(self) -> Iterator[Change]:
        old, new = self._old, self._new
        was, is_ = (plan.pagination is not None for plan in (old, new))
        if was != is_:
            proof = witness.iterate(str(self._before.plan.class_name), self._was, self._given)
            rule = "python-iteration-added" if is_ else "python-iteration-removed"
            yield self._change(rule, name=self._is, witness=proof)
        elif was and renamed(str(old.result.base), self._names) != str(new.result.base):
            yield self._returns(str(old.result.base), str(new.result.base))
        first, second = ("" if plan.stream is None else str(plan.stream.kind) for plan in (old, new))
        if renamed(first, self._names) != second or old.is_whole != new.is_whole:
            whole, streamed = (_returned(plan.is_whole, text) for plan, text in ((old, first), (new, second)))
            yield self._returns(whole, streamed)

    def _returns(self, before: str, after: str) -> Change:
        return self._change(
            "python-return-changed", name=self._is, before=before, after=after, usage=Usage.OUTPUT, member="*result"
        )


_ERROR = "*error"


def _returned(is_whole: bool, stream: str) -> str:  # noqa: FBT001 - both are values of a plan
    return " and ".join((["a result"] if is_whole else []) + ([stream] if stream else []))
