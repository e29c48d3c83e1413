"""`generate mock`: an API's stub behind a port, from its document alone.

A package is generated into a temporary directory, and its own `testing` program is run: what answers is what tests of
the generated client get, and nothing in this process opens a socket.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from generator.config import TargetConfig
from generator.diagnostics import Refusal
from generator.selection import Selection, is_document

_PACKAGE = "mocked_api"  # not the target's own name, which may be that of a module that the program needs
_LIBRARIES = ("httptools", "msgspec")


def mocked(name: str | None, project: Path, overlays: Sequence[Path], directory: Path) -> TargetConfig:
    """The target that a command line means, to be generated into `directory`.

    Args:
        name: A target's name or a document's path; None for the only target of the project.
        project: The directory that holds `specs/`.
        overlays: Further corrections to the document.
        directory: Where nothing else is.

    Raises:
        Refusal: There is no such target, or it is not clear which is meant, or what it takes to run it is missing
            (exit 2).
    """
    missing = [library for library in _LIBRARIES if find_spec(library) is None]
    if missing:
        raise Refusal.because(
            "GEN020",
            f"the mock server needs {' and '.join(missing)}",
            help="pip install 'sdkpress[mock]'",
        )
    output = directory / _PACKAGE
    selection = Selection(
        names=() if name is None else (name,),
        project=project,
        output=output if name is not None and is_document(name) else None,
        package=None,
        distribution=None,
    )
    targets = selection.targets()
    if len(targets) > 1:
        names = ", ".join(config.name for config in targets)
        raise Refusal.because("CFG011", "there are several targets", help=f"name one of {names}")
    config = targets[0]
    return replace(
        config, package=_PACKAGE, output=output, overlays=(*config.overlays, *overlays), strict=False, formatted=False
    )


def serve(config: TargetConfig, host: str, port: int, *, quiet: bool, strict: bool) -> int:
    """Run the generated program until it ends, or until this one is interrupted.

    Args:
        config: The target, generated.
        host: Where to listen.
        port: The port, 0 for any that is free.
        quiet: Whether to print nothing but the address.
        strict: Whether to refuse requests that break the document's limits.

    Returns:
        The exit code: 0 after an interruption, which is how it ends.
    """
    source = config.output / "src"
    command = [sys.executable, "-m", f"{_PACKAGE}.testing", "--host", host, "--port", str(port)]
    # In a group of its own: an interruption is for this process, which passes it on.
    process = subprocess.Popen(  # noqa: S603  (our own program)
        command + ["--quiet"] * quiet + ["--strict"] * strict,
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source)},
        process_group=0,
    )
    before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return max(0, process.wait())
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return 0
    finally:
        signal.signal(signal.SIGTERM, before)
