"""Keeps two runs from writing the same package at once.

The lock belongs to a process, not to a file: it is the kernel's advisory lock where there is one, so a killed run
leaves nothing that a person has to clean up. It does not wait: the second run would only repeat the first one's work.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

HAS_KERNEL_LOCKS = find_spec("fcntl") is not None
"""False on Windows."""


class LockedError(Exception):
    """Another run holds the lock."""


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock that a file stands for while the block runs.

    Args:
        path: The lock file. It is created if it is missing, and removed at the end.

    Raises:
        LockedError: Another run holds it.
        OSError: The file can't be created.
    """
    with _kernel_lock(path) if HAS_KERNEL_LOCKS else _lone_file(path):
        yield


@contextmanager
def _kernel_lock(path: Path) -> Iterator[None]:
    descriptor = _locked(path)
    try:
        yield
    finally:
        # Removed while it is still held: afterwards the name may already be somebody else's lock. Where it can't be
        # removed it stays, and locks nothing.
        try:
            with suppress(OSError):
                path.unlink()
        finally:
            os.close(descriptor)


@contextmanager
def _lone_file(path: Path) -> Iterator[None]:
    # O_TEMPORARY has Windows remove the file with its last handle, so that a killed run leaves no lock behind.
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0), 0o644)
    except FileExistsError:
        raise LockedError(path) from None
    try:
        yield
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)


def _locked(path: Path) -> int:
    import fcntl

    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _still_named(path, descriptor):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            raise LockedError(path) from None
        except BaseException:
            os.close(descriptor)
            raise
        # The run before us unlinked the file between our open and our lock: what we hold is no longer the lock.
        os.close(descriptor)


def _still_named(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False
