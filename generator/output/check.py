"""Says how a package on the disk differs from the one that would be generated now; never writes.

It finds nothing exactly where writing would change nothing. The text of a difference is a unified diff from the disk
to the new text, with forward slashes and without times, so that it reads the same everywhere; how much of it is shown
is up to the caller.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.diagnostics import Location, Refusal
from generator.output.manifest import MANIFEST, Manifest, read_manifest
from generator.output.survey import State, survey
from generator.output.territory import resolve
from generator.output.write import refuse_links, refuse_unsafe
from generator.source import display_name

if TYPE_CHECKING:
    from generator.python.locked_names import NameTable

Kind = Literal["changed", "missing", "extra", "edited"]

_KINDS: Mapping[State, Kind] = {
    State.MISSING: "missing",
    State.CHANGED: "changed",
    State.EXTRA: "extra",
    State.EDITED: "edited",
    State.FOREIGN: "edited",
}
_NOWHERE = "/dev/null"


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that isn't as it should be.

    Attributes:
        path: Below the package's directory.
        kind: "changed": ours, and out of date. "missing": not there. "extra": ours, and no longer produced. "edited":
            neither the new text nor what we once wrote, so that generating would refuse to touch it.
        diff: From the disk to the new text.
    """

    path: str
    kind: Kind
    diff: str


def compare_package(
    root: Path, files: Mapping[str, bytes], inputs: Mapping[str, str], names: NameTable | None = None
) -> tuple[Difference, ...]:
    """Compare a directory with the package that should be in it.

    Args:
        root: The package's directory; need not exist.
        files: The content of every generated file by its path below `root`.
        inputs: What the manifest should say about where the files come from.
        names: The names in them that it should keep.

    Returns:
        The differences, sorted by path. The manifest follows from the files, so it is named only where it is all that
        differs.

    Raises:
        Refusal: The manifest can't be trusted, a symbolic link is in the way (exit 5), something can't be read (exit
            4), or a path is unsafe (exit 70).
    """
    refuse_unsafe(files)
    root = resolve(root)
    try:
        return _compare(root, files, Manifest.of(files, inputs, names))
    except OSError as error:
        raise Refusal.because(
            "OUT012",
            f"cannot read the package: {error.strerror or error}",
            Location(display_name(Path(str(error.filename or root)))),
            help="give the right to read it, then check again",
        ) from error


def _compare(root: Path, files: Mapping[str, bytes], after: Manifest) -> tuple[Difference, ...]:
    refuse_links(root, files)  # first: the manifest lists what lies behind a link, and would be blamed for it
    before = read_manifest(root)
    findings = survey(root, before or Manifest({}, {}), files)
    differences = tuple(
        Difference(finding.path, _KINDS[finding.state], _diff(finding.path, finding.disk, files.get(finding.path)))
        for finding in findings
        if finding.state in _KINDS
    )
    if differences or before == after:
        return differences
    old = None if before is None else before.text()
    return (Difference(MANIFEST, "missing" if old is None else "changed", _diff(MANIFEST, old, after.text())),)


def _diff(path: str, old: bytes | None, new: bytes | None) -> str:
    names = (_NOWHERE if old is None else f"a/{path}"), (_NOWHERE if new is None else f"b/{path}")
    try:
        before, after = _lines(old), _lines(new)
    except UnicodeDecodeError:
        return "Binary files {} and {} differ\n".format(*names)
    return "".join(_terminated(difflib.unified_diff(before, after, *names)))


def _lines(content: bytes | None) -> list[str]:
    # Only at line feeds: `splitlines` also breaks at form feeds and the like, which are ordinary inside a line.
    return list(io.StringIO((content or b"").decode()))


def _terminated(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
