"""Compares what should be on the disk with what is, and with what was put there before.

Writing and checking ask the same question here, so that `check` finds nothing exactly where `generate` would change
nothing. Nothing is judged and nothing is written: what an edited file means is the caller's business.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from generator.output.digest import digest
from generator.output.manifest import Manifest
from generator.output.paths import fold


class State(Enum):
    """How a file on the disk stands to the text that was just produced."""

    SAME = "has the new content, whoever wrote it"
    MISSING = "is not there"
    CHANGED = "is as we wrote it, and now reads differently"
    EXTRA = "is as we wrote it, and is no longer produced"
    EDITED = "was ours, and somebody changed it"
    FOREIGN = "never was ours, or is no file at all"


@dataclass(frozen=True, slots=True)
class Finding:
    """One path and its state.

    Attributes:
        path: Below the package's directory.
        state: See there.
        disk: The content found; None where there is none, or no regular file.
    """

    path: str
    state: State
    disk: bytes | None


def survey(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Look at every file that is produced now, or was by the run that wrote the manifest.

    Args:
        root: The package's directory; need not exist.
        manifest: What the earlier run wrote, empty if there was none.
        files: The new content by path.

    Yields:
        Findings, sorted by path. What is stale and already gone, or no longer a file, isn't one of them.

    Raises:
        OSError: A file can't be read.
    """
    renamed = {fold(path): name for path, name in manifest.files.items() if path not in files}
    for path in sorted(files.keys() | manifest.files.keys()):
        try:
            disk = _read(root / path)
        except _ObstructedError:
            if path in files:
                yield Finding(path, State.FOREIGN, None)
            continue
        known = {manifest.files.get(path), renamed.get(fold(path))} - {None}
        if state := _state(disk, files.get(path), known, spelled=path in manifest.files):
            yield Finding(path, state, disk)


def _state(disk: bytes | None, new: bytes | None, known: AbstractSet[str | None], *, spelled: bool) -> State | None:
    """Judge one file.

    Args:
        disk: What is there.
        new: What should be.
        known: What the earlier run wrote there, and under a name that differs from this one only in case.
        spelled: Whether it wrote it in this very spelling.
    """
    if disk is None:
        return None if new is None else State.MISSING
    # Where the disk ignores case, a file found by its new spelling may be the stale one that is about to go.
    if disk == new and (spelled or not known):
        return State.SAME
    if disk == new or digest(disk) in known:
        return State.EXTRA if new is None else State.CHANGED
    return State.EDITED if spelled else State.FOREIGN


class _ObstructedError(Exception):
    """Something that isn't a regular file stands where one should be, or on the way there."""


def _read(place: Path) -> bytes | None:
    # Asked before opening: to open a pipe would wait for somebody to write to it.
    try:
        kind = os.lstat(place).st_mode
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise _ObstructedError from None
    if not stat.S_ISREG(kind):
        raise _ObstructedError
    return place.read_bytes()
