"""`generate lint`, `generate explain`, `generate why`: what is amiss, what that means, and where a line comes from.

What a command does is slow to import, and `--help` needs none of it; so the functions import it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cache import user_directory
from generator.commands.options import COLOR, FORMAT, NO_CACHE, OVERLAYS, PROJECT, TARGETS, VERBOSE
from generator.console import Console, refuse
from generator.diagnostics import CODES, ExitCode, Refusal

if TYPE_CHECKING:
    from generator.history.gate import Gate
    from generator.run import Outcome


def _completed_code(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    # click hands over all three
    return [code for code in sorted(CODES) if code.startswith(incomplete.upper())]


@click.command()
@click.argument("code", required=False, shell_complete=_completed_code)
@click.option("--list", "is_list", is_flag=True, help="All codes, one a line.")
@COLOR
def explain(code: str | None, *, is_list: bool, color: str) -> int:
    """Say what a code such as REF002 means, why it matters and what to do, with a wrong and a right sample."""
    from generator import explain as explaining  # see above

    console = Console(color)
    try:
        if (code is None) != is_list:
            raise Refusal.because("CFG011", "one code, or --list", help="`generate explain REF002` explains that code")
        console.result(explaining.explain(code) if code else explaining.listed())
    except Refusal as refusal:
        return refuse(console, refusal)
    return ExitCode.OK


@click.command()
@TARGETS
@FORMAT
@click.option("--fix", "is_fixing", is_flag=True, help="Write what can be corrected with certainty into the overlay.")
@OVERLAYS
@PROJECT
@COLOR
@VERBOSE
@NO_CACHE
def lint(targets: tuple[str, ...], form: str, *, is_fixing: bool, verbose: bool, **options: Any) -> int:
    """Say all that is amiss in documents, overlays and configuration; generate nothing.

    Ends with 1 where there is an error or a warning. --fix never changes the document: its corrections are actions
    of overlay.yaml beside it, each with the finding that it answers.
    """
    from generator import summary  # see above
    from generator.lint import fix, linted
    from generator.lint import lint as look

    console = Console(options["color"])
    cache = None if options["no_cache"] else user_directory()
    try:
        outcomes = []
        for config in linted(targets, options["project"], options["overlays"]):
            outcome = look(config, cache)
            if is_fixing and outcome.exit_code:
                corrected, done = fix(config, outcome)
                if done:
                    console.message(done)
                outcome = look(corrected, cache)
            outcomes.append(outcome)
    except Refusal as refusal:
        if form != "text":
            console.result(reported((), form, refusal))
        return refuse(console, refusal)
    for outcome in outcomes if form == "text" else ():
        for block in summary.findings(outcome, notes=verbose, style=console.style):
            console.result(block)
        console.result(summary.complaints(outcome))
    if form != "text":
        console.result(reported(outcomes, form))
    return max(outcome.exit_code for outcome in outcomes)


def reported(outcomes: Sequence[Outcome], form: str, refusal: Refusal | None = None, gate: Gate | None = None) -> str:
    """Outcomes, and what a gate found, in a form for programs: `json`, or one of `reports.REPORTS`."""
    from generator import reports, summary  # see above

    if form == "json":
        return summary.as_json(outcomes, refusal, None if gate is None else gate.as_json())
    return reports.REPORTS[form](outcomes, refusal, () if gate is None else tuple(gate.entries()))


@click.command()
@click.argument("where", metavar="FILE:LINE")
@PROJECT
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the result.")
@COLOR
def why(where: str, project: Path, form: str, color: str) -> int:
    """Say which place of the document, and which template, made a line of a generated package."""
    from generator.why import as_json, as_text  # see above
    from generator.why import why as cause_of

    console = Console(color)
    try:
        cause = cause_of(where, project)
    except Refusal as refusal:
        return refuse(console, refusal)
    console.result(as_json(cause) if form == "json" else as_text(cause))
    return ExitCode.OK
