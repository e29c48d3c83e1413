"""Corrections that are certain enough to be written without asking, as actions of an overlay.

Each belongs to a finding that has been made: a reference whose name is nearly right, an operation id that is taken, a
parameter that its path calls otherwise, a default, a limit or a type that is spelled as something else. Everything
else is left to whoever knows the API.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain, count
from typing import Any, Final

from msgspec import Struct

from generator.diagnostics import Diagnostic
from generator.openapi import pointer as pointers
from generator.openapi.origin import Origin

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_DATA: Final = frozenset({"const", "default", "enum", "example", "examples"})
_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,15})(\.\d{1,15})?", re.ASCII)
_LACKING: Final = re.compile(r", and \{([^{}]+)\} has no parameter: (.+)")
_TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "date-time": {"type": "string", "format": "date-time"},
    "dict": {"type": "object"},
    "double": {"type": "number", "format": "double"},
    "float": {"type": "number", "format": "float"},
    "int": {"type": "integer"},
    "int32": {"type": "integer", "format": "int32"},
    "int64": {"type": "integer", "format": "int64"},
    "list": {"type": "array"},
    "long": {"type": "integer", "format": "int64"},
    "map": {"type": "object"},
    "str": {"type": "string"},
    "uuid": {"type": "string", "format": "uuid"},
}
Steps = tuple[str | int, ...]


class Correction(Struct, frozen=True, kw_only=True):
    """One action of an overlay.

    Args:
        target: What it changes, as a normalized path of RFC 9535.
        reason: The finding that it answers.
        update: What is merged into the target; None to remove the target.
    """

    target: str
    reason: str
    update: Mapping[str, Any] | None

    def fields(self) -> dict[str, Any]:
        """As an action of the Overlay Specification (section 4.4.3)."""
        change = {"remove": True} if self.update is None else {"update": dict(self.update)}
        return {"target": self.target, "description": self.reason, **change}


def corrections(
    root: dict[str, Any], origin: Origin, found: Iterable[Diagnostic], *, removes: bool
) -> Iterator[Correction]:
    """What mends findings.

    Args:
        root: The document as it stands, overlays applied.
        origin: Where its parts came from.
        found: What was found in it.
        removes: Whether single values may be removed, which Overlay 1.0 cannot say.
    """
    findings = tuple(found)
    located = {(each.code, each.location.file, each.location.pointer): each for each in findings if each.location}

    def at(code: str, path: Steps) -> Diagnostic | None:
        place = origin.find(map(str, path))
        return located.get((code, place.file.source.name, place.pointer))

    yield from _references(root, [each for each in findings if _is_in(each, origin.file.source.name)])
    for path, holder in _objects(root):
        for key, value in holder.items():
            if isinstance(value, dict | list):
                continue
            for code, spelled in _SPELLED.items():
                finding = at(code, (*path, key))
                update = spelled(finding, holder, key) if finding else None
                if finding and update:
                    yield _update(path, finding, update)
                elif finding and code == "SPEC041" and removes:
                    yield Correction(target=_query((*path, key)), reason=_reason(finding), update=None)
    yield from _operation_ids(root, partial(at, "SPEC040"))


def _references(root: dict[str, Any], findings: Iterable[Diagnostic]) -> Iterator[Correction]:
    """Every use of a name that is missing, where something in the same file is nearly called the same."""
    meant = {
        written: (finding, pointers.to_reference(pointers.split(finding.related[0][1].pointer)))
        for finding in findings
        if finding.code == "REF002"
        and (written := finding.message.partition(" does not exist")[0])
    }  # fmt: skip
    for path, holder in _objects(root) if meant else ():
        reference = holder.get("$ref")
        if isinstance(reference, str) and reference in meant:
            finding, intended = meant[reference]
            yield _update(path, finding, {"$ref": intended})


def _is_in(finding: Diagnostic, file: str) -> bool:
    """Whether what is wrong, and what was probably meant, stand in one file."""
    places = [finding.location, *(place for _, place in finding.related[:1])]
    return len(places) > 1 and all(place is not None and place.file == file for place in places)


def _operation_ids(root: dict[str, Any], at: Callable[[Steps], Diagnostic | None]) -> Iterator[Correction]:
    """Ids for all but the first of the operations that share one."""
    paths = root.get("paths")
    operations = {
        ("paths", path, *way): operation["operationId"]
        for path, item in (paths.items() if isinstance(paths, dict) else ())
        for way, operation in (_described(item) if isinstance(item, dict) else ())
        if isinstance(operation, dict) and isinstance(operation.get("operationId"), str)
    }
    taken, seen = set(operations.values()), set[str]()
    for place, id_ in operations.items():
        if id_ in seen and (finding := at(place)):
            name = _free_name(place[-1].lower(), place[1], taken)
            taken.add(name)
            yield _update(place, finding, {"operationId": name})
        seen.add(id_)


def _described(item: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The operations of a path item, each with the way to it."""
    yield from (((method,), operation) for method, operation in item.items() if method in _METHODS)
    additional = item.get("additionalOperations")
    for method, operation in additional.items() if isinstance(additional, dict) else ():
        yield ("additionalOperations", method), operation


def _free_name(method: str, path: str, taken: AbstractSet[str]) -> str:
    """`getPetsByName` for GET /pets/{name}, with a number behind it where that is taken."""
    name = method + "".join(
        ("By" if brace else "") + word[:1].upper() + word[1:]
        for brace, word in re.findall(r"(\{?)([A-Za-z0-9]+)", path)
    )
    return next(free for free in chain([name], (f"{name}{number}" for number in count(2))) if free not in taken)


def _as_declared(_: Diagnostic, holder: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """A default as the type that its schema declares, where it spells a value of it."""
    value, type_ = holder[key], holder.get("type")
    if type_ == "string" and isinstance(value, bool | int | float):
        return {key: json.dumps(value)}
    plain = _spelled(value)
    found = {bool: ("boolean",), int: ("integer", "number"), float: ("number",)}.get(type(plain), ())
    return {key: plain} if type_ in found else None


def _unquoted(finding: Diagnostic, holder: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """A number or truth value without its quotes, where one belongs."""
    plain = _spelled(holder[key])
    expected = "must be true or false" if isinstance(plain, bool) else "must be a number"
    return {key: plain} if plain is not None and expected in finding.message else None


def _known_type(_: Diagnostic, holder: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """What other languages call a type, as JSON Schema says it."""
    found = _TYPES.get(str(holder[key]).lower(), {}) if key == "type" else {}
    return {name: value for name, value in found.items() if name == key or name not in holder} or None


def _as_in_path(finding: Diagnostic, _: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """The name that a path has for its parameter, where it is written below that path itself."""
    found, at = _LACKING.search(finding.message), finding.location
    is_own = found and at is not None and at.pointer.startswith(f"/paths/{pointers.escape(found[2])}/")
    return {key: found[1]} if found and is_own else None


_SPELLED: Final = {"SPEC039": _as_in_path, "SPEC041": _as_declared, "SPEC030": _unquoted, "SPEC031": _known_type}


def _spelled(text: Any) -> float | bool | None:
    """The number or truth value that a text spells."""
    if not isinstance(text, str):
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return (float(text) if "." in text else int(text)) if _NUMBER.fullmatch(text) else None


def _objects(root: dict[str, Any]) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """The objects of a document, in its order, with their paths; not those that are examples and other data."""
    pending: list[tuple[Steps, Any]] = [((), root)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict):
            yield path, value
            is_named = path[-1:] == ("properties",)
            pending += [((*path, key), item) for key, item in reversed(value.items()) if is_named or key not in _DATA]
        elif isinstance(value, list):
            pending += [((*path, index), item) for index, item in reversed(list(enumerate(value)))]


def _update(path: Steps, finding: Diagnostic, update: Mapping[str, Any]) -> Correction:
    return Correction(target=_query(path), reason=_reason(finding), update=update)


def _reason(finding: Diagnostic) -> str:
    return f"{finding.code}: {finding.message}"


def _query(path: Steps) -> str:
    """A normalized path (RFC 9535, section 2.7): single quotes, and escapes for what may not stand in them."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f"['{_quoted(step)}']" for step in path)


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
