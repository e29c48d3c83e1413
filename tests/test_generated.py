"""What is committed in generated/ is what specs/ and templates/ produce, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.config import TargetConfig, discover_targets
from generator.diagnostics import Report
from generator.output.check import compare_package
from generator.output.manifest import MANIFEST, Manifest
from generator.pipeline import inputs, prepare, produce

ROOT = Path(__file__).parent.parent
TARGETS = discover_targets(ROOT)


def files_in(package: Path) -> dict[str, bytes]:
    """Every file below a directory, without what interpreters and type checkers leave there."""
    found = {path.relative_to(package): path for path in package.rglob("*") if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in found.items()
        if not any(part == "__pycache__" or part.endswith("_cache") for part in name.parts)
    }


def differences(actual: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    kinds = {
        "missing": expected.keys() - actual.keys(),
        "extra": actual.keys() - expected.keys(),
        "changed": {path for path in actual.keys() & expected.keys() if actual[path] != expected[path]},
    }
    return [f"{kind}: {path}" for kind, paths in kinds.items() for path in sorted(paths)]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_committed_package_is_up_to_date(target: TargetConfig) -> None:
    planned = prepare(target, Report(), cache=None)
    files = produce(planned, None)
    expected = {**files, MANIFEST: Manifest.of(files, inputs(planned), planned.plan.names).text()}

    stale = differences(files_in(target.output), expected)

    assert not stale, f"{target.output} is stale; run `make generate`:\n" + "\n".join(stale)
    assert compare_package(target.output, files, inputs(planned), planned.plan.names) == ()


def test_every_committed_package_has_a_target() -> None:
    assert sorted(path for path in (ROOT / "generated").iterdir() if path.is_dir()) == [
        target.output for target in TARGETS
    ]
