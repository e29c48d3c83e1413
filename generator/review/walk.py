"""The changes of a comparison one by one, as keys ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from generator.diff.compare import Comparison
from generator.diff.report_text import Paint, cause_lines, summary
from generator.review.lines import Lines
from generator.review.sheet import Card, card, seen
from generator.terminal import visible

_NEXT: Final = ("n", "j", "\r", "\n", " ")
_PREVIOUS: Final = ("p", "k")
_QUIT: Final = ("q", "\x03", "\x04", "\x1b", "")
_ROLES: Final = {"+": "added", "-": "removed", "@": "place"}


def walk(comparison: Comparison, paint: Paint, key: Callable[[], str], say: Callable[[str], None]) -> bool:
    """Show one cause after the other; whether the reader came to the end, rather than having quit.

    Args:
        comparison: What changed, at all levels.
        paint: Colours.
        key: Waits for a key.
        say: Shows a line.
    """
    say(f"{paint('label', visible(comparison.name))}: {summary(comparison)}")
    surfaces, wires = seen(comparison)
    number, is_open = 0, False
    while number < len(comparison.causes):
        say("")
        cause = comparison.causes[number]
        if is_open:
            for line in _opened(card(number, cause, comparison, surfaces, wires), paint):
                say(line)
        else:
            for line in cause_lines(comparison, cause, paint, verbose=False):
                say(line)
        say(paint("place", f"{number + 1} of {len(comparison.causes)}: n next, p previous, o open, q quit"))
        pressed = key()
        if pressed in _QUIT:
            return False
        is_open = pressed == "o"
        if pressed in _NEXT:
            number += 1
        elif pressed in _PREVIOUS:
            number = max(0, number - 1)
    return True


def _opened(shown: Card, paint: Paint) -> Iterator[str]:
    """The document and the Python of a cause, line by line."""
    if shown.document is not None:
        yield paint("label", f"document: {shown.before or 'not there before'} -> {shown.after or 'gone'}")
        yield from _lines(shown.document, paint)
    for each in shown.declarations:
        yield paint("label", f"Python: {visible(each.symbol)}")
        yield from _lines(each.lines, paint)
    for name, lines in zip(("request", "reply"), () if shown.wire is None else shown.wire[1:], strict=False):
        if lines.shown:
            yield paint("label", f"on the wire, a {name}:")
            yield from _lines(lines, paint)
    if shown.document is None and not shown.declarations:
        yield "there is nothing more to see of it"


def _lines(found: Lines, paint: Paint) -> Iterator[str]:
    for line in found.shown:
        yield f"    {paint(_ROLES.get(line.sign, ''), visible(f'{line.sign} {line.text}'))}"
    if found.left_out:
        yield f"    and {found.left_out} more lines"
