"""Measures every row with every client, each client in processes of its own that may hang or crash."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TextIO

from benchmarks.compare import clients
from benchmarks.compare.row import GROUPS, ROWS

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
"""Seconds after which a row counts as hanging."""
LONGER = {"package": 90.0}
"""The same where what takes its time is no client: a type checker, an editor's completion."""
ALONE = frozenset({"credentials", "endpoints", "retries"})
"""Groups whose rows have a process each: some clients read the environment once."""

Cells = dict[str, dict[str, Any]]


def observe(told: Callable[[str], None], only: str = "") -> dict[str, Cells]:
    """The cells of all rows: by client, by row.

    Args:
        told: Is told of each client's group that is done.
        only: Rows whose name has this in it.
    """
    for group in GROUPS:
        importlib.import_module(f"{__package__}.rows.{group}")
    found: dict[str, Cells] = {client: {} for client in clients.NAMES}

    def measure(task: tuple[str, str]) -> None:
        client, group = task
        names = [name for name, row in ROWS.items() if row.group == group and only in name]
        for together in [[name] for name in names] if group in ALONE else [names]:
            found[client] |= cells(client, together)
        if names:
            told(f"{client}: {group}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(measure, [(client, group) for group in GROUPS for client in clients.NAMES]))
    return found


def cells(client: str, names: list[str]) -> Cells:
    """The cells of some rows of one client; where it hangs or crashes, the rows after that begin anew."""
    found: Cells = {}
    while names:
        command = [sys.executable, "-m", f"{__package__}.worker", client, *names]
        with tempfile.TemporaryFile("w+") as errors:
            patience = LONGER.get(ROWS[names[0]].group, PATIENCE)
            silent = _run(command, found, errors, patience)
            errors.seek(0)
            last = (errors.read().strip().splitlines() or [""])[-1]
        names = [name for name in names if name not in found]
        if names:
            text = f"hangs > {patience:.0f} s" if silent else f"the process ends: {last[:80]}"
            found[names.pop(0)] = {"text": text, "good": False, "value": None}
    return found


def _run(command: list[str], found: Cells, errors: TextIO, patience: float) -> bool:
    """Read the cells of one process; whether it had to be ended because it fell silent."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=errors, text=True, cwd=ROOT, start_new_session=True) as process:
        assert process.stdout is not None
        silent = _follow(process.stdout, found, patience)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with the processes that it has made
    return silent


def _follow(output: Iterable[str], found: Cells, patience: float) -> bool:
    """Read the cells of a process as they come; whether it fell silent."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in output:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=patience)
        except queue.Empty:
            return True
        if line is None:
            return False
        report = json.loads(line)
        if "ends" in report:
            found[report.pop("ends")] = report
