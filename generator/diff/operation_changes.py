"""What became of the operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.diff.change import Change, Subject
from generator.diff.header_changes import Headers, header_changes
from generator.diff.marks import marks
from generator.diff.pairing import Pairing, errors, inputs, outputs
from generator.diff.schema_changes import Defaults
from generator.diff.spelling import address, auth_text, server_text, value_text
from generator.diff.type_changes import Types
from generator.graph.model import Body, ErrorCase, Input, Operation, Output, Pagination, TypeRef, Usage

# What the client sees to, by the attribute of the operation and what people call it.
_SENDING = (
    ("idempotency", "idempotency key"),
    ("retries", "policy of retries"),
    ("host_prefix", "prefix of the host"),
    ("compressed", "compression"),
)
# How a parameter is written.
_SPELLING = ("style", "explode", "allow_reserved", "parts")
# Extensions whose meaning other rules tell.
_TOLD = ("x-pagination", "x-speakeasy-", "x-idempotency", "x-hostPrefix", "x-requestCompression")


def operation_changes(pairing: Pairing, types: Types, defaults: Defaults, headers: Headers) -> Iterator[Change]:
    """All of them, in the order of the new document; what is gone comes last."""
    for old, new in pairing.operations:
        yield from _Comparison(old, new, types, defaults, headers).changes()
    for each in pairing.added:
        yield Change(
            rule="operation-added",
            subject=_subject(each),
            at_after=each.id,
            operations=(each.source_name,),
            roots=roots(each),
        )
    for each in pairing.removed:
        yield Change(
            rule="operation-removed",
            subject=_subject(each),
            at_before=each.id,
            operations=(each.source_name,),
            roots=roots(each),
        )


def _subject(operation: Operation) -> Subject:
    return Subject("operation", operation.id, operation.source_name)


def roots(operation: Operation) -> tuple[TypeRef, ...]:
    """The types that an operation mentions."""
    return (
        *(each.type for each in operation.inputs),
        *(() if operation.body is None else (operation.body.type,)),
        *(type_ for output in operation.outputs for type_ in output.types),
        *(case.type for case in operation.errors if case.type is not None),
    )


class _Comparison:
    """One pair."""

    def __init__(self, old: Operation, new: Operation, types: Types, defaults: Defaults, headers: Headers) -> None:
        self._old, self._new = old, new
        self._types, self._defaults, self._headers_of = types, defaults, headers

    def changes(self) -> Iterator[Change]:
        """Compare the operations."""
        yield from self._identity()
        yield from self._parameters()
        yield from self._bodies(self._old.body, self._new.body)
        yield from self._successes()
        yield from self._failures()
        yield from self._auth()
        yield from self._pages(self._old.pagination, self._new.pagination)
        yield from self._the_rest()

    def _change(self, rule: str, **particulars: Any) -> Change:
        places: dict[str, Any] = {"at_before": self._old.id, "at_after": self._new.id}
        return Change(
            rule=rule,
            subject=_subject(self._new),
            operations=(self._new.source_name,),
            **(places | particulars),
        )

    def _identity(self) -> Iterator[Change]:
        old, new = self._old, self._new
        has_id = old.source_name != f"{old.method.lower()} {old.path}"
        if old.source_name != new.source_name:
            yield self._change("operation-renamed", before=old.source_name, after=new.source_name)
        if old.tags[:1] != new.tags[:1]:
            before, after = ("".join(each.tags[:1]) or "none" for each in (old, new))
            yield self._change("operation-moved", before=before, after=after)
        if old.path != new.path and has_id:
            yield self._change("operation-path-changed", before=old.path, after=new.path)
        if old.method != new.method and has_id:
            yield self._change("operation-method-changed", before=old.method, after=new.method)
        if old.deprecated != new.deprecated:
            yield self._change("operation-deprecated" if new.deprecated else "operation-undeprecated")
        if old.docs != new.docs:
            yield self._change("operation-docs-changed")

    # --- what goes in ---

    def _parameters(self) -> Iterator[Change]:
        for old, new in inputs(self._old, self._new):
            if old is not None and new is not None:
                yield from self._parameter(old, new)
            elif new is not None:
                rule = "parameter-added-required" if new.required else "parameter-added"
                yield self._input(rule, None, new, roots=(new.type,))
            elif old is not None:
                yield self._input("parameter-removed", old, None, roots=(old.type,))

    def _input(self, rule: str, old: Input | None, new: Input | None, **particulars: Any) -> Change:
        return self._change(
            rule,
            member=new.name if new is not None else old.name if old is not None else "",
            at_before=None if old is None else old.at,
            at_after=None if new is None else new.at,
            usage=Usage.INPUT,
            **particulars,
        )

    def _parameter(self, old: Input, new: Input) -> Iterator[Change]:
        if old.name != new.name:
            yield self._input("parameter-renamed", old, new, before=old.name, after=new.name)
        if old.place is not new.place:
            yield self._input("parameter-moved", old, new, before=old.place.value, after=new.place.value)
        elif any(getattr(old, name) != getattr(new, name) for name in _SPELLING):
            yield self._input("parameter-style-changed", old, new)
        if old.required != new.required:
            yield self._input("parameter-became-required" if new.required else "parameter-became-optional", old, new)
        for found in self._types.changes(old.type, new.type):
            yield self._input(found.rule, old, new, before=found.before, after=found.after, roots=(old.type, new.type))
        before, after = self._defaults(old.at, new.at)
        if before != after:
            yield self._input("default-changed", old, new, before=value_text(before), after=value_text(after))
        for rule in marks(old, new):
            yield self._input(rule, old, new)

    def _bodies(self, old: Body | None, new: Body | None) -> Iterator[Change]:
        places: dict[str, Any] = {"member": "body", "usage": Usage.INPUT}
        places |= {"at_before": old and old.at, "at_after": new and new.at}
        if old is None or new is None:
            if new is not None:
                rule = "body-added-required" if new.required else "body-added"
                yield self._change(rule, roots=(new.type,), **places)
            if old is not None:
                yield self._change("body-removed", roots=(old.type,), **places)
            return
        if old.required != new.required:
            yield self._change("body-became-required" if new.required else "body-became-optional", **places)
        if old.content_type != new.content_type or old.parts != new.parts:
            yield self._change("content-type-changed", before=old.content_type, after=new.content_type, **places)
        for found in self._types.changes(old.type, new.type):
            roots_ = (old.type, new.type)
            yield self._change(found.rule, before=found.before, after=found.after, roots=roots_, **places)
        for rule in marks(old, new):
            yield self._change(rule, **places)

    # --- what comes out ---

    def _successes(self) -> Iterator[Change]:
        for old, new in outputs(self._old, self._new):
            if old is not None and new is not None:
                yield from self._success(old, new)
            elif new is not None:
                yield self._result("success-added", None, new, roots=new.types)
            elif old is not None:
                yield self._result("success-removed", old, None, roots=old.types)

    def _result(self, rule: str, old: Output | None, new: Output | None, **particulars: Any) -> Change:
        return self._change(
            rule,
            member=new.status if new is not None else old.status if old is not None else "",
            at_before=None if old is None else old.at,
            at_after=None if new is None else new.at,
            usage=Usage.OUTPUT,
            **particulars,
        )

    def _success(self, old: Output, new: Output) -> Iterator[Change]:
        if old.status != new.status:
            yield self._result("success-status-changed", old, new, before=old.status, after=new.status)
        if old.type is not None and new.type is not None:
            for found in self._types.changes(old.type, new.type):
                roots_ = (old.type, new.type)
                yield self._result(found.rule, old, new, before=found.before, after=found.after, roots=roots_)
        elif new.type is not None:
            yield self._result("success-body-added", old, new, roots=(new.type,))
        elif old.type is not None:
            yield self._result("success-body-removed", old, new, roots=(old.type,))
        if old.stream != new.stream:
            yield self._result("stream-changed", old, new, roots=(*old.types, *new.types))
        if None not in (old.type, new.type) and old.content_type != new.content_type:
            before, after = str(old.content_type), str(new.content_type)
            yield self._result("content-type-changed", old, new, before=before, after=after)
        yield from self._headers(old.at, new.at)
        for rule in marks(old, new):
            yield self._result(rule, old, new)

    def _failures(self) -> Iterator[Change]:
        for old, new in errors(self._old, self._new):
            if old is not None and new is not None:
                yield from self._failure(old, new)
            elif new is not None:
                yield self._error("error-added", None, new, roots=() if new.type is None else (new.type,))
            elif old is not None:
                yield self._error("error-removed", old, None, roots=() if old.type is None else (old.type,))

    def _error(self, rule: str, old: ErrorCase | None, new: ErrorCase | None, **particulars: Any) -> Change:
        case = new or old
        assert case is not None
        return self._change(
            rule,
            member=case.source_name or case.status,
            at_before=None if old is None else old.at,
            at_after=None if new is None else new.at,
            usage=Usage.OUTPUT,
            **particulars,
        )

    def _failure(self, old: ErrorCase, new: ErrorCase) -> Iterator[Change]:
        if old.type is not None and new.type is not None:
            for found in self._types.changes(old.type, new.type):
                yield self._error(
                    found.rule, old, new, before=found.before, after=found.after, roots=(old.type, new.type)
                )
        elif new.type is not None:
            yield self._error("success-body-added", old, new, roots=(new.type,))
        elif old.type is not None:
            yield self._error("success-body-removed", old, new, roots=(old.type,))
        yield from self._headers(old.at, new.at)
        for rule in marks(old, new):
            yield self._error(rule, old, new)

    def _headers(self, old: str, new: str) -> Iterator[Change]:
        for found in header_changes(*self._headers_of(old, new)):
            before, after = found.before, found.after
            header = after or before
            assert header is not None
            yield self._change(
                found.rule,
                member=header.name,
                before="" if before is None else before.type,
                after="" if after is None else after.type,
                at_before=None if before is None else before.at,
                at_after=None if after is None else after.at,
                usage=Usage.OUTPUT,
            )

    # --- how it is called ---

    def _auth(self) -> Iterator[Change]:
        old, new = set(self._old.auth), set(self._new.auth)
        was_open, is_open = (not each or () in each for each in (old, new))
        came = " or ".join(sorted(auth_text(each) for each in new - old if each))
        gone = " or ".join(sorted(auth_text(each) for each in old - new if each))
        if was_open and not is_open:
            yield self._change("auth-required", after=came or " or ".join(sorted(map(auth_text, new))))
        elif is_open and not was_open:
            yield self._change("auth-lifted", before=gone or " or ".join(sorted(map(auth_text, old))))
        else:
            if came:
                yield self._change("auth-added", after=came)
            if gone:
                yield self._change("auth-removed", before=gone)

    def _pages(self, old: Pagination | None, new: Pagination | None) -> Iterator[Change]:
        if old == new:
            return
        if old is None:
            yield self._change("pagination-added", after=_pages_text(new))
        elif new is None:
            yield self._change("pagination-removed", before=_pages_text(old))
        elif old.results != new.results:
            before, after = _way(old.results), _way(new.results)
            yield self._change("pagination-items-changed", before=before, after=after)
        else:
            yield self._change("pagination-changed", before=_pages_text(old), after=_pages_text(new))

    def _the_rest(self) -> Iterator[Change]:
        old, new = self._old, self._new
        if [*map(address, old.servers)] != [*map(address, new.servers)]:
            yield self._change("operation-server-changed", before=server_text(old), after=server_text(new))
        for attribute, name in _SENDING:
            before, after = getattr(old, attribute), getattr(new, attribute)
            if before != after:
                yield self._change("operation-sending-changed", name=name, before=_flat(before), after=_flat(after))
        for key in dict.fromkeys((*old.extensions, *new.extensions)):
            if not key.startswith(_TOLD) and old.extensions.get(key) != new.extensions.get(key):
                yield self._change("operation-extension-changed", name=key)


def _way(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def _pages_text(pages: Pagination | None) -> str:
    if pages is None:
        return "none"
    leads = " -> ".join(filter(None, (_way(pages.output or ()), pages.input)))
    return f"{_way(pages.results)} by {pages.style.value}{f', {leads}' if leads else ''}"


def _flat(value: Any) -> str:
    return getattr(value, "name", None) or value_text(value if isinstance(value, str | bool | None) else str(value))
