"""The command line: `generate`, `generate check`, `generate inspect`, `generate import`.

stdout is the result, stderr is progress and findings. Every end is one of `diagnostics.ExitCode`, none is a traceback.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.commands import completion, diagnosis, diff, fetch, generate, import_, init, inspect, mock, review
from generator.commands.options import completed_targets
from generator.console import Console, Unread
from generator.diagnostics import CODES, Diagnostic, ExitCode, Severity, text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, and the targets that the default one takes."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        commands = super().shell_complete(ctx, incomplete)
        targets = completed_targets(ctx, incomplete)
        return commands + [each for each in targets if each.type == "plain" or not commands]


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


for _command in (
    generate.run,
    generate.check,
    diagnosis.lint,
    diagnosis.explain,
    diagnosis.why,
    diff.diff,
    diff.changelog,
    review.review,
    init.init,
    fetch.fetch,
    import_.import_,
    inspect.inspect,
    mock.mock,
    completion.completion,
):
    cli.add_command(_command)


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
