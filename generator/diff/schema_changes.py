"""What became of the schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from generator.diff.change import Change, Subject
from generator.diff.marks import marks
from generator.diff.pairing import Pairing, SchemaPair, members, options
from generator.diff.spelling import spell, value_text
from generator.diff.type_changes import Types
from generator.graph.model import Choice, Enumeration, Field, Named, Record, TypeDef, Usage
from generator.graph.passes import named_in

Defaults = Callable[[str, str], tuple[Any, Any]]
"""The defaults that both documents give a member or parameter, by its pointers there."""


def schema_changes(pairing: Pairing, types: Types, defaults: Defaults) -> Iterator[Change]:
    """All of them, in the order of the new document; what is gone comes last."""
    for found in pairing.schemas:
        comparison = _Comparison(found, types, defaults)
        for change in comparison.changes():
            yield replace(change, operations=tuple(found.operations))
    for added in pairing.added_schemas:
        yield Change(rule="schema-added", subject=_subject(added), at_after=added.id, usage=added.usage)
    for removed in pairing.removed_schemas:
        yield Change(rule="schema-removed", subject=_subject(removed), at_before=removed.id, usage=removed.usage)


def _subject(schema: TypeDef) -> Subject:
    return Subject("schema", schema.id, schema.source_name)


class _Comparison:
    """One pair."""

    def __init__(self, found: SchemaPair, types: Types, defaults: Defaults) -> None:
        self._old, self._new, self._usage = found.before, found.after, found.usage
        self._types, self._defaults = types, defaults
        self._subject = _subject(found.after)

    def changes(self) -> Iterator[Change]:
        """Compare the definitions."""
        old, new = self._old, self._new
        if old.source_name != new.source_name:
            yield self._change("schema-renamed", before=old.source_name, after=new.source_name)
        if old.deprecated != new.deprecated:
            yield self._change("schema-deprecated" if new.deprecated else "schema-undeprecated")
        if old.docs != new.docs:
            yield self._change("schema-docs-changed")
        match old, new:
            case Record(), Record():
                yield from self._records(old, new)
            case Enumeration(), Enumeration():
                yield from self._enumerations(old, new)
            case Choice(), Choice():
                yield from self._choices(old, new)
            case _:
                pass  # those that refer to it say that their type changed

    def _change(self, rule: str, **particulars: Any) -> Change:
        usual: dict[str, Any] = {"at_before": self._old.id, "at_after": self._new.id, "usage": self._usage}
        return Change(rule=rule, subject=self._subject, **(usual | particulars))

    def _records(self, old: Record, new: Record) -> Iterator[Change]:
        if old.xml != new.xml:
            yield self._change("xml-changed", name="the element")
        for before, after in members(old, new):
            if before is not None and after is not None:
                yield from self._members(before, after)
            elif after is not None:
                rule = "member-added-required" if after.must_be_given else "member-added"
                usage = Usage.INPUT if after.required_to_send else self._usage
                yield self._member(rule, None, after, roots=(after.type,), usage=usage)
            elif before is not None:
                yield self._member("member-removed", before, None, roots=(before.type,))
        if old.extra is not None and new.extra is not None:
            for found in self._types.changes(old.extra, new.extra):
                yield self._change(
                    found.rule, member="*", name="further members", before=found.before, after=found.after
                )
        elif new.extra is not None:
            yield self._change("further-members-added", member="*", after=spell(new.extra, self._types.after))
        elif old.extra is not None:
            yield self._change("further-members-removed", member="*")

    def _member(self, rule: str, old: Field | None, new: Field | None, **particulars: Any) -> Change:
        return self._change(
            rule,
            member=new.name if new is not None else old.name if old is not None else "",
            at_before=None if old is None else old.at,
            at_after=None if new is None else new.at,
            **particulars,
        )

    def _members(self, old: Field, new: Field) -> Iterator[Change]:
        if old.name != new.name:
            yield self._member("member-renamed", old, new, before=old.name, after=new.name)
        if old.must_be_given != new.must_be_given and not self._is_explained(old, new):
            rule = "member-became-required" if new.must_be_given else "member-became-optional"
            is_sent = old.required_to_send or new.required_to_send
            yield self._member(rule, old, new, usage=Usage.INPUT if is_sent else self._usage)
        for found in self._types.changes(old.type, new.type):
            yield self._member(found.rule, old, new, before=found.before, after=found.after, roots=(old.type, new.type))
        before, after = self._defaults(old.at, new.at)
        if before != after:
            yield self._member("default-changed", old, new, before=value_text(before), after=value_text(after))
        for rule in marks(old, new):
            if rule != "member-docs-changed" or not self._is_told_by_its_schema(old, new):
                yield self._member(rule, old, new)
        if old.xml != new.xml:
            yield self._member("xml-changed", old, new)

    def _is_explained(self, old: Field, new: Field) -> bool:
        """Whether what must be given changed only because the member became, or no longer is, one of one direction."""
        return (old.read_only, old.write_only) != (new.read_only, new.write_only)

    def _is_told_by_its_schema(self, old: Field, new: Field) -> bool:
        """Whether the words of a member are those of the schema that it refers to."""
        types = (self._types.before, old), (self._types.after, new)
        return all(
            any(id_ in known and known[id_].docs == member.docs for id_ in named_in(member.type))
            for known, member in types
        )

    def _enumerations(self, old: Enumeration, new: Enumeration) -> Iterator[Change]:
        if old.kind is not new.kind:
            yield self._change("type-changed", name="the values", before=old.kind.value, after=new.kind.value)
            return
        for value, at in zip(new.values, new.places, strict=True):
            if value not in old.values:
                yield self._change("enum-value-added", member=value_text(value), after=value_text(value), at_after=at)
        for value, at in zip(old.values, old.places, strict=True):
            if value not in new.values:
                yield self._change(
                    "enum-value-removed", member=value_text(value), before=value_text(value), at_before=at
                )

    def _choices(self, old: Choice, new: Choice) -> Iterator[Change]:
        for before, after in options(tuple(self._renamed(each) for each in old.options), new.options):
            if before is None and after is not None:
                yield self._change("type-widened", name="it", after=spell(after, self._types.after), roots=(after,))
            elif after is None and before is not None:
                yield self._change("type-narrowed", name="it", before=self._spell_old(before), roots=(before,))
            elif before is not None and after is not None and not isinstance(before, Named):
                for found in self._types.changes(before, after):
                    yield self._change(found.rule, name="an option", before=found.before, after=found.after)
        if old.tag != new.tag and (old.tag and old.tag.name) != (new.tag and new.tag.name):
            yield self._change(
                "tag-changed",
                before="their shape" if old.tag is None else old.tag.name,
                after="their shape" if new.tag is None else new.tag.name,
            )

    def _renamed(self, old: Any) -> Any:
        return Named(self._types.pairs.get(old.id, old.id)) if isinstance(old, Named) else old

    def _spell_old(self, type_: Any) -> str:
        known = (
            self._types.before if not isinstance(type_, Named) or type_.id in self._types.before else self._types.after
        )
        return spell(type_, known)
