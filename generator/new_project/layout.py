"""The files of a new target, and writing them all or none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator import __version__
from generator.config import CONFIG, DOCUMENTS
from generator.config_values import brief, derived_names, name_fault
from generator.diagnostics import Refusal, Report
from generator.openapi.load import LoadedDocument
from generator.source import display_name

WORKFLOW: Final = Path(".github/workflows/sdk.yml")
HOOKS: Final = Path(".pre-commit-config.yaml")
_KEYS: Final = ("distribution", "package", "class", "version")
# What says nothing of an API when a file is called like it.
_NAMELESS: Final = frozenset({"openapi", "swagger", "api", "spec", "schema", "index", "service-2"})
_SUFFIXES: Final = (".yaml", ".yml", ".json")
_WORKFLOW_TEXT: Final = f"""\
# Fails when generated/ is not what specs/ produces.
name: sdk
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install "sdkpress=={__version__}"
      - run: generate check
"""
HOOKS_TEXT: Final = f"""\
repos:
  - repo: local
    hooks:
      - id: generate-check
        name: generated code is up to date
        entry: generate check
        language: python
        additional_dependencies: ["sdkpress=={__version__}"]
        files: ^(specs|generated)/
        pass_filenames: false
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a target is called: its directory, and what `sdk.toml` says."""

    target: str
    values: Mapping[str, str]


def suggested_name(document: Path) -> str:
    """What to call a target whose document is at this path, as a directory's name."""
    folder = document.resolve().parent.name
    return derived_names(None, None, document.stem if document.stem.lower() not in _NAMELESS else folder)[1]


def checked_names(target: str, given: Mapping[str, str | None]) -> Names:
    """The names of a target; those that aren't given are derived from what it is called.

    Args:
        target: The name of its directory.
        given: By the keys of `sdk.toml`.

    Raises:
        Refusal: A name can't be one (exit 2); all of it is said.
    """
    report = Report()
    values = {key: value for key, value in given.items() if value}
    if fault := name_fault("distribution", target):
        report.error("CFG004", f"--name {brief(target)} {fault[0]}", help=fault[1])
    for key, value in values.items():
        if key != "version" and (fault := name_fault(key, value)):
            report.error("CFG004", f"`{key}`: {brief(value)} {fault[0]}", help=fault[1])
    if "version" in values and not _is_version(values["version"]):
        message = f"`version`: {brief(values['version'])} is not a version (PEP 440)"
        report.error("CFG004", message, help="write one like 1.2.0 or 2.0.0rc1")
    if report.has_errors:
        raise Refusal(report.diagnostics)
    package, distribution = derived_names(values.get("package"), values.get("distribution"), target)
    values = {"class": "SDK", **values, "package": package, "distribution": distribution}
    return Names(target=target, values={key: values[key] for key in _KEYS if key in values})


def target_files(names: Names, loaded: LoadedDocument | None, document: Path) -> dict[Path, bytes]:
    """The document with the files it refers to, and the configuration, by their paths in the project.

    Args:
        names: Of the target.
        loaded: The document; None where it stays where it is, in the target's directory.
        document: Its path.
    """
    folder = Path("specs") / names.target
    copied = {} if loaded is None else _copied(loaded, document)
    # Other files may refer back to a document by its name, so it keeps that if there are any.
    kept = document.name if len(copied) > 1 or loaded is None else _standard_name(document)
    files = {folder / (kept if path == Path(document.name) else path): data for path, data in copied.items()}
    says = dict(names.values)
    if not (kept.startswith("openapi.") and kept.endswith(_SUFFIXES)):
        says["document"] = kept
    return {**files, folder / CONFIG: configuration(says).encode()}


def refuse_other_documents(folder: Path, files: Mapping[Path, bytes]) -> None:
    """See to it that the target has one document.

    Raises:
        Refusal: There is one in its directory that is not among the files to write (exit 5).
    """
    for name in DOCUMENTS:
        if (folder / name).exists() and name not in {path.name for path in files}:
            raise _taken(folder / name)


def configuration(values: Mapping[str, str]) -> str:
    """The text of a `sdk.toml`."""
    lines = [f"{key} = {_toml(value)}\n" for key, value in values.items()]
    return f"# Names that callers see. They are decided here, so that they never move.\n{''.join(lines)}"


def project_files(*, ci: bool, hooks: bool) -> dict[Path, bytes]:
    """What a project has once, whatever its targets."""
    texts = {WORKFLOW: _WORKFLOW_TEXT} if ci else {}
    return {path: text.encode() for path, text in (texts | ({HOOKS: HOOKS_TEXT} if hooks else {})).items()}


def write_files(project: Path, files: Mapping[Path, bytes]) -> Sequence[Path]:
    """Write files, none of which may be there with other content; all of them, or none.

    Returns:
        Those that were not there.

    Raises:
        Refusal: One is there, and says something else (exit 5).
        OSError: One cannot be written.
    """
    missing = {path: data for path, data in files.items() if not _is_there(project / path, data)}
    written: list[Path] = []
    try:
        for path, data in missing.items():
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            with (project / path).open("xb") as stream:
                written.append(path)
                stream.write(data)
    except OSError:
        for path in written:
            (project / path).unlink(missing_ok=True)
        raise
    return written


def _is_there(path: Path, data: bytes) -> bool:
    if not path.is_symlink() and not path.exists():
        return False
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return True
    raise _taken(path)


def _taken(path: Path) -> Refusal:
    advice = {
        WORKFLOW.name: "leave it out with `--no-ci`, and let CI run `generate check`",
        HOOKS.name: "leave it out with `--no-pre-commit`, and add the hook `generate check` by hand",
    }
    return Refusal.because(
        "OUT013",
        f"{display_name(path)} is there already",
        help=advice.get(path.name, "give the target another name with `--name`, or remove the file"),
        effect="nothing was written",
    )


def _copied(loaded: LoadedDocument, document: Path) -> dict[Path, bytes]:
    """The files of a document as they are, by their paths from its directory; the document is the first."""
    folder = document.resolve().parent
    paths = (source.path.resolve() for source in loaded.sources.values())
    return {path.relative_to(folder): path.read_bytes() for path in paths}


def _standard_name(document: Path) -> str:
    suffix = document.suffix.lower()
    return f"openapi{suffix if suffix in _SUFFIXES else '.yaml'}"


def _is_version(text: str) -> bool:
    from packaging.version import InvalidVersion, Version  # few give one

    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def _toml(value: str) -> str:
    """A basic string; JSON's escapes are TOML's, once DEL is one too (TOML 1.0, String)."""
    return json.dumps(value).replace("\x7f", "\\u007f")
