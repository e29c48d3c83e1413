"""Test data that is published in botocore's source archive and not in its wheel, how many of its cases passed, an
environment without AWS's files, and what mypy says of a program.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_VERSION = "1.44.5"


@pytest.fixture(scope="session")
def botocore_archive() -> Iterator[tarfile.TarFile]:
    """botocore's source archive, opened; the test is skipped where it is not in the cache and may not be fetched."""
    folder = Path.home() / ".cache" / "sdkpress-tests"
    archive = folder / f"botocore-{_VERSION}.tar.gz"
    if not archive.exists():
        if os.environ.get("SDKPRESS_FETCH") != "1":
            pytest.skip(f"{archive} is not there; SDKPRESS_FETCH=1 downloads it")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as download:
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "--no-binary",
                ":all:",
                "-d",
                download,
            ]
            subprocess.run([*command, f"botocore=={_VERSION}"], check=True, timeout=600)
            # At once, so that tests running beside this one never see half a file.
            Path(download, archive.name).replace(archive)
    with tarfile.open(archive) as opened:
        yield opened


@pytest.fixture
def no_files(tmp_path: Path) -> dict[str, str]:
    """An environment whose AWS files do not exist, whatever the machine has, and which is no instance."""
    return {
        "HOME": str(tmp_path),
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@pytest.fixture
def mypy(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], str]:
    """What `mypy --strict` says of a program, given the package's directory; empty for nothing."""

    def check(program: str, root: Path) -> str:
        file = tmp_path / "program.py"
        file.write_text(program, encoding="utf-8")
        # Workers beside this one have caches of their own: mypy's is not made for two at a time.
        cache = tmp_path_factory.getbasetemp() / "mypy"
        command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(cache), str(file)]
        env = {"MYPYPATH": str(root / "src"), "PATH": ""}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=tmp_path)
        return done.stdout + done.stderr

    return check


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The counts that tests of published cases recorded, whichever process ran them."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    counts = {str(value) for report in reports for name, value in report.user_properties if name == "published cases"}
    if counts:
        terminalreporter.section("published cases that pass")
        for count in sorted(counts):
            terminalreporter.write_line(count)
