"""The command line: `generate`, `generate check`, `generate inspect`, `generate import`.

stdout is the result, stderr is progress and findings. Every end is one of `diagnostics.ExitCode`, none is a traceback.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from generator import (
    __version__,
    completion_command,
    diagnosis_commands,
    diff_command,
    fetch_command,
    import_command,
    init_command,
    review_command,
)
from generator.cache import user_directory
from generator.console import Console, Unread
from generator.console import refuse as _refuse
from generator.diagnostics import CODES, Diagnostic, ExitCode, Refusal, Severity, text
from generator.selection import Selection

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_INTERRUPTED = 130  # what shells say of a program that ended by SIGINT

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
        if ctx.resilient_parsing and not args:  # a shell asks which commands there are
            return super().parse_args(ctx, args)
        if not args or (args[0] not in self.commands and args[0] not in own):
            args.insert(0, "run")
        return super().parse_args(ctx, args)


_NO_CACHE = click.option("--no-cache", is_flag=True, help="Neither read nor write the cache; the result is the same.")
_VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Show notes too.")
_PROJECT = click.option(
    "--project", type=click.Path(path_type=Path), default=Path(), help="Directory that holds specs/."
)
_COLOR = click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour.")


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every command."""
    for option in (  # the last one is the first one of the help
        _NO_CACHE,
        click.option(
            "--unformatted",
            "formatted",
            is_flag=True,
            flag_value=False,
            default=True,
            help="Leave the formatting out, which takes longest; the code is the same.",
        ),
        click.option("--strict", is_flag=True, help="Fail where the SDK will lack something, as the warnings say."),
        _VERBOSE,
        _COLOR,
        click.option("--distribution", help="Distribution name, for a document."),
        click.option("--package", help="Import name, for a document."),
        click.option("--output", type=click.Path(path_type=Path), help="Directory of the package, for a document."),
        _PROJECT,
    ):
        command = option(command)
    return command


_FORMAT = diagnosis_commands.FORMAT


@click.group(cls=_DefaultGroup, context_settings=_CONTEXT, epilog=_EPILOG)
@click.version_option(__version__, prog_name="generate")
def cli() -> None:
    """Generate Python SDKs from OpenAPI documents.

    \b
    generate                                  every target of specs/
    generate cognito-identity                 that target
    generate api.yaml --output sdk/           any document, no configuration
    generate check                            say whether the generated code is up to date
    generate lint                             all that is amiss in the documents
    generate explain REF002                   what a finding means, and what to do
    generate why FILE:LINE                    what made a line of the generated code
    generate diff                             what the changes since the last commit mean
    generate review --html review.html        the same as a page, to look through
    generate init api.yaml                    begin a project with a document
    generate import botocore:dynamodb         the document of an AWS service
    generate mock api.yaml                    answer as the API does, over HTTP
    """  # noqa: D301 - click knows the mark by its character


@cli.command()
@click.argument("targets", nargs=-1)
@click.option("--watch", is_flag=True, help="Go on, and generate again whenever a file changes that was read.")
@_FORMAT
@_common
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


@cli.command()
@click.argument("targets", nargs=-1)
@diff_command.AGAINST
@diff_command.FAIL_ON
@_FORMAT
@_common
def check(targets: tuple[str, ...], against: str | None, fail_on: str | None, **options: Any) -> int:
    """Compare the generated code with what would be generated; write nothing.

    With --against, fail where what changed since a revision breaks callers too.
    """
    code = _execute(targets, check=True, **options)
    compared = diff_command.gate(targets, against, fail_on, options["project"], Console(options["color"]))
    return max(code, compared)


@cli.command()
@click.argument("view", type=click.Choice(["graph", "plan"]))
@click.argument("target", required=False)
@_common
def inspect(view: str, target: str | None, **options: Any) -> int:
    """Print what the generator understood (graph) or is about to write (plan), as JSON."""
    from generator import summary  # these three are slow to import, and --help needs none of them
    from generator.inspect import inspect as dump
    from generator.run import plan_target

    console = Console(options["color"])
    try:
        targets = _selection(() if target is None else (target,), options).targets()
        if len(targets) > 1:
            names = ", ".join(config.name for config in targets)
            raise Refusal.because("CFG011", "there are several targets", help=f"name one of {names}")
    except Refusal as refusal:
        return _refuse(console, refusal)
    with console.progress() as progress:
        outcome, planned = plan_target(targets[0], cache=_cache(options), progress=progress)
    for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
        console.message(block)
    if planned is not None:
        console.result(dump(planned, view))
    return outcome.exit_code


@cli.command()
@click.argument("target", required=False)
@_PROJECT
@click.option(
    "--overlay",
    "overlays",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Correction to the document; repeatable.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0, the default, takes any that is free.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the address.")
@click.option("--strict", is_flag=True, help="Refuse requests that break the document's limits.")
@_COLOR
@_VERBOSE
@_NO_CACHE
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
            return _refuse(console, refusal)
        with console.progress() as progress:
            outcome = run_target(config, check=False, cache=_cache(options), progress=progress)
        for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
            console.message(block)
        return outcome.exit_code or serve(config, host, port, quiet=options["quiet"], strict=options["strict"])


cli.add_command(diagnosis_commands.explain)
cli.add_command(diagnosis_commands.lint)
cli.add_command(diagnosis_commands.why)
cli.add_command(diff_command.diff)
cli.add_command(diff_command.changelog)
cli.add_command(review_command.review)
cli.add_command(import_command.import_)
cli.add_command(init_command.init)
cli.add_command(fetch_command.fetch)
cli.add_command(completion_command.completion)


def _execute(names: tuple[str, ...], *, check: bool, read: set[Path] | None = None, **options: Any) -> int:
    from generator import summary  # see above
    from generator.run import run_target

    console = Console(options["color"])
    form = options["form"]
    selection = _selection(names, options)
    try:
        targets = selection.targets()
    except Refusal as refusal:
        if form != "text":
            console.result(diagnosis_commands.reported((), form, refusal))
        return _refuse(console, refusal)
    outcomes = []
    for config in targets:
        with console.progress() as progress:
            outcome = run_target(config, check=check, cache=_cache(options), progress=progress)
        outcomes.append(outcome)
        if read is not None:
            read.update(outcome.read, (config.document, *config.overlays))
        for block in summary.findings(outcome, notes=options["verbose"], style=console.style):
            console.message(block)
        if form == "text":
            for line in summary.result(outcome, check=check, paint=console.paint_diff):
                console.result(line)
    if form != "text":
        console.result(diagnosis_commands.reported(outcomes, form))
    else:
        for line in summary.remedies(outcomes, selection.command()):
            console.message(line)
    return max(outcome.exit_code for outcome in outcomes)


def _selection(names: tuple[str, ...], options: Mapping[str, Any]) -> Selection:
    taken = ("project", "output", "package", "distribution", "strict", "formatted")
    return Selection(names=names, **{option: options[option] for option in taken})


def _cache(options: Mapping[str, Any]) -> Path | None:
    return None if options["no_cache"] else user_directory()


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point.

    Raises:
        SystemExit: Always, with the exit code.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr: not every terminal can show every letter
    sys.exit(_guarded(arguments))


def _guarded(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(arguments, prog_name="generate", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        message = error.format_message().rstrip(".")
        command = error.ctx.command_path if error.ctx else "generate"
        return _fail("CFG011", message[:1].lower() + message[1:], help=f"`{command} --help` lists what there is")
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write("interrupted; what was being written is as it was before\n")
        return _INTERRUPTED
    except (Unread, BrokenPipeError):
        # The interpreter flushes once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.IO
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        return _fail("IO004", f"{error.strerror or error}{where}", help="make room or give the rights, then try again")
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug is reported as one, without a traceback
        return _report_bug(error)
    return int(code)


def _report_bug(error: Exception) -> int:
    import traceback

    if os.environ.get("GENERATE_DEBUG"):
        traceback.print_exc()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return _fail(
        "GEN070",
        f"a bug of the generator: {type(error).__name__} at {place}",
        help="report it with the document, or run again with GENERATE_DEBUG=1 to see the whole story",
        effect="what was being written is as it was before",
    )


def _fail(code: str, message: str, *, help: str, effect: str = "") -> int:  # noqa: A002
    console = Console("auto")
    found = Diagnostic(code=code, severity=Severity.ERROR, message=message, help=help, effect=effect)
    console.message(text(found, style=console.style))
    return CODES[code].exit_code
