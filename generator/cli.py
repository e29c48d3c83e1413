"""The command line: `generate`, `generate check`, `generate inspect`.

stdout is the result, stderr is progress and findings. Exit codes are `diagnostics.ExitCode`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.console import Console
from generator.diagnostics import ExitCode, Refusal, Report

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_DOCUMENT_SUFFIXES = (".yaml", ".yml", ".json")

_EPILOG = """\b
Exit codes:
  0  done
  1  findings: something is stale, or the document has errors
  2  usage or configuration
  3  the document is unreadable or unsafe
  4  input or output failed
  5  the output holds files that are not ours, or were edited
  70 a bug of the generator
"""


class _DefaultGroup(click.Group):
    """A group whose command `run` is understood where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"-h", "--help", "--version"}
        if not args or (args[0] not in self.commands and args[0] not in own):
            # `generate -v check` means `generate check -v`.
            named = next((arg for arg in args if arg in self.commands), "run") if args and args[0][0] == "-" else "run"
            args = [named, *(arg for arg in args if arg != named)]
        return super().parse_args(ctx, args)


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every command."""
    for option in (
        click.option("--project", type=click.Path(path_type=Path), default=Path(), help="Directory that holds specs/."),
        click.option(
            "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the result."
        ),
        click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour."),
        click.option("-v", "--verbose", is_flag=True, help="Show notes too."),
        click.option("--no-cache", is_flag=True, help="Neither read nor write the cache; the result is the same."),
    ):
        command = option(command)
    return command


def _document(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options for a document without configuration."""
    for option in (
        click.option("--output", type=click.Path(path_type=Path), help="Directory of the package, for a document."),
        click.option("--package", help="Import name, for a document."),
        click.option("--distribution", help="Distribution name, for a document."),
    ):
        command = option(command)
    return command


@click.group(cls=_DefaultGroup, context_settings=_CONTEXT, epilog=_EPILOG)
@click.version_option(__version__, prog_name="generate")
def cli() -> None:
    """Generate Python SDKs from OpenAPI documents.

    \b
    generate                                  every target of specs/
    generate cognito-identity                 that target
    generate api.yaml --output sdk/           any document, no configuration
    generate check                            say whether the generated code is up to date
    """


@cli.command()
@click.argument("targets", nargs=-1)
@_document
@_common
def run(targets: tuple[str, ...], **options: Any) -> None:
    """Generate: all targets, the named ones, or a document (the default command)."""
    _execute(targets, check=False, **options)


@cli.command()
@click.argument("targets", nargs=-1)
@_document
@_common
def check(targets: tuple[str, ...], **options: Any) -> None:
    """Compare the generated code with what would be generated; write nothing."""
    _execute(targets, check=True, **options)


@cli.command()
@click.argument("view", type=click.Choice(["graph", "plan"]))
@click.argument("target", required=False)
@_document
@_common
def inspect(view: str, target: str | None, **options: Any) -> None:
    """Print what the generator understood (graph) or is about to write (plan), as JSON."""
    from generator.inspect import inspect as dump
    from generator.pipeline import prepare

    console = Console(options["color"])
    configs = _configs(() if target is None else (target,), options)
    if len(configs) != 1:
        names = ", ".join(config.name for config in configs)
        raise click.UsageError(f"name one target: {names}")
    report = Report()
    planned = prepare(configs[0], report, _cache(options))
    console.result(dump(planned, view))


def _execute(targets: tuple[str, ...], *, check: bool, **options: Any) -> None:
    from generator import summary
    from generator.run import run_target

    console = Console(options["color"])
    outcomes = []
    for config in _configs(targets, options):
        with console.progress() as progress:
            outcome = run_target(config, check=check, cache=_cache(options), progress=progress)
        outcomes.append(outcome)
        for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
            console.message(block)
    if options["form"] == "json":
        console.result(summary.as_json(outcomes))
    else:
        for outcome in outcomes:
            for line in summary.differences(outcome, console.paint_diff):
                console.result(line)
            console.result(summary.summary(outcome, check=check))
    stale = [outcome.name for outcome in outcomes if outcome.differences]
    if stale and options["form"] == "text":
        command = "generate" if not targets else f"generate {' '.join(targets)}"
        console.message(f"run `{command}` to bring it up to date")
    raise SystemExit(max((outcome.exit_code for outcome in outcomes), default=ExitCode.OK))


def _configs(targets: Sequence[str], options: dict[str, Any]) -> Sequence[Any]:
    """The targets that are meant: a document by its path, others by name."""
    from generator.config import default_config, discover_targets

    documents = [target for target in targets if target.endswith(_DOCUMENT_SUFFIXES) or os.sep in target]
    if documents:
        if len(targets) > 1:
            raise click.UsageError("one document at a time")
        if options["output"] is None:
            raise click.UsageError("a document needs --output DIRECTORY")
        return [
            default_config(
                Path(documents[0]),
                options["output"],
                package=options["package"],
                distribution=options["distribution"],
            )
        ]
    for name in ("output", "package", "distribution"):
        if options[name] is not None:
            raise click.UsageError(f"--{name} goes with a document; targets have it in sdk.toml")
    known = {config.name: config for config in discover_targets(options["project"])}
    unknown = [target for target in targets if target not in known]
    if unknown:
        names = ", ".join(known) or "none"
        raise click.UsageError(f"no target {unknown[0]!r} in specs/; there is: {names}")
    if not known:
        raise click.UsageError("no targets: specs/ holds no directory with a document; or name a document and --output")
    return [known[name] for name in (dict.fromkeys(targets) or known)]


def _cache(options: dict[str, Any]) -> Path | None:
    """The user's cache directory (XDG Base Directory Specification), or none."""
    if options["no_cache"]:
        return None
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "sdkpress"


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: every end is an exit code."""
    try:
        cli.main(args=None if arguments is None else list(arguments), prog_name="generate", standalone_mode=False)
    except Refusal as refusal:
        _refuse(refusal)
    except click.UsageError as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write("interrupted; nothing was written\n")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.IO)
    except Exception as error:  # the last line of defence: a bug is reported as one, without a traceback
        _report_bug(error)


def _refuse(refusal: Refusal) -> None:
    from generator.diagnostics import text

    for found in refusal.diagnostics:
        sys.stderr.write(text(found) + "\n\n")
    sys.exit(refusal.exit_code)


def _report_bug(error: Exception) -> None:
    import traceback

    if os.environ.get("GENERATE_DEBUG"):
        traceback.print_exc()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    sys.stderr.write(
        f"error[GEN070]: a bug of the generator: {type(error).__name__} at {place}; nothing was written\n"
        " = help: report it with the document, or run again with GENERATE_DEBUG=1 to see the whole story\n"
    )
    sys.exit(ExitCode.INTERNAL)
