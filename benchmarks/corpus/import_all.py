"""Imports every module below a folder: run by path, in the environment that the packages need.

Prints the number of modules; ends with the traceback of the first that fails.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

# Those of an extra, which need what it installs.
_EXTRAS = ("tracing", "httpx2")


def main(root: Path) -> None:
    """Import everything."""
    sys.path.insert(0, str(root))
    names = []
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[-1] == "__main__" or parts[-1] in _EXTRAS:
            continue
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    for name in names:
        importlib.import_module(name)
    print(len(names))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
