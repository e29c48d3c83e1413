"""`generate --watch`: generate again whenever something that was read changes.

Files are looked at, not subscribed to: every editor and every disk can be looked at, a document has few files, and no
library is needed. A change is taken up once two looks in a row agree, because editors write in several steps.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from generator.console import Console
from generator.selection import is_document

Read = set[Path]
Look = tuple[int, int, int] | None
_INTERVAL: Final = 0.3  # seconds


def configured(names: Iterable[str], project: Path) -> Read:
    """What decides about the inputs before any is read: the named documents, or the directories of `specs/`."""
    documents = {Path(name) for name in names if is_document(name)}
    if documents:
        return documents
    specs = project / "specs"
    folders = [entry for entry in specs.iterdir() if entry.is_dir()] if specs.is_dir() else []
    # A directory changes when a file in it comes or goes, so a new document or overlay is seen too.
    return {specs, *folders, *(folder / "sdk.toml" for folder in folders)}


def watch(
    run: Callable[[Read], int],
    configured: Callable[[], Read],
    console: Console,
    *,
    pause: Callable[[], None] = lambda: time.sleep(_INTERVAL),
) -> int:
    """Run now, and after each change, until an interruption.

    Args:
        run: Generates, and adds what it read. Its findings are shown by itself.
        configured: The files that are watched whatever was read.
        console: For the person who watches.
        pause: Waits between two looks. It is also how a test changes something.

    Returns:
        0 after an interruption between two runs, which is how it ends; one during a run is raised.
    """
    read: Read = set()
    while True:
        before = _looks(read | configured())
        found: Read = set()
        try:
            run(found)
        except OSError as error:
            console.message(f"error[IO004]: {error.strerror or error}: {error.filename}")
        # After a failure, what was read the last time is still what somebody is about to mend.
        read |= found
        watched = read | configured()
        before = {path: before[path] if path in before else _look(path) for path in watched}
        sys.stdout.flush()  # it may be a pipe, and nothing ends here
        console.message("watching for changes; Ctrl-C ends it")
        try:
            changed = _next_change(before, pause)
        except KeyboardInterrupt:
            return 0
        console.message(f"\nchanged: {', '.join(sorted(path.name for path in changed))}")


def _next_change(before: Mapping[Path, Look], pause: Callable[[], None]) -> list[Path]:
    """Wait until something is not as before, and stays as it is for a moment."""
    settled, now = dict(before), _looks(before)
    while now == before or now != settled:
        pause()
        settled, now = now, _looks(before)
    return [path for path in before if now[path] != before[path]]


def _looks(paths: Iterable[Path]) -> dict[Path, Look]:
    return {path: _look(path) for path in paths}


def _look(path: Path) -> Look:
    """What tells one state of a file from another; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
