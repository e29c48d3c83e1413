"""One target from its configuration to an outcome: prepared, produced, and written or compared.

Findings become the outcome's, not exceptions, so that one target's mistakes don't keep the others from being generated.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import TargetConfig
from generator.diagnostics import CODES, Diagnostic, ExitCode, Location, Refusal, Report, Severity
from generator.output.digest import digest
from generator.output.intact import intact
from generator.output.manifest import Manifest
from generator.output.write import WriteResult, write_package
from generator.receipt import Made, Receipt, Receipts, digests
from generator.source import Excerpts

# The stages are loaded by the run that goes through them: the one that has nothing to do ends before that.
if TYPE_CHECKING:
    from generator.output.check import Difference
    from generator.pipeline import Planned

# Between two collections, of each generation. What a run makes lasts to its end and, black's trees apart, holds no
# cycles: looking for garbage as often as Python does by itself takes a fifth of the time and finds nothing.
_ALLOCATIONS = (100_000, 10, 10)

Progress = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of one target.

    Attributes:
        name: The target's.
        output: The package's directory.
        exit_code: How it ended.
        diagnostics: What was found.
        made: What was made; None where that was prevented.
        written: What was written, where that was asked for.
        differences: Between what is there and what would be written, where that was asked for.
        seconds: How long it took.
        read: The files that it was made from, or looked for; those of a configuration apart.
        excerpt: Finds the line of a location.
    """

    name: str
    output: Path
    exit_code: ExitCode = ExitCode.OK
    diagnostics: tuple[Diagnostic, ...] = ()
    made: Made | None = None
    written: WriteResult | None = None
    differences: tuple[Difference, ...] = ()
    seconds: float = 0.0
    read: tuple[Path, ...] = ()
    excerpt: Callable[[Location], str | None] = field(default_factory=Excerpts, repr=False)


def run_target(config: TargetConfig, *, check: bool, cache: Path | None, progress: Progress) -> Outcome:
    """Generate one target, or say how what is there differs from what would be generated.

    Args:
        config: The target.
        check: Write nothing, and compare.
        cache: Where verdicts and formatted text are kept between runs; None keeps none.
        progress: Told the name of each phase as it begins.
    """
    outcome = Outcome(name=config.name, output=config.output)
    receipts = None if cache is None else Receipts(config, cache)
    with _recorded(outcome) as report:
        if receipts and _is_done(receipts, outcome, report, check=check):
            return outcome
        planned = _plan(config, outcome, report, cache, progress)
        progress(f"{config.name}: {'comparing' if check else 'writing'} {len(planned.plan.operations)} operations")
        manifest = _finish(config, planned, outcome, check=check, cache=cache)
        if receipts and manifest and outcome.made and not outcome.differences:
            read = digests(outcome.read)
            receipts.keep(Receipt(read=read, manifest=manifest, made=outcome.made, diagnostics=report.diagnostics))
    return outcome


def plan_target(config: TargetConfig, *, cache: Path | None, progress: Progress) -> tuple[Outcome, Planned | None]:
    """Go as far as the plan, for those who want to look at it. See `run_target`."""
    outcome = Outcome(name=config.name, output=config.output)
    planned = None
    with _recorded(outcome) as report:
        planned = _plan(config, outcome, report, cache, progress)
    return outcome, planned


def _is_done(receipts: Receipts, outcome: Outcome, report: Report, *, check: bool) -> bool:
    """Whether nothing changed since the last run, on either side; if so, the outcome says what that run said."""
    receipt = receipts.find()
    manifest = receipt and intact(outcome.output, receipt.manifest)
    if not receipt or not manifest:
        return False
    report.add(receipt.diagnostics)
    outcome.made = receipt.made
    outcome.read = tuple(map(Path, receipt.read))
    outcome.written = None if check else WriteResult((), tuple(sorted(manifest.files)), ())
    return True


def _finish(config: TargetConfig, planned: Planned, outcome: Outcome, *, check: bool, cache: Path | None) -> str:
    """Write or compare; returns the digest of the manifest that is, or should be, there."""
    from generator.output.check import compare_package
    from generator.pipeline import inputs, produce

    files = produce(planned, cache, formatted=config.formatted)
    origin, names = inputs(planned), planned.plan.names
    if check:
        outcome.differences = compare_package(config.output, files, origin, names)
        outcome.exit_code = ExitCode.FINDINGS if outcome.differences else ExitCode.OK
    else:
        outcome.written = write_package(config.output, files, origin, names)
    return digest(Manifest.of(files, origin, names).text())


@contextmanager
def _recorded(outcome: Outcome) -> Iterator[Report]:
    """Give a report, and record what is found, or why it ended early, and how long it took."""
    started = time.perf_counter()
    report = Report()
    thresholds = gc.get_threshold()
    gc.set_threshold(*_ALLOCATIONS)
    try:
        yield report
    except Refusal as refusal:
        report.add(refusal.diagnostics)
        outcome.exit_code = refusal.exit_code
    finally:
        gc.set_threshold(*thresholds)
    outcome.diagnostics = report.diagnostics
    outcome.seconds = time.perf_counter() - started


def _plan(config: TargetConfig, outcome: Outcome, report: Report, cache: Path | None, progress: Progress) -> Planned:
    from generator.pipeline import prepare

    progress(f"{config.name}: reading and planning")
    planned = prepare(config, report, cache)
    beside = () if config.changelog is None else (config.changelog,)
    outcome.read = (*(file.path for file in planned.document.sources.values()), *planned.document.absent, *beside)
    outcome.excerpt = Excerpts(planned.document.sources)
    _refuse_findings(config, report)
    plan = planned.plan
    outcome.made = Made(
        operations=len(plan.operations),
        models=len(plan.models.records) + len(plan.models.enums),
        skipped=(*planned.api.skipped, *planned.bound.skipped),
    )
    return planned


def _refuse_findings(config: TargetConfig, report: Report) -> None:
    """Nothing is written when something is an error, or, for strict targets, when something is amiss at all."""
    fatal = [found for found in report.diagnostics if found.severity is Severity.ERROR]
    if fatal:
        raise Refusal(fatal, max(CODES[found.code].exit_code for found in fatal))
    amiss = [found for found in report.diagnostics if found.severity is Severity.WARNING]
    if config.strict and amiss:
        raise Refusal.because(
            "GEN002",
            f"{len(amiss)} warning(s), and the target is strict",
            amiss[0].location,
            help="mend what the warnings say in the document or its overlay, or generate without `strict`",
        )
