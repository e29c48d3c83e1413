"""Runs rows with one client in a process of its own, and prints each cell as it is known.

    python -m benchmarks.compare.worker CLIENT ROW...

A line before each row and a line after it, so that whoever reads them knows which row a client hangs or crashes in.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.compare import clients, surroundings
from benchmarks.compare.clients.peer import Lacking, Peer
from benchmarks.compare.row import GROUPS, ROWS, Cell, Row


def observe(row: Row, peer: Peer) -> Cell:
    """The cell of one row; what goes wrong in it is what was observed."""
    try:
        return row.observe(peer)
    except Lacking as lack:
        return Cell(str(lack), good=False)
    except Exception as error:  # noqa: BLE001  (any client may raise anything)
        first = (str(error).splitlines() or [""])[0]
        return Cell(f"{type(error).__name__}: {first[:60]}", good=False)


def main(client: str, names: list[str]) -> None:
    """Run the rows of these names, in this order."""
    for group in GROUPS:
        importlib.import_module(f"{__package__}.rows.{group}")
    report = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what clients print is no part of the report
    with tempfile.TemporaryDirectory() as home, contextlib.suppress(BrokenPipeError):
        surroundings.close_in(Path(home))
        peer = clients.load(client)
        for name in names:
            print(json.dumps({"begins": name}), file=report, flush=True)
            cell = dataclasses.asdict(observe(ROWS[name], peer))
            print(json.dumps({"ends": name} | cell), file=report, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
