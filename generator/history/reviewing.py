"""Comparisons for a person who reviews them: written as a page, or gone through on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator import __version__
from generator.console import Console
from generator.diagnostics import Refusal
from generator.diff.report_text import report
from generator.history.comparing import comparisons
from generator.render.html_page import html_page
from generator.review.sheet import Sheet, sheet
from generator.review.unexplained import pieces
from generator.review.walk import walk
from generator.source import display_name
from generator.terminal import visible

_ORIGINS = {"edited": "edited by hand, or not generated again", "made": "templates, the generator or an edit"}


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


def go_through(console: Console, before: str | None, after: str | None, project: Path, targets: Sequence[str]) -> None:
    """Show the changes one by one where a person sits at a terminal; print them elsewhere.

    Raises:
        Refusal: There is nothing to compare.
    """
    is_attended = sys.stdin.isatty() and sys.stdout.isatty()
    for found in comparisons(before, after, project, targets, level="files"):
        for piece in pieces(found):
            console.result(f"not because of the document: {visible(piece.path)} ({_ORIGINS[piece.origin]})")
        if not is_attended:
            for line in report(found, console.paint, verbose=True):
                console.result(line)
        elif not walk(found, console.paint, _key, console.result):
            return


def _key() -> str:
    sys.stdout.flush()
    try:
        return click.getchar()
    except (EOFError, KeyboardInterrupt):
        return ""
