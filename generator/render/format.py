"""Formatting by black: stable within a calendar year, whatever the templates print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    """The text formatted.

    Two things that black does by itself are left out. Comparing the syntax trees of before and after: `verify` looks at
    the tree itself. And formatting everything once more where something changed, which takes as long as the first
    time: it is there for trailing commas that one pass adds and the next one heeds, and none is heeded here.
    """
    import black  # slow to import, and most runs find all that they need in the cache
    from black.mode import TargetVersion

    mode = black.Mode(line_length=LINE_LENGTH, target_versions={TargetVersion.PY311}, magic_trailing_comma=False)
    one_pass: Callable[..., str] = getattr(black, "_format_str_once", black.format_str)
    return one_pass(text, mode=mode)
