"""Tells, by digests alone, whether a package still is what a run left behind.

For the run that has nothing to do: it knows from elsewhere what the manifest must read, so nothing that lies beside the
package, not even its manifest, is believed. Anything unusual is a no: the whole comparison will say what it is.
"""

import os
import stat
from pathlib import Path

from generator.diagnostics import Refusal
from generator.output.digest import digest_of
from generator.output.manifest import MANIFEST, Manifest, read_manifest
from generator.output.territory import resolve
from generator.output.write import work_of


def intact(root: Path, manifest_digest: str) -> Manifest | None:
    """The manifest of a package in which nothing has changed.

    Args:
        root: The package's directory.
        manifest_digest: What the manifest read when the package was written or compared.

    Returns:
        The manifest; None where a file changed, is missing or is a link, or a run was interrupted.
    """
    root = resolve(root)
    try:
        if work_of(root).exists() or digest_of(root / MANIFEST) != manifest_digest:
            return None
        manifest = read_manifest(root)
    except (OSError, Refusal):
        return None
    if manifest is None or not all(_is(root / path, name) for path, name in manifest.files.items()):
        return None
    return manifest


def _is(place: Path, name: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(place).st_mode) and digest_of(place) == name
    except OSError:
        return False
