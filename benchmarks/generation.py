"""What a run of the generator costs: with nothing to do, after one edited description, and from nothing.

    python -m benchmarks.generation [--rounds N]

CPU time of whole processes with their children, interleaved round by round, medians; beside them an interpreter that
does nothing. It works on a copy of the project's own target, with a cache of its own.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_TARGET = "cognito-identity"
_GENERATE = (sys.executable, "-m", "generator")


def measure(rounds: int) -> dict[str, float]:
    """Median seconds of each kind of run."""
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as directory:
        project = Path(directory)
        for name in ("specs", "generated"):
            shutil.copytree(_ROOT / name / _TARGET, project / name / _TARGET)
        words = project / "specs" / _TARGET / "overlay.yaml"
        text = words.read_text(encoding="utf-8")
        usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**usual, "XDG_CACHE_HOME": str(project / "cache"), "PYTHONPATH": str(_ROOT)}
        _cpu_seconds((*_GENERATE,), project, environment)
        for number in range(rounds):
            steps: dict[str, tuple[str, ...]] = {
                "an interpreter that does nothing": (sys.executable, "-c", "pass"),
                "`generate check`, nothing changed": (*_GENERATE, "check"),
                "`generate`, one description changed": (*_GENERATE,),
                "`generate --no-cache`, all of it": (*_GENERATE, "--no-cache"),
            }
            for name, command in steps.items():
                if "changed" in name and "nothing" not in name:
                    edited = text.replace("Keep the `IdentityPoolId` of", f"Keep identifier {number} of", 1)
                    assert edited != text, "the description is no longer there"
                    words.write_text(edited, encoding="utf-8")
                seconds.setdefault(name, []).append(_cpu_seconds(command, project, environment))
            _cpu_seconds((*_GENERATE, "check"), project, environment)  # leaves the receipt of what is there now
    return {name: statistics.median(times) for name, times in seconds.items()}


def _cpu_seconds(command: tuple[str, ...], project: Path, environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generation", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=7)
    medians = measure(parser.parse_args().rounds)
    nothing, _, _, whole = medians.values()
    print(f"{'':<36} {'CPU':>8}  of an interpreter  of a whole run")
    for name, seconds in medians.items():
        print(f"{name:<36} {seconds:6.3f} s  {seconds / nothing:14.1f} x  {seconds / whole:12.0%}")


if __name__ == "__main__":
    main()
