"""`generate init`: a project, or another target of one, from a document to the generated package."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.commands.options import COLOR, PROJECT
from generator.console import Console, refuse
from generator.diagnostics import ExitCode, Refusal, Report

_SERVICE = "botocore:"


@click.command()
@click.argument("spec", required=False)
@click.option("--name", help="What the target is called; derived from the document's file.")
@click.option("--distribution", help="What `pip install` calls the package.")
@click.option("--package", help="What `import` calls it.")
@click.option("--class", "class_", help="Its client's class.")
@click.option("--version", help="Its version, where the document's is not meant.")
@click.option(
    "--from",
    "foreign",
    type=click.Path(path_type=Path),
    help="Take names from a configuration of openapi-python-client, OpenAPI Generator or Speakeasy.",
)
@click.option("--ci/--no-ci", default=None, help="Write .github/workflows/sdk.yml, which checks; the default.")
@click.option("--pre-commit/--no-pre-commit", "hooks", default=None, help="Write .pre-commit-config.yaml too.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing, as where there is no terminal.")
@PROJECT
@COLOR
def init(spec: str | None, color: str, **options: Any) -> int:
    """Begin a project, or add an API to one: specs/NAME/, its sdk.toml, a check in CI, and the first package.

    SPEC is a document, with the files it refers to, or botocore:NAME. No file that is there is touched.
    """
    console = Console(color)
    asks = not options["yes"] and sys.stdin.isatty()
    try:
        names, written = _begin(spec, options, console, asks=asks)
    except Refusal as refusal:
        return refuse(console, refusal)
    project = options["project"]
    for path in written:
        console.result(f"wrote {(project / path).as_posix()}")
    code = _first_run(names, project)
    if code == ExitCode.OK:
        console.message("\nnext:")
        for command, why in (
            (f"pip install --editable {(project / 'generated' / names).as_posix()}", "try the package"),
            ("git add specs generated", "both are committed"),
            ("generate", "after each change of the document"),
        ):
            console.message(f"  {command:<44} # {why}")
    return code


def _begin(spec: str | None, options: dict[str, Any], console: Console, *, asks: bool) -> tuple[str, Sequence[Path]]:
    """Write everything but the package; returns the target's name and what was written."""
    from generator.new_project import layout  # slow to import, and --help needs none of it
    from generator.new_project.foreign import read_foreign

    spec = spec or (_ask("Document, or botocore:NAME", None) if asks else None)
    if not spec:
        raise Refusal.because("CFG011", "missing argument 'SPEC'", help="name a document, or botocore:NAME")
    given = {key: options[key] for key in ("distribution", "package", "version")} | {"class": options["class_"]}
    if options["foreign"] is not None:
        found = read_foreign(options["foreign"])
        console.message(f"{found.generator}: {', '.join(f'{key} {value}' for key, value in found.names.items())}")
        if found.left:
            console.message(f"{found.generator}: these say nothing here: {', '.join(found.left)}")
        given = {key: value or found.names.get(key) for key, value in given.items()}
    document = Path(spec)
    suggested = spec.removeprefix(_SERVICE) if spec.startswith(_SERVICE) else layout.suggested_name(document)
    target = options["name"] or (_ask("Name of the target", suggested) if asks else suggested)
    for key, title in _TITLES.items() if asks else ():
        if not given[key]:  # what has been answered decides about the next suggestion
            given[key] = _ask(title, layout.checked_names(target, given).values[key])
    names = layout.checked_names(target, given)
    ci = _decided(options, "ci", "Check in CI (.github/workflows/sdk.yml)?", default=True, asks=asks)
    hooks = _decided(options, "hooks", "Check before each commit (.pre-commit-config.yaml)?", default=False, asks=asks)
    project: Path = options["project"]
    files = _target_files(spec, names, project, console) | layout.project_files(ci=ci, hooks=hooks)
    return target, layout.write_files(project, files)


_TITLES = {
    "distribution": "Distribution (pip install ...)",
    "package": "Package (import ...)",
    "class": "Class of the client",
}


def _target_files(spec: str, names: Any, project: Path, console: Console) -> dict[Path, bytes]:
    from generator.diagnostics import text  # see above
    from generator.new_project import layout
    from generator.openapi.load import load_document

    folder = Path("specs") / names.target
    if spec.startswith(_SERVICE):
        from generator.importers.document import import_service

        imported = import_service(spec)
        for found in imported.findings:
            console.message(text(found, style=console.style))
        return {
            folder / "openapi.yaml": imported.text().encode(),
            **layout.target_files(names, None, Path("openapi.yaml")),
        }
    document = Path(spec)
    loaded = load_document(document, report=Report())  # refuses what cannot be a document before anything is written
    if document.resolve().parent == (project / folder).resolve():
        return layout.target_files(names, None, document)
    files = layout.target_files(names, loaded, document)
    layout.refuse_other_documents(project / folder, files)
    return files


def _ask(title: str, suggested: str | None) -> str:
    return str(click.prompt(title, default=suggested, err=True))


def _decided(options: dict[str, Any], key: str, question: str, *, default: bool, asks: bool) -> bool:
    if options[key] is None and asks:
        return click.confirm(question, default=default, err=True)
    return bool(default if options[key] is None else options[key])


def _first_run(target: str, project: Path) -> int:
    """As `generate TARGET` does it."""
    context = click.get_current_context()
    group = context.find_root().command
    assert isinstance(group, click.Group)
    return int(context.invoke(group.commands["run"], targets=(target,), project=project))
