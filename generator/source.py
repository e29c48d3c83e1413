"""Files as text that knows its own places.

Every input goes through `read_source`: a regular file, of bounded size, in an encoding that is certain. It refuses to
guess: an encoding is UTF-8, or what a byte order mark says.
"""

import codecs
import hashlib
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from generator.diagnostics import Location, Refusal

MAX_BYTES: Final = 64 * 1024 * 1024
_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class SourceFile:
    """The text of one file.

    Args:
        path: Where it was read.
        name: What to call it in a message.
        text: Decoded, without a byte order mark; line ends as they are.
        digest: SHA-256 of the bytes, in hexadecimal.
    """

    path: Path
    name: str
    text: str
    digest: str

    def location(self, start: int, end: int | None = None, pointer: str = "") -> Location:
        """The place of the characters from offset `start` up to, not including, `end`."""
        line, column = self._position(start)
        end_line, end_column = self._position(end) if end is not None else (None, None)
        return Location(self.name, pointer, line, column, end_line, end_column)

    def line(self, number: int) -> str | None:
        """The text of a line, counted from 1, without its end; None when there is no such line."""
        if not 1 <= number <= len(self._line_starts):
            return None
        start = self._line_starts[number - 1]
        following = _LINE_BREAK.search(self.text, start)
        return self.text[start : following.start() if following else len(self.text)]

    def lines(self) -> list[str]:
        """The text of all lines, without their ends."""
        return _LINE_BREAK.split(self.text)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]


def display_name(path: Path) -> str:
    """The path as a person would write it: relative to the working directory when it lies below it."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would follow links and show a name nobody wrote
    working = Path.cwd()
    return (absolute.relative_to(working) if absolute.is_relative_to(working) else absolute).as_posix()


def read_source(path: Path) -> SourceFile:
    """Reads a file.

    Args:
        path: A regular file of at most 64 MiB, in UTF-8 or, with a byte order mark, UTF-16.

    Raises:
        Refusal: There is no such file, it can't be read, or it isn't text.
    """
    name = display_name(path)
    data = _read(path, name)
    if len(data) > MAX_BYTES:
        raise Refusal.because(
            "SPEC001",
            f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB",
            Location(name),
            help="split the document into files, or remove its examples",
        )
    text = _decode(data, name)
    source = SourceFile(path, name, text, hashlib.sha256(data).hexdigest())
    if (nul := text.find("\0")) >= 0:
        raise Refusal.because(
            "SPEC003",
            f"a NUL character at character {nul} of the text",
            source.location(nul, nul + 1),
            help="save the file as UTF-8 text",
        )
    return source


class Excerpts:
    """The lines of locations, read from the files themselves: a refusal comes before there is a document to ask.

    A file is read once, however many findings are in it; and as far as it can be: the finding may be that it can't.
    """

    def __init__(self, known: Mapping[str, SourceFile] | None = None) -> None:
        """`known` are files that have been read already, by their names."""
        self._sources: dict[str, SourceFile | None] = {**(known or {})}

    def __call__(self, location: Location) -> str | None:
        """The line of a location; None where there is none."""
        if location.line is None:
            return None
        if location.file not in self._sources:
            self._sources[location.file] = self._read(location.file)
        source = self._sources[location.file]
        return None if source is None else source.line(location.line)

    def _read(self, name: str) -> SourceFile | None:
        try:
            body, encoding = _encoded(_read(Path(name), name))
        except Refusal:
            return None
        return SourceFile(Path(name), name, body.decode(encoding, errors="replace"), "")


def _read(path: Path, name: str) -> bytes:
    at = Location(name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a directory" if path.is_dir() else "not a regular file"
            raise Refusal.because("IO002", f"{name} is {what}", at, help="give the path of a file")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Refusal.because("IO001", f"{name} does not exist", at, help="check the path") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Refusal.because(
            "IO003", f"{name} cannot be read: {reason}", at, help="check the path and the permissions"
        ) from None


def _decode(data: bytes, name: str) -> str:
    body, encoding = _encoded(data)
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, errors="replace")
        line = len(_LINE_BREAK.findall(before)) + 1
        column = len(before) - max((found.end() for found in _LINE_BREAK.finditer(before)), default=0) + 1
        raise Refusal.because(
            "SPEC002",
            f"not valid {encoding.upper()} at byte {error.start + len(data) - len(body)}: {error.reason}",
            Location(name, "", line, column),
            help="save the file as UTF-8",
        ) from None


def _encoded(data: bytes) -> tuple[bytes, str]:
    """What follows a byte order mark, and the encoding that it says."""
    bom, encoding = next(((bom, encoding) for bom, encoding in _BOMS if data.startswith(bom)), (b"", "utf-8"))
    return data[len(bom) :], encoding
