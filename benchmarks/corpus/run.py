"""One document: generated, compiled, imported, and measured, each step in a process of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.corpus.count import operations_of
from benchmarks.corpus.forks import Forks
from benchmarks.corpus.type_check import Checker, type_errors
from generator.diagnostics import ExitCode

_SHOWN: Final = 3
_LONGEST: Final = 400


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
        compiled: How many of them compile.
        imported: How many of them can be imported.
        skipped: Codes of what was left out, with their numbers.
        warnings: Codes of warnings and errors, with their numbers.
        types: Number of errors by type checker; those that were not asked are missing.
        seconds: CPU time of `generate`, of the validator's process too.
        megabytes: Its largest resident set.
        detail: What failed first: the end of a traceback, a module that cannot be imported, errors of types.
    """

    document: str
    size: int
    exit_code: int | None
    documented: int
    generated: int = 0
    modules: int = 0
    compiled: int = 0
    imported: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    megabytes: float = 0.0
    detail: str = ""

    @property
    def is_package(self) -> bool:
        """Whether there is a package at all."""
        return self.exit_code == 0

    @property
    def imports(self) -> bool:
        """Whether every module compiles and imports."""
        return self.is_package and self.compiled == self.imported == self.modules

    @property
    def lacking(self) -> int:
        """Operations that are neither there nor left out with a code."""
        return self.documented - self.generated - sum(self.skipped.values())

    @property
    def is_whole(self) -> bool:
        """Whether every operation is there or accounted for, and every module imports without an error of types."""
        return self.imports and not self.lacking and not any(self.types.values())


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How documents are run.

    Attributes:
        timeout: Seconds that generating may take.
        formatted: Whether black is part of it.
        validated: Whether openapi-spec-validator is part of it.
        checkers: Type checkers that look at the packages.
    """

    timeout: float
    formatted: bool
    validated: bool
    checkers: tuple[Checker, ...]


class Runner:
    """Runs one document after the other, each in the directory of the one before it.

    So a part of what every package needs is written, compiled and checked once: the runtime. What a document does not
    need any more, the generator removes.
    """

    def __init__(self, place: Path, settings: Settings) -> None:
        """Starts the process that forks.

        Args:
            place: A directory for this runner alone.
            settings: How.
        """
        self._output = place / "out"
        self._settings = settings
        self._forks = Forks()

    def close(self) -> None:
        """End the process."""
        self._forks.close()

    def run(self, name: str, path: Path) -> Outcome:
        """Generate, compile, import and check one document.

        Args:
            name: What it is called in the results.
            path: The document.
        """
        facts: dict[str, Any] = {"document": name, "size": path.stat().st_size, "documented": operations_of(path)}
        settings = self._settings
        done = self._forks.run(
            "generate",
            settings.timeout,
            document=str(path.absolute()),
            output=str(self._output),
            formatted=settings.formatted,
            validated=settings.validated,
        )
        facts |= {"seconds": done.seconds, "megabytes": done.megabytes}
        if done.result is None:
            return Outcome(**facts, exit_code=ExitCode.INTERNAL if done.failure else None, detail=_crash(done.failure))
        found = [each for each in _diagnostics(done.result) if each["severity"] != "note"]
        facts |= {"exit_code": done.result["exit_code"], "warnings": dict(Counter(each["code"] for each in found))}
        if facts["exit_code"] != ExitCode.OK:
            fatal = [each["code"] for each in found if each["severity"] == "error"]
            facts |= {"skipped": {fatal[0]: facts["documented"]}}
            return Outcome(**facts, detail=found[0]["message"][:_LONGEST])
        operations = done.result["targets"][0]["operations"]
        facts |= {"generated": operations["generated"]}
        facts |= {"skipped": dict(Counter(item["code"] for item in operations["skipped"]))}
        return self._checked(facts)

    def _checked(self, facts: dict[str, Any]) -> Outcome:
        done = self._forks.run("import_all", self._settings.timeout, source=str(self._output / "src"))
        counts = done.result or {"modules": 1, "failure": _crash(done.failure)}
        fault = counts.pop("failure")[:_LONGEST]
        errors = {each: type_errors(each, self._output) for each in self._settings.checkers}
        types = {str(each): len(found) for each, found in errors.items()}
        first = [text for found in errors.values() for text in found[:_SHOWN]]
        return Outcome(**facts, **counts, types=types, detail=fault or "\n".join(first))


def _diagnostics(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*result["diagnostics"], *(item for target in result["targets"] for item in target["diagnostics"])]


def _crash(text: str) -> str:
    """The last frames of a traceback, the innermost first, after the exception."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and "^^" not in line]
    places = [line for line in lines if line.startswith("File ")]
    frames = [re.sub(r'File ".*/(\w+\.\w+)", line (\d+), in (\S+)', r"\1:\2 \3", place) for place in places[-_SHOWN:]]
    return f"{lines[-1][:_LONGEST]} ({' < '.join(reversed(frames))})" if lines else ""
