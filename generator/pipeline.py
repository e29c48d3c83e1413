"""The table of contents: each stage called once, in order.

text -> located nodes -> Document -> Api -> BoundApi -> PackagePlan -> {path: text}; only the first arrow reads, and
nothing here writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.config import TargetConfig
from generator.diagnostics import Report
from generator.graph.build import build
from generator.graph.filters import Wanted
from generator.graph.model import Api
from generator.openapi.load import LoadedDocument, load_document
from generator.openapi.parse import parse
from generator.openapi.validate import start_validation
from generator.protocols.bind import bind
from generator.protocols.binding import BoundApi
from generator.python.plan.package import PackagePlan
from generator.python.planning.package import Target, plan
from generator.render.render import render
from generator.source import read_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A target up to the plan; `changelog` is the owner's own, copied as it is."""

    document: LoadedDocument
    api: Api
    bound: BoundApi
    plan: PackagePlan
    changelog: str | None = None


def prepare(config: TargetConfig, report: Report, cache: Path | None) -> Planned:
    """Everything up to the plan. The validator, where its verdict is wanted, works in a process beside it."""
    document = load_document(config.document, overlays=config.overlays, report=report)
    validation = start_validation(document, cache) if config.validated else None
    api = build(parse(document, report), document, report, Wanted(config.operations, config.place))
    bound = bind(api, config.protocol, report, partial(config.place, "protocol"))
    planned = plan(bound, target_of(config), report, document.locate)
    if validation is not None:
        validation.collect(report)
    changelog = config.changelog
    words = read_source(changelog).text if changelog is not None and changelog.is_file() else None
    return Planned(document=document, api=api, bound=bound, plan=planned, changelog=words)


def target_of(config: TargetConfig) -> Target:
    """What the plan is told of the configuration."""
    return Target(
        package=config.package,
        class_name=config.class_name,
        distribution=config.distribution,
        version=config.version,
        pins=config.names,
        example_operation=config.example_operation,
        place=config.place,
    )


def produce(planned: Planned, cache: Path | None, *, formatted: bool = True) -> Mapping[str, bytes]:
    """The files of the package."""
    files = render(planned.plan, cache, formatted=formatted)
    return files if planned.changelog is None else files | {"CHANGELOG.md": planned.changelog.encode()}


def inputs(planned: Planned) -> Mapping[str, str]:
    """What the files were made from, for the manifest."""
    return {"document": f"sha256:{planned.document.digest}"}
