"""Packages of many versions of one document side by side, for judges that are not ours: mypy and griffe.

Only what differs is written for each: all of them share one runtime, so that a type checker reads it once.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.diff.compare import Version

BASE = "sdk"
_IMPORTS = """import datetime
import decimal
import typing
import uuid

from {package} import SDK
from {package}.models import errors, operations, shared
from sdk._runtime.model import UnsetType

"""
_RUNTIME = re.compile(rb"from \.\.?_runtime")
_DEFINITION = re.compile(r"^def (\w+)\(", re.MULTILINE)
_ERROR = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): error: (?P<text>.*)$", re.MULTILINE)


@dataclass(slots=True)
class Workshop:
    """A directory of packages and callers.

    Attributes:
        root: Where they are.
        spans: The first and last line of each piece of code, by the file that holds it.
    """

    root: Path
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add_package(self, name: str, version: Version) -> None:
        """Write a package; all but the first one borrow the runtime."""
        assert version.files is not None
        for path, content in version.files.items():
            inside = path.removeprefix(f"src/{BASE}/")
            if inside == path or inside.startswith("testing/"):
                continue
            if name != BASE and inside.startswith("_runtime/"):
                continue
            place = self.root / name / inside
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if name == BASE else _RUNTIME.sub(f"from {BASE}._runtime".encode(), content))

    def add_caller(self, name: str, package: str, text: str) -> None:
        """Write a module that was written for the first package, for this one."""
        changed = re.sub(rf"\bfrom {BASE}\b(?!\._)", f"from {package}", text)
        (self.root / f"{name}.py").write_text(changed, encoding="utf-8")

    def add_pieces(self, name: str, package: str, pieces: list[str]) -> None:
        """Write a module of pieces of code."""
        lines = _IMPORTS.format(package=package).split("\n")
        for number, piece in enumerate(pieces):
            code = _DEFINITION.sub(rf"def \1_{number}(", piece).rstrip("\n").split("\n")
            self.spans[name].append((len(lines) + 1, len(lines) + len(code)))
            lines += [*code, ""]
        (self.root / f"{name}.py").write_text("\n".join(lines), encoding="utf-8")

    def errors(self) -> Mapping[str, list[tuple[int, str]]]:
        """What mypy says of every module at the top: lines and messages by module."""
        modules = sorted(path.name for path in self.root.glob("*.py"))
        ended = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--follow-imports=silent",
             "--cache-dir", ".cache", *modules],
            cwd=self.root, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ended.returncode in (0, 1), ended.stdout + ended.stderr
        found: dict[str, list[tuple[int, str]]] = {module.removesuffix(".py"): [] for module in modules}
        for each in _ERROR.finditer(ended.stdout):
            found[each["file"].removesuffix(".py")].append((int(each["line"]), each["text"]))
        return found
