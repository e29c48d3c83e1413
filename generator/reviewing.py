"""Comparisons for a person who reviews them: written as a page, or gone through on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import __version__
from generator.comparing import comparisons
from generator.console import Console
from generator.diagnostics import Refusal
from generator.diff.report_text import report
from generator.render.html_page import html_page
from generator.review.sheet import Sheet, sheet
from generator.source import display_name


def write_page(path: Path, before: str | None, after: str | None, project: Path, targets: Sequence[str]) -> str:
    """Write the page of all comparisons; the name of the file is returned.

    Raises:
        Refusal: There is nothing to compare, or the file can't be written.
    """
    sheets = [sheet(found) for found in comparisons(before, after, project, targets, level="files")]
    try:
        path.write_text(page(sheets, before or "HEAD", after or "working tree"), encoding="utf-8", newline="\n")
    except OSError as error:
        raise Refusal.because(
            "CFG011", f"{display_name(path)} cannot be written: {error.strerror}", help="name another file"
        ) from None
    return display_name(path)


def page(sheets: Sequence[Sheet], before: str, after: str) -> str:
    """The page.

    Args:
        sheets: What it shows.
        before: What the old side is called.
        after: What the new side is called.
    """
    return html_page("review", sheets=sheets, before=before, after=after, generator=f"sdkpress {__version__}")


def walk(console: Console, before: str | None, after: str | None, project: Path, targets: Sequence[str]) -> None:
    """Print the comparisons.

    Raises:
        Refusal: There is nothing to compare.
    """
    for found in comparisons(before, after, project, targets, level="files"):
        for line in report(found, console.paint, verbose=True):
            console.result(line)
