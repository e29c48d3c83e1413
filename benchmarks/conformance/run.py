"""One document: generated, called, judged, each step in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.conformance.check_examples import complaints
from benchmarks.conformance.package import programs

_ROOT = Path(__file__).parents[2]
JUDGE = _ROOT / ".venv-conformance" / "bin" / "python"


# More of them, and the package of so many operations, are too much for one run of mypy's.
_MOST_PROGRAMS = 10_000


class StepFailed(Exception):
    """A step ended without a result."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a document.

    Attributes:
        document: Its path below the folder.
        size: Bytes.
        commit: What it was looked at with.
        failed: Why it could not be looked at to the end; empty where it was.
        operations: Operations of the package.
        requests: Requests sent, by kind: `page` for the arguments of the operation's page, `everything` for all
            members that there are.
        refused: `[kind, way, reason]` of those that the judge refused.
        unsent: The same of calls that sent nothing.
        programs: Programs of the documentation that do not compile.
        replies: Replies that were read and written back.
        schemas: Schemas that they were made from.
        lost: `[way, reason]` of those that did not come back whole.
        unmade: `[way, reason]` of operations for whose reply nothing was made.
        checked: Programs of the documentation that mypy --strict looked at.
        unread: Programs that it was not given, because there are too many of them.
        types: What it says of them.
        seconds: For all of it.
    """

    document: str
    size: int
    commit: str
    failed: str = ""
    operations: int = 0
    requests: dict[str, int] = field(default_factory=dict)
    refused: list[list[str]] = field(default_factory=list)
    unsent: list[list[str]] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    replies: int = 0
    schemas: int = 0
    lost: list[list[str]] = field(default_factory=list)
    unmade: list[list[str]] = field(default_factory=list)
    checked: int = 0
    unread: int = 0
    types: list[str] = field(default_factory=list)
    seconds: float = 0.0


def run(name: str, path: Path, place: Path, *, commit: str, timeout: float) -> Outcome:
    """Look at one document.

    Args:
        name: Its name in the results.
        path: Where it lies.
        place: A folder that is its own while it runs.
        commit: What it is looked at with.
        timeout: Seconds that a step may take.
    """
    started = time.monotonic()
    shutil.rmtree(place / "package", ignore_errors=True)
    found: dict[str, Any] = {}
    try:
        for look in (_requests, _replies, _types):
            found |= look(path, place, timeout)
    except (StepFailed, subprocess.TimeoutExpired) as error:
        found["failed"] = str(error)[-400:]
    seconds = round(time.monotonic() - started, 1)
    return Outcome(document=name, size=path.stat().st_size, commit=commit, **found, seconds=seconds)


def _requests(path: Path, place: Path, timeout: float) -> dict[str, Any]:
    package, requests, verdicts = place / "package", place / "requests", place / "verdicts"
    _step(sys.executable, *_module("call_examples", path, package, requests), timeout=timeout)
    *sent, compiled = _lines(requests)
    _step(str(JUDGE), *_module("judge", path, requests, verdicts), timeout=timeout)
    judged = _lines(verdicts)
    return {
        "operations": len({each["way"] for each in sent}),
        "requests": {kind: sum(each["kind"] == kind for each in judged) for kind in ("page", "everything")},
        "refused": [[each["kind"], each["way"], each["refusals"][0]] for each in judged if each["refusals"]],
        "unsent": [[each["kind"], each["way"], each["error"]] for each in sent if "error" in each],
        "programs": compiled["broken"],
    }


def _replies(path: Path, place: Path, timeout: float) -> dict[str, Any]:
    replies, losses = place / "replies", place / "losses"
    _step(str(JUDGE), *_module("make_replies", path, place / "requests", replies), timeout=timeout)
    _step(sys.executable, *_module("read_replies", place / "package", replies, losses), timeout=timeout)
    made, read = _lines(replies), _lines(losses)
    return {
        "replies": len(read),
        "schemas": len({(each["way"], each["status"]) for each in made if "value" in each}),
        "lost": [[each["way"], each["loss"]] for each in read if each["loss"]],
        "unmade": [[each["way"], each["unmade"]] for each in made if "unmade" in each],
    }


def _types(_: Path, place: Path, timeout: float) -> dict[str, Any]:
    count = sum(1 for _ in programs(place / "package"))
    if count > _MOST_PROGRAMS:
        return {"unread": count}
    return {"types": complaints(place / "package", place / "mypy", timeout=timeout), "checked": count}


def _module(name: str, *arguments: Path) -> list[str]:
    return ["-m", f"benchmarks.conformance.{name}", *map(str, arguments)]


def _step(*command: str, timeout: float) -> None:
    result = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, cwd=_ROOT)
    if result.returncode != 0:
        lines = [line for line in (result.stderr or result.stdout).splitlines() if line.strip()]
        raise StepFailed(f"{' '.join(command[1:3])[:60]} ended with {result.returncode}: {lines[-1] if lines else ''}")


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
