"""One target from its configuration to an outcome: prepared, produced, and written or compared. Findings become the outcome's, not exceptions."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generator.codes import CODES
from generator.config import TargetConfig
from generator.diagnostics import Diagnostic, ExitCode, Location, Refusal, Report, Severity
from generator.output.check import Difference, compare_package
from generator.output.write import WriteResult, write_package
from generator.pipeline import Planned, inputs, prepare, produce

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
    excerpt: Callable[[Location], str | None] | None = field(default=None, repr=False)


def run_target(config: TargetConfig, *, check: bool, cache: Path | None, progress: Progress) -> Outcome:
    """Generate one target, or say how what is there differs from what would be generated.

    Args:
        config: The target.
        check: Write nothing, and compare.
        cache: Where verdicts are kept between runs; None keeps none.
        progress: Told the name of each phase as it begins.
    """
    started = time.perf_counter()
    outcome = Outcome(name=config.name, output=config.output)
    report = Report()
    try:
        _run(config, outcome, report, check=check, cache=cache, progress=progress)
    except Refusal as refusal:
        report.add(refusal.diagnostics)
        outcome.exit_code = refusal.exit_code
    outcome.diagnostics = report.diagnostics
    outcome.seconds = time.perf_counter() - started
    return outcome


def _run(
    config: TargetConfig, outcome: Outcome, report: Report, *, check: bool, cache: Path | None, progress: Progress
) -> None:
    progress(f"{config.name}: reading and planning")
    planned = prepare(config, report, cache)
    outcome.excerpt = planned.document.excerpt
    _refuse_findings(config, report)
    outcome.planned = planned
    progress(f"{config.name}: writing {len(planned.plan.operations)} operations")
    files = produce(planned)
    if check:
        outcome.differences = compare_package(config.output, files, inputs(planned))
        if outcome.differences:
            outcome.exit_code = ExitCode.FINDINGS
    else:
        outcome.written = write_package(config.output, files, inputs(planned))


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
            help="mend what the warnings say in the document or its overlay, or remove `strict` from sdk.toml",
        )
