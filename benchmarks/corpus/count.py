"""Counts a document's operations without the generator, so that what it leaves out shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})


def operations_of(path: Path) -> int:
    """Operations below `paths`, those of path items that are references within the document among them; 0 where it
    cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text) if path.suffix == ".json" else yaml.load(text, yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError, OSError):
        return 0
    paths = document.get("paths") if isinstance(document, dict) else None
    if not isinstance(paths, dict):
        return 0
    return sum(_operations(document, item) for key, item in paths.items() if not str(key).startswith("x-"))


def _operations(document: dict[str, Any], item: Any) -> int:
    if isinstance(item, dict) and isinstance(item.get("$ref"), str) and item["$ref"].startswith("#/"):
        parts = item["$ref"][2:].split("/")
        item = document
        for part in parts:
            item = item.get(part.replace("~1", "/").replace("~0", "~"), {}) if isinstance(item, dict) else {}
    return sum(method in _METHODS for method in item) if isinstance(item, dict) else 0
