"""Type-checks every program of a package's documentation, in one run of mypy --strict."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.conformance.package import programs


def complaints(root: Path, cache: Path, *, timeout: float) -> list[str]:
    """What mypy says, with the page in place of the file.

    Args:
        root: The package.
        cache: A folder of mypy's, shared by packages at the same place: most of their modules are the same.
        timeout: Seconds.
    """
    place = root / "programs"
    place.mkdir()
    pages = {}
    for number, (path, program) in enumerate(programs(root)):
        file = place / f"program_{number}.py"
        file.write_text(program, encoding="utf-8")
        pages[file.name] = path.relative_to(root).as_posix()
    if not pages:
        return []
    options = [
        "--strict",
        "--no-error-summary",
        "--no-color-output",
        "--follow-imports=silent",
        "--cache-dir",
        str(cache),
    ]
    result = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(place)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        env={"MYPYPATH": str(root / "src")},
        cwd=place,
    )
    if result.returncode == 0:
        return []
    lines = [line for line in (result.stdout + result.stderr).splitlines() if ": note:" not in line]
    return [f"{pages.get(line.partition(':')[0], '?')}: {line.partition(':')[2]}" for line in lines]
