"""Options that several commands have, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from generator.cache import user_directory
from generator.config import target_directories
from generator.selection import Selection


def completed_targets(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """What a shell may complete the beginning of a target to: targets of the project; where none begins so, files."""
    names = (directory.name for directory in target_directories(ctx.params.get("project") or Path()))
    given = ctx.params.get("targets") or ()
    found = [CompletionItem(name) for name in names if name.startswith(incomplete) and name not in given]
    return found or [CompletionItem(incomplete, type="file")]


def _completed(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    # click hands over all three
    return completed_targets(ctx, incomplete)


TARGETS = click.argument("targets", nargs=-1, shell_complete=_completed)
TARGET = click.argument("target", required=False, shell_complete=_completed)
NO_CACHE = click.option("--no-cache", is_flag=True, help="Neither read nor write the cache; the result is the same.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Show notes too.")
PROJECT = click.option(
    "--project", type=click.Path(path_type=Path), default=Path(), help="Directory that holds specs/."
)
COLOR = click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour.")
OVERLAYS = click.option(
    "--overlay",
    "overlays",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Correction to the document; repeatable.",
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif", "junit"]),
    default="text",
    help="Form of the result.",
)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every command."""
    for option in (  # the last one is the first one of the help
        NO_CACHE,
        click.option(
            "--unformatted",
            "formatted",
            is_flag=True,
            flag_value=False,
            default=True,
            help="Leave the formatting out, which takes longest; the code is the same.",
        ),
        click.option("--strict", is_flag=True, help="Fail where the SDK will lack something, as the warnings say."),
        VERBOSE,
        COLOR,
        click.option("--distribution", help="Distribution name, for a document."),
        click.option("--package", help="Import name, for a document."),
        click.option("--output", type=click.Path(path_type=Path), help="Directory of the package, for a document."),
        OVERLAYS,
        PROJECT,
    ):
        command = option(command)
    return command


def selection_of(names: tuple[str, ...], options: Mapping[str, Any]) -> Selection:
    """What a command line means by its names."""
    taken = ("project", "output", "overlays", "package", "distribution", "strict", "formatted")
    return Selection(names=names, **{option: options[option] for option in taken})


def cache_of(options: Mapping[str, Any]) -> Path | None:
    """Where the cache is, None where there shall be none."""
    return None if options["no_cache"] else user_directory()
