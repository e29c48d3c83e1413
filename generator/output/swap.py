"""Replaces files of a directory all at once, or not at all.

No file system renames many files in one step, so the change is made in three, and a journal says which one was reached:

1. *Stage.* Everything new is written to a work directory beside the target, on the same file system, and everything
   about to change is copied there. All that can run out of space happens here, before the target is touched.
2. *Swap.* The journal appears, by a rename. Then file after file is renamed into place or removed; readers see each
   file old or new, never half of one.
3. *Commit.* The journal is removed, and with it the right to undo. The rest of the work directory is litter.

A fault in the second step undoes it at once. A run that was killed there leaves the journal behind, and the next run
undoes it before it looks at anything. It rolls back, not forward, because one direction then serves both cases; the
new text is about to be made again anyway. Rolling back looks at the content of each file, not at how far the swap
came: only a file that holds exactly what was swapped in is put back, so that it can be repeated, and so that work done
by hand after a crash survives. Nothing is synced to the disk: against a power cut, version control is the backup.

The journal may come from a stranger's repository, like every file found on the disk. Its paths are checked again.
"""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.output.digest import digest, digest_of
from generator.output.paths import path_fault, symlinks_on_the_way

_JOURNAL = "journal.json"


class JournalError(Exception):
    """The journal of an interrupted run can't be believed."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One file's change; a digest of None means that there is no file."""

    path: str
    old: str | None
    new: str | None


def swap(root: Path, work: Path, changes: Mapping[str, bytes | None]) -> None:
    """Make all changes below a directory, or none.

    Args:
        root: The directory, resolved; it is created if it is missing.
        work: Where to stage: does not exist, on the same file system as `root`.
        changes: New content by path, None to remove the file; done in this order. The paths are safe already.

    Raises:
        OSError: Something could not be written, and `root` is as it was; or not even the way back was open, and the
            journal is still there for `recover`.
    """
    work.mkdir()
    try:
        steps = _stage(root, work, changes)
    except BaseException:
        _discard(work)
        raise
    try:
        _record(work, steps)
        for number, step in enumerate(steps):
            _apply(root / step.path, step, work / f"{number}.new")
        (work / _JOURNAL).unlink()
    except BaseException:
        _roll_back(root, work, steps)
        raise
    _discard(work)


def recover(root: Path, work: Path) -> None:
    """Undo what an interrupted run left half done.

    Args:
        root: The directory, resolved.
        work: The work directory of the earlier run; nothing is done where there is none.

    Raises:
        JournalError: The journal is damaged, or names files outside `root`.
        OSError: The old state can't be restored now; trying again later is safe.
    """
    # Without a root somebody has thrown the package away since, and there is nothing to return to.
    if root.exists() and (work / _JOURNAL).exists():
        _roll_back(root, work, _read_journal(root, work))
    _discard(work)


def _stage(root: Path, work: Path, changes: Mapping[str, bytes | None]) -> list[_Step]:
    steps = []
    for number, (path, content) in enumerate(changes.items()):
        old = digest_of(root / path)
        if old is not None:
            shutil.copy2(root / path, work / f"{number}.old")
        if content is not None:
            (work / f"{number}.new").write_bytes(content)
        steps.append(_Step(path, old, None if content is None else digest(content)))
    return steps


def _record(work: Path, steps: Sequence[_Step]) -> None:
    draft = work / "draft"
    draft.write_text(json.dumps([asdict(step) for step in steps]), encoding="utf-8")
    os.replace(draft, work / _JOURNAL)


def _apply(target: Path, step: _Step, staged: Path) -> None:
    if step.new is None:
        target.unlink()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(staged, target)


def _roll_back(root: Path, work: Path, steps: Sequence[_Step]) -> None:
    for number, step in reversed(list(enumerate(steps))):
        target = root / step.path
        if digest_of(target) == step.new:
            _restore(target, step, work / f"{number}.old")
        if step.old is None:
            _remove_empty(target.parent, root)
    (work / _JOURNAL).unlink(missing_ok=True)
    _discard(work)


def _restore(target: Path, step: _Step, backup: Path) -> None:
    if step.old is None:
        target.unlink()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(backup, target)


def _remove_empty(directory: Path, root: Path) -> None:
    for parent in (directory, *directory.parents):
        if not parent.is_relative_to(root):
            return
        # Held open by other files, or never made: both are fine.
        with suppress(OSError):
            parent.rmdir()


def _read_journal(root: Path, work: Path) -> list[_Step]:
    try:
        entries = json.loads((work / _JOURNAL).read_text(encoding="utf-8"))
        steps = [_Step(str(entry["path"]), entry["old"], entry["new"]) for entry in entries]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise JournalError(work) from error
    paths = [step.path for step in steps]
    if any(map(path_fault, paths)) or symlinks_on_the_way(root, paths):
        raise JournalError(work)
    return steps


def _discard(work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
