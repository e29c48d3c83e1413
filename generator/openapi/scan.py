"""One file as located plain data, whichever format it is in."""

import re
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from generator.diagnostics import Location, Refusal, Report
from generator.openapi import pointer as pointers
from generator.openapi.place import Places
from generator.openapi.scan_json import JsonPlaces, scan_json
from generator.openapi.scan_yaml import scan_yaml
from generator.source import SourceFile, read_source

_LOOKS_LIKE_JSON: Final = re.compile(r"\s*\{")
_YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})


class ScannedFile(Struct, frozen=True):
    """A file that has been read.

    Args:
        source: Its text.
        value: What the text says: dict, list, str, int, float, bool and None only, and no part of it twice.
        places: Where the text says it.
    """

    source: SourceFile
    value: Any
    places: Places

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place of the value at `pointer`, or of the key in front of it; else of the nearest value around it."""
        place = self.places.find(pointers.split(pointer))
        if key and place.key_start is not None:
            return self.source.location(place.key_start, place.key_end, pointer)
        return self.source.location(place.start, place.end, pointer)


def scan(path: Path, report: Report) -> ScannedFile:
    """Reads a JSON or YAML file.

    Raises:
        Refusal: It can't be read, isn't well-formed, or exceeds a budget.
    """
    source = read_source(path)
    if path.suffix.lower() == ".json" or _LOOKS_LIKE_JSON.match(source.text):
        try:
            return ScannedFile(source, scan_json(source), JsonPlaces(source.text))
        except Refusal as refusal:
            # `{a: 1}` is YAML that begins like JSON.
            if path.suffix.lower() not in _YAML_SUFFIXES or refusal.diagnostics[0].code != "SPEC004":
                raise
    value, places = scan_yaml(source, report)
    return ScannedFile(source, value, places)
