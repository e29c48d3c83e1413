"""`generate diff` and `generate changelog`: what changed, and what that means; the options of the gate.

Whatever compares is slow to import, and `--help` needs none of it; so the functions import it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from generator.commands.options import COLOR, PROJECT
from generator.console import Console, refuse
from generator.diagnostics import ExitCode, Refusal

AGAINST = click.option("--against", metavar="REVISION", help="Also say what changed since a revision, and fail for it.")
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["breaking", "additive", "any", "version"]),
    help="What fails: what breaks callers (the default), additions too, any change; or what the version does not say.",
)


_NO_BLOCK = {False: "no changes", True: "gone"}


def compared_sides(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is compared."""
    for option in (  # the last one is the first one of the help
        COLOR,
        PROJECT,
        click.option("--target", "targets", multiple=True, help="Only this target; repeatable."),
        click.argument("after", required=False),
        click.argument("before", required=False),
    ):
        command = option(command)
    return command


@click.command()
@compared_sides
@click.option(
    "--level", type=click.Choice(["api", "python", "files"]), default="files", help="How deep to look; all by default."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json", "github"]), default="text", help="Form."
)
@click.option("--stat", is_flag=True, help="Counts, and the files that change.")
@click.option("--bump", is_flag=True, help="Only the version that comes next, and why.")
@click.option("-v", "--verbose", is_flag=True, help="Show everything: changes of texts, all consequences.")
def diff(before: str | None, after: str | None, form: str, level: str, **options: Any) -> int:
    """Say what changed: for the API, for callers' Python, in the files; what breaks, and for whom.

    BEFORE and AFTER are revisions of git, REVISION:PATH, or paths of documents and projects; without them, the last
    commit and the working tree.
    """
    from generator.history import comparing  # see above

    console = Console(options["color"])
    if options["bump"]:
        form, level = "bump", "python"
    try:
        found = comparing.comparisons(before, after, options["project"], options["targets"], level=level)
        for text in comparing.reported(found, form, console.paint, stat=options["stat"], verbose=options["verbose"]):
            console.result(text)
    except Refusal as refusal:
        return refuse(console, refusal)
    return ExitCode.OK


@click.command()
@compared_sides
@click.option("--date", metavar="YYYY-MM-DD", help="When it is released; without it the heading has no date.")
@click.option("--write", is_flag=True, help="Write it into specs/TARGET/CHANGELOG.md, the version into sdk.toml.")
def changelog(before: str | None, after: str | None, date: str | None, **options: Any) -> int:
    """Print what changed as a block for a changelog, and propose the version that comes next.

    BEFORE and AFTER are those of `generate diff`. What is written goes into the package when it is generated.
    """
    from generator.history import comparing  # see above

    console = Console(options["color"])
    try:
        targets = options["targets"]
        for found in comparing.comparisons(before, after, options["project"], targets, level="python"):
            block = comparing.changelog(found, comparing.checked_date(date))
            if not options["write"]:
                console.result(block.rstrip("\n") or f"{found.name}: {_NO_BLOCK[found.kind == 'removed']}")
            for path in comparing.write_changelog(found, block) if options["write"] else ():
                console.result(path)
    except Refusal as refusal:
        return refuse(console, refusal)
    return ExitCode.OK
