"""A document's package, written without two things that cost most of the time and change nothing of what it does: the
formatter and the validator.
"""

from __future__ import annotations

from pathlib import Path

from generator.config import OperationFilter
from generator.diagnostics import Report
from generator.graph.build import build
from generator.graph.filters import Wanted
from generator.openapi.load import load_document
from generator.openapi.parse import parse
from generator.protocols.bind import bind
from generator.python.planning.package import Target, plan
from generator.render.render import render

NAME = "generated_sdk"


def generate(document: Path, root: Path) -> None:
    """Write the package `NAME` below `root`.

    Raises:
        Refusal: Nothing can be generated from the document.
    """
    report = Report()
    loaded = load_document(document, overlays=(), report=report)
    api = build(parse(loaded, report), loaded, report, Wanted(OperationFilter()))
    target = Target(package=NAME, class_name="SDK", distribution=NAME, version=None, pins={}, example_operation=None)
    planned = plan(bind(api, None, report), target, report, loaded.locate)
    for path, content in render(planned, None, formatted=False).items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
