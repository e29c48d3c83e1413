"""Compares the clients: measures every row anew and prints the table.

make compare                                         measures, and writes what the documentation shows
.venv-peers/bin/python -m benchmarks.compare --only retries
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import sys
import time
from typing import Any

from benchmarks.compare import costs, run, table
from benchmarks.compare.clients import NAMES
from benchmarks.compare.row import ROWS

_DISTRIBUTIONS = ("boto3", "aws-sdk-cognito-identity", "capo-cognito-identity")


def measure(only: str) -> dict[str, Any]:
    """The results of a run.

    Args:
        only: Leave out the rows whose name does not have this in it.
    """
    began = time.monotonic()

    def told(what: str) -> None:
        print(f"{time.monotonic() - began:4.0f} s  {what}", file=sys.stderr)

    rows = []
    if only in costs.GROUP:
        for title, cells in costs.measure(told).items():
            rows.append({"group": costs.GROUP, "title": title, "wanted": "little", "cells": cells})
    observed = run.observe(told, only)
    for name, row in ROWS.items():
        if all(name in observed[client] for client in NAMES):
            cells = {client: observed[client][name] for client in NAMES}
            rows.append({"group": row.group, "title": row.title, "wanted": row.wanted, "cells": cells})
    versions = [f"{name} {importlib.metadata.version(name)}" for name in _DISTRIBUTIONS]
    return {"python": platform.python_version(), "versions": versions, "rows": rows}


def main() -> None:
    """Parse the command line, measure, print or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("--only", default="", metavar="TEXT", help="rows whose name has this in it")
    parser.add_argument("--json", action="store_true", help="print the results as data")
    parser.add_argument("--write", action="store_true", help="write results.json and both tables")
    parser.add_argument(
        "--tables", action="store_true", help="write the tables anew from results.json; measures nothing"
    )
    options = parser.parse_args()
    if options.write and options.only:
        parser.error("what is written down is a whole run: --write or --only")
    results = table.load() if options.tables else measure(options.only)
    if options.write or options.tables:
        table.RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        table.PAGE.write_text(table.page(results), encoding="utf-8")
        table.README.write_text(table.with_table(table.README.read_text(encoding="utf-8"), results), encoding="utf-8")
    else:
        print(json.dumps(results, indent=1, ensure_ascii=False) if options.json else table.page(results))


if __name__ == "__main__":
    main()
