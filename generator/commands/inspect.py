"""`generate inspect`: the graph or the plan, as JSON."""

from __future__ import annotations

from typing import Any

import click

from generator.commands.options import TARGET, cache_of, common, selection_of
from generator.console import Console, refuse
from generator.diagnostics import Refusal


@click.command()
@click.argument("view", type=click.Choice(["graph", "plan"]))
@TARGET
@common
def inspect(view: str, target: str | None, **options: Any) -> int:
    """Print what the generator understood (graph) or is about to write (plan), as JSON."""
    from generator import summary  # these three are slow to import, and --help needs none of them
    from generator.inspect import inspect as dump
    from generator.run import plan_target

    console = Console(options["color"])
    try:
        targets = selection_of(() if target is None else (target,), options).targets()
        if len(targets) > 1:
            names = ", ".join(config.name for config in targets)
            raise Refusal.because("CFG011", "there are several targets", help=f"name one of {names}")
    except Refusal as refusal:
        return refuse(console, refusal)
    with console.progress() as progress:
        outcome, planned = plan_target(targets[0], cache=cache_of(options), progress=progress)
    for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
        console.message(block)
    if planned is not None:
        console.result(dump(planned, view))
    return outcome.exit_code
