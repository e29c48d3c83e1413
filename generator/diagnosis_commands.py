"""`generate explain`: what findings mean.

What a command does is slow to import, and `--help` needs none of it; so the functions import it.
"""

from __future__ import annotations

import click

from generator.console import Console, refuse
from generator.diagnostics import ExitCode, Refusal

_COLOR = click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour.")


@click.command()
@click.argument("code", required=False)
@click.option("--list", "is_list", is_flag=True, help="All codes, one a line.")
@_COLOR
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
