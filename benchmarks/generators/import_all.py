"""Imports every module of the package in the working directory, in one process; prints the first that fails."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

SKIPPED = {"setup", "conftest", "__main__"}  # programs, and what only runs with a tool


def main(top: str) -> None:
    """Import what is below `top`; a directory is a package as soon as it holds a module."""
    sys.path.insert(0, str(Path.cwd()))
    for path in sorted(Path(top).rglob("*.py")):
        parts = path.with_suffix("").parts
        if parts[-1] in SKIPPED:
            continue
        try:
            importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        except BaseException as error:  # noqa: BLE001 - whatever ends an import counts, and is told
            sys.exit(f"{path}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main(sys.argv[1])
