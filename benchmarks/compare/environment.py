"""Makes the environment in which the clients are compared; run by `make compare` with whichever Python there is.

    python benchmarks/compare/environment.py FOLDER

One of the clients needs Python 3.12, which sdkpress itself does not, so a newer one is looked for: on the PATH, and
among the versions that pyenv has.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
OURS = ROOT / "generated" / "cognito-identity"
STUBS = ("boto3==1.44.*", "types-boto3[cognito-identity]")
NEEDED = (3, 12)


def candidates() -> Iterator[str]:
    """Interpreters that may do, the likeliest first."""
    yield sys.executable
    for minor in range(16, NEEDED[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            yield found
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from (str(path) for path in sorted(versions.glob("3.*/bin/python"), reverse=True))


def is_new_enough(interpreter: str) -> bool:
    """Whether it runs at all, and is Python 3.12 or newer. What pyenv puts on the PATH may be a mere promise."""
    code = f"import sys, venv, ensurepip; sys.exit(sys.version_info < {NEEDED})"
    return subprocess.run([interpreter, "-c", code], capture_output=True, check=False).returncode == 0


def make(folder: Path) -> None:
    """Bring the environment up to date; the generated client is installed anew, for it may have changed."""
    stamp = folder / "requirements.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        interpreter = next((each for each in candidates() if is_new_enough(each)), None)
        if interpreter is None:
            sys.exit(
                "Python 3.12 or newer is missing: aws-sdk-cognito-identity needs it (`pyenv install 3.13` gives one)"
            )
        subprocess.run([interpreter, "-m", "venv", "--clear", str(folder)], check=True)
        _install(folder, "--requirement", str(REQUIREMENTS), str(OURS))
        # boto3 beside a third party's stubs: in a place of its own, so that boto3 alone can be looked at too.
        subprocess.run([str(folder / "bin" / "python"), "-m", "venv", str(folder / "stubs")], check=True)
        _install(folder / "stubs", *STUBS)
        stamp.write_text(wanted)
    _install(folder, "--no-deps", "--force-reinstall", str(OURS))


def _install(folder: Path, *arguments: str) -> None:
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *arguments], check=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
