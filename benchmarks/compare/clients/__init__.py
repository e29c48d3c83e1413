"""The clients that are compared, each behind the same small interface. A client is imported when it is asked for."""

from __future__ import annotations

import importlib

from benchmarks.compare.clients.peer import Peer

NAMES = ("boto3", "aws_sdk", "capo", "ours")


def load(name: str) -> Peer:
    """The client of that name."""
    found: Peer = importlib.import_module(f"{__package__}.{name}_client").PEER
    return found
