"""What is done with a document: each step is a function of JSON that runs in a process of its own (see `forks`)."""

from __future__ import annotations

import compileall
import importlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import summary
from generator.diagnostics import Refusal
from generator.run import run_target
from generator.selection import Selection

# Modules of an extra, which need what it installs, and programs: compiled only.
_NOT_IMPORTED = ("tracing", "httpx2", "__main__")


def generate(document: str, output: str, *, formatted: bool, validated: bool) -> dict[str, Any]:
    """Generate a package; the object of `generate --format json`, without a cache.

    Args:
        document: Path of the document.
        output: Directory of the package.
        formatted: Whether black is part of it.
        validated: Whether openapi-spec-validator is.
    """
    meant = Selection(
        names=(document,),
        project=Path(),
        output=Path(output),
        package=None,
        distribution=None,
        formatted=formatted,
    )
    try:
        (config,) = meant.targets()
    except Refusal as refusal:
        return _object(summary.as_json((), refusal))
    outcome = run_target(replace(config, validated=validated), check=False, cache=None, progress=_silently)
    return _object(summary.as_json([outcome]))


def import_all(source: str) -> dict[str, Any]:
    """Compile and import every module below a directory.

    Bytecode is kept of the runtime alone, which is the same in every package. What documents make differ is compiled
    each time: files of one size that are written in one second would be taken for each other.

    Returns:
        How many `modules` there are, how many `compiled` and were `imported`, and what the first `failure` says.
    """
    root = Path(source)
    sys.path.insert(0, source)
    sys.dont_write_bytecode = True
    for runtime in root.glob("*/_runtime"):
        compileall.compile_dir(runtime, quiet=2)
    counts = {"modules": 0, "compiled": 0, "imported": 0}
    failure = ""
    for path in sorted(root.rglob("*.py")):
        counts["modules"] += 1
        parts = path.relative_to(root).with_suffix("").parts
        try:
            if parts[-1] in _NOT_IMPORTED:
                compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
            else:
                importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
            counts["imported"] += 1
            counts["compiled"] += 1
        except Exception as error:  # noqa: BLE001 - whatever a wrong module does
            counts["compiled"] += not isinstance(error, SyntaxError)
            failure = failure or f"{path.relative_to(root)}: {type(error).__name__}: {error}"
    return {**counts, "failure": failure}


def _silently(_: str) -> None:
    pass


def _object(text: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(text)
    return content
