"""What is wrong with the names of a call's keyword arguments: all of it at once, with a way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

if TYPE_CHECKING:
    from .operation import Operation

__all__ = ["misnamed"]


def misnamed(operation: Operation[Any], given: Iterable[str], options: Iterable[str]) -> str:
    """What is missing, and what there is no such argument for; empty where the names are all right.

    Args:
        operation: What is called.
        given: Names of the arguments, without those of options.
        options: Names that any call takes.
    """
    given = set(given)
    known = dict(_names(operation, is_whole="request" in given and bool(operation.renamed)))
    missing = [name for name, is_required in known.items() if is_required and name not in given]
    found = [f"missing {', '.join(missing)}"] if missing else []
    for name in sorted(given - known.keys()):
        near = get_close_matches(name, [*known, *options], 1)
        shown = name if name.isidentifier() else ascii(name)
        found.append(f"there is no argument {shown}" + (f", did you mean {near[0]}?" if near else ""))
    return "; ".join(found)


def _names(operation: Operation[Any], *, is_whole: bool) -> Iterator[tuple[str, bool]]:
    """The names of all arguments, and whether they are required; `is_whole` where the body is one of them."""
    for group, (kind, names) in operation.groups.items():
        is_required = group in operation.required_groups
        yield from ((name, required and is_required) for name, required in _members(kind) if name in names)
    called = {attribute: name for name, attribute in operation.renamed.items()}
    if operation.body is None or is_whole:
        called = {} if is_whole else called
        for name, required in _members(operation.request):
            if name not in operation.groups:
                yield called.get(name, name), required
    else:
        members = _members(operation.body)
        yield from ((called.get(name, name), required and operation.body_required) for name, required in members)


def _members(kind: type[Struct]) -> Iterator[tuple[str, bool]]:
    sent: frozenset[str] = getattr(kind, "__required_to_send__", frozenset())
    return ((member.name, member.required or member.name in sent) for member in structs.fields(kind))
