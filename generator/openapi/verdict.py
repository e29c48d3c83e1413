"""The findings of a validation as text: between processes, and in a cache that may be lost or damaged at any time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from generator import cache
from generator.installed import release

from .findings import Finding

Verdict = tuple[Finding, ...]


def to_text(findings: Sequence[Finding]) -> str:
    """Findings as JSON."""
    return json.dumps([finding._asdict() for finding in findings])


def from_text(text: str | bytes) -> Verdict | None:
    """Findings from JSON; None if the text isn't what `to_text` writes."""
    try:
        return tuple(_finding(**item) for item in json.loads(text))
    except (ValueError, TypeError):
        return None


def _finding(*, path: list[str | int], code: str, message: str) -> Finding:
    if not all(type(token) in (str, int) for token in path) or not (type(code) is type(message) is str):
        raise TypeError
    return Finding(tuple(path), code, message)


def cache_path(cache_dir: Path, document: bytes) -> Path:
    """Where the verdict about a document is kept: a name for all that it depends on."""
    return cache.place(cache_dir / "validation", sha256(document).hexdigest(), release("openapi_spec_validator"))


def recall(path: Path) -> Verdict | None:
    """The verdict that was kept, if it was."""
    kept = cache.recall(path)
    return None if kept is None else from_text(kept)


def keep(path: Path, verdict: Verdict) -> None:
    """Keep a verdict."""
    cache.keep(path, to_text(verdict).encode("ascii"))
