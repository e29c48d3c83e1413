"""The table of contents: each stage called once, in order.

text -> located nodes -> Document -> Api -> BoundApi -> PackagePlan -> {path: text}; only the first arrow reads, and
nothing here writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from generator import __version__
from generator.config import TargetConfig
from generator.diagnostics import Report
from generator.graph.build import build
from generator.graph.filters import Wanted
from generator.graph.model import Api
from generator.openapi.load import LoadedDocument, load_document
from generator.openapi.parse import parse
from generator.openapi.validate import start_validation
from generator.output.digest import digest_of
from generator.output.manifest import kept_names
from generator.output.territory import resolve
from generator.protocols.bind import bind
from generator.protocols.binding import BoundApi
from generator.python.locked_names import NameTable
from generator.python.plan.package import PackagePlan
from generator.python.planning.package import Target, plan
from generator.render.render import render
from generator.runtime_source import templates_digest
from generator.source import read_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A target up to the plan; `changelog` is the owner's own, copied as it is."""

    config: TargetConfig
    document: LoadedDocument
    api: Api
    bound: BoundApi
    plan: PackagePlan
    changelog: str | None = None


def prepare(config: TargetConfig, report: Report, cache: Path | None, *, locked: NameTable | None = None) -> Planned:
    """Everything up to the plan. The validator, where its verdict is wanted, works in a process beside it.

    Args:
        config: The target.
        report: Takes what is found.
        cache: Where verdicts are kept between runs; None keeps none.
        locked: The names that an earlier run decided; those of the package that is there, unless given.
    """
    locked = kept_names(resolve(config.output)) if locked is None else locked
    document = load_document(config.document, overlays=config.overlays, report=report)
    validation = start_validation(document, cache) if config.validated else None
    api = build(parse(document, report), document, report, Wanted(config.operations, config.place))
    bound = bind(api, config.protocol, report, partial(config.place, "protocol"))
    planned = plan(bound, target_of(config, locked), report, document.locate)
    if validation is not None:
        validation.collect(report)
    changelog = config.changelog
    words = read_source(changelog).text if changelog is not None and changelog.is_file() else None
    return Planned(config=config, document=document, api=api, bound=bound, plan=planned, changelog=words)


def target_of(config: TargetConfig, locked: NameTable) -> Target:
    """What the plan is told of the configuration, and of the names that an earlier run decided."""
    return Target(
        package=config.package,
        class_name=config.class_name,
        distribution=config.distribution,
        version=config.version,
        pins=config.names,
        example_operation=config.example_operation,
        place=config.place,
        locked=locked,
    )


def produce(planned: Planned, cache: Path | None, *, formatted: bool = True) -> Mapping[str, bytes]:
    """The files of the package."""
    files = render(planned.plan, cache, formatted=formatted)
    return files if planned.changelog is None else files | {"CHANGELOG.md": planned.changelog.encode()}


def inputs(planned: Planned) -> Mapping[str, str]:
    """What the files were made from, for the manifest: the digests of the document, its overlays, the other files that
    it refers to, the configuration, and the templates; and the generator's version.
    """
    document, *others = [source.digest for source in planned.document.sources.values()]
    count = len(planned.config.overlays)
    settings = None if planned.config.source is None else digest_of(planned.config.source)
    digests = {
        "document": document,
        "overlays": _joint(others[:count]),
        "references": _joint(others[count:]),
        "templates": templates_digest(),
    }
    found = {role: f"sha256:{name}" for role, name in digests.items() if name is not None}
    return {**found, **({} if settings is None else {"configuration": settings}), "generator": __version__}


def _joint(digests: Sequence[str]) -> str | None:
    """The digest of one file, or of the list of several."""
    return sha256("\n".join(digests).encode()).hexdigest() if len(digests) > 1 else next(iter(digests), None)
