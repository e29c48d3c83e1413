"""One document: generated, imported, and measured, each step in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus.count import operations_of

_GENERATE = "import sys; from generator.cli import main; sys.exit(main())"
_IMPORT = Path(__file__).with_name("import_all.py")
_TRACEBACK = 70
_KILOBYTE = 1024


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a document.

    Attributes:
        document: Its path below the folder.
        size: Bytes.
        exit_code: Of `generate`; None where it was stopped because of its time.
        documented: Operations of the document, counted without the generator.
        generated: Operations of the package.
        modules: Modules of the package.
        skipped: Codes of what was left out, with their numbers.
        warnings: Codes of warnings and errors, with their numbers.
        imports: Whether every module can be imported; None where there is no package.
        types: Number of errors of mypy; None where it was not asked.
        seconds: CPU time of `generate`.
        megabytes: Its largest resident set.
        detail: The last line of what failed.
    """

    document: str
    size: int
    exit_code: int | None
    documented: int
    generated: int = 0
    modules: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    imports: bool | None = None
    types: int | None = None
    seconds: float = 0.0
    megabytes: float = 0.0
    detail: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every operation is there and every module imports."""
        return self.exit_code == 0 and self.imports is True and self.generated == self.documented


def run(name: str, path: Path, *, timeout: float, types: bool) -> Outcome:
    """Generate and import one document."""
    size, documented = path.stat().st_size, operations_of(path)
    with tempfile.TemporaryDirectory() as directory:
        output = Path(directory) / "out"
        command = [sys.executable, "-c", _GENERATE, "run", str(path), "--output", str(output), "--format", "json"]
        exit_code, text, error, seconds, megabytes = _measured(command, timeout)
        measured = {"seconds": seconds, "megabytes": megabytes}
        if exit_code != 0:
            return Outcome(
                document=name,
                size=size,
                exit_code=exit_code,
                documented=documented,
                warnings=_codes(text, "diagnostics"),
                detail=_last_line(error) or _first_error(text),
                **measured,
            )
        target = json.loads(text)["targets"][0]
        modules, fault = _imported(output)
        return Outcome(
            document=name,
            size=size,
            exit_code=exit_code,
            documented=documented,
            generated=target["operations"]["generated"],
            modules=modules,
            skipped=dict(Counter(item["code"] for item in target["operations"]["skipped"])),
            warnings=_codes(text, "diagnostics"),
            imports=not fault,
            types=_type_errors(output) if types else None,
            detail=fault,
            **measured,
        )


def _measured(command: list[str], timeout: float) -> tuple[int | None, str, str, float, float]:
    """Exit code, both outputs, CPU seconds and the largest resident set in megabytes."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=Path(__file__).parents[2])
        deadline = time.monotonic() + timeout
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                process.kill()
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = -1
                return None, "", "", usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _KILOBYTE
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        seconds = round(usage.ru_utime + usage.ru_stime, 2)
        return process.returncode, out.read(), err.read(), seconds, round(usage.ru_maxrss / _KILOBYTE, 1)


def _imported(output: Path) -> tuple[int, str]:
    """The number of modules, and what the first that fails says."""
    result = subprocess.run(
        [sys.executable, str(_IMPORT), str(output / "src")], capture_output=True, text=True, timeout=900, check=False
    )
    count = int(result.stdout) if result.stdout.strip().isdigit() else 0
    return count, "" if result.returncode == 0 else _last_line(result.stderr)


def _type_errors(output: Path) -> int:
    result = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--no-error-summary", str(output / "src")],
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    return len(re.findall(r": error:", result.stdout))


def _codes(text: str, key: str) -> dict[str, int]:
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    found = [*document[key], *(item for target in document["targets"] for item in target[key])]
    return dict(Counter(item["code"] for item in found if item["severity"] != "note"))


def _first_error(text: str) -> str:
    match = re.search(r'"message": "([^"]*)"', text)
    return match[1] if match else ""


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""
