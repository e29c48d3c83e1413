"""From a path to a closed document, each part of which knows where a person wrote it.

Overlays are applied to the document as its author wrote it, before other files are taken in; so what an overlay refers
to is taken in too. Positions are looked up when somebody asks: a document without findings never pays for them.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.diagnostics import Location, Report
from generator.openapi import pointer as pointers
from generator.openapi.bundle import bundle
from generator.openapi.origin import Origin
from generator.openapi.overlay import apply_overlay
from generator.openapi.scan import ScannedFile, scan
from generator.openapi.sniff import as_mapping, check_is_openapi, is_swagger
from generator.openapi.swagger.convert import convert
from generator.source import SourceFile


class LoadedDocument(Struct, frozen=True):
    """A document that needs nothing else.

    Args:
        root: Plain data: dict with str keys in the order of the text, list, str, int, float, bool, None. Every `$ref`
            is local.
        digest: SHA-256 of all inputs in the order in which they were used, in hexadecimal.
        origin: Where the parts came from.
        sources: The texts, by the name that locations use.
        absent: Files that it refers to and that are not there.
    """

    root: dict[str, Any]
    digest: str
    origin: Origin
    sources: Mapping[str, SourceFile]
    absent: tuple[Path, ...]

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place where a person wrote a value: in the document, in a file it refers to, or in an overlay.

        Args:
            pointer: RFC 6901 pointer into `root`. For what doesn't exist, the place is that of the nearest value
                around it.
            key: Whether the key in front of the value is meant.

        Raises:
            ValueError: It isn't a pointer.
        """
        return self.origin.find(pointers.split(pointer)).location(key=key)


def load_document(
    path: Path, *, root_dir: Path | None = None, overlays: Sequence[Path] = (), report: Report
) -> LoadedDocument:
    """Loads an OpenAPI document.

    Args:
        path: The document, JSON or YAML.
        root_dir: The directory that referenced files must be below; that of the document unless given.
        overlays: Applied to it in this order.
        report: Takes the findings that do not prevent reading on.

    Raises:
        Refusal: A file can't be read, isn't well-formed, exceeds a budget or isn't what it should be; or a reference
            leads to another machine or out of the directory.
    """
    with _no_collection():
        return _load(path, root_dir or path.resolve().parent, overlays, report)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Loading makes millions of containers and hardly any garbage; to look for it takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def load_corrected(path: Path, overlays: Sequence[Path], report: Report) -> tuple[dict[str, Any], Origin]:
    """A document as overlays leave it, other files not taken in, and where its parts came from; see `load_document`."""
    root, origin, _ = _corrected(path, overlays, report)
    return root, origin


def _corrected(
    path: Path, overlays: Sequence[Path], report: Report
) -> tuple[dict[str, Any], Origin, Sequence[ScannedFile]]:
    document = scan(path, report)
    origin = Origin(document, "")
    root = as_mapping(document.value, origin.location())
    corrections = [scan(overlay, report) for overlay in overlays]
    for overlay in corrections:
        apply_overlay(root, origin, overlay, report)
    return root, origin, [document, *corrections]


def _load(path: Path, root_dir: Path, overlays: Sequence[Path], report: Report) -> LoadedDocument:
    root, origin, read = _corrected(path, overlays, report)
    check_is_openapi(root, origin, report)
    library = bundle(root, origin, root_dir, report)
    if is_swagger(root):
        convert(root, origin, report)
    files = [*read, *library.files]
    return LoadedDocument(
        root, _digest(files), origin, {file.source.name: file.source for file in files}, tuple(library.absent)
    )


def _digest(files: Sequence[ScannedFile]) -> str:
    return hashlib.sha256("\n".join(file.source.digest for file in files).encode()).hexdigest()
