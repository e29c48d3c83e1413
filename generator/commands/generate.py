"""`generate` itself, and `generate check`: targets written, or compared with what would be written.

What a command does is slow to import, and `--help` needs none of it; so the functions import it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.diagnosis import reported
from generator.commands.diff import AGAINST, FAIL_ON
from generator.commands.options import FORMAT, TARGETS, cache_of, common, selection_of
from generator.console import Console, refuse
from generator.diagnostics import Refusal

if TYPE_CHECKING:
    from generator.config import TargetConfig
    from generator.history.gate import Gate
    from generator.run import Outcome


@click.command()
@TARGETS
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
@TARGETS
@AGAINST
@FAIL_ON
@FORMAT
@common
def check(targets: tuple[str, ...], **options: Any) -> int:
    """Compare the generated code with what would be generated; write nothing.

    With --against, fail where what changed since a revision breaks callers too.
    """
    return _execute(targets, check=True, **options)


def _execute(names: tuple[str, ...], *, check: bool, read: set[Path] | None = None, **options: Any) -> int:
    from generator import summary  # see above

    console = Console(options["color"])
    form = options["form"]
    selection = selection_of(names, options)
    try:
        targets = selection.targets()
    except Refusal as refusal:
        if form != "text":
            console.result(reported((), form, refusal))
        return refuse(console, refusal)
    outcomes = [_outcome(config, console, check=check, **options) for config in targets]
    if read is not None:
        read.update(*(outcome.read for outcome in outcomes))
        read.update(*((config.document, *config.overlays) for config in targets))
    if form == "text":
        for line in summary.remedies(outcomes, selection.command()):
            console.message(line)
    gated, refused = _gated(names, **options)
    if form != "text":
        console.result(reported(outcomes, form, refused, gated))
    elif gated is not None:
        for line in gated.lines(console.style):
            console.message(line)
    if refused is not None:
        refuse(console, refused)
    return max(each.exit_code for each in (*outcomes, gated, refused) if each is not None)


def _outcome(config: TargetConfig, console: Console, *, check: bool, form: str, **options: Any) -> Outcome:
    """What becomes of a target; said at once, where people read it."""
    from generator import summary  # see above
    from generator.run import run_target

    with console.progress() as progress:
        outcome = run_target(config, check=check, cache=cache_of(options), progress=progress)
    for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
        console.message(block)
    if form == "text":
        for line in summary.result(outcome, check=check, paint=console.paint_diff):
            console.result(line)
    return outcome


def _gated(
    names: tuple[str, ...],
    *,
    project: Path,
    overlays: tuple[Path, ...],
    against: str | None = None,
    fail_on: str | None = None,
    **_: Any,
) -> tuple[Gate | None, Refusal | None]:
    """What changed since a revision, or why that cannot be said; neither, where nobody asks."""
    if against is None and fail_on is None:
        return None, None
    from generator.history.gate import gate  # see above

    try:
        if overlays:
            raise Refusal.because(
                "CFG011",
                "--against compares a document as it is, without an --overlay",
                help="make the document a target: `generate init` does; its overlays are compared with it",
            )
        return gate(names, against, fail_on, project), None
    except Refusal as refusal:
        return None, refusal
