"""The generator's stages over a document that is written inside a test, without the validator and without a
target's files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from generator.config import OperationFilter
from generator.diagnostics import Report
from generator.graph.build import build
from generator.graph.filters import Wanted
from generator.graph.model import Api
from generator.openapi.load import LoadedDocument, load_document
from generator.openapi.parse import parse
from generator.protocols.bind import bind
from generator.protocols.binding import BoundApi
from generator.python.locked_names import NameTable
from generator.python.plan.package import PackagePlan
from generator.python.planning.package import Target, plan
from generator.render.render import render

PRELUDE = 'openapi: 3.1.0\ninfo: {title: Example, version: "1"}\n'


@dataclass(frozen=True, kw_only=True)
class Stages:
    """What each stage made of a document, and what was said about it."""

    document: LoadedDocument
    api: Api
    bound: BoundApi
    plan: PackagePlan
    report: Report

    def files(self) -> dict[str, bytes]:
        """The package."""
        return render(self.plan)

    def codes(self) -> list[str]:
        """The codes of what was said, in the report's order, without the note about the protocol."""
        return [found.code for found in self.report.diagnostics if found.code != "GEN001"]

    def messages(self, code: str) -> list[str]:
        """What was said under one code."""
        return [found.message for found in self.report.diagnostics if found.code == code]


def run(
    document: Path,
    *,
    overlays: tuple[Path, ...] = (),
    package: str = "example",
    protocol: str | None = None,
    pins: Mapping[str, str] | None = None,
    operations: OperationFilter | None = None,
    locked: NameTable | None = None,
) -> Stages:
    """All stages up to the plan."""
    report = Report()
    loaded = load_document(document, overlays=overlays, report=report)
    api = build(parse(loaded, report), loaded, report, Wanted(operations or OperationFilter()))
    bound = bind(api, protocol, report)
    target = Target(
        package=package,
        class_name="SDK",
        distribution=package.replace("_", "-"),
        version=None,
        pins=pins or {},
        example_operation=None,
        locked=locked or {},
    )
    planned = plan(bound, target, report, loaded.locate)
    return Stages(document=loaded, api=api, bound=bound, plan=planned, report=report)


def write_document(directory: Path, text: str) -> Path:
    """The document `text`, below an `openapi` and an `info` unless it has its own."""
    text = dedent(text)
    path = directory / "openapi.yaml"
    path.write_text(text if text.lstrip().startswith("openapi:") else PRELUDE + text, encoding="utf-8")
    return path
