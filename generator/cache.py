"""What one run leaves for the next in the user's cache folder; it may be lost, damaged or full at any time.

A name stands for all that a content depends on, so nothing here ever goes stale. A content that is not what was kept is
as good as lost: a run with a cache gives the same bytes as one without.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from generator import __version__

_MOST = 500  # entries of a folder; the oldest make room
_DIGEST = 64  # hexadecimal digits of a SHA-256


def user_directory() -> Path:
    """The user's cache directory (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sdkpress"


def place(folder: Path, *depends_on: str) -> Path:
    """The file of a content in a folder of the cache, named after what the content depends on, and this program."""
    known = "\n".join((__version__, f"{sys.version_info.major}.{sys.version_info.minor}", *depends_on))
    return folder / sha256(known.encode()).hexdigest()


def recall(path: Path) -> bytes | None:
    """The content that was kept at a place; None if there is none, or it was damaged since."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    digest, content = kept[:_DIGEST], kept[_DIGEST:]
    return content if sha256(content).hexdigest().encode() == digest else None


def keep(path: Path, content: bytes) -> None:
    """Keep a content at a place. A cache that can't be written is no reason to complain."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_room(path.parent)
        with NamedTemporaryFile("wb", dir=path.parent, delete=False) as stream:
            stream.write(sha256(content).hexdigest().encode() + content)
        os.replace(stream.name, path)  # noqa: PTH105 - atomic, whatever `Path` would do


def _make_room(folder: Path) -> None:
    entries = sorted((entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(folder))
    for _, path in entries[: max(0, len(entries) - _MOST + 1)]:
        os.unlink(path)  # noqa: PTH108 - as `scandir` gave it
