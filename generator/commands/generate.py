"""`generate` itself, and `generate check`: targets written, or compared with what would be written.

What a command does is slow to import, and `--help` needs none of it; so the functions import it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.commands.diagnosis import reported
from generator.commands.diff import AGAINST, FAIL_ON, gate
from generator.commands.options import FORMAT, cache_of, common, selection_of
from generator.console import Console, refuse
from generator.diagnostics import Refusal


@click.command()
@click.argument("targets", nargs=-1)
@click.option("--watch", is_flag=True, help="Go on, and generate again whenever a file changes that was read.")
@FORMAT
@common
def run(targets: tuple[str, ...], *, watch: bool, **options: Any) -> int:
    """Generate: all targets, the named ones, or a document (the default command)."""
    if watch:
        from generator import watching  # see above

        return watching.watch(
            lambda read: _execute(targets, check=False, read=read, **options),
            lambda: watching.configured(targets, options["project"]),
            Console(options["color"]),
        )
    return _execute(targets, check=False, **options)


@click.command()
@click.argument("targets", nargs=-1)
@AGAINST
@FAIL_ON
@FORMAT
@common
def check(targets: tuple[str, ...], against: str | None, fail_on: str | None, **options: Any) -> int:
    """Compare the generated code with what would be generated; write nothing.

    With --against, fail where what changed since a revision breaks callers too.
    """
    code = _execute(targets, check=True, **options)
    compared = gate(targets, against, fail_on, options["project"], Console(options["color"]))
    return max(code, compared)


def _execute(names: tuple[str, ...], *, check: bool, read: set[Path] | None = None, **options: Any) -> int:
    from generator import summary  # see above
    from generator.run import run_target

    console = Console(options["color"])
    form = options["form"]
    selection = selection_of(names, options)
    try:
        targets = selection.targets()
    except Refusal as refusal:
        if form != "text":
            console.result(reported((), form, refusal))
        return refuse(console, refusal)
    outcomes = []
    for config in targets:
        with console.progress() as progress:
            outcome = run_target(config, check=check, cache=cache_of(options), progress=progress)
        outcomes.append(outcome)
        if read is not None:
            read.update(outcome.read, (config.document, *config.overlays))
        for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
            console.message(block)
        if form == "text":
            for line in summary.result(outcome, check=check, paint=console.paint_diff):
                console.result(line)
    if form != "text":
        console.result(reported(outcomes, form))
    else:
        for line in summary.remedies(outcomes, selection.command()):
            console.message(line)
    return max(outcome.exit_code for outcome in outcomes)
