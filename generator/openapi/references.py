"""What the text of a `$ref` asks for: a place in the same file, or a file of the project and a place in it.

Nothing else is allowed. Other machines are never asked, and files outside the project's directory are never opened,
however the path gets there.
"""

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from generator.diagnostics import Diagnostic, Location, Severity
from generator.openapi import pointer as pointers

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class Wanted(Struct, frozen=True):
    """What a reference asks for.

    Args:
        path: The file, resolved and inside the project; None for the file that the reference is in.
        fragment: What follows `#`, still percent-encoded.
    """

    path: Path | None
    fragment: str


class Forbidden(Exception):
    """A reference that must not be followed.

    Args:
        code: REF001, REF003 or REF006.
        message: What is wrong with it.
        advice: What to do instead.
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        """See the class."""
        super().__init__(message)
        self.code: Final = code
        self.message: Final = message
        self.advice: Final = advice

    @property
    def is_dangerous(self) -> bool:
        """Whether it asks for what isn't the document's, and not only for nonsense."""
        return self.code != "REF006"

    def finding(self, location: Location) -> Diagnostic:
        """The finding of it at a place."""
        return Diagnostic(
            code=self.code, severity=Severity.ERROR, message=self.message, location=location, help=self.advice
        )


def read_reference(reference: str, base: Path, root_dir: Path) -> Wanted:
    """Reads a reference without opening anything.

    Args:
        reference: The text of `$ref`.
        base: The file it is in.
        root_dir: The resolved directory that files must be below.

    Raises:
        Forbidden: It leads to another machine, out of the directory, or nowhere at all.
    """
    uri, _, fragment = reference.partition("#")
    if not uri:
        return Wanted(None, fragment)
    _check_scheme(uri)
    name = unquote(uri)
    if name.startswith("/") or "\\" in name or "\0" in name:
        raise _outside(uri)
    path = (base.parent / name).resolve()
    if not path.is_relative_to(root_dir):
        raise _outside(uri)
    return Wanted(path, fragment)


def read_fragment(fragment: str) -> tuple[str, ...]:
    """The tokens of a fragment that is a JSON pointer.

    Raises:
        Forbidden: It isn't one.
    """
    try:
        return pointers.split(pointers.from_fragment(fragment))
    except ValueError as error:
        raise Forbidden(
            "REF006",
            f"`#{fragment}` is not a JSON pointer: {error}",
            "write a pointer such as `#/components/schemas/Pet`",
        ) from None


def _check_scheme(uri: str) -> None:
    found = _SCHEME.match(uri)
    if uri.startswith(("//", "\\\\")) or (found and len(found[1]) > 1 and found[1].lower() != "file"):
        raise Forbidden(
            "REF001",
            f"a reference to another machine: {uri}",
            "copy what it refers to below the document's directory, and refer to the copy",
        )
    if found:  # `file:`, or the letter of a drive
        raise _outside(uri)


def _outside(uri: str) -> Forbidden:
    return Forbidden(
        "REF003",
        f"a reference to a file outside the document's directory: {uri}",
        "refer to files below the directory, by relative paths with `/`",
    )
