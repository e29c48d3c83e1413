"""The findings of a validation as text: between processes, and in a cache that may be lost or damaged at any time."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

from generator import __version__

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


def cache_path(cache_dir: Path, digest: str) -> Path:
    """Where the verdict about a document is kept: a name for all that it depends on."""
    validator = version("openapi-spec-validator")
    known = "\n".join((digest, __version__, validator, f"{sys.version_info.major}.{sys.version_info.minor}"))
    return cache_dir / "validation" / f"{sha256(known.encode()).hexdigest()}.json"


def recall(path: Path) -> Verdict | None:
    """The verdict that was kept, if it was."""
    try:
        return from_text(path.read_bytes())
    except OSError:
        return None


def keep(path: Path, verdict: Verdict) -> None:
    """Keeps a verdict. A cache that can't be written is no reason to complain."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, delete=False) as stream:
            stream.write(to_text(verdict))
        os.replace(stream.name, path)  # noqa: PTH105 - atomic, whatever `Path` would do
