"""What a run read, and what it made of it, so that the next one can see that there is nothing to do.

A receipt lies in the user's cache and never beside the package: whoever edits a generated file and its manifest does
not get past `check` with it. It is good while all of this is as it was, byte by byte: the generator and what it is made
of, the configuration, every file that was read or looked for in vain, and every file that was written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import cache
from generator.config import TargetConfig
from generator.diagnostics import Diagnostic, Location, Severity
from generator.installed import installed
from generator.output.digest import digest_of
from generator.runtime_source import templates_root

if TYPE_CHECKING:
    from generator.graph.model import Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a run made of a document: numbers of operations and models, and what it left out."""

    operations: int
    models: int
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One run.

    Attributes:
        read: The digest of each file that was read, by its path; None for one that was not there.
        manifest: The digest of the package's manifest.
        made: What was made.
        diagnostics: What was found; no errors, since those make nothing.
    """

    read: Mapping[str, str | None]
    manifest: str
    made: Made
    diagnostics: tuple[Diagnostic, ...]


class Receipts:
    """The receipts of one target.

    Args:
        config: The target.
        folder: The user's cache folder.
    """

    def __init__(self, config: TargetConfig, folder: Path) -> None:
        self._place = cache.place(folder / "receipts", repr(config), str(Path.cwd()), _program())

    def find(self) -> Receipt | None:
        """The receipt of the last run, if what that run read has not changed since."""
        kept = cache.recall(self._place)
        receipt = None if kept is None else _decoded(kept)
        return receipt if receipt and all(_digest(path) == name for path, name in receipt.read.items()) else None

    def keep(self, receipt: Receipt) -> None:
        """Keep a receipt for the next run."""
        from msgspec import structs  # slow to import, and a run with nothing to do needs none of it

        cache.keep(self._place, json.dumps(asdict(receipt), default=structs.asdict).encode())


def digests(paths: Iterable[Path]) -> dict[str, str | None]:
    """The digest of each file by its path; None for one that is not there."""
    return {str(path): _digest(str(path)) for path in paths}


def _digest(path: str) -> str | None:
    try:
        return digest_of(Path(path))
    except OSError:
        return None


def _program() -> str:
    """The digest of the generator's own files and templates, and of the names and versions of what is installed."""
    found = sha256()
    for top in (Path(__file__).parent, templates_root()):
        for path in sorted(_files(top)):
            found.update(path.encode())
            found.update(Path(path).read_bytes())
    found.update(" ".join(installed()).encode())
    return found.hexdigest()


def _files(top: Path) -> Iterable[str]:
    for directory, below, names in os.walk(top):
        below[:] = [name for name in below if name != "__pycache__"]
        yield from (os.path.join(directory, name) for name in names)  # noqa: PTH118 - hundreds, in each run


def _decoded(kept: bytes) -> Receipt:
    content = json.loads(kept)
    made = content["made"]
    return Receipt(
        read=content["read"],
        manifest=content["manifest"],
        made=Made(
            operations=made["operations"],
            models=made["models"],
            skipped=_skipped(made["skipped"]),
        ),
        diagnostics=tuple(_diagnostic(**found) for found in content["diagnostics"]),
    )


def _skipped(listed: list[dict[str, str]]) -> tuple[Skipped, ...]:
    if not listed:
        return ()  # as nearly always: a run with nothing to do loads nothing of the graph
    from generator.graph.model import Skipped

    return tuple(Skipped(**skipped) for skipped in listed)


def _diagnostic(severity: str, location: Any, related: list[Any], **text: str) -> Diagnostic:
    places = tuple((label, Location(**place)) for label, place in related)
    at = None if location is None else Location(**location)
    return Diagnostic(severity=Severity(severity), location=at, related=places, **text)
