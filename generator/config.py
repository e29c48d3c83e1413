"""What to generate from what, and what to call it: the targets of a project.

A target is a directory below `specs/` with a document in it. Everything has a default, so that `sdk.toml` says only
what its owner decided. Whatever it says is checked here, all at once and with the line it is on, before any document is
read: a mistake must not surface as a strange file. Names come from here or from the directory, never from the document,
whose title may be anybody's. There is no inheritance, no environment variable and no second place to look.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from generator.config_values import Settings, brief, derived_names, name_fault
from generator.diagnostics import ExitCode, Location, Refusal, Report
from generator.source import display_name
from generator.toml_source import TomlSource

CONFIG: Final = "sdk.toml"
CHANGELOG: Final = "CHANGELOG.md"
_SPECS: Final = "specs"
DOCUMENTS: Final = ("openapi.yaml", "openapi.yml", "openapi.json")
_OVERLAYS: Final = ("overlay.yaml", "overlay.yml", "overlay.json")
_KEYS: Final = (
    "document", "overlays", "output", "distribution", "package", "class", "version", "protocol", "strict", "example",
    "names", "operations", "source",
)  # fmt: skip
_CLASS: Final = "SDK"
# Nothing in it needs quoting, and no secret can stand in front of the host.
_SAFE_URL: Final = re.compile(r"https://[A-Za-z0-9.\[\]:-]+(?:/[!-~]*)?")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class OperationFilter:
    """Patterns of the operations that are generated (all, where `include` is empty), and of those that are not."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Where a document comes from, and the SHA-256 (hexadecimal) of what was accepted; None before anything was."""

    url: str
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetConfig:
    """One package to generate.

    Attributes:
        name: What the command line calls it: its directory's name.
        document: The OpenAPI document.
        overlays: Corrections to it, in the order in which they apply.
        output: The directory that the package is generated into.
        distribution: What `pip install` calls the package.
        package: What `import` calls it.
        class_name: Its client's class.
        version: Its version (PEP 440), where the document's is not meant.
        strict: Whether warnings fail the run.
        formatted: Whether what is written is formatted.
        validated: Whether openapi-spec-validator judges the document.
        protocol: The wire protocol, where it should not be detected.
        names: Python names that are decided, by the JSON pointer of what they name.
        operations: Which operations are generated.
        example_operation: The operation that the README shows, where not the first one.
        pin: Where the document is fetched from, if it is.
        source: The `sdk.toml` that says so, if there is one.
        home: The target's own directory, if it has one; a `CHANGELOG.md` in it goes into the package.
    """

    name: str
    document: Path
    overlays: tuple[Path, ...] = ()
    output: Path
    distribution: str
    package: str
    class_name: str = _CLASS
    version: str | None = None
    strict: bool = False
    formatted: bool = True
    validated: bool = True
    protocol: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    operations: OperationFilter = field(default_factory=OperationFilter)
    example_operation: str | None = None
    pin: Pin | None = field(default=None, compare=False, repr=False)  # decides nothing about what is generated
    source: Path | None = field(default=None, compare=False)
    home: Path | None = field(default=None, compare=False)

    @property
    def changelog(self) -> Path | None:
        """Where the package's changelog is, if its owner keeps one."""
        return None if self.home is None else self.home / CHANGELOG

    def place(self, *keys: str) -> Location | None:
        """Where the configuration says something, looked up when somebody complains about it."""
        return None if self.source is None else TomlSource(self.source).location(*keys)


def load_target(config: Path, report: Report) -> TargetConfig:
    """Read one target's configuration.

    Args:
        config: The target's `sdk.toml`, at `<project>/specs/<name>/sdk.toml`. Paths to inputs in it are relative to its
            own directory, the output's to the project. A file that doesn't exist stands for one that says nothing.
        report: Receives what is wrong.

    Raises:
        Refusal: Something is wrong (exit 2); all of it is said.
    """
    found = Report()
    try:
        settings = Settings(config if os.path.lexists(config) else None, found)
    except Refusal as refusal:
        report.add(refusal.diagnostics)
        raise
    settings.refuse_unknown(_KEYS)
    target = _target(config, settings)
    report.add(found.diagnostics)
    if found.has_errors:
        raise Refusal(found.diagnostics, ExitCode.USAGE)
    return target


def discover_targets(project: Path) -> tuple[TargetConfig, ...]:
    """Find all targets of a project: the directories of `specs/` with a configuration or a document.

    Returns:
        The targets, sorted by name.

    Raises:
        Refusal: A configuration is wrong, or two targets would write to one place (exit 2); all of it is said.
    """
    report, targets = Report(), []
    for directory in target_directories(project):
        try:
            targets.append(load_target(directory / CONFIG, report))
        except Refusal:
            continue
    _refuse_overlaps(targets, report)
    if report.has_errors:
        raise Refusal(report.diagnostics, ExitCode.USAGE)
    return tuple(targets)


def target_directories(project: Path) -> list[Path]:
    """The directories of a project's targets, sorted by name; nothing in them is read."""
    found = sorted(_directories(project / _SPECS), key=lambda found: found.name)
    return [each for each in found if any(os.path.lexists(each / name) for name in (CONFIG, *DOCUMENTS))]


def default_config(
    document: Path, output: Path, *, package: str | None, distribution: str | None, class_name: str | None = None
) -> TargetConfig:
    """Describe the target that a command line names without a configuration.

    Args:
        document: The OpenAPI document.
        output: The package's directory; the names that aren't given are derived from its name, or the document's.
        package: The import name, or None.
        distribution: The distribution's name, or None.
        class_name: The client's class, or None.

    Raises:
        Refusal: A name can't be one (exit 2).
    """
    report = Report()
    for key, value in (("package", package), ("distribution", distribution), ("class", class_name)):
        if value is not None and (fault := name_fault(key, value)):
            report.error("CFG004", f"--{key} {brief(value)} {fault[0]}", help=fault[1])
    if report.has_errors:
        raise Refusal(report.diagnostics, ExitCode.USAGE)
    package, distribution = derived_names(package, distribution, output.name, document.stem)
    return TargetConfig(
        name=output.name or document.stem,
        document=document,
        output=output,
        distribution=distribution,
        package=package,
        class_name=class_name or _CLASS,
    )


def _target(config: Path, settings: Settings) -> TargetConfig:
    directory = config.parent
    project = directory.parent.parent
    name = directory.name
    package, distribution = derived_names(settings.name("package"), settings.name("distribution"), name)
    return TargetConfig(
        name=name,
        document=_document(directory, settings),
        overlays=_overlays(directory, settings),
        output=_output(project, name, settings),
        distribution=distribution,
        package=package,
        class_name=settings.name("class") or _CLASS,
        version=settings.version("version"),
        strict=settings.flag("strict"),
        protocol=settings.text("protocol"),
        names=settings.pins("names"),
        operations=OperationFilter(**settings.lists("operations", ("include", "exclude"))),
        example_operation=settings.text("example"),
        pin=_pin(settings),
        source=config if os.path.lexists(config) else None,
        home=directory,
    )


def _document(directory: Path, settings: Settings) -> Path:
    if (path := settings.path("document")) is not None:
        document = directory / path
        if not document.is_file():
            settings.error("CFG006", f"the document {path} does not exist", "document", help="check the path")
        return document
    present = [name for name in DOCUMENTS if (directory / name).is_file()]
    if not present:
        message = f"{display_name(directory)} holds no document"
        settings.error("CFG006", message, help=f"add {DOCUMENTS[0]}, or say `document = ...` in {CONFIG}")
    if len(present) > 1:
        message = f"{display_name(directory)} holds several documents: {', '.join(present)}"
        settings.error("CFG006", message, help=f"say in {CONFIG} which one is meant: `document = ...`")
    return directory / (present or DOCUMENTS)[0]


def _pin(settings: Settings) -> Pin | None:
    said = settings.texts("source", ("url", "sha256"))
    if not said:
        return None
    url, digest = said.get("url", ""), said.get("sha256")
    if not _SAFE_URL.fullmatch(url):
        message = "`source.url` is not an https URL without a user and password"
        # At the table, not the line: that would be shown, and somebody's password with it.
        settings.error("CFG004", message, "source", help="write it like `https://example.com/openapi.yaml`")
    if digest is not None and not _SHA256.fullmatch(digest):
        message = "`source.sha256` is not a SHA-256 in hexadecimal"
        settings.error("CFG004", message, "source", "sha256", help="leave it out, and run `generate fetch --accept`")
    return Pin(url=url, sha256=digest)


def _overlays(directory: Path, settings: Settings) -> tuple[Path, ...]:
    paths = settings.paths("overlays")
    if paths is None:
        return tuple(directory / name for name in _OVERLAYS if (directory / name).is_file())[:1]
    for path in paths:
        if not (directory / path).is_file():
            settings.error("CFG006", f"the overlay {path} does not exist", "overlays", help="check the path")
    return tuple(directory / path for path in paths)


def _output(project: Path, name: str, settings: Settings) -> Path:
    path = settings.path("output")
    if path is None:
        return project / "generated" / name
    output = Path(os.path.normpath(project / path))
    if project.resolve() not in Path(os.path.normpath(project.resolve() / path)).parents:
        settings.error(
            "CFG005",
            f"the output {path} is not below the project",
            "output",
            help=f"name a directory below the project, such as generated/{name}",
        )
    return output


def _directories(specs: Path) -> Iterable[Path]:
    if not specs.is_dir():
        return ()
    return (entry for entry in specs.iterdir() if entry.is_dir() and not entry.name.startswith("."))


def _refuse_overlaps(targets: Sequence[TargetConfig], report: Report) -> None:
    # Each would take the other's files for stale or foreign ones.
    # Folded, because some disks don't tell two directories apart that differ in case.
    places = [Path(os.path.abspath(target.output).casefold()) for target in targets]  # noqa: PTH100  (links stay)
    for second, target in enumerate(targets):
        for first in range(second):
            if places[first].is_relative_to(places[second]) or places[second].is_relative_to(places[first]):
                report.error(
                    "CFG007",
                    f"the targets {targets[first].name} and {target.name} write to one place",
                    target.place("output") or targets[first].place("output"),
                    help="give each a directory of its own with `output = ...`",
                )
