"""The gate before files are written: each module is verified, once for as long as it reads the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from generator import cache
from generator.render import verify


def verify_modules(files: Mapping[str, str], cache_dir: Path | None, package: str) -> None:
    """Verify every module that did not pass in this wording before.

    Args:
        files: Text by path.
        cache_dir: The user's cache folder; None knows of nothing that passed.
        package: What the files are, from one run to the next.

    Raises:
        UnexpectedCode: One of them holds what no template writes.
    """
    place = None if cache_dir is None else _place(cache_dir, package)
    kept = None if place is None else cache.recall(place)
    passed: list[str] = [] if kept is None else json.loads(kept)
    names = {path: sha256(f"{path}\n{text}".encode()).hexdigest() for path, text in files.items()}
    for path, name in names.items():
        if name not in passed:
            verify.verify_python(path, files[path])
    if place is not None and sorted(names.values()) != passed:
        cache.keep(place, json.dumps(sorted(names.values())).encode())


def _place(cache_dir: Path, package: str) -> Path:
    """By the gate's own text too: what passed another one did not pass this one."""
    rules = sha256(Path(verify.__file__).read_bytes()).hexdigest()
    return cache.place(cache_dir / "verified", rules, package)
