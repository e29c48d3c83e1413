"""What is installed beside the generator: what a result depends on besides the documents.

By the names of directories, `black-26.1.0.dist-info` (the standard on recording installed projects): a run with little
to do takes less time than the import of `importlib.metadata`.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_SUFFIX = ".dist-info"


def installed() -> tuple[str, ...]:
    """Names and versions of all that can be imported, `black-26.1.0`, sorted."""
    return _installed(tuple(sys.path))


@cache
def _installed(path: tuple[str, ...]) -> tuple[str, ...]:
    folders = [folder for folder in map(Path, path) if folder.is_dir()]
    return tuple(sorted({each.name.removesuffix(_SUFFIX) for folder in folders for each in folder.glob(f"*{_SUFFIX}")}))


def release(distribution: str) -> str:
    """Name and version of one of them.

    Args:
        distribution: Its name, in lower case with underscores.

    Raises:
        importlib.metadata.PackageNotFoundError: It is not installed.
    """
    found = next((each for each in installed() if each.lower().startswith(f"{distribution}-")), None)
    if found is not None:
        return found
    from importlib.metadata import version  # it was not installed by pip, nor by anything like it

    return f"{distribution}-{version(distribution)}"
