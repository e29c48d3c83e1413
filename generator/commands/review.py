"""`generate review`: the changes, one by one, and a page of them.

Whatever compares is slow to import, and `--help` needs none of it; so the function imports it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.commands.diff import compared_sides
from generator.console import Console, refuse
from generator.diagnostics import ExitCode, Refusal


@click.command()
@compared_sides
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write one page.")
def review(before: str | None, after: str | None, html: Path | None, **options: Any) -> int:
    """Show what changed, for someone who decides about it: by cause, the gravest first.

    BEFORE and AFTER are those of `generate diff`. The page has everything in it, needs no network and runs nothing that
    a document says.
    """
    from generator.history import reviewing  # see above

    console = Console(options["color"])
    sides = before, after, options["project"], options["targets"]
    try:
        if html is not None:
            console.result(reviewing.write_page(html, *sides))
        else:
            reviewing.go_through(console, *sides)
    except Refusal as refusal:
        return refuse(console, refusal)
    return ExitCode.OK
