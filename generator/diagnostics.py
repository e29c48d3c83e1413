"""What the generator says to the author of a document, as data.

A finding names one cause at one place, says what the client will lack and what to do about it. This module collects,
orders and prints findings; it reads no files (the line of a frame is handed to it), knows no colours (a `style` is
handed to it) and refuses codes that aren't registered.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Self

from generator.characters import escape, is_visible
from generator.codes import CODES, Code, ExitCode, Severity

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "ExitCode",
    "Location",
    "Refusal",
    "Related",
    "Report",
    "Severity",
    "Style",
    "text",
]

Related = tuple[tuple[str, "Location"], ...]
Style = Callable[[str, str], str]
"""Paints a piece of text: `style(role, text)`, where role is a severity, "gutter" or "label"."""

_MESSAGE_LIMIT: Final = 160
_FRAME_WIDTH: Final = 120


def _plain(_role: str, value: str) -> str:
    return value


def _one_line(value: str) -> str:
    line = escape(value)
    return line if len(line) <= _MESSAGE_LIMIT else line[: _MESSAGE_LIMIT - 1] + "…"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file that a person wrote.

    Args:
        file: The path to show, relative to the working directory when it lies below it.
        pointer: RFC 6901 pointer within that file, without `#`; the root is "".
        line: From 1; None when the place has no position.
        column: From 1, in characters.
        end_line: The line on which the marked text ends.
        end_column: The column after the last marked character.
    """

    file: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        """`file:line:column`, as far as it is known."""
        return ":".join(str(part) for part in (escape(self.file), self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding.

    Args:
        code: A key of the registry.
        severity: Graded by the effect.
        message: What is wrong, with the value; cut to one line of at most 160 characters, control characters spelled
            out.
        location: Where, if it is anywhere.
        help: What to do, in the imperative.
        effect: What the client will lack.
        related: Other places that explain this one, each with a label.
    """

    code: str
    severity: Severity
    message: str
    location: Location | None = None
    help: str
    effect: str = ""
    related: Related = ()

    def __post_init__(self) -> None:
        """Makes the promises about the message true, whoever made it.

        Raises:
            KeyError: The code isn't registered.
        """
        if self.code not in CODES:
            raise KeyError(self.code)
        object.__setattr__(self, "message", _one_line(self.message))

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """Sorts by file, line, column and code; the rest makes the order total."""
        at = self.location or Location("")
        return at.file, at.line or 0, at.column or 0, self.code, at.pointer, self.message


class Report:
    """Collects the findings of a run; the same findings come out the same way, in whatever order they were made."""

    def __init__(self) -> None:
        """An empty report."""
        self._found: dict[Diagnostic, None] = {}

    def error(
        self,
        code: str,
        message: str,
        at: Location | None = None,
        *,
        help: str,  # noqa: A002 - the name users read
        effect: str = "",
        related: Related = (),
    ) -> None:
        """Reports what makes (a part of) the client impossible."""
        found = Diagnostic(
            code=code,
            severity=Severity.ERROR,
            message=message,
            location=at,
            help=help,
            effect=effect,
            related=related,
        )
        self.add([found])

    def warning(
        self,
        code: str,
        message: str,
        at: Location | None = None,
        *,
        help: str,  # noqa: A002 - the name users read
        effect: str = "",
        related: Related = (),
    ) -> None:
        """Reports what the client will lack."""
        found = Diagnostic(
            code=code,
            severity=Severity.WARNING,
            message=message,
            location=at,
            help=help,
            effect=effect,
            related=related,
        )
        self.add([found])

    def note(
        self,
        code: str,
        message: str,
        at: Location | None = None,
        *,
        help: str,  # noqa: A002 - the name users read
        effect: str = "",
        related: Related = (),
    ) -> None:
        """Reports what is good to know."""
        found = Diagnostic(
            code=code,
            severity=Severity.NOTE,
            message=message,
            location=at,
            help=help,
            effect=effect,
            related=related,
        )
        self.add([found])

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Takes findings made elsewhere, such as those of a `Refusal`."""
        self._found.update(dict.fromkeys(diagnostics))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, sorted, each one once."""
        return tuple(sorted(self._found, key=lambda found: found.order))

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(found.severity is Severity.ERROR for found in self._found)


class Refusal(Exception):
    """Generation can't go on. The findings say why.

    Args:
        diagnostics: At least one.
        exit_code: How the run ends; that of the first finding's code unless given.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], exit_code: ExitCode | None = None) -> None:
        """See the class."""
        self.diagnostics: Final = tuple(diagnostics)
        if not self.diagnostics:
            message = "a refusal needs a reason"
            raise ValueError(message)
        first = self.diagnostics[0]
        self.exit_code: Final = CODES[first.code].exit_code if exit_code is None else exit_code
        super().__init__(f"{first.code}: {first.message}")

    @classmethod
    def because(
        cls,
        code: str,
        message: str,
        at: Location | None = None,
        *,
        help: str,  # noqa: A002 - the name users read
        effect: str = "",
        related: Related = (),
    ) -> Self:
        """Makes a refusal with one finding, an error."""
        report = Report()
        report.error(code, message, at, help=help, effect=effect, related=related)
        return cls(report.diagnostics)


def text(diagnostic: Diagnostic, excerpt: Callable[[Location], str | None] | None = None, style: Style = _plain) -> str:
    """The finding for a terminal: what, where with the source's line, why it matters, what to do.

    Args:
        diagnostic: The finding.
        excerpt: Finds the line of a location; without it there are no frames.
        style: Paints a part of the text; without it there are no colours.
    """
    head = style(diagnostic.severity, f"{diagnostic.severity}[{diagnostic.code}]")
    lines = [f"{head}: {style('label', diagnostic.message)}"]
    places = [("", diagnostic.location)] if diagnostic.location else []
    places += diagnostic.related
    gutter = 1 + max((len(str(place.line or "")) for _, place in places), default=1)
    printer = _Printer(gutter, excerpt or _no_line, style)
    for label, place in places:
        lines += printer.frame(label, place, Severity.NOTE if label else diagnostic.severity)
    for label, value in (("effect", diagnostic.effect), ("help", diagnostic.help)):
        if value:
            lines.append(f"{' ' * gutter} {style('gutter', '=')} {style('label', label)}: {escape(value)}")
    return "\n".join(lines)


def _no_line(_location: Location) -> None:
    return None


@dataclass(frozen=True, slots=True)
class _Printer:
    gutter: int
    excerpt: Callable[[Location], str | None]
    style: Style

    def frame(self, label: str, place: Location, role: str) -> list[str]:
        source = self.excerpt(place) if place.column is not None else None
        pointer = f"   #{escape(place.pointer)}" if place.pointer else ""
        arrow = self.style("gutter", ":::" if label else "-->")
        head = f"{' ' * self.gutter}{arrow} {place}{pointer}"
        if source is None:
            return [f"{head}   {escape(label)}".rstrip()]
        shown, indent, width = _window(source, place)
        mark = self.style(role, f"{('-' if label else '^') * width} {escape(label)}".rstrip())
        bar = self.style("gutter", "|")
        empty = f"{' ' * self.gutter} {bar}"
        number = self.style("gutter", str(place.line).rjust(self.gutter))
        return [head, empty, f"{number} {bar} {shown}", f"{empty} {' ' * indent}{mark}"]


def _window(source: str, place: Location) -> tuple[str, int, int]:
    """The part of a line that is worth showing, and the columns in it where the mark begins and how long it is."""
    start = min((place.column or 1) - 1, len(source))
    end = place.end_column - 1 if place.end_column and place.end_line == place.line else len(source)
    first = max(0, min(start - _FRAME_WIDTH // 3, len(source) - _FRAME_WIDTH))
    last = min(len(source), first + _FRAME_WIDTH)
    before, marked = _cells(source[first:start]), _cells(source[start : min(end, last)])
    left, right = "…" if first else "", "…" if last < len(source) else ""
    shown = left + "".join(_glyph(character) for character in source[first:last]) + right
    return shown, len(left) + before, max(marked, 1)


def _glyph(character: str) -> str:
    """What stands for a character in a frame: always one, so that the columns stay what they are."""
    if character == "\t":
        return " "
    return character if is_visible(character) else "\N{REPLACEMENT CHARACTER}"


def _cells(characters: str) -> int:
    """The width in a terminal: ideographs take two cells, combining marks none."""
    return sum(
        0 if unicodedata.category(character) in ("Mn", "Me") else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in characters
    )
