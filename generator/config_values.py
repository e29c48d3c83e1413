"""One configuration file's values, each checked as it is taken.

What is wrong goes into the report, and a stand-in is returned, so that one run finds every mistake. Which keys there
are, and what they mean to a target, is not known here.
"""

import difflib
import keyword
import re
import reprlib
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

from generator.diagnostics import Location, Report
from generator.toml_source import TomlSource

T = TypeVar("T")
Fault = tuple[str, str]
"""What is wrong with a value, as the end of a sentence; and what to do."""

_ASCII_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DISTRIBUTION: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")  # PEP 508, names
_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)+")
# A tilde in front would be somebody's home directory.
_UNUSABLE_IN_PATH: Final = re.compile(r"[\x00-\x1f\x7f\\]|^~")
_NAME_LIMIT: Final = 80
# A package of one of these names would hide what it is itself built on, or be hidden by it.
_TAKEN: Final = sys.stdlib_module_names | {"httptools", "msgspec"}
_KINDS: Final = {
    str: "text",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    int: "a number",
    float: "a number",
}


def brief(value: object) -> str:
    """Quote a value so that the sentence around it stays whole."""
    shortener = reprlib.Repr()
    shortener.maxstring = shortener.maxother = 60
    return shortener.repr(value)


class Settings:
    """The values of one file."""

    def __init__(self, path: Path | None, report: Report) -> None:
        """Read a file; without one there are no values.

        Raises:
            Refusal: The file can't be read, or isn't TOML.
        """
        self._source = None if path is None else TomlSource(path)
        self._values: Mapping[str, Any] = {} if self._source is None else self._source.values
        self._report = report

    def error(self, code: str, message: str, *keys: str, help: str) -> None:  # noqa: A002
        """Report what is wrong, at a key or, without one, with the file."""
        at: Location | None = None if self._source is None else self._source.location(*keys)
        self._report.error(code, message, at, help=help, effect="nothing was generated")

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Report the keys that nobody would read."""
        known = list(known)
        for key in self._values:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                advice = f"did you mean `{near[0]}`?" if near else f"the keys are {', '.join(known)}"
                self.error("CFG002", f"unknown key `{key}`", key, help=advice)

    def text(self, key: str) -> str | None:
        """Take text that isn't empty."""
        value = self._typed(key, str)
        if value == "":
            self.error("CFG004", f"`{key}` is empty", key, help="write a value, or leave the key out")
        return value or None

    def flag(self, key: str) -> bool:
        """Take a yes or no; no if it isn't there."""
        return self._typed(key, bool) or False

    def name(self, key: str) -> str | None:
        """Take a name of the kind that the key stands for."""
        return self._checked(key, lambda value: name_fault(key, value))

    def version(self, key: str) -> str | None:
        """Take a version by PEP 440, normalised."""
        value = self._checked(key, _version_fault)
        if value is None:
            return None
        from packaging.version import Version

        return str(Version(value))

    def path(self, key: str) -> PurePosixPath | None:
        """Take a path with forward slashes."""
        value = self._checked(key, _path_fault)
        return None if value is None else PurePosixPath(value)

    def paths(self, key: str) -> tuple[PurePosixPath, ...] | None:
        """Take several paths, in the order given; None if the key isn't there, which is not the same as none."""
        values = self._typed(key, list)
        if values is None:
            return None
        good = []
        for value in values:
            fault = _path_fault(value) if isinstance(value, str) else ("is not text", "write each path as text")
            if fault:
                self.error("CFG004", f"`{key}`: {brief(value)} {fault[0]}", key, help=fault[1])
            else:
                good.append(PurePosixPath(value))
        return tuple(good)

    def pins(self, key: str) -> Mapping[str, str]:
        """Take Python names by JSON pointer."""
        good = {}
        for pointer, name in (self._typed(key, dict) or {}).items():
            if fault := _pointer_fault(pointer) or _pinned_fault(name):
                self.error("CFG004", f"`{key}`: {fault[0]}", key, pointer, help=fault[1])
            else:
                good[pointer] = name
        return good

    def lists(self, key: str, known: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Take a table of lists of text, under keys that are known."""
        good = {}
        for name, values in (self._typed(key, dict) or {}).items():
            if name not in known:
                self.error("CFG002", f"unknown key `{key}.{name}`", key, name, help=f"the keys are {', '.join(known)}")
            elif not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
                message = f"`{key}.{name}` is not a list of texts"
                self.error("CFG003", message, key, name, help='write it like `["one", "another"]`')
            else:
                good[name] = tuple(values)
        return good

    def texts(self, key: str, known: Sequence[str]) -> Mapping[str, str]:
        """Take a table of texts, under keys that are known."""
        good = {}
        for name, value in (self._typed(key, dict) or {}).items():
            if name not in known:
                self.error("CFG002", f"unknown key `{key}.{name}`", key, name, help=f"the keys are {', '.join(known)}")
            elif not isinstance(value, str):
                self.error("CFG003", f"`{key}.{name}` is not text", key, name, help="write text")
            else:
                good[name] = value
        return good

    def _typed(self, key: str, kind: type[T]) -> T | None:
        value = self._values.get(key)
        if value is None or isinstance(value, kind):
            return value
        is_kind = _KINDS.get(type(value), "a date or time")
        self.error("CFG003", f"`{key}` is {is_kind}, not {_KINDS[kind]}", key, help=f"write {_KINDS[kind]}")
        return None

    def _checked(self, key: str, check: Callable[[str], Fault | None]) -> str | None:
        value = self.text(key)
        if value is not None and (fault := check(value)):
            self.error("CFG004", f"`{key}`: {brief(value)} {fault[0]}", key, help=fault[1])
            return None
        return value


def name_fault(key: str, value: str) -> Fault | None:
    """Say why a value can't be the `distribution`, the `package` or the `class` of a target."""
    if len(value) > _NAME_LIMIT:
        return f"is longer than {_NAME_LIMIT} characters", "shorten it"
    if key == "distribution":
        return _distribution_fault(value)
    if key == "package" and value in _TAKEN:
        return "is a module that the package itself may need", f"try `{value}_sdk`"
    return _identifier_fault(value)


def derived_names(package: str | None, distribution: str | None, *hints: str) -> tuple[str, str]:
    """Fill in the names of a package that aren't given.

    Args:
        package: The import name, if it is given.
        distribution: The distribution's name, if it is given.
        hints: Names to derive them from, the first that has letters or digits; a name that is given comes before.

    Returns:
        The import name and the distribution's name.
    """
    package = package or next(filter(None, map(_slug, (distribution or "", *hints))), "sdk")
    return package, distribution or re.sub(r"[-_.]+", "-", package).lower().strip("-")  # PEP 503


def _slug(text: str) -> str:
    """Derive an import name; empty where there is nothing to derive it from."""
    ascii_text = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text)
    slug = "_".join(words)[: _NAME_LIMIT - len("sdk_")].strip("_")
    if slug[:1].isdigit():
        return f"sdk_{slug}"
    return f"{slug}_sdk" if keyword.iskeyword(slug) or slug in _TAKEN else slug


def _identifier_fault(value: str) -> Fault | None:
    if not _ASCII_NAME.fullmatch(value):
        return "is not an identifier of ASCII letters, digits and underscores", f"try `{_slug(value) or 'sdk'}`"
    if keyword.iskeyword(value):
        return "is a keyword of Python", f"try `{value}_sdk`"
    if value.startswith("__"):
        return "begins with two underscores", "leave them out: Python gives them a meaning of its own"
    return None


def _distribution_fault(value: str) -> Fault | None:
    if not _DISTRIBUTION.fullmatch(value):
        return (
            "is not the name of a distribution (PEP 508)",
            "use ASCII letters and digits, and between them dots, dashes and underscores",
        )
    return None


def _version_fault(value: str) -> Fault | None:
    from packaging.version import InvalidVersion, Version  # few configurations give one

    try:
        Version(value if len(value) <= _NAME_LIMIT else "")
    except InvalidVersion:
        return "is not a version (PEP 440)", "write one like 1.2.0 or 2.0.0rc1"
    return None


def _path_fault(value: str) -> Fault | None:
    if not value or _UNUSABLE_IN_PATH.search(value):
        return "is not a path with forward slashes", "write it like `generated/pets`, also on Windows"
    return None


def _pointer_fault(pointer: str) -> Fault | None:
    if _POINTER.fullmatch(pointer):
        return None
    return (
        f"{brief(pointer)} is not a JSON pointer (RFC 6901)",
        "begin with a slash, and write `~1` for a slash inside a key, `~0` for a tilde",
    )


def _pinned_fault(name: object) -> Fault | None:
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name) or name.startswith("__"):
        return f"{brief(name)} is not a name that Python code can use", "write an identifier that is no keyword"
    if unicodedata.normalize("NFKC", name) != name:
        return f"{brief(name)} is not spelled the way Python reads it", f"write `{unicodedata.normalize('NFKC', name)}`"
    return None
