"""Decides which relative paths may ever be joined to an output directory.

Paths reach the writer from two sides that are both data: names derived from a document, and the manifest of an
earlier run, which anybody can edit. Neither is believed. A path that is accepted here names the same file on every
platform the package may be checked out on, and that file lies below the directory it is joined to. Nothing is
repaired: turning a bad name into a good one is the naming pass's work, and doing it twice would hide its faults.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

MAX_SEGMENT_BYTES = 255
MAX_PATH_CHARACTERS = 240
"""Windows allows 260 characters in all; the rest is left to the directory the package is put in."""

# Wider than "drive or backslash": a colon also opens an NTFS alternate stream, and the other characters can't be
# checked out on Windows at all.
_UNPORTABLE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
# .git runs what is written into its hooks; __pycache__ is the interpreter's, and is skipped when looking for files.
_RESERVED = frozenset({".git", "__pycache__"})


def path_fault(path: str) -> str | None:
    """Say why a path must not be joined to an output directory.

    Args:
        path: The path as it would be written to the manifest: relative, with forward slashes.

    Returns:
        The reason as the end of a sentence ("... has a `..` segment"), or None where the path is safe.
    """
    if not path:
        return "is empty"
    if len(path) > MAX_PATH_CHARACTERS:
        return f"is longer than {MAX_PATH_CHARACTERS} characters"
    if path.startswith("/"):
        return "is absolute"
    if unportable := _UNPORTABLE.search(path):
        return f"contains {unportable.group()!r}, which is not portable"
    return next((fault for segment in path.split("/") if (fault := _segment_fault(segment))), None)


def clashes(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find paths that can't exist beside each other.

    Two paths clash where a file system that folds case, or normalises Unicode, would make one file of them, and where
    one is a file and the other needs a directory of that name. Directories count too: `Models/a.py` and `models/b.py`
    would share one directory here and have two there.

    Args:
        paths: Paths without `path_fault`, in any order.

    Yields:
        Pairs of the parts that clash, in sorted order of the paths.
    """
    seen: dict[str, tuple[str, bool]] = {}
    for path in sorted(paths):
        segments = path.split("/")
        for depth in range(1, len(segments) + 1):
            part, is_file = "/".join(segments[:depth]), depth == len(segments)
            first, first_is_file = seen.setdefault(fold(part), (part, is_file))
            if first != part or first_is_file != is_file:
                yield first, part
                break


def fold(path: str) -> str:
    """Spell a path the way file systems that ignore case and composition see it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def symlinks_on_the_way(root: Path, paths: Iterable[str]) -> dict[str, Path]:
    """Find the first symbolic link between an output directory and each of its files, the files included.

    Args:
        root: The output directory, already resolved.
        paths: Paths without `path_fault`.

    Returns:
        The link, by the path of each file that is or lies behind one.

    Raises:
        OSError: A directory on the way can't be read.
    """
    looked_at: dict[str, bool] = {}  # hundreds of files lie in a few directories
    found: dict[str, Path] = {}
    for path in paths:
        place = str(root)
        for segment in path.split("/"):
            place = f"{place}/{segment}"
            if place not in looked_at:
                looked_at[place] = _is_symlink(place)
            if looked_at[place]:
                found[path] = Path(place)
                break
    return found


def _is_symlink(place: str) -> bool:
    try:
        return stat.S_ISLNK(os.lstat(place).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _segment_fault(segment: str) -> str | None:
    if segment in {"", ".", ".."}:
        return f"has the segment {segment!r}"
    if fold(segment) in _RESERVED:
        return f"goes into {segment}, which is reserved"
    if segment[-1] in " .":
        return "has a segment that ends with a space or a dot"
    if _DEVICE.match(segment):
        return f"names the device {segment.partition('.')[0]}"
    try:
        size = len(segment.encode())
    except UnicodeEncodeError:
        return "is not valid Unicode"
    return f"has a segment of more than {MAX_SEGMENT_BYTES} bytes" if size > MAX_SEGMENT_BYTES else None
