"""Runs the steps, each in a fork of a process that has already imported everything.

What every run of the generator needs to begin is most of what a small document costs. A fork begins with it, ends
without leaving anything behind, and is measured by itself.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

_ROOT: Final = Path(__file__).parents[2]
_KILOBYTE: Final = 1024
_PAUSE: Final = 0.01  # seconds between two looks at a child


class Done(NamedTuple):
    """How a step ended.

    Args:
        result: What it returned; None where it failed, or its time was over.
        failure: Its traceback; empty where its time was over.
        seconds: CPU time, with that of processes that it started and waited for.
        megabytes: Its largest resident set.
    """

    result: dict[str, Any] | None
    failure: str
    seconds: float
    megabytes: float


class Forks:
    """The process that forks; one step at a time."""

    def __init__(self) -> None:
        """Starts it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.corpus.forks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )

    def run(self, step: str, timeout: float, /, **arguments: object) -> Done:
        """Run a function of `steps`.

        Args:
            step: Its name.
            timeout: Seconds that it may take.
            arguments: Its arguments.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([step, timeout, arguments]) + "\n")
        self._process.stdin.flush()
        return Done(*json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def main() -> None:
    """Answer requests until there are no more."""
    from benchmarks.corpus import steps  # only here, so that whoever asks does not need the generator
    from generator.render.environment import environment

    _preload(environment().get_template)
    for line in sys.stdin:
        step, timeout, arguments = json.loads(line)
        print(json.dumps(_forked(getattr(steps, step), arguments, timeout)), flush=True)


def _preload(load_template: Callable[[str], object]) -> None:
    """What each document would load again: templates, and libraries that the packages import."""
    import asyncio  # noqa: F401
    import http.client  # noqa: F401
    import ssl  # noqa: F401

    import httptools  # type: ignore[import-untyped, unused-ignore] # noqa: F401
    import msgspec  # noqa: F401

    for path in (_ROOT / "templates").rglob("*.jinja"):
        load_template(path.relative_to(_ROOT / "templates").as_posix())


def _forked(step: Callable[..., dict[str, Any]], arguments: Mapping[str, Any], timeout: float) -> Done:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os._exit(_child(step, arguments, writing))
    os.close(writing)
    deadline = time.monotonic() + timeout
    chunks = []
    os.set_blocking(reading, False)
    while True:
        chunks.append(_available(reading))
        ended, _, usage = os.wait4(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
            _, _, usage = os.wait4(child, 0)
            chunks = []
            break
        time.sleep(_PAUSE)
    chunks.append(_available(reading))
    os.close(reading)
    return _done(b"".join(chunks), usage)


def _available(pipe: int) -> bytes:
    content = b""
    try:
        while chunk := os.read(pipe, 1 << 16):
            content += chunk
    except BlockingIOError:
        pass
    return content


def _done(content: bytes, usage: resource.struct_rusage) -> Done:
    try:
        result, failure = json.loads(content)
    except ValueError:  # it was killed
        result, failure = None, ""
    return Done(result, failure, round(usage.ru_utime + usage.ru_stime, 2), round(usage.ru_maxrss / _KILOBYTE, 1))


def _child(step: Callable[..., dict[str, Any]], arguments: Mapping[str, Any], pipe: int) -> int:
    os.setpgid(0, 0)  # so that it can be killed with whatever it has started
    try:
        answer: tuple[object, str] = (step(**arguments), "")
    except BaseException:  # noqa: BLE001 - a bug is a result
        answer = (None, traceback.format_exc())
    with os.fdopen(pipe, "wb") as stream:
        stream.write(json.dumps(answer).encode())
    return 0


if __name__ == "__main__":
    main()
