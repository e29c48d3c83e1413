"""What a row can count on around the client: no network but loopback, an environment without settings, waits that are
written down instead of waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, SupportsIndex

_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104  (compared with, not bound)
_SETTINGS = ("AWS_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "BOTO")

tried: list[str] = []
"""Hosts outside of this machine that somebody wanted to reach."""
_waits: list[float] | None = None
_sleep, _sleep_async = time.sleep, asyncio.sleep


def close_in(home: Path) -> None:
    """From now on nothing leaves this machine, and no setting of its user is seen.

    Args:
        home: An empty folder that takes the place of the user's own.
    """
    for name in list(os.environ):
        if name.upper().startswith(_SETTINGS):
            del os.environ[name]
    os.environ |= {
        "HOME": str(home),
        "AWS_CONFIG_FILE": str(home / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
    }
    sys.addaudithook(_guard)
    # Before any client is imported: some keep the function itself.
    time.sleep = _wait
    asyncio.sleep = asyncio.tasks.sleep = _wait_async


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not host.startswith(_LOOPBACK):
            tried.append(host)
            raise OSError(101, "Network is unreachable")
    elif event == "socket.getaddrinfo":
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
        if not host.startswith(_LOOPBACK):
            tried.append(host)
            if not host.startswith("169.254."):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _wait(seconds: float | SupportsIndex) -> None:
    if _waits is None:
        _sleep(seconds)
    elif float(seconds) > 0:
        _waits.append(float(seconds))


async def _wait_async(delay: float, result: Any = None) -> Any:
    if _waits is not None and delay > 0:
        _waits.append(delay)
        return await _sleep_async(0, result)
    return await _sleep_async(delay, result)


@contextlib.contextmanager
def recorded_waits() -> Iterator[list[float]]:
    """The waits that are asked for inside, in seconds; none of them is waited."""
    global _waits  # noqa: PLW0603  (what `time.sleep` is, is global too)
    _waits = []
    try:
        yield _waits
    finally:
        _waits = None


def _upper(a: float, b: float) -> float:
    return max(a, b)


@contextlib.contextmanager
def longest_waits() -> Iterator[None]:
    """Inside, chance makes each wait the longest that it can be."""
    before = random.random, random.uniform
    random.random, random.uniform = (lambda: 1 - 2**-53), _upper
    try:
        yield
    finally:
        random.random, random.uniform = before


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    """These environment variables, inside."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def profile_files(config: str, credentials: str = "") -> Iterator[None]:
    """These shared configuration files, inside."""
    texts = {Path(os.environ["AWS_CONFIG_FILE"]): config, Path(os.environ["AWS_SHARED_CREDENTIALS_FILE"]): credentials}
    for path, text in texts.items():
        path.write_text(text)
    try:
        yield
    finally:
        for path in texts:
            path.unlink()
