"""Formatting by black: stable within a calendar year, whatever the templates print."""

from __future__ import annotations

from collections.abc import Mapping

LINE_LENGTH = 100


def format_python(files: Mapping[str, str]) -> dict[str, str]:
    """The files formatted. black's own second parse is left out: `verify` looks at the syntax tree itself."""
    import black  # slow to import, and most commands never format
    from black.mode import TargetVersion
    from black.report import NothingChanged

    mode = black.Mode(line_length=LINE_LENGTH, target_versions={TargetVersion.PY311}, magic_trailing_comma=False)
    formatted = {}
    for path, text in files.items():
        try:
            formatted[path] = black.format_file_contents(text, fast=True, mode=mode)
        except NothingChanged:
            formatted[path] = text
    return formatted
