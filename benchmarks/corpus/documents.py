"""Which documents are run."""

from __future__ import annotations

from pathlib import Path

import click

_SUFFIXES = frozenset({".json", ".yaml", ".yml"})


def documents(folder: Path) -> list[Path]:
    """Everything below the folder that may be a document, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())


def shard(paths: list[Path], part: str) -> list[Path]:
    """Part `3/16`: every sixteenth from the third on, so that large and small ones are spread.

    Raises:
        click.BadParameter: `part` is not written like that.
    """
    number, _, total = part.partition("/")
    if not (number.isdigit() and total.isdigit() and 1 <= int(number) <= int(total)):
        raise click.BadParameter(f"{part!r} is not written like 3/16", param_hint="--shard")
    return paths[int(number) - 1 :: int(total)]


def sample(paths: list[Path], size: int) -> list[Path]:
    """`size` of them, spread evenly over the sizes in bytes; always the same."""
    ordered = sorted(paths, key=lambda path: (path.stat().st_size, path))
    if size >= len(ordered):
        return ordered
    return [ordered[round(index * (len(ordered) - 1) / max(size - 1, 1))] for index in range(size)]
