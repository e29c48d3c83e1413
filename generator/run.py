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

from generator.config import TargetConfig
from generator.diagnostics import CODES, Diagnostic, ExitCode, Location, Refusal, Report, Severity
from generator.output.check import Difference, compare_package
from generator.output.write import WriteResult, write_package
from generator.pipeline import Planned, inputs, prepare, produce
from generator.source import Excerpts

# Between two collections, of each generation. What a run makes lasts to its end and, black's trees apart, holds no
# cycles: looking for garbage as often as Python does by itself takes a fifth of the time and finds nothing.
_ALLOCATIONS = (100_000, 10, 10)

Progress = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of one target."""

    name: str
    output: Path
    exit_code: ExitCode = ExitCode.OK
    diagnostics: tuple[Diagnostic, ...] = ()
    planned: Planned | None = None
    written: WriteResult | None = None
    differences: tuple[Difference, ...] = ()
    seconds: float = 0.0
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
    with _recorded(outcome) as report:
        planned = _plan(config, outcome, report, cache, progress)
        progress(f"{config.name}: {'comparing' if check else 'writing'} {len(planned.plan.operations)} operations")
        files = produce(planned, cache, formatted=config.formatted)
        if check:
            outcome.differences = compare_package(config.output, files, inputs(planned))
            outcome.exit_code = ExitCode.FINDINGS if outcome.differences else ExitCode.OK
        else:
            outcome.written = write_package(config.output, files, inputs(planned))
    return outcome


def plan_target(config: TargetConfig, *, cache: Path | None, progress: Progress) -> Outcome:
    """Go as far as the plan, for those who want to look at it. See `run_target`."""
    outcome = Outcome(name=config.name, output=config.output)
    with _recorded(outcome) as report:
        _plan(config, outcome, report, cache, progress)
    return outcome


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
    progress(f"{config.name}: reading and planning")
    planned = prepare(config, report, cache)
    outcome.excerpt = Excerpts(planned.document.sources)
    _refuse_findings(config, report)
    outcome.planned = planned
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
