"""Pieces of files that changed in the repository, and not because of the document.

From what was committed to what is there now lie three steps: to what the old document makes today (templates, the
generator, an edit that was undone), from there to what the new document makes (the causes tell why), and from there to
what is there (an edit by hand, or files that were not generated again). The first and the last one are shown, wherever
a file changed at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.diff.compare import Comparison, Version
from generator.review.lines import Lines, difference

_MOST_LINES = 200
_CODE = "src/"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is unexplained of a file: `origin` is `made` for what the old document makes otherwise today, `edited` for
    what the new one does not make.
    """

    path: str
    origin: str
    lines: Lines

    @property
    def hunks(self) -> int:
        """How many places of the file."""
        return max(1, sum(each.sign == "@" for each in self.lines.shown))


def pieces(comparison: Comparison) -> Iterator[Piece]:
    """Those of a comparison; none where one of the sides has no package to look at."""
    before, after = comparison.before.standing(), comparison.after.standing()
    if not before or not after:
        return
    made_before, made_after = _made(comparison.before, before), _made(comparison.after, after)
    foreign = {path for path in after if path.startswith(_CODE) and path not in made_after}
    for path in sorted(made_before.keys() | made_after.keys() | foreign):
        was, is_ = before.get(path), after.get(path)
        if was == is_:
            continue
        for origin, old, new in (("edited", made_after.get(path), is_), ("made", was, made_before.get(path))):
            if old != new:
                yield Piece(path, origin, difference(_lines(old), _lines(new), _MOST_LINES))


def _made(version: Version, standing: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """What the document makes, formatted if that is how the package stands there."""
    plain = version.files or {}
    if _likeness(plain, standing) == len(plain):
        return plain
    formatted = version.formatted()
    return formatted if _likeness(formatted, standing) >= _likeness(plain, standing) else plain


def _likeness(made: Mapping[str, bytes], standing: Mapping[str, bytes]) -> int:
    return sum(standing.get(path) == content for path, content in made.items())


def _lines(content: bytes | None) -> list[str]:
    lines = (content or b"").decode("utf-8", "replace").split("\n")
    return lines if lines[-1] else lines[:-1]
