"""`generate mock`: an API's stub behind a port."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.commands.options import COLOR, NO_CACHE, OVERLAYS, PROJECT, TARGET, VERBOSE, cache_of
from generator.console import Console, refuse
from generator.diagnostics import Refusal


@click.command()
@TARGET
@PROJECT
@OVERLAYS
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0, the default, takes any that is free.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the address.")
@click.option("--strict", is_flag=True, help="Refuse requests that break the document's limits.")
@COLOR
@VERBOSE
@NO_CACHE
def mock(target: str | None, project: Path, overlays: tuple[Path, ...], host: str, port: int, **options: Any) -> int:
    """Answer as the API does, over HTTP: a target, or a document. Ends with an interruption.

    Replies are made from the schemas, the same on every run. `Prefer: code=404` asks for an error.
    """
    import tempfile  # see above

    from generator import summary
    from generator.mock import mocked, serve
    from generator.run import run_target

    console = Console(options["color"])
    with tempfile.TemporaryDirectory(prefix="generate-mock-") as directory:
        try:
            config = mocked(target, project, overlays, Path(directory))
        except Refusal as refusal:
            return refuse(console, refusal)
        with console.progress() as progress:
            outcome = run_target(config, check=False, cache=cache_of(options), progress=progress)
        for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
            console.message(block)
        return outcome.exit_code or serve(config, host, port, quiet=options["quiet"], strict=options["strict"])
