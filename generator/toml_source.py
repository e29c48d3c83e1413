"""TOML whose keys know their lines.

The standard library's parser says where a syntax error is, but not where a value was written. This module finds that
out afterwards, and only when there is something to say: a file that is valid TOML falls into statements, each of which
is the shortest run of lines that is valid TOML by itself. No second grammar is needed, so none can disagree with the
first one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from generator.diagnostics import ExitCode, Location, Refusal
from generator.source import SourceFile, read_source

_PLACE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")
Keys = tuple[str, ...]


class TomlSource:
    """A TOML file: its values, and where each key is."""

    def __init__(self, path: Path) -> None:
        """Read a file.

        Raises:
            Refusal: It can't be read, or it isn't TOML (exit 2).
        """
        try:
            self._source = read_source(path)
        except Refusal as refusal:
            # As a document it would end the run as unreadable; as configuration it is a mistake in using the program.
            raise Refusal(refusal.diagnostics, ExitCode.USAGE) from refusal
        self.values: Final[Mapping[str, Any]] = _parse(self._source)

    def location(self, *keys: str) -> Location:
        """Where a key was written; the file as a whole where no such key was."""
        pointer = "".join(f"/{key.replace('~', '~0').replace('/', '~1')}" for key in keys)
        number = self._lines.get(keys)
        if number is None:
            return Location(self._source.name, pointer)
        line = self._source.line(number) or ""
        indent = len(line) - len(line.lstrip())
        return Location(self._source.name, pointer, number, indent + 1, number, len(line.rstrip()) + 1)

    @cached_property
    def _lines(self) -> Mapping[Keys, int]:
        lines: dict[Keys, int] = {}
        table: Keys = ()
        statement, start = "", 1
        for number, line in enumerate(self._source.text.split("\n"), 1):
            statement += f"{line}\n"
            try:
                found = list(_paths(tomllib.loads(statement)))
            except tomllib.TOMLDecodeError:
                continue
            header = statement.lstrip().startswith("[")
            for path in found:
                lines.setdefault(path if header else table + path, start)
            table = found[-1] if header else table
            statement, start = "", number + 1
        return lines


def _parse(source: SourceFile) -> Mapping[str, Any]:
    try:
        return tomllib.loads(source.text)
    except (ValueError, RecursionError) as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        reason = _PLACE.sub("", str(error))
        raise Refusal.because(
            "CFG001",
            f"not valid TOML: {reason[:1].lower()}{reason[1:]}",
            Location(source.name, "", line, column),
            help="mend the syntax; https://toml.io/en/v1.0.0 has it",
        ) from None


def _paths(content: Mapping[str, Any]) -> Iterator[Keys]:
    """Every key with the keys above it, outer ones first."""
    for key, value in content.items():
        yield (key,)
        if isinstance(value, dict):
            for path in _paths(value):
                yield (key, *path)
