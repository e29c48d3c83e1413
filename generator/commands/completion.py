"""`generate completion`: what makes a shell complete commands, options and files."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from generator.diagnostics import ExitCode

VARIABLE = "_GENERATE_COMPLETE"  # click's rule: from the name of the program
_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command()
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def completion(shell: str) -> int:
    """Print the script that makes a shell complete `generate`.

    \b
    bash: generate completion bash > ~/.local/share/bash-completion/completions/generate
    zsh:  generate completion zsh > "${fpath[1]}/_generate"
    fish: generate completion fish > ~/.config/fish/completions/generate.fish
    """  # noqa: D301 - click knows the mark by its character
    group = click.get_current_context().find_root().command
    found = _SHELLS[shell](group, {}, "generate", VARIABLE)
    # Not `source()`: for bash, that runs whichever bash is on the PATH to look at its version.
    click.echo(found.source_template % found.source_vars())
    return ExitCode.OK
