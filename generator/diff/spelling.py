"""Types, values and alternatives of the graph in a few words, for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, assert_never

from generator.graph.model import (
    Anything,
    Constant,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Operation,
    Scalar,
    Server,
    TypeDef,
    TypeRef,
    UnionOf,
)

_LONGEST = 80


def spell(type_: TypeRef, types: Mapping[str, TypeDef]) -> str:
    """A type: `list of Pet`."""
    match type_:
        case Named(id_):
            return types[id_].source_name if id_ in types else id_.rsplit("/", 1)[-1]
        case ListOf(item):
            return f"list of {spell(item, types)}"
        case MapOf(value):
            return f"map of {spell(value, types)}"
        case Scalar(kind):
            return kind.value
        case Constant(value):
            return value_text(value)
        case Nullable(inner):
            return f"{spell(inner, types)} or null"
        case UnionOf(options):
            return " or ".join(spell(option, types) for option in options)
        case Anything():
            return "anything"
        case _:
            assert_never(type_)


def value_text(value: Any) -> str:
    """A value of the document as JSON, cut where it is long; `none` where there is none."""
    if value is None:
        return "none"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def auth_text(alternative: tuple[str, ...]) -> str:
    """An alternative of authentication."""
    return " and ".join(alternative) or "anonymous"


def server_text(operation: Operation) -> str:
    """Where an operation goes that goes elsewhere."""
    return operation.servers[0].url if operation.servers else "that of the API"


def address(server: Server) -> tuple[Any, ...]:
    """All of a server but its place in the document and its words."""
    return server.url, server.name, *((each.name, each.default, each.values) for each in server.variables)
