"""Removes directories that deleting stale files has emptied.

An empty directory of a package isn't harmless: Python imports it as a namespace package. That also goes for one that
only holds the interpreter's cache of modules which are gone, so the cache goes with it. Directories that hold anything
else stay, and so does a directory that can't be removed: it is a blemish, not a failure.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CACHE = "__pycache__"


def prune(root: Path, deleted: Iterable[str]) -> None:
    """Remove the directories that became empty, upwards to the package's own, which stays.

    Args:
        root: The package's directory.
        deleted: Paths of the files that were removed.
    """
    for path in deleted:
        for directory in (root / path).parents:
            if directory == root:
                break
            with suppress(OSError):
                _remove(directory)


def _remove(directory: Path) -> None:
    cache = directory / _CACHE
    if [entry.name for entry in directory.iterdir()] == [_CACHE] and not cache.is_symlink():
        for compiled in cache.glob("*.pyc"):
            compiled.unlink()
        cache.rmdir()
    directory.rmdir()
