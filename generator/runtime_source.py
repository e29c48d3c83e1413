"""Where the templates lie, and the little of the runtime that the generator runs itself.

What an example of the documentation shows and what a client's stub answers is invented by the same code, which every
client carries. Where it lies depends on whether this is a working copy or an installed package, so that no import
statement can name it. `limits` are whatever has the attributes of the runtime's `Text` and `Number`: the graph's
constraints have.
"""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_NAME = "generator._inventing"


def templates_root() -> Path:
    """The folder of the templates: inside an installed package, or at the top of a working copy."""
    package = Path(__file__).resolve().parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def templates_digest() -> str:
    """The SHA-256 of all that packages are written from, by names and contents, in hexadecimal."""
    found, root = sha256(), templates_root()
    for top in ("macros", "package", "runtime"):
        for directory, below, names in os.walk(root / top):
            below[:] = sorted(name for name in below if not name.endswith(("__pycache__", "_cache")))
            for name in sorted(names):
                path = Path(directory, name)
                found.update(f"{path.relative_to(root).as_posix()}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def text_for(limits: Any, name: str, number: int) -> str | None:
    """The `number`th string within the limits that reminds of a name; None where none is found."""
    found: str | None = _module("texts").text_for(limits, name, number)
    return found


def satisfies(text: str, limits: Any) -> bool:
    """Whether a text is within its limits; not, where its pattern cannot be read, or takes too long."""
    return bool(_module("texts").satisfies(text, limits))


def number_for(limits: Any, number: int) -> Fraction | None:
    """The `number`th number within the limits; None where none is found."""
    found: Fraction | None = _module("numbers").number_for(limits, number)
    return found


def is_within(value: float, limits: Any) -> bool:
    """Whether a number is within its limits."""
    return bool(_module("numbers").is_within(Fraction(str(value)), limits))


@cache
def _module(name: str) -> Any:
    """A module of `templates/runtime/testing`, of those that need nothing but the standard library."""
    if _NAME not in sys.modules:
        place = templates_root() / "runtime" / "testing"
        spec = spec_from_file_location(_NAME, place / "__init__.py", submodule_search_locations=[str(place)])
        assert spec is not None
        assert spec.loader is not None
        sys.modules[_NAME] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[_NAME])
    return import_module(f"{_NAME}.{name}")
