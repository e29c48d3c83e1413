"""The files of a document: each is read once, and put into the closed document under its own name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from generator.diagnostics import Location, Refusal, Report
from generator.openapi.budget import MAX_FILES
from generator.openapi.origin import Origin
from generator.openapi.scan import ScannedFile, scan
from generator.openapi.sites import Tokens, Unit
from generator.openapi.tree import look_up
from generator.source import MAX_BYTES

BUNDLED: Final = "x-bundled-files"


class Library:
    """Takes files into a document.

    Args:
        root: The document.
        origin: Where its parts came from.
        root_dir: The resolved directory that the files are below.
        report: Takes the findings of reading them.
    """

    def __init__(self, root: dict[str, Any], origin: Origin, root_dir: Path, report: Report) -> None:
        """Knows the document's own file at first."""
        self.files: Final[list[ScannedFile]] = []
        self.absent: Final[list[Path]] = []
        self.root_dir: Final = root_dir
        self.main: Final = Unit(origin.file.source.path.resolve(), ())
        self._root = root
        self._origin = origin
        self._report = report
        self._units = {self.main.path: self.main}
        self._anchors: dict[Unit, dict[str, Tokens]] = {}
        self._bytes = 0

    def open(self, path: Path, asked_by: Callable[[], Location]) -> Unit:
        """Takes a file in, unless it is.

        Args:
            path: Resolved, and below the directory.
            asked_by: Finds the reference that asks for it.

        Returns:
            The file. One that isn't there is a unit without content.

        Raises:
            Refusal: It is ill-formed, or the files together are too large.
        """
        if path in self._units:
            return self._units[path]
        name = path.relative_to(self.root_dir).as_posix()
        unit = self._units[path] = Unit(path, (BUNDLED, name))
        if not path.is_file():
            self.absent.append(path)
            return unit
        if not self.files and BUNDLED in self._root:
            raise Refusal.because(
                "REF008",
                f"the document has its own `{BUNDLED}`, where this file would go",
                asked_by(),
                help=f"rename the document's `{BUNDLED}`",
            )
        scanned = scan(path, self._report)
        self.files.append(scanned)
        self._bytes += len(scanned.source.text)
        if self._bytes > MAX_BYTES or len(self.files) > MAX_FILES:
            raise Refusal.because(
                "SPEC001",
                f"more than {MAX_FILES:,} referenced files, or {MAX_BYTES // 1024 // 1024} MiB of them",
                asked_by(),
                help="generate from a part of the document",
            )
        self._root.setdefault(BUNDLED, {})[name] = scanned.value
        self._origin.own(BUNDLED).children[name] = Origin(scanned, "")
        return unit

    def anchor(self, unit: Unit, name: str) -> Tokens | None:
        """Where the schema with a `$anchor` is (JSON Schema 2020-12, section 8.2.2)."""
        if unit not in self._anchors:
            self._anchors[unit] = dict(_anchors(look_up(self._root, unit.base), unit.base))
        return self._anchors[unit].get(name)


def _anchors(value: Any, at: Tokens) -> list[tuple[str, Tokens]]:
    found: list[tuple[str, Tokens]] = []
    stack = [(value, at)]
    while stack:
        node, place = stack.pop()
        if type(node) is dict:
            if type(node.get("$anchor")) is str:
                found.append((node["$anchor"], place))
            stack.extend((child, (*place, key)) for key, child in node.items() if (*place, key) != (BUNDLED,))
        elif type(node) is list:
            stack.extend((child, (*place, str(index))) for index, child in enumerate(node))
    return found
