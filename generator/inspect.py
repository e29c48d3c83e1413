"""The graph and the plan as JSON, for tests and for those who want to see what the generator understood."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum, Flag
from typing import Any

from msgspec import Struct

from generator.pipeline import Planned


def inspect(planned: Planned, view: str) -> str:
    """`view` of a target as JSON, keys in the order of the model."""
    return json.dumps(_plain(planned.api if view == "graph" else planned.plan), indent=2, ensure_ascii=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        node = {"node": type(value).__name__}
        return node | {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Flag):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
