"""The generated package's own list of what in it is generated.

The manifest, `.sdkpress.json`, is what gives the generator a right to a file: a file is ours while its content is what
the manifest says we wrote. It is committed with the package and merged, edited and copied like any other file there,
so nothing in it is believed before it was checked; above all not its paths, because files that are listed here and no
longer produced get deleted. It holds nothing that differs between two runs on the same inputs: no time, no host.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Location, Refusal
from generator.output.digest import digest, is_digest
from generator.output.paths import clashes, path_fault, symlinks_on_the_way
from generator.source import display_name

MANIFEST = ".sdkpress.json"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package was generated into, and from.

    Attributes:
        files: The digest of each generated file by its path below the package; the manifest itself is not listed.
        inputs: What went in, by role: digests of the document, overlays and settings, the generator's version.
    """

    files: Mapping[str, str]
    inputs: Mapping[str, str]

    @classmethod
    def of(cls, files: Mapping[str, bytes], inputs: Mapping[str, str]) -> "Manifest":
        """Describe files that are about to be written."""
        return cls({path: digest(content) for path, content in files.items()}, inputs)

    def text(self) -> bytes:
        """Spell the manifest as the content of its file: the same bytes for the same meaning."""
        content = {"schema": _SCHEMA, "files": dict(self.files), "inputs": dict(self.inputs)}
        return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read_manifest(root: Path) -> Manifest | None:
    """Read the manifest of a generated package.

    Args:
        root: The package's directory.

    Returns:
        The manifest, each entry checked; None where there is none.

    Raises:
        Refusal: The file can't be understood, or lists something that may not be a generated file (exit 5).
        OSError: The file can't be read.
    """
    place = root / MANIFEST
    try:
        text = b"" if place.is_symlink() else place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return _parse(root, text)
    except _DistrustedError as fault:
        raise Refusal.because(
            "OUT005",
            f"the manifest {fault}",
            Location(display_name(place)),
            help="restore it with `git checkout`, or delete the whole output directory and generate again",
            effect="nothing was written",
        ) from None


class _DistrustedError(Exception):
    """Why a manifest isn't believed, as the end of a sentence."""


def _parse(root: Path, text: bytes) -> Manifest:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise _DistrustedError("is not JSON in a file of its own") from None
    if not isinstance(content, dict) or content.get("schema") != _SCHEMA:
        raise _DistrustedError(f"does not follow schema {_SCHEMA}")
    files = _table(content, "files")
    for path, name in files.items():
        if fault := _entry_fault(path, name):
            raise _DistrustedError(f"lists a path that {fault}: {path!r}")
    for path in symlinks_on_the_way(root, files):
        raise _DistrustedError(f"lists a path that is or lies behind a symbolic link: {path!r}")
    for first, second in clashes(files):
        raise _DistrustedError(f"lists paths that clash: {first!r}, {second!r}")
    return Manifest(files, _table(content, "inputs"))


def _table(content: Mapping[str, object], key: str) -> dict[str, str]:
    table = content.get(key)
    if not isinstance(table, dict):
        raise _DistrustedError(f"has no table of {key}")
    entries = {path: value for path, value in table.items() if isinstance(value, str)}
    if entries != table:
        raise _DistrustedError(f"has {key} that are not text")
    return entries


def _entry_fault(path: str, name: str) -> str | None:
    if fault := path_fault(path):
        return fault
    if path == MANIFEST:
        return "is the manifest itself"
    return None if is_digest(name) else "has no digest"
