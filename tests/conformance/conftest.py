"""Our own documents, generated, called and judged as benchmarks/conformance does it with those of strangers."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
JUDGE = ROOT / ".venv-conformance" / "bin" / "python"
DOCUMENTS = {
    "parameters": Path(__file__).with_name("parameters.yaml"),
    "petshop": ROOT / "tests" / "cases" / "rest-petshop" / "openapi.yaml",
    "unions": ROOT / "tests" / "cases" / "unions" / "openapi.yaml",
}


@dataclass(frozen=True)
class Bench:
    """One document at work.

    Attributes:
        place: Where everything about it is written.
        requests: What its operations sent, or why they sent nothing.
    """

    place: Path
    requests: list[dict[str, Any]]

    def verdicts(self, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What openapi-core says of requests."""
        return self._lines("judge", self._written(requests))

    def replies(self) -> list[dict[str, Any]]:
        """What hypothesis-jsonschema makes of the schemas."""
        return self._lines("make_replies", self._written(self.requests))

    def losses(self, replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What the client loses of them."""
        path = self._written(replies)
        run(sys.executable, "read_replies", self.place / "package", path, self.place / "losses")
        return lines(self.place / "losses")

    def _written(self, values: list[dict[str, Any]]) -> Path:
        path = self.place / "input"
        path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
        return path

    def _lines(self, module: str, path: Path) -> list[dict[str, Any]]:
        run(JUDGE, module, self.place / "document.json", path, self.place / "output")
        return lines(self.place / "output")


def run(python: Path | str, module: str, *arguments: Path) -> None:
    command = [str(python), "-m", f"benchmarks.conformance.{module}", *map(str, arguments)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="session", params=sorted(DOCUMENTS))
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A document, its package and its requests."""
    place = tmp_path_factory.mktemp(request.param)
    document = yaml.safe_load(DOCUMENTS[request.param].read_text("utf-8"))
    (place / "document.json").write_text(json.dumps(document, default=str), "utf-8")
    run(sys.executable, "call_examples", place / "document.json", place / "package", place / "requests")
    *requests, programs = lines(place / "requests")
    assert programs == {"broken": []}
    return Bench(place, requests)
