"""Credentials that a program prints, as `credential_process` of a profile names it.

No shell takes part. What the program writes to its standard error is dropped, for it may hold anything, and no message
shows the command, for its arguments may be secrets.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass

from ...errors import CredentialsError
from ..credentials import Credentials
from .documents import read_credentials, read_object

__all__ = ["ProcessSource", "run"]

_SECONDS = 60.0
_VERSION = 1


@dataclass(frozen=True, slots=True, repr=False)
class ProcessSource:
    """Credentials of a program that is named in code.

    Attributes:
        command: The program and its arguments, in the quoting of a POSIX shell.
        seconds: How long it may take.
    """

    command: str
    seconds: float = _SECONDS

    def load(self) -> Credentials:
        """Run the program.

        Raises:
            CredentialsError: It gave no credentials.
        """
        return run(self.command, self.describe(), self.seconds)

    def describe(self) -> str:
        """Name the kind, for the command may hold secrets."""
        return "the credential process"


def run(command: str, where: str, seconds: float = _SECONDS) -> Credentials:
    """Run a program and read the credentials it prints.

    Args:
        command: The program and its arguments.
        where: Where the command comes from, for the message.
        seconds: How long it may take; then it is killed.

    Raises:
        CredentialsError: It cannot be run, fails, takes too long, or prints something else.
    """
    document = read_object(_output(command, where, seconds), where)
    version = document.get("Version")
    if version != _VERSION or isinstance(version, bool):
        raise CredentialsError(f"{where}: Version is not 1, the one that is known")
    return read_credentials(document, where, is_temporary=False)


def _output(command: str, where: str, seconds: float) -> bytes:
    # Every error is raised outside `except`: those caught here hold the command or what was printed.
    try:
        # Windows splits a command line by itself, by other rules.
        arguments = command if os.name == "nt" else shlex.split(command)
        done = subprocess.run(  # noqa: S603  (running it is what the user asks for)
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        failure = f"the program did not end within {seconds:g} seconds"
    except OSError as error:
        failure = f"the program cannot be run ({error.strerror})"
    except (ValueError, IndexError):  # an open quotation, no word at all, a NUL
        failure = "it is not a command"
    else:
        if done.returncode == 0:
            return done.stdout
        failure = f"the program failed with status {done.returncode}; run it by hand to see what it says"
    raise CredentialsError(f"{where}: {failure}")
