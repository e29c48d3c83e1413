"""Undoing content codings without ever holding more than was allowed."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from runtime.errors import ResponseError
from runtime.transport.coding import undo


def test_a_bomb_is_not_inflated() -> None:
    bomb = gzip.compress(bytes(20_000_000), mtime=0)
    tracemalloc.start()
    try:
        with pytest.raises(ResponseError, match="limit of 1000 bytes"):
            undo("gzip", bomb, 1000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_the_limit_counts_all_members() -> None:
    member = gzip.compress(bytes(600), mtime=0)
    assert undo("gzip", member, 600) == bytes(600)
    with pytest.raises(ResponseError, match="limit of 1000 bytes"):
        undo("gzip", member * 2, 1000)
