"""What a program pays before its first call: a module that is slow to import is loaded where it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import sdk

SLOW = {"asyncio", "email", "http.client", "ipaddress", "json", "logging", "ssl", "urllib.parse", "sdk._constraints"}


def test_making_a_client_imports_nothing_slow() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "import sys, sdk; sdk.SDK(region='us-east-1'); print(*sys.modules)"],
        env={"PYTHONPATH": str(Path(str(sdk.__file__)).parents[1])},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    loaded = set(result.stdout.split())

    assert "sdk.client" in loaded
    assert loaded & SLOW == set()
