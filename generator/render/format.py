"""Formatting by black: stable within a calendar year, whatever the templates print."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from generator import cache

LINE_LENGTH = 100


def format_python(files: Mapping[str, str], cache_dir: Path | None) -> dict[str, str]:
    """The files formatted.

    black takes longer than all else together, so what it made of a text is kept under the text's hash.

    Args:
        files: Text by path.
        cache_dir: The user's cache folder; None keeps nothing.
    """
    if cache_dir is None:
        return {path: _black(text) for path, text in files.items()}
    black_version = version("black")
    return {path: _kept(text, cache_dir / "formatted", black_version) for path, text in files.items()}


def _kept(text: str, folder: Path, black_version: str) -> str:
    place = cache.place(folder, black_version, str(LINE_LENGTH), text)
    known = cache.recall(place)
    if known is not None:
        return known.decode("utf-8")
    formatted = _black(text)
    cache.keep(place, formatted.encode("utf-8"))
    return formatted


def _black(text: str) -> str:
    """The text formatted. black's own second parse is left out: `verify` looks at the syntax tree itself."""
    import black  # slow to import, and most runs find all that they need in the cache
    from black.mode import TargetVersion
    from black.report import NothingChanged

    mode = black.Mode(line_length=LINE_LENGTH, target_versions={TargetVersion.PY311}, magic_trailing_comma=False)
    try:
        return black.format_file_contents(text, fast=True, mode=mode)
    except NothingChanged:
        return text
