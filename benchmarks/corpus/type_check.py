"""What the type checkers say of a package.

All packages have one name and lie in turn at one place, so that mypy, which keeps what it knows of a module under the
module's name and looks at the hash of its text, checks the runtime that they share once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

_LIMIT = 1800.0  # seconds for one package


class Checker(StrEnum):
    """Which of them."""

    MYPY = "mypy"
    PYRIGHT = "pyright"


def type_errors(checker: Checker, package: Path) -> list[str]:
    """The errors of a package, as the checker words them, each in a line.

    Args:
        checker: Which one: `mypy --strict`, or pyright as it is without settings.
        package: The generated directory, which holds `src`; what mypy knows is kept beside it.
    """
    return _mypy(package) if checker is Checker.MYPY else _pyright(package)


def _mypy(package: Path) -> list[str]:
    options = ("--strict", "--no-error-summary", "--hide-error-context", "--cache-dir", "../mypy-cache")
    text = _output([sys.executable, "-m", "mypy", "--config-file", "/dev/null", *options, "src"], package)
    return [line for line in text.splitlines() if ": error:" in line]


def _pyright(package: Path) -> list[str]:
    settings = {
        "include": [f"{package.name}/src"],
        "extraPaths": [f"{package.name}/src"],
        "typeCheckingMode": "standard",
        "pythonVersion": "3.11",
    }
    (package.parent / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    program = Path(sys.executable).with_name("pyright")
    text = _output([str(program), "--pythonpath", sys.executable, "--outputjson"], package.parent)
    found = json.loads(text)["generalDiagnostics"]
    return [
        f"{Path(item['file']).name}:{item['range']['start']['line'] + 1}: {item['message']}"
        for item in found
        if item["severity"] == "error"
    ]


def _output(command: list[str], place: Path) -> str:
    result = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=_LIMIT, check=False)
    if result.returncode not in (0, 1):
        return f"{command[0]}: error: {result.stderr[-300:]}"
    return result.stdout
