"""The terminal: colour where it is one, a line of progress when a run takes longer than a moment."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.diagnostics import Refusal, text
from generator.source import Excerpts
from generator.terminal import visible

_MOMENT = 0.4
_COLOURS = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "gutter": "34",
    "label": "1",
    "breaking": "1;31",
    "additive": "1;32",
    "docs": "36",
    "internal": "2",
    "added": "32",
    "removed": "31",
    "place": "2",
}


class Unread(Exception):
    """Whoever read stdout has gone, as `head` does. Not an `OSError`: click would end the run with a code of its
    own.
    """


class Console:
    """stdout for results, stderr for everything else.

    Args:
        color: `always`, `never`, or `auto`: on a terminal, unless NO_COLOR says no or FORCE_COLOR says yes.
    """

    def __init__(self, color: str) -> None:
        self._color = color

    def result(self, text: str) -> None:
        """A line of the result.

        Raises:
            Unread: Nobody wants to know.
        """
        try:
            sys.stdout.write(f"{text}\n")
        except BrokenPipeError:
            raise Unread from None

    def message(self, text: str) -> None:
        """A line for the person in front of it."""
        sys.stderr.write(f"{text}\n")

    def style(self, role: str, text: str) -> str:
        """`text` in the colour of its role, on stderr."""
        code = _COLOURS.get(role)
        return f"\x1b[{code}m{text}\x1b[0m" if code and self._is_coloured(is_terminal=sys.stderr.isatty()) else text

    def paint(self, role: str, text: str) -> str:
        """`text` in the colour of its role, on stdout."""
        code = _COLOURS.get(role)
        return f"\x1b[{code}m{text}\x1b[0m" if code and self._is_coloured(is_terminal=sys.stdout.isatty()) else text

    def paint_diff(self, line: str) -> str:
        """A line of a unified diff, on stdout."""
        code = {"+": "32", "-": "31", "@": "36"}.get(line[:1])
        return f"\x1b[{code}m{line}\x1b[0m" if code and self._is_coloured(is_terminal=sys.stdout.isatty()) else line

    def _is_coloured(self, *, is_terminal: bool) -> bool:
        if self._color != "auto":
            return self._color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        return is_terminal or bool(os.environ.get("FORCE_COLOR"))

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """Give a function that is told each phase; a terminal shows it once the run takes longer than a moment."""
        if not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console as RichConsole  # slow to import, and only a terminal needs it
        from rich.text import Text

        status = RichConsole(stderr=True, no_color=not self._is_coloured(is_terminal=True)).status("reading")
        timer = threading.Timer(_MOMENT, status.start)
        timer.daemon = True
        timer.start()
        try:
            # Not a plain string: in that, a target called `[/]` would be markup.
            yield lambda phase: status.update(Text(visible(phase)))
        finally:
            timer.cancel()
            timer.join()
            status.stop()


def refuse(console: Console, refusal: Refusal) -> int:
    """Say why a run can't go on; the result is how it ends."""
    excerpts = Excerpts()
    for found in refusal.diagnostics:
        console.message(text(found, excerpts, console.style) + "\n")
    return refusal.exit_code
