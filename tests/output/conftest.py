"""What the tests of the output stage share: two versions of a package, and a way to see all that is on the disk."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The path of a package that isn't there yet, in a directory of its own."""
    return tmp_path / "generated" / "pets"


@pytest.fixture
def old() -> dict[str, bytes]:
    """The first version of a small package."""
    return {
        "README.md": b"# one\n",
        "src/sdk/__init__.py": b"",
        "src/sdk/client.py": b"A = 1\n",
        "src/sdk/models/pets.py": b"class Pet: ...\n",
    }


@pytest.fixture
def new() -> dict[str, bytes]:
    """The second version: two files change, one stays, one comes and one goes."""
    return {
        "README.md": b"# two\n",
        "src/sdk/__init__.py": b"",
        "src/sdk/client.py": b"A = 2\n",
        "src/sdk/types/cats.py": b"class Cat: ...\n",
    }


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """Reads every file below a directory; the directories themselves are listed with a slash at their end."""

    def read(top: Path) -> dict[str, bytes]:
        places = {place.relative_to(top).as_posix(): place for place in sorted(top.rglob("*"))}
        return {
            f"{path}/" if place.is_dir() else path: b"" if place.is_dir() else place.read_bytes()
            for path, place in places.items()
        }

    return read
