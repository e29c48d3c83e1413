"""Emulators of AWS as child processes, each on a loopback port that the system picks."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["running"]

_START_UP_SECONDS = 120
_LISTENING = re.compile(r"Running on http://\S+:(\d+)")


@contextmanager
def running(command: list[str], directory: Path) -> Iterator[str]:
    """Run an emulator and say where it listens, as it prints once it is ready.

    Args:
        command: Starts it; both emulators take port 0 for any.
        directory: Its home, working and temporary directory.
    """
    environment = {
        "PATH": os.defpath,
        "HOME": str(directory),
        "TMPDIR": str(directory),
        "GATEWAY_PORT": "0",
        "BIND_HOST": "127.0.0.1",
    }
    with subprocess.Popen(
        command,
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        ports: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process, ports))
        reader.start()
        try:
            yield f"http://127.0.0.1:{ports.get(timeout=_START_UP_SECONDS)}"
        finally:
            process.kill()
            reader.join()


def _read(process: subprocess.Popen[str], ports: queue.Queue[str]) -> None:
    """Read on after the port was found, because a full pipe would stop the emulator."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := _LISTENING.search(line):
            ports.put(found[1])
