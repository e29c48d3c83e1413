"""The files AWS tools share, `~/.aws/config` and `~/.aws/credentials`: sections of settings.

Read the way the AWS command line reads them: a value is the rest of its line (a `#` inside it is part of it), what is
indented below an empty value is a block of settings, and a section or setting given twice is an error. Messages name
file and line and never a value, because values are secrets here. It refuses to know what any setting means.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Profile", "Section", "expand_home", "load_profile", "locate_files", "parse", "profile_name"]


@dataclass(slots=True, repr=False)
class Section:
    """One `[section]`.

    Attributes:
        at: File and line of its title, or of the file where the section is absent.
        values: Settings by lower-case name.
        blocks: Settings of nested blocks, by lower-case name of the block.
    """

    at: str
    values: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """A setting, or None where it is absent or empty."""
        return self.values.get(name) or None

    def __repr__(self) -> str:
        # Names only: values may be secrets.
        return f"Section({self.at}: {', '.join([*self.values, *self.blocks])})"


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """A profile as both files have it; a section is empty where a file does not have it.

    Attributes:
        name: `default` where none was asked for.
        credentials: Its section of the credentials file.
        config: Its section of the config file.
        services: The `[services ...]` sections of the config file, by name.
        sso_sessions: Its `[sso-session ...]` sections, by name.
    """

    name: str
    credentials: Section
    config: Section
    services: Mapping[str, Section]
    sso_sessions: Mapping[str, Section]

    def get(self, setting: str) -> str | None:
        """A setting; where both files have it, the credentials file wins."""
        return self.credentials.get(setting) or self.config.get(setting)

    def where(self, setting: str) -> str:
        """The setting's name and profile, with file and line of the section it is in, for messages."""
        section = self.credentials if self.credentials.get(setting) else self.config
        return f"{setting} of profile {self.name!r} ({section.at})"

    def service_setting(self, service: str, setting: str) -> str | None:
        """A setting of the block `service` in the services section that the profile names.

        Raises:
            ConfigurationError: The profile names a services section that does not exist.
        """
        name = self.get("services")
        if name is None:
            return None
        section = self.services.get(name)
        if section is None:
            raise ConfigurationError(f"{self.config.at}: there is no section [services {name}]")
        return section.blocks.get(service, {}).get(setting) or None

    def __repr__(self) -> str:
        return f"Profile({self.name!r})"


def locate_files(environ: Mapping[str, str]) -> tuple[str, str]:
    """Paths of the credentials file and of the config file."""
    return (
        expand_home(environ.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials", environ),
        expand_home(environ.get("AWS_CONFIG_FILE") or "~/.aws/config", environ),
    )


def profile_name(environ: Mapping[str, str], name: str | None = None) -> str:
    """`name`, else `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, else `default`."""
    return name or environ.get("AWS_PROFILE") or environ.get("AWS_DEFAULT_PROFILE") or "default"


def load_profile(environ: Mapping[str, str], name: str | None = None) -> Profile:
    """Read a profile from both files; the default profile may be absent, any other must be there.

    Args:
        environ: The environment's variables.
        name: The profile; else the one that the environment names (see `profile_name`).

    Raises:
        ConfigurationError: A file cannot be read or is malformed, or neither has the profile.
    """
    chosen = profile_name(environ, name)
    credentials_file, config_file = locate_files(environ)
    credentials = _read(credentials_file)
    config = {_normal_title(title): section for title, section in _read(config_file).items()}
    in_credentials = credentials.get(chosen)
    in_config = config.get(f"profile {chosen}") or (config.get("default") if chosen == "default" else None)
    if chosen != "default" and in_credentials is None and in_config is None:
        raise ConfigurationError(f"there is no profile {chosen!r} in {credentials_file} or {config_file}")
    return Profile(
        chosen,
        in_credentials or Section(credentials_file),
        in_config or Section(config_file),
        _named(config, "services "),
        _named(config, "sso-session "),
    )


def _named(sections: Mapping[str, Section], kind: str) -> dict[str, Section]:
    return {title.removeprefix(kind): section for title, section in sections.items() if title.startswith(kind)}


def parse(text: str, path: str) -> dict[str, Section]:
    """Read the text of one file.

    Args:
        text: The file's content.
        path: Its name, for messages.

    Returns:
        The sections by title, as written between the brackets.

    Raises:
        ConfigurationError: A line is no title, setting or comment, or repeats one.
    """
    return _Parser(path).parse(text)


class _Parser:
    """Goes through the lines of a file, remembering the section and the setting it is in."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._sections: dict[str, Section] = {}
        self._section: Section | None = None
        self._setting: str | None = None
        self._indent = 0

    def parse(self, text: str) -> dict[str, Section]:
        for number, line in enumerate(text.split("\n"), start=1):
            content = line.strip()
            if not content or content[0] in "#;":
                continue
            at = f"{self._path}:{number}"
            indent = len(line) - len(line.lstrip())
            if self._section is not None and self._setting is not None and indent > self._indent:
                self._continue(self._section, self._setting, content, at)
                continue
            self._indent = indent
            if content[0] == "[":
                self._open(content, at)
            else:
                self._set(content, at)
        return self._sections

    def _open(self, content: str, at: str) -> None:
        title, bracket, _ = content[1:].partition("]")
        title = title.strip()
        if not bracket or not title:
            raise ConfigurationError(f"{at}: a section's title is written [title]")
        earlier = self._sections.get(title)
        if earlier is not None:
            raise ConfigurationError(f"{at}: the section [{title}] is already at {earlier.at}")
        self._section = self._sections[title] = Section(at)
        self._setting = None

    def _set(self, content: str, at: str) -> None:
        if self._section is None:
            raise ConfigurationError(f"{at}: a setting stands before the first [section]")
        name, value = _split(content, at)
        if name in self._section.values:
            raise ConfigurationError(f"{at}: the section already has a setting {name}")
        self._section.values[name] = value
        self._setting = name

    def _continue(self, section: Section, setting: str, content: str, at: str) -> None:
        if section.values[setting]:
            section.values[setting] += f"\n{content}"
            return
        name, value = _split(content, at)
        block = section.blocks.setdefault(setting, {})
        if name in block:
            raise ConfigurationError(f"{at}: the block {setting} already has a setting {name}")
        block[name] = value


def _split(content: str, at: str) -> tuple[str, str]:
    name, delimiter, value = content.partition("=")
    name = name.strip().lower()
    if not delimiter or not name:
        raise ConfigurationError(f"{at}: a setting is written name = value")
    return name, value.strip()


def _normal_title(title: str) -> str:
    """Kind and name with one blank between; a name may stand in quotes, as in `profile "my name"`."""
    kind, *rest = title.split(None, 1)
    name = rest[0] if rest else ""
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    return f"{kind} {name}" if name else kind


def _read(path: str) -> dict[str, Section]:
    if not os.path.isfile(path):  # also where a directory on the way may not be looked into, as for a service account
        return {}
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        return parse(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    # Out here, so that the error does not carry the decoder's, which holds the whole file.
    raise ConfigurationError(f"{path}:{line}: is not UTF-8")


def expand_home(path: str, environ: Mapping[str, str]) -> str:
    """A path with the home directory in place of `~`; `HOME` of `environ` decides, on every system."""
    home = environ.get("HOME")
    if home and (path == "~" or path.startswith(("~/", "~\\"))):
        return home + path[1:]
    return os.path.expanduser(path)
