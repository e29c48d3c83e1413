"""One document through one generator."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.count import operations_of
from benchmarks.generators.candidates import Candidate

_ROOT = Path(__file__).parents[2]
_IMPORT = Path(__file__).with_name("import_all.py")
_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Made:
    """What became of it.

    Attributes:
        generator: Its name.
        document: The document's path below the folder.
        documented: The operations of the document.
        exit_code: How the generator ended; None where it was stopped after five minutes.
        operations: The operations that can be called.
        compiles: Whether every module is Python.
        imports: Whether every module can be imported.
        seconds: CPU time.
    """

    generator: str
    document: str
    documented: int
    exit_code: int | None
    operations: int
    compiles: bool
    imports: bool
    seconds: float

    @property
    def is_usable(self) -> bool:
        """Whether everything is there, and works as far as importing it shows."""
        return self.exit_code == 0 and self.operations >= self.documented and self.compiles and self.imports


def make(candidate: Candidate, name: str, document: Path, programs: Path) -> Made:
    """Generate, count, compile and import."""
    documented = operations_of(document)
    with tempfile.TemporaryDirectory() as directory:
        out = Path(directory)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        exit_code = _run(candidate.command(programs, document.resolve(), out), _ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        package = out / candidate.package
        modules = [package] if package.is_file() else sorted(package.rglob("*.py"))
        compiles = bool(modules) and all(_is_python(module) for module in modules)
        interpreter = sys.executable if candidate.distribution is None else str(programs / "python")
        operations = documented
        if candidate.operations is not None:
            operations = _counted(candidate, package)
        return Made(
            generator=candidate.name,
            document=name,
            documented=documented,
            exit_code=exit_code,
            operations=operations,
            compiles=compiles,
            imports=compiles and _run((interpreter, str(_IMPORT), package.name), package.parent) == 0,
            seconds=round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        )


def _counted(candidate: Candidate, package: Path) -> int:
    assert candidate.operations is not None
    try:
        return candidate.operations(package)
    except (OSError, SyntaxError):
        return 0


def _run(command: Sequence[str], directory: Path) -> int | None:
    try:
        return subprocess.run(
            command,
            cwd=directory,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return None


def _is_python(path: Path) -> bool:
    try:
        compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True
