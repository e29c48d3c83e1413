"""Pages that a document describes and the client does not go through: by what name that isn't there, or why else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from generator.graph.model import ListOf, Named, Nullable, Record, TypeRef
from generator.graph.page_shape import Pagination, Path
from generator.protocols.binding import BoundOperation
from generator.python.bodies import body_fields
from generator.python.planning.pagination import pagination_plan
from generator.python.setting import Setting

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report

_EXTENSIONS: Final = ("x-pagination", "x-speakeasy-pagination", "x-fern-pagination")
# The keys of all extensions that say what asks for a page, and where something is in the reply.
_ASKING: Final = frozenset({"input", "offset", "page", "cursor", "name"})
_ITEMS: Final = frozenset({"results"})
_LEADING: Final = frozenset({"output", "url", "nextCursor", "nextUrl", "next_cursor", "next_uri", "next_path"})


class _Missing(Struct, frozen=True):
    """A name that isn't there: which, in what, what is there, and the keys of an extension that may have named it."""

    name: str
    owner: str
    known: Sequence[str]
    keys: frozenset[str]


def tell_idle_pages(setting: Setting, report: Report, locate: Callable[[str], Location]) -> None:
    """Say which operations describe pages that the client does not go through."""
    for bound in setting.bound.operations:
        operation = bound.operation
        if operation.pagination is None or pagination_plan(setting, bound) is not None:
            continue
        extension = next((name for name in _EXTENSIONS if name in operation.extensions), "")
        at = f"{operation.id}/{extension}" if extension else operation.id
        missing = next(_missing(setting, bound, operation.pagination), None)
        if missing is None:
            report.note(
                "GEN013",
                f"the pages of {operation.source_name} are described by members whose types lead to no list of items",
                locate(at),
                help="name members that the schemas declare; items are a list",
                effect="the operation is not iterable; its pages can be asked for one by one",
            )
        else:
            near = get_close_matches(missing.name, missing.known, 1)
            report.warning(
                "SPEC045",
                f"there is no {missing.name!r} in the {missing.owner} of {operation.source_name}",
                locate(at + _place(operation.extensions.get(extension), missing)),
                help=f"write `{near[0]}`, or describe what is missing" if near else "name what the document describes",
                effect="the operation is not iterable; its pages can be asked for one by one",
            )


def _missing(setting: Setting, bound: BoundOperation, pagination: Pagination) -> Iterator[_Missing]:
    further = [(name, path) for name, path in pagination.further]
    for name in (pagination.input, *(name for name, _ in further)):
        if name is not None:
            yield from _not_asked(setting, bound, pagination, name)
    ways = [(pagination.output, _LEADING), *((path, _LEADING) for _, path in further), (pagination.results, _ITEMS)]
    for path, keys in ways:
        if path is not None:
            yield from _not_read(setting, bound, path, keys)


def _not_asked(setting: Setting, bound: BoundOperation, pagination: Pagination, name: str) -> Iterator[_Missing]:
    inputs = [each.name for each in bound.inputs]
    if pagination.place is not None:
        found = any((each.place, each.name) == (pagination.place, name) for each in bound.inputs)
    else:
        sent = body_fields(bound, setting.types)
        if sent is None and bound.body is not None:
            return  # nobody can tell what is in it
        members = [] if sent is None else [field.name for field in sent.fields]
        found, inputs = name in members, [*inputs, *members]
    if not found:
        yield _Missing(name, "request", inputs, _ASKING)


def _not_read(setting: Setting, bound: BoundOperation, path: Path, keys: frozenset[str]) -> Iterator[_Missing]:
    type_: TypeRef | None = None if bound.output is None else bound.output.type
    for step in path:
        inner = type_.inner if isinstance(type_, Nullable) else type_
        record = setting.types.get(inner.id) if isinstance(inner, Named) else None
        if isinstance(inner, ListOf) and isinstance(step, int):
            type_ = inner.item
        elif isinstance(record, Record):
            members = {field.name: field.type for field in record.fields}
            if str(step) not in members:
                yield _Missing(str(step), "reply", list(members), keys)
                return
            type_ = members[str(step)]
        else:
            return  # nobody can tell what is in it


def _place(declared: Any, missing: _Missing) -> str:
    """The pointer, inside of an extension, of the text that has the missing name; "" where it isn't found."""
    found = (
        pointer
        for pointer, keys, text in _texts(declared, "", frozenset())
        if missing.name in text and keys & missing.keys
    )
    return next(found, "")


def _texts(value: Any, pointer: str, keys: frozenset[str]) -> Iterator[tuple[str, frozenset[str], str]]:
    """The texts inside of a value, each with its pointer and the keys that lead to it."""
    if isinstance(value, str):
        yield pointer, keys, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", keys | {key})
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{pointer}/{index}", keys)
